//! The head of a sandbox: its name, when it was used last, who wrote it, and which parts belong to it.
//!
//! The second version is three lines: the fields of [`Head`], the first line of the journal, and how things stood at the end.
//! The first version, which was kept in `localStorage`, is a line `sandbox 1 USED WRITER NAME` and then the whole journal.

use std::ops::Range;

use crate::app::journal::Unreadable;
use crate::app::visible;

/// Longer names are cut.
const LONGEST_NAME: usize = 60;

const MARK: &str = "sandbox ";
const VERSION: u64 = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) version: u64,
    /// Milliseconds since 1970.
    pub(super) used: u64,
    /// Tells tabs apart.
    pub(super) writer: u64,
    /// Counts how often the head was written.
    pub(super) revision: u64,
    /// Entries of the journal in all parts.
    pub(super) entries: usize,
    /// The numbers of its parts.
    pub(super) parts: Range<u64>,
    pub(super) name: String,
    /// The first line of the journal.
    pub(super) journal: String,
    /// Its last line, which follows those in the parts.
    pub(super) closing: String,
}

impl Head {
    pub(super) fn write(&self) -> String {
        let Head { used, writer, revision, entries, parts, name, journal, closing, .. } = self;
        let Range { start, end } = parts;
        format!(
            "{MARK}{VERSION} {used} {writer} {revision} {entries} {start} {end} {}\n{journal}\n{closing}\n",
            tidy(name)
        )
    }

    /// Reads a head, which may be cut behind its first line. Of one of the first version, only the first line is read.
    pub(super) fn read(text: &str) -> Result<Head, Unreadable> {
        let mut lines = text.lines();
        let first = lines.next().and_then(|line| line.strip_prefix(MARK)).ok_or(Unreadable::Foreign)?;
        let mut words = first.splitn(8, ' ');
        let number = |words: &mut std::str::SplitN<'_, char>| {
            words.next().and_then(|word| word.parse::<u64>().ok()).ok_or(Unreadable::Damaged(1))
        };
        let version = number(&mut words)?;
        if version > VERSION {
            return Err(Unreadable::Newer);
        }
        let (used, writer) = (number(&mut words)?, number(&mut words)?);
        if version == 1 {
            let name = first.splitn(4, ' ').nth(3).ok_or(Unreadable::Damaged(1))?;
            let (journal, closing) = (String::new(), String::new());
            return Ok(Head {
                version,
                used,
                writer,
                revision: 0,
                entries: 0,
                parts: 0..0,
                name: tidy(name),
                journal,
                closing,
            });
        }
        let (revision, entries) = (number(&mut words)?, number(&mut words)? as usize);
        let parts = number(&mut words)?..number(&mut words)?;
        let name = tidy(words.next().ok_or(Unreadable::Damaged(1))?);
        let mut line = || lines.next().unwrap_or_default().to_owned();
        Ok(Head { version, used, writer, revision, entries, parts, name, journal: line(), closing: line() })
    }
}

/// The head with another name, used and written now; whatever else it says stays to the letter.
pub(super) fn renamed(text: &str, name: &str, used: u64, writer: u64) -> Option<String> {
    let head = Head::read(text).ok()?;
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    let Head { version, revision, entries, parts: Range { start, end }, .. } = head;
    let name = tidy(name);
    Some(match version {
        1 => format!("{MARK}1 {used} {writer} {name}\n{rest}"),
        _ => {
            format!("{MARK}{version} {used} {writer} {} {entries} {start} {end} {name}\n{rest}", revision + 1)
        }
    })
}

/// What follows the first line of a head of the first version: a journal.
pub(super) fn body(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

/// The text of a journal, without the head in front of it that a file may have.
pub fn without_head(text: &str) -> &str {
    if text.starts_with(MARK) { body(text) } else { text }
}

/// A name on one line, and not too long.
pub fn tidy(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible(plain.trim()).chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_survives_being_written() {
        let head = Head {
            version: 2,
            used: 1_795_395_723_000,
            writer: 42,
            revision: 7,
            entries: 3,
            parts: 4..6,
            name: "My lock experiment".to_owned(),
            journal: "nats-kv 1 1795395723000".to_owned(),
            closing: "900 >2".to_owned(),
        };
        let text = head.write();
        assert_eq!(Head::read(&text), Ok(head.clone()));
        let other = renamed(&text, " Other\nname ", 5, 6);
        let other = other.and_then(|text| Head::read(&text).ok()).expect("a head");
        assert_eq!(
            other,
            Head { used: 5, writer: 6, revision: 8, name: "Other name".to_owned(), ..head.clone() }
        );
        let unnamed = Head { name: String::new(), ..head };
        assert_eq!(Head::read(&unnamed.write()), Ok(unnamed));
    }

    #[test]
    fn the_first_version_is_read_for_ever() {
        let text = "sandbox 1 1795395723000 42 My lock experiment\nnats-kv 1 5000\n7 $1 a b\n900 >2\n";
        let head = Head::read(text).expect("a head");
        assert_eq!((head.version, head.used, head.writer), (1, 1_795_395_723_000, 42));
        assert_eq!(head.name, "My lock experiment");
        assert_eq!(body(text), "nats-kv 1 5000\n7 $1 a b\n900 >2\n");
        let other = renamed(text, "x", 1, 2);
        assert_eq!(other.as_deref(), Some("sandbox 1 1 2 x\nnats-kv 1 5000\n7 $1 a b\n900 >2\n"));
    }

    #[test]
    fn what_is_no_head_is_told() {
        for (text, why) in [
            ("", Unreadable::Foreign),
            ("???", Unreadable::Foreign),
            ("sandbox", Unreadable::Foreign),
            ("sandbox 3 1 2 x", Unreadable::Newer),
            ("sandbox 1 x 2 y", Unreadable::Damaged(1)),
            ("sandbox 1 1 2", Unreadable::Damaged(1)),
            ("sandbox 2 1 2 3 4 5 x", Unreadable::Damaged(1)),
            ("nats-kv 1 5", Unreadable::Foreign),
        ] {
            assert_eq!(Head::read(text), Err(why), "{text}");
        }
    }
}
