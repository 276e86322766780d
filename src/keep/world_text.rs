//! The text of a world that grows: the lines of its journal, each made once.

use crate::app::journal::{Entry, Journal};

/// What there is to be kept: what was done since the world began, and how things stand now.
pub struct World<'a> {
    pub journal: &'a Journal,
    /// As `App::closing` says it.
    pub closing: Entry,
}

/// The journal of a world as text, as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct WorldText {
    /// Its first line.
    pub(super) head: String,
    lines: String,
    /// Where each line ends in `lines`, and the time of its entry.
    ends: Vec<(usize, u64)>,
    /// The newest entry, by which it is seen that the journal was only added to.
    newest: Option<Entry>,
    /// The last line.
    pub(super) closing: String,
}

impl WorldText {
    pub(super) fn new(world: &World<'_>) -> WorldText {
        let mut text = WorldText {
            head: world.journal.write_head(),
            lines: String::new(),
            ends: Vec::new(),
            newest: None,
            closing: String::new(),
        };
        text.append(world);
        text
    }

    /// The world has gone on, or another one has taken its place. `false` if what was known is not its begin.
    pub(super) fn follow(&mut self, world: &World<'_>) -> bool {
        let known = self.ends.len();
        let head = world.journal.write_head();
        let is_same = is_same_world(&head, &self.head)
            && world.journal.entries.len() >= known
            && (known == 0 || self.newest.as_ref() == Some(&world.journal.entries[known - 1]));
        if is_same {
            self.head = head;
            self.append(world);
        } else {
            *self = WorldText::new(world);
        }
        is_same
    }

    fn append(&mut self, world: &World<'_>) {
        let entries = &world.journal.entries;
        for entry in &entries[self.ends.len()..] {
            self.lines.push_str(&entry.write(self.time(self.ends.len())));
            self.lines.push('\n');
            self.ends.push((self.lines.len(), entry.at));
        }
        self.newest = entries.last().cloned();
        self.closing = world.closing.write(self.time(self.ends.len()));
    }

    pub(super) fn entries(&self) -> usize {
        self.ends.len()
    }

    /// The time of the entry before number `index`, from 0 on, in milliseconds since the world began.
    pub(super) fn time(&self, index: usize) -> u64 {
        index.checked_sub(1).map_or(0, |before| self.ends[before].1)
    }

    /// The lines from entry number `from` up to `to`.
    pub(super) fn lines(&self, from: usize, to: usize) -> &str {
        let start = |index: usize| index.checked_sub(1).map_or(0, |before| self.ends[before].0);
        &self.lines[start(from)..start(to)]
    }

    /// How many of the first entries take no more than so many bytes.
    pub(super) fn entries_within(&self, bytes: usize) -> usize {
        self.ends.partition_point(|(end, _)| *end <= bytes)
    }

    /// Whether the other begins with all entries of this one.
    pub(super) fn is_begin_of(&self, other: &WorldText) -> bool {
        is_same_world(&self.head, &other.head) && other.lines.starts_with(&self.lines)
    }

    pub(super) fn whole(&self) -> String {
        format!("{}\n{}{}\n", self.head, self.lines, self.closing)
    }

    /// A part of a sandbox: the number of the first entry and of entries, then their lines.
    pub(super) fn part(&self, from: usize, to: usize) -> String {
        format!("{from} {}\n{}", to - from, self.lines(from, to))
    }
}

/// Whether the first lines of two journals are of the same world. The version of the format may have risen meanwhile.
pub(super) fn is_same_world(one: &str, other: &str) -> bool {
    let world = |line: &str| line.splitn(3, ' ').nth(2).map(str::to_owned);
    world(one).is_some() && world(one) == world(other)
}
