//! What was done last and is not acknowledged yet, when a page is left: kept at once in the small storage, and added to
//! its sandbox at the next opening.
//!
//! As text it is a line `tail 1 FROM TIME USED NAME` and then a journal of which the first `FROM` entries are missing;
//! `TIME` is that of the last of these. Entries are compared, so that none is added twice, whatever has become of the
//! sandbox since.

use super::head::tidy;
use super::storage::{SandboxId, SmallValue};
use super::world_text::{WorldText, is_same_world};
use crate::app::journal::{Act, Entry, Journal, Salvaged};

const MARK: &str = "tail 1 ";

/// A world that is no longer than this is told from its begin, so that nothing else is needed to make it again; in bytes.
const WHOLE: usize = 64 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Tail {
    /// As it stands in the small storage.
    pub(super) value: SmallValue,
    pub(super) id: SandboxId,
    pub(super) used: u64,
    pub(super) name: String,
    /// The entries that are missing before the first of the journal's.
    from: usize,
    journal: Journal,
    closing: Entry,
}

/// What came of bringing a tail and its sandbox together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// Everything was there already.
    Included,
    /// The sandbox goes on with it.
    Extended,
    /// The sandbox has gone on otherwise: this is the world of the tail.
    Apart(Journal, Entry),
    /// What lies between them is missing.
    Gap,
}

/// Where a tail is put.
pub(super) fn key(id: SandboxId, writer: u64) -> String {
    format!("tail.{id}.{writer}")
}

/// What is not in the storage, where `stored` entries are for certain.
pub(super) fn write(text: &WorldText, stored: usize, used: u64, name: &str) -> String {
    let to = text.entries();
    let from = if text.lines(0, to).len() <= WHOLE { 0 } else { stored };
    let (head, lines, closing) = (&text.head, text.lines(from, to), &text.closing);
    format!("{MARK}{from} {} {used} {}\n{head}\n{lines}{closing}\n", text.time(from), tidy(name))
}

impl Tail {
    /// Reads a tail from the small storage. `None` if it is none.
    pub(super) fn read(value: &SmallValue) -> Option<Tail> {
        let SmallValue { key, value: text } = value;
        let (id, _writer) = key.strip_prefix("tail.")?.split_once('.')?;
        let (first, journal) = text.split_once('\n')?;
        let mut words = first.strip_prefix(MARK)?.splitn(4, ' ');
        let mut number = || words.next()?.parse::<u64>().ok();
        let (from, time, used) = (number()? as usize, number()?, number()?);
        let name = tidy(words.next()?);
        let Salvaged { mut journal, damaged } = Journal::salvage(journal).ok()?;
        for entry in &mut journal.entries {
            entry.at = entry.at.checked_add(time)?;
        }
        let closing = journal.entries.pop_if(|entry| matches!(entry.act, Act::Select { .. }))?;
        let tail = Tail { value: value.clone(), id: id.parse().ok()?, used, name, from, journal, closing };
        damaged.is_none().then_some(tail)
    }

    /// Whether it tells of its world from the begin.
    pub(super) fn is_whole(&self) -> bool {
        self.from == 0
    }

    /// Adds it to the journal of its sandbox.
    pub(super) fn merge(&self, journal: &mut Journal, closing: &mut Option<Entry>) -> Merged {
        let there = journal.entries.len();
        let is_same = is_same_world(&journal.write_head(), &self.journal.write_head());
        let ours = &self.journal.entries;
        if is_same && self.from <= there {
            let both = ours.len().min(there - self.from);
            if journal.entries[self.from..self.from + both] == ours[..both] {
                if both == ours.len() {
                    return Merged::Included;
                }
                journal.entries.extend_from_slice(&ours[both..]);
                *closing = Some(self.closing.clone());
                return Merged::Extended;
            }
        }
        if self.from > 0 && (!is_same || self.from > there) {
            return Merged::Gap;
        }
        let entries = [&journal.entries[..self.from], ours].concat();
        Merged::Apart(Journal { entries, ..self.journal.clone() }, self.closing.clone())
    }

    /// The world that it tells of, where it does so from the begin.
    pub(super) fn world(&self) -> Option<(Journal, Entry)> {
        self.is_whole().then(|| (self.journal.clone(), self.closing.clone()))
    }
}
