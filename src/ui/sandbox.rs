//! A sandbox as it is kept: a line about it, then the journal of its world. Each stands by itself in the storage, so
//! that a damaged one does not hinder the others.
//!
//! Two tabs may have the same one open. Each notes what it wrote last, and writes only over that, as a Key/Value update
//! by revision does; where another tab has written since, a copy is made, and both go on.

use super::browser::storage;

/// Who is kept under which name, when that was used last, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Milliseconds since 1970.
    pub(super) used: u64,
    /// Tells tabs apart.
    writer: u64,
    pub(super) name: String,
}

/// A sandbox in the list. The heading is none where it is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: Id,
    pub(super) head: Option<Head>,
}

/// When it was made, in milliseconds since 1970.
pub(super) type Id = u64;

impl Listed {
    fn used(&self) -> u64 {
        self.head.as_ref().map_or(0, |head| head.used)
    }
}

const KEY: &str = "sandbox.";
pub(super) const MARK: &str = "sandbox 1 ";

/// Longer names are cut.
const LONGEST_NAME: usize = 60;

/// More than this is not kept: browsers give a page about five million characters.
const LONGEST: usize = 2_000_000;

impl Head {
    pub(super) fn new(used: u64, writer: u64, name: &str) -> Head {
        Head { used, writer, name: tidy(name) }
    }

    /// The same under another name.
    pub(super) fn renamed(&self, name: &str) -> Head {
        Head { name: tidy(name), ..self.clone() }
    }

    fn write(&self) -> String {
        format!("{MARK}{} {} {}\n", self.used, self.writer, self.name)
    }

    fn read(line: &str) -> Option<Head> {
        let mut words = line.strip_prefix(MARK)?.splitn(3, ' ');
        let mut number = || words.next()?.parse().ok();
        let (used, writer) = (number()?, number()?);
        Some(Head { used, writer, name: tidy(words.next()?) })
    }
}

/// A name on one line, and not too long.
pub(super) fn tidy(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.trim().chars().take(LONGEST_NAME).collect()
}

fn key(id: Id) -> String {
    format!("{KEY}{id}")
}

/// All that are kept, the one used last first.
pub(super) fn list() -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::new();
    for name in storage::names() {
        let Some(id) = name.strip_prefix(KEY).and_then(|id| id.parse().ok()) else { continue };
        let listed = Listed { id, head: head(id) };
        let at = all.partition_point(|other| other.used() > listed.used());
        all.insert(at, listed);
    }
    all
}

/// What is said of a sandbox; none where there is none, or where it is damaged.
pub(super) fn head(id: Id) -> Option<Head> {
    Head::read(load(id)?.lines().next()?)
}

/// Everything that is kept of it, just as it stands there.
pub(super) fn load(id: Id) -> Option<String> {
    storage::load(&key(id))
}

/// Its heading and the text of its journal.
pub(super) fn read(id: Id) -> Option<(Head, String)> {
    let text = load(id)?;
    let (line, journal) = text.split_once('\n')?;
    Some((Head::read(line)?, journal.to_owned()))
}

/// False where there is no room for it.
pub(super) fn save(id: Id, head: &Head, journal: &str) -> bool {
    journal.len() <= LONGEST && put(id, &(head.write() + journal))
}

/// Puts back what was there, or the same elsewhere.
pub(super) fn put(id: Id, text: &str) -> bool {
    storage::save(&key(id), text)
}

pub(super) fn remove(id: Id) {
    storage::remove(&key(id));
}

/// An id that is not used yet.
pub(super) fn free_id(now: u64) -> Id {
    (now..).find(|id| load(*id).is_none()).unwrap_or(now)
}

/// A name that is not used yet: `make` gives one for each number from `first` on.
pub(super) fn free_name(first: usize, make: impl Fn(usize) -> String) -> String {
    let used = list();
    let is_used =
        |name: &String| used.iter().any(|listed| listed.head.as_ref().is_some_and(|head| head.name == *name));
    (first..).map(make).find(|name| !is_used(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_survives_being_written() {
        let head = Head::new(1_795_395_723_000, 42, "  My lock\nexperiment ");
        assert_eq!(head.name, "My lock experiment");
        assert_eq!(Head::read(head.write().trim_end()), Some(head));
        let unnamed = Head::new(1, 2, "");
        assert_eq!(Head::read("sandbox 1 1 2 "), Some(unnamed));
    }

    #[test]
    fn what_is_no_heading_is_told() {
        for line in [
            "",
            "sandbox",
            "sandbox 2 1 2 x",
            "sandbox 1 x 2 y",
            "sandbox 1 1",
            "sandbox 1 1 2",
            "nats-kv 1 5",
        ] {
            assert_eq!(Head::read(line), None, "{line}");
        }
    }
}
