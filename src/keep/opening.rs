//! Opening: the first sandbox of a visit, then others.

use std::collections::BTreeMap;

use super::assemble::{Assembled, Cut, assemble};
use super::effect::{CannotOpen, KeepEffect, Opening};
use super::head::Head;
use super::incoming::{Incoming, Origin, content};
use super::keeper::{Keeper, Start, Waiting};
use super::prepared::{Prepared, Read};
use super::sandbox_writer::{SandboxWriter, Stored};
use super::storage::{SandboxId, SmallValue, StorageAnswer, StorageCommand, StoredSandbox};
use super::tail::{Merged, Tail};
use super::world_text::{World, WorldText};
use crate::app::journal::{Entry, Journal, Salvaged, Unreadable};

impl Keeper {
    /// Begins. `small`: all keys and values of the small storage that are not where the commands for the storage go.
    /// [`KeepEffect::Listed`] comes of it, and where something is to be opened, `Open`, `CannotOpen` or `NothingKept`.
    pub fn start(&mut self, now: u64, start: Start, small: Vec<SmallValue>) {
        self.pass_time(now);
        self.start = Some(start);
        let mut parts: BTreeMap<SandboxId, Vec<(u64, String)>> = BTreeMap::new();
        for small in small {
            let SmallValue { key, value } = small.clone();
            if let Some(id) = key.strip_prefix("sandbox.").and_then(|id| id.parse().ok()) {
                self.unmoved.insert(id, StoredSandbox { head: value, parts: Vec::new() });
            } else if let Some((id, number)) = key.strip_prefix("part.").and_then(part_key) {
                parts.entry(id).or_default().push((number, value));
            } else if let Some(tail) = Tail::read(&small) {
                self.tails.push(tail);
            }
        }
        for (id, mut parts) in parts {
            parts.sort();
            if let Some(stored) = self.unmoved.get_mut(&id) {
                stored.parts = parts;
            }
        }
        self.ask(StorageCommand::List, Waiting::List);
    }

    /// The list has come for the first time.
    pub(super) fn go_on_starting(&mut self, now: u64) {
        for (id, content) in self.unmoved.clone() {
            if self.is_at_hand(id) {
                continue;
            }
            let behind = small_values(id, &content);
            let origin = Origin::Moved { from: id };
            self.bring_in(Incoming { id, content, behind, origin, ticket: None });
        }
        self.open_first(now);
    }

    /// Opens what is to be opened first, unless it is still on its way.
    pub(super) fn open_first(&mut self, now: u64) {
        let known = |id: &SandboxId| self.sandboxes().iter().any(|listed| listed.id == *id);
        let id = match self.start {
            None => return,
            Some(Start::Nothing) => {
                self.start = None;
                return;
            }
            Some(Start::Tab(id)) if known(&id) => Some(id),
            Some(Start::Tab(_) | Start::Latest) => self.latest(),
        };
        self.start = None;
        match id {
            Some(id) => self.open(now, id),
            None => self.emit(KeepEffect::NothingKept),
        }
    }

    /// Reads a sandbox. `Open` or `CannotOpen` comes of it; until then the world of this tab goes on.
    pub fn open(&mut self, now: u64, id: SandboxId) {
        self.pass_time(now);
        if self.is_at_hand(id) {
            return self.open_at_hand(id);
        }
        if self.incoming.iter().any(|it| it.origin == Origin::Moved { from: id }) {
            // Once it is moved, or is not.
            self.start = Some(Start::Tab(id));
            return;
        }
        match self.unmoved.get(&id).cloned() {
            Some(stored) => self.open_read(id, &stored, false),
            None => self.ask(StorageCommand::Read { id }, Waiting::Open(id)),
        }
    }

    /// Whether it is open here, or not all of it is kept yet.
    fn is_at_hand(&self, id: SandboxId) -> bool {
        self.current.iter().chain(&self.leaving).any(|writer| writer.id == Some(id))
    }

    fn open_at_hand(&mut self, id: SandboxId) {
        let Some(at) = self.leaving.iter().position(|writer| writer.id == Some(id)) else { return };
        let writer = self.leaving.remove(at);
        let Ok(Salvaged { journal, damaged: None }) = Journal::salvage(&writer.text.whole()) else {
            return self.leaving.push(writer);
        };
        let opening = Opening { id, name: writer.name.clone(), journal, cut: None };
        self.prepare_next(Prepared::Left(Box::new(writer)));
        self.emit(KeepEffect::Open(opening));
    }

    pub(super) fn answer_open(&mut self, id: SandboxId, answer: StorageAnswer) {
        if self.is_at_hand(id) {
            // It was opened before the answer came.
            return self.open_at_hand(id);
        }
        let why = match answer {
            StorageAnswer::Found(Some(stored)) => return self.open_read(id, &stored, true),
            StorageAnswer::Refused(why) => CannotOpen::Storage(why),
            StorageAnswer::Found(None) => match self.whole_tail(id) {
                Some(tail) => return self.open_tail(tail),
                None => CannotOpen::Missing,
            },
            StorageAnswer::Listed(_) | StorageAnswer::Written | StorageAnswer::Conflict(_) => {
                CannotOpen::Missing
            }
        };
        let name = self.name(id);
        if why == CannotOpen::Missing {
            self.heads.remove(&id);
            self.emit(KeepEffect::Listed);
        }
        self.emit(KeepEffect::CannotOpen { id, name, why });
    }

    /// A sandbox is there as it was stored.
    fn open_read(&mut self, id: SandboxId, stored: &StoredSandbox, is_moved: bool) {
        let Assembled { head, mut journal, mut closing, cut } = match assemble(stored).and_then(with_acts) {
            Ok(read) => read,
            Err(why) => {
                let name = self.name(id);
                self.troubles.insert(id, why.clone());
                return self.emit(KeepEffect::CannotOpen { id, name, why: CannotOpen::Unreadable(why) });
            }
        };
        let name = head.name.clone();
        let Some(last) = closing.clone().filter(|_| cut.is_none()) else {
            self.prepare_next(Prepared::Cut { id, name: name.clone() });
            return self.emit(KeepEffect::Open(Opening { id, name, journal, cut }));
        };
        let text = WorldText::new(&World { journal: &journal, closing: last.clone() });
        let is_closed = head.version == 1;
        let head = Head { entries: journal.entries.len(), journal: text.head, closing: text.closing, ..head };
        let known = Stored { text: stored.head.clone(), head, is_closed };
        let mut behind = self.merge_tails(id, &name, &mut journal, &mut closing);
        if !is_moved {
            behind.extend(small_values(id, stored));
        }
        let closing = closing.unwrap_or(last);
        let stored = is_moved.then_some(known);
        self.emit_opening(Read { id, name, journal, closing, stored, behind });
    }

    fn emit_opening(&mut self, read: Read) {
        let mut journal = read.journal.clone();
        journal.entries.push(read.closing.clone());
        let opening = Opening { id: read.id, name: read.name.clone(), journal, cut: None };
        self.prepare_next(Prepared::Read(Box::new(read)));
        self.emit(KeepEffect::Open(opening));
    }

    /// Adds to a journal what was done last in tabs that are gone. Which values of the small storage go once it is kept.
    fn merge_tails(
        &mut self,
        id: SandboxId,
        name: &str,
        journal: &mut Journal,
        closing: &mut Option<Entry>,
    ) -> Vec<SmallValue> {
        let mut behind = Vec::new();
        let tails: Vec<Tail> = self.tails.iter().filter(|tail| tail.id == id).cloned().collect();
        for tail in tails {
            match tail.merge(journal, closing) {
                Merged::Included | Merged::Extended => behind.push(tail.value),
                Merged::Apart(journal, closing) => {
                    self.recover(tail, name, &World { journal: &journal, closing })
                }
                Merged::Gap => {}
            }
        }
        behind
    }

    /// What was done last in a tab that is gone becomes a sandbox of its own.
    fn recover(&mut self, tail: Tail, name: &str, world: &World<'_>) {
        if self.incoming.iter().any(|it| it.behind.contains(&tail.value)) {
            return;
        }
        let copy = self.free_copy_name(name);
        let text = WorldText::new(world);
        self.bring_in(Incoming {
            // Where it was recovered before and that is not known, it is found there again.
            id: tail.used,
            content: content(&text, &copy, tail.used, self.writer),
            behind: vec![tail.value],
            origin: Origin::Recovered { name: name.to_owned(), copy },
            ticket: None,
        });
    }

    fn whole_tail(&self, id: SandboxId) -> Option<Tail> {
        self.tails.iter().find(|tail| tail.id == id && tail.is_whole()).cloned()
    }

    /// Opens a sandbox of which nothing is in the storage yet.
    fn open_tail(&mut self, tail: Tail) {
        if let Some((mut journal, closing)) = tail.world() {
            let Tail { id, name, .. } = tail;
            let mut last = Some(closing.clone());
            let behind = self.merge_tails(id, &name, &mut journal, &mut last);
            let closing = last.unwrap_or(closing);
            self.emit_opening(Read { id, name, journal, closing, stored: None, behind });
        }
    }

    fn prepare_next(&mut self, next: Prepared) {
        if let Some(Prepared::Left(writer)) = self.prepared.replace(next) {
            self.leaving.push(*writer);
        }
    }

    /// What was to be opened is shown, but only its begin, since somebody did not wait for the rest. It becomes another
    /// sandbox once something is done in it, and what was to be opened stays as it is.
    pub fn opened_partly(&mut self, now: u64, world: &World<'_>) {
        let opened = match self.prepared.take() {
            None => return,
            Some(Prepared::Read(read)) => (read.id, read.name),
            Some(Prepared::Cut { id, name }) => (id, name),
            Some(Prepared::Left(writer)) => {
                let opened = (writer.id.unwrap_or_default(), writer.name.clone());
                self.leaving.push(*writer);
                opened
            }
        };
        self.prepared = Some(Prepared::Cut { id: opened.0, name: opened.1 });
        self.opened(now, world);
    }

    /// What was to be opened is shown: this is its world now. What was shown before is to be closed first.
    pub fn opened(&mut self, now: u64, world: &World<'_>) {
        self.pass_time(now);
        let mut writer = match self.prepared.take() {
            None => return,
            Some(Prepared::Left(writer)) => *writer,
            Some(Prepared::Cut { name, .. }) => {
                let copy = self.free_copy_name(&name);
                SandboxWriter::unkept(copy, world, true)
            }
            Some(Prepared::Read(read)) => {
                let Read { id, name, journal, closing, stored, behind } = *read;
                SandboxWriter::of_stored(id, name, &World { journal: &journal, closing }, stored, behind)
            }
        };
        writer.meet(world);
        if let Some(id) = writer.id {
            self.troubles.remove(&id);
            self.emit(KeepEffect::Kept { id, entries: writer.kept() });
            let behind = writer.take_behind();
            self.leave_behind(behind);
        }
        self.current = Some(self.prepare(writer));
        self.flush(now, false);
    }

    /// What was to be opened cannot be shown. It stays as it is.
    pub fn not_opened(&mut self, id: SandboxId, why: Unreadable) {
        if self.prepared.as_ref().and_then(Prepared::id) == Some(id)
            && let Some(Prepared::Left(writer)) = self.prepared.take()
        {
            self.leaving.push(*writer);
        }
        self.troubles.insert(id, why);
        self.emit(KeepEffect::Listed);
    }
}

/// Where the small storage has a sandbox.
pub(super) fn small_values(id: SandboxId, content: &StoredSandbox) -> Vec<SmallValue> {
    let part = |(number, text): &(u64, String)| SmallValue {
        key: format!("part.{id}.{number}"),
        value: text.clone(),
    };
    let head = SmallValue { key: format!("sandbox.{id}"), value: content.head.clone() };
    content.parts.iter().map(part).chain([head]).collect()
}

/// One that is damaged before its first act is none.
fn with_acts(read: Assembled) -> Result<Assembled, Unreadable> {
    match read.cut {
        Some(Cut { entries: 0, .. }) => Err(Unreadable::Damaged(2)),
        _ => Ok(read),
    }
}

/// The numbers of a sandbox and of its part.
fn part_key(key: &str) -> Option<(SandboxId, u64)> {
    let (id, number) = key.split_once('.')?;
    Some((id.parse().ok()?, number.parse().ok()?))
}
