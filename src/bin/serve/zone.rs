//! Where this machine is in the world's time: the zone that `TZ` or `/etc/localtime` names (RFC 8536).

use playground::base::{Time, Zone};

/// The zone of this machine at a moment; UTC where that cannot be told.
pub(crate) fn local(now: Time) -> Zone {
    let seconds = (now.nanos() / 1_000_000_000) as i64;
    let path = match std::env::var("TZ") {
        Ok(name) if name.is_empty() => return Zone::UTC,
        Ok(name) if name.starts_with('/') => name,
        Ok(name) => format!("/usr/share/zoneinfo/{}", name.trim_start_matches(':')),
        Err(_) => "/etc/localtime".to_owned(),
    };
    let file = std::fs::read(path).unwrap_or_default();
    Zone { minutes_east: offset(&file, seconds).unwrap_or_default() / 60 }
}

/// Seconds east of Greenwich, of the last change that was before. What comes after the last change in the file follows
/// a rule, which is not read; files as they are installed go up to 2037.
fn offset(file: &[u8], seconds: i64) -> Option<i32> {
    let first = Header::read(file)?;
    // The second part has the same with 8 bytes for each time.
    let second = file.get(HEADER + first.size(4)..)?;
    let header = Header::read(second)?;
    let data = second.get(HEADER..)?;
    let times = data.get(..header.times * 8)?;
    let kinds = data.get(header.times * 8..header.times * 9)?;
    let offsets = data.get(header.times * 9..)?;
    let before = times.chunks_exact(8).take_while(|time| big_endian(time) <= seconds).count();
    let kind = before.checked_sub(1).and_then(|at| kinds.get(at)).copied().unwrap_or_default();
    let at = usize::from(kind) * 6;
    Some(big_endian(offsets.get(at..at + 4)?) as i32)
}

const HEADER: usize = 44;

struct Header {
    /// Six counts, of which these are the fourth to the sixth, and the first three.
    times: usize,
    kinds: usize,
    letters: usize,
    others: [usize; 3],
}

impl Header {
    fn read(file: &[u8]) -> Option<Header> {
        let counts = file.get(..HEADER).filter(|header| header.starts_with(b"TZif"))?;
        let count = |at: usize| big_endian(&counts[20 + at * 4..24 + at * 4]) as usize;
        Some(Header {
            times: count(3),
            kinds: count(4),
            letters: count(5),
            others: [count(0), count(1), count(2)],
        })
    }

    /// Bytes of what follows, with so many for a time.
    fn size(&self, time: usize) -> usize {
        let [is_utc, is_standard, leaps] = self.others;
        self.times * (time + 1) + self.kinds * 6 + self.letters + leaps * (time + 4) + is_standard + is_utc
    }
}

/// A whole number with its sign, of up to 8 bytes.
fn big_endian(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| *byte > 127) && bytes.len() > 1 { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::offset;

    /// A file of the second version with two changes: to +1 h at 1000, to +2 h at 2000.
    fn file() -> Vec<u8> {
        let header = |counts: [u32; 6]| {
            let mut header = b"TZif2".to_vec();
            header.resize(20, 0);
            counts.iter().for_each(|count| header.extend(count.to_be_bytes()));
            header
        };
        let mut file = header([0, 0, 0, 0, 1, 4]);
        file.extend([0; 10]);
        file.extend(header([0, 0, 0, 2, 3, 4]));
        [1000_i64, 2000].iter().for_each(|time| file.extend(time.to_be_bytes()));
        file.extend([1, 2]);
        for offset in [-60_i32, 3600, 7200] {
            file.extend(offset.to_be_bytes());
            file.extend([0, 0]);
        }
        file.extend(*b"ABC\0");
        file
    }

    #[test]
    fn the_last_change_counts() {
        for (seconds, want) in [(0, -60), (1000, 3600), (1999, 3600), (2000, 7200)] {
            assert_eq!(offset(&file(), seconds), Some(want), "{seconds}");
        }
        for end in 0..file().len() - 4 {
            assert_eq!(offset(&file()[..end], 0).filter(|_| end < 100), None, "{end}");
        }
    }
}
