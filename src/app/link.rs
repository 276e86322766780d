//! A world in a link: the journal, deflated, in the alphabet of addresses.
//!
//! The first character is the version. Links of old versions have to open for ever.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::journal::{Journal, Unreadable};

const VERSION: char = '1';

/// Characters of a link that is still worth opening; browsers take more, mail and chat programs do not.
pub const LONGEST_LINK: usize = 512 * 1024;

/// Bytes of a journal that a link may hold, so that a small link cannot fill the memory.
const LONGEST_JOURNAL: usize = 4 << 20;

/// How hard to look for repetitions, of 10.
const EFFORT: u8 = 9;

/// Bits that a character of a link stands for, in this order.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The part of the address that holds a world.
pub fn write(journal: &Journal) -> String {
    let mut link = String::from(VERSION);
    encode(&compress_to_vec(journal.write().as_bytes(), EFFORT), &mut link);
    link
}

/// The journal that a link holds.
pub fn read(link: &str) -> Result<Journal, Unreadable> {
    if link.len() > LONGEST_LINK {
        return Err(Unreadable::TooLong);
    }
    let mut chars = link.chars();
    match chars.next() {
        Some(VERSION) => {}
        Some('2'..='9') => return Err(Unreadable::Newer),
        _ => return Err(Unreadable::Foreign),
    }
    let packed = decode(chars.as_str()).ok_or(Unreadable::Foreign)?;
    let text = decompress_to_vec_with_limit(&packed, LONGEST_JOURNAL).map_err(|_| Unreadable::Foreign)?;
    Journal::read(&String::from_utf8(text).map_err(|_| Unreadable::Foreign)?)
}

/// Base64 in the alphabet for addresses, without padding (RFC 4648, section 5).
fn encode(bytes: &[u8], text: &mut String) {
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for char in chunk {
            bits = bits << 6 | ALPHABET.iter().position(|known| known == char)? as u32;
        }
        bits <<= 6 * (4 - chunk.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::journal::{Act, Entry};

    fn journal() -> Journal {
        let line = "nats kv put my-kv Key1 Value1".to_owned();
        let entries = (0..9).map(|at| Entry { at, act: Act::Submit { terminal: 1, line: line.clone() } });
        Journal { began: 1_795_395_723_000, seed: 7, entries: entries.collect() }
    }

    #[test]
    fn a_link_opens_to_what_it_was_made_of() {
        let link = write(&journal());
        assert!(link.len() < 160, "{} characters", link.len());
        assert_eq!(read(&link), Ok(journal()));
    }

    #[test]
    fn cut_and_changed_links_are_refused() {
        let link = write(&journal());
        for end in 0..link.len() {
            assert!(read(&link[..end]).is_err(), "cut at {end}");
        }
        for wrong in ["", "x", "1", "1!!!!", "2abc", "1AAAA"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert_eq!(read("9abc"), Err(Unreadable::Newer));
    }

    #[test]
    fn a_small_link_cannot_fill_the_memory() {
        let mut bomb = String::from(VERSION);
        encode(&compress_to_vec(&vec![b' '; 64 << 20], 9), &mut bomb);
        assert!(bomb.len() < LONGEST_LINK, "it is small");
        assert_eq!(read(&bomb), Err(Unreadable::Foreign));
    }

    #[test]
    fn bytes_survive_base64() {
        for length in 0..20 {
            let bytes: Vec<u8> = (0..length).map(|at: u8| at.wrapping_mul(37)).collect();
            let mut text = String::new();
            encode(&bytes, &mut text);
            assert_eq!(decode(&text), Some(bytes));
        }
        assert_eq!(decode("A"), Some(vec![]));
    }
}
