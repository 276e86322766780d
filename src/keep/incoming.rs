//! A sandbox that comes into the storage as a whole: one that was kept elsewhere before, a duplicate, one that was deleted
//! and comes back, or what was done last in a tab that is gone.

use super::assemble::assemble;
use super::head::Head;
use super::storage::{SandboxId, SmallValue, StorageWrite, StoredSandbox, Ticket};
use super::world_text::{World, WorldText};
use crate::app::journal::{Entry, Journal};

#[derive(Clone, Debug)]
pub(super) struct Incoming {
    pub(super) id: SandboxId,
    pub(super) content: StoredSandbox,
    /// Values of the small storage that go once it is there.
    pub(super) behind: Vec<SmallValue>,
    pub(super) origin: Origin,
    /// The answer that it waits for.
    pub(super) ticket: Option<Ticket>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was kept in the small storage.
    Moved { from: SandboxId },
    /// What was done last in a tab that is gone, and does not fit its sandbox.
    Recovered { name: String, copy: String },
    /// A duplicate, or one that comes back: it is meant to be there, also beside one that is alike.
    Wanted { name: String },
}

impl Incoming {
    /// Writes it where nothing is.
    pub(super) fn write(&self) -> StorageWrite {
        let StoredSandbox { head, parts } = self.content.clone();
        StorageWrite { id: self.id, over: None, head, parts, forget: 0..0 }
    }

    /// Whether all of it is in there already, with whatever came after.
    pub(super) fn is_in(&self, there: &StoredSandbox) -> bool {
        if self.content == *there {
            return true;
        }
        let (Ok(ours), Ok(theirs)) = (assemble(&self.content), assemble(there)) else { return false };
        let text = |journal: &Journal, closing: &Option<Entry>| {
            let closing = closing.clone().or_else(|| journal.entries.last().cloned());
            closing.map(|closing| WorldText::new(&World { journal, closing }))
        };
        match (text(&ours.journal, &ours.closing), text(&theirs.journal, &theirs.closing)) {
            (Some(one), Some(other)) => ours.cut.is_none() && one.is_begin_of(&other),
            _ => false,
        }
    }
}

/// A whole world as it is stored.
pub(super) fn content(text: &WorldText, name: &str, used: u64, writer: u64) -> StoredSandbox {
    let entries = text.entries();
    let head = Head {
        version: 2,
        used,
        writer,
        revision: 1,
        entries,
        parts: 0..1,
        name: name.to_owned(),
        journal: text.head.clone(),
        closing: text.closing.clone(),
    };
    StoredSandbox { head: head.write(), parts: vec![(0, text.part(0, entries))] }
}
