//! The state of keeping, and how it goes on: with the world, with time, and with the answers of the storage.

use std::collections::BTreeMap;

use super::effect::{FileForm, KeepEffect, KeepNotice};
use super::head::Head;
use super::incoming::Incoming;
use super::prepared::Prepared;
use super::sandbox_writer::{Outcome, SandboxWriter, Writing};
use super::storage::{
    LocalCommand, SandboxId, SmallValue, StorageAnswer, StorageCommand, StoredSandbox, Ticket,
};
use super::tail::Tail;
use super::world_text::World;
use crate::app::journal::Unreadable;

/// The bytes of a sandbox that are kept: some million commands.
const MOST_BYTES: usize = 64 << 20;

/// Time that passes between two calls counts as no more than this, in milliseconds: the clock may have been set, or the
/// machine may have slept.
const LONGEST_STEP: u64 = 2_000;

/// What is to be opened first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The sandbox of this tab, or else the one that was used last.
    Tab(SandboxId),
    /// The one that was used last.
    Latest,
    /// None: the page shows something else, such as what a link holds.
    Nothing,
}

/// A sandbox in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: SandboxId,
    /// Empty where it cannot be read.
    pub name: String,
    /// Milliseconds since 1970.
    pub used: u64,
    /// Why it cannot be opened, as far as that is known.
    pub trouble: Option<Unreadable>,
}

#[derive(Debug)]
pub struct Keeper {
    pub(super) writer: u64,
    most_bytes: usize,
    /// What is written is gone when the page is left.
    is_volatile: bool,
    pub(super) last_call: Option<u64>,
    /// Milliseconds that have passed, as far as they count.
    passed: u64,
    /// Of all sandboxes in the storage, as they were listed last.
    pub(super) heads: BTreeMap<SandboxId, String>,
    /// Sandboxes in the small storage that are not moved yet.
    pub(super) unmoved: BTreeMap<SandboxId, StoredSandbox>,
    /// What was done last in tabs that are gone.
    pub(super) tails: Vec<Tail>,
    pub(super) start: Option<Start>,
    pub(super) prepared: Option<Prepared>,
    pub(super) current: Option<SandboxWriter>,
    /// Sandboxes that were left before all of them was kept.
    pub(super) leaving: Vec<SandboxWriter>,
    pub(super) incoming: Vec<Incoming>,
    pub(super) deleted: Option<Deleted>,
    pub(super) troubles: BTreeMap<SandboxId, Unreadable>,
    pub(super) waiting: BTreeMap<Ticket, Waiting>,
    last_ticket: u64,
    effects: Vec<KeepEffect>,
}

/// What an answer is waited for, other than by a writer or something incoming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    List,
    Open(SandboxId),
    Duplicate(SandboxId),
    File(SandboxId, FileForm),
    /// To be renamed, once it is read; and once that is written.
    Rename(SandboxId, String),
    Renamed(SandboxId, String),
    Delete(SandboxId),
}

/// What can be had back.
#[derive(Clone, Debug)]
pub(super) struct Deleted {
    pub(super) id: SandboxId,
    /// None until the storage has told what it was.
    pub(super) content: Option<StoredSandbox>,
    /// It is to come back as soon as that is known.
    pub(super) is_wanted: bool,
    pub(super) tails: Vec<SmallValue>,
}

impl Keeper {
    /// `writer` tells this tab apart from all others; a random number. `is_volatile`: what is written is gone when the page
    /// is left, since the browser keeps nothing for it.
    pub fn new(writer: u64, is_volatile: bool) -> Keeper {
        Keeper {
            writer,
            most_bytes: MOST_BYTES,
            is_volatile,
            last_call: None,
            passed: 0,
            heads: BTreeMap::new(),
            unmoved: BTreeMap::new(),
            tails: Vec::new(),
            start: None,
            prepared: None,
            current: None,
            leaving: Vec::new(),
            incoming: Vec::new(),
            deleted: None,
            troubles: BTreeMap::new(),
            waiting: BTreeMap::new(),
            last_ticket: 0,
            effects: Vec::new(),
        }
    }

    /// Keeps no more than so many bytes of a sandbox.
    pub fn with_most_bytes(self, most_bytes: usize) -> Keeper {
        Keeper { most_bytes, ..self }
    }

    /// What is to be done now, in this order.
    pub fn take_effects(&mut self) -> Vec<KeepEffect> {
        std::mem::take(&mut self.effects)
    }

    /// Keeps what was done. To be called about once a second, and after what was worth it; costs little where nothing was.
    pub fn keep(&mut self, now: u64, world: &World<'_>) {
        self.pass_time(now);
        if let Some(current) = &mut self.current {
            current.follow(world);
        }
        self.flush(now, false);
    }

    /// As [`Keeper::keep`], since nobody may look at the page again: it is hidden or left.
    pub fn leave(&mut self, now: u64, world: &World<'_>) {
        self.pass_time(now);
        if let Some(current) = &mut self.current {
            current.follow(world);
            self.name_current(now);
        }
        let writers = self.current.iter_mut().chain(&mut self.leaving);
        let tails: Vec<SmallValue> = writers.filter_map(|writer| writer.tail(self.writer, now)).collect();
        for tail in tails {
            self.emit(KeepEffect::Local(LocalCommand::Put(tail)));
        }
        self.flush(now, true);
    }

    /// Another world is about to take the place of this one, which is kept until it is safe.
    pub fn close(&mut self, now: u64, world: &World<'_>) {
        self.leave(now, world);
        self.leaving.extend(self.current.take());
        self.leaving.retain(|writer| !writer.is_at_rest());
    }

    /// A new world is there, which becomes a sandbox of this name once something is done in it.
    pub fn begin(&mut self, now: u64, name: &str, world: &World<'_>) {
        self.pass_time(now);
        self.current = Some(self.prepare(SandboxWriter::unkept(super::tidy(name), world, true)));
    }

    /// A new world is there, which becomes a sandbox of this name at once.
    pub fn begin_kept(&mut self, now: u64, name: &str, world: &World<'_>) {
        self.pass_time(now);
        self.current = Some(self.prepare(SandboxWriter::unkept(super::tidy(name), world, false)));
        self.flush(now, false);
    }

    /// The name of the sandbox of this tab, and its id if it has one.
    pub fn current(&self) -> Option<(Option<SandboxId>, &str)> {
        self.current.as_ref().map(|current| (current.id, current.name.as_str()))
    }

    /// The storage has done a command, or has not.
    pub fn answer(&mut self, now: u64, ticket: Ticket, answer: StorageAnswer) {
        self.pass_time(now);
        let passed = self.passed;
        let writer =
            self.writers().find(|writer| writer.awaits(ticket)).and_then(|writer| Some((writer.id?, writer)));
        if let Some((id, writer)) = writer {
            let outcome = writer.answer(answer, passed);
            self.follow_outcome(now, id, outcome);
        } else if let Some(at) = self.incoming.iter().position(|it| it.ticket == Some(ticket)) {
            self.answer_incoming(now, at, answer);
        } else if let Some(waiting) = self.waiting.remove(&ticket) {
            self.answer_waiting(now, waiting, answer);
        }
        self.flush(now, false);
        self.leaving.retain(|writer| !writer.is_at_rest());
    }
}

impl Keeper {
    pub(super) fn emit(&mut self, effect: KeepEffect) {
        self.effects.push(effect);
    }

    pub(super) fn command(&mut self, command: StorageCommand) -> Ticket {
        let ticket = self.next_ticket();
        self.emit(KeepEffect::Storage(ticket, command));
        ticket
    }

    pub(super) fn ask(&mut self, command: StorageCommand, waiting: Waiting) {
        let ticket = self.command(command);
        self.waiting.insert(ticket, waiting);
    }

    fn next_ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    pub(super) fn pass_time(&mut self, now: u64) {
        let step = self.last_call.map_or(0, |last| now.saturating_sub(last));
        self.passed += step.min(LONGEST_STEP);
        self.last_call = Some(now);
    }

    pub(super) fn prepare(&self, mut writer: SandboxWriter) -> SandboxWriter {
        writer.set_volatile(self.is_volatile);
        writer
    }

    /// The world of this tab gets an id when there is something to keep.
    fn name_current(&mut self, now: u64) {
        let id = self.free_id(now);
        if let Some(current) = &mut self.current
            && current.id.is_none()
            && current.is_due()
        {
            current.id = Some(id);
        }
    }

    /// Writes what is to be written, and tells what is not kept.
    pub(super) fn flush(&mut self, now: u64, leaving: bool) {
        self.name_current(now);
        let how = Writing { writer: self.writer, used: now, at: self.passed, leaving, most: self.most_bytes };
        for writer in self.current.iter_mut().chain(&mut self.leaving) {
            writer.give_up(self.passed);
            let ticket = Ticket(self.last_ticket + 1);
            if let Some(write) = writer.write(ticket, &how) {
                self.last_ticket += 1;
                self.effects.push(KeepEffect::Storage(ticket, StorageCommand::Write(write)));
            }
            if let Some(notice) = writer.notice(self.passed) {
                self.effects.push(KeepEffect::Notice(notice));
            }
        }
    }

    /// What the answer to the writer of this sandbox leads to.
    fn follow_outcome(&mut self, now: u64, id: SandboxId, outcome: Outcome) {
        match outcome {
            Outcome::Nothing => {}
            Outcome::Kept { entries, head } => {
                self.heads.insert(id, head);
                self.unmoved.remove(&id);
                if self.current.as_ref().is_some_and(|current| current.id == Some(id)) {
                    self.emit(KeepEffect::Kept { id, entries });
                }
                let behind = self.writer_of(id).map(SandboxWriter::take_behind);
                self.leave_behind(behind.unwrap_or_default());
            }
            Outcome::Copy => {
                let name = self.writer_of(id).map(|writer| writer.name.clone()).unwrap_or_default();
                let (other, copy) = (self.free_id(now), self.free_copy_name(&name));
                if let Some(writer) = self.writer_of(id) {
                    writer.become_other(other, copy.clone());
                }
                self.emit(KeepEffect::Notice(KeepNotice::OtherTab { name, copy }));
            }
            Outcome::OtherId => {
                let other = self.free_id(now.max(id + 1));
                if let Some(writer) = self.writer_of(id) {
                    let name = writer.name.clone();
                    writer.become_other(other, name);
                }
            }
        }
    }

    pub(super) fn writers(&mut self) -> impl Iterator<Item = &mut SandboxWriter> {
        let prepared = self.prepared.iter_mut().filter_map(Prepared::writer);
        self.current.iter_mut().chain(&mut self.leaving).chain(prepared)
    }

    pub(super) fn writer_of(&mut self, id: SandboxId) -> Option<&mut SandboxWriter> {
        self.writers().find(|writer| writer.id == Some(id))
    }

    /// Values of the small storage that are no longer needed.
    pub(super) fn leave_behind(&mut self, values: Vec<SmallValue>) {
        self.tails.retain(|tail| !values.contains(&tail.value));
        for value in values {
            self.emit(KeepEffect::Local(LocalCommand::Remove(value)));
        }
    }

    /// An id that is not used yet.
    pub(super) fn free_id(&self, now: u64) -> SandboxId {
        let writers = self.current.iter().chain(&self.leaving).filter_map(|writer| writer.id);
        let used: Vec<SandboxId> = writers
            .chain(self.deleted.iter().map(|deleted| deleted.id))
            .chain(self.incoming.iter().map(|it| it.id))
            .chain(self.tails.iter().map(|tail| tail.id))
            .collect();
        let is_free = |id: &SandboxId| {
            !self.heads.contains_key(id) && !self.unmoved.contains_key(id) && !used.contains(id)
        };
        (now..).find(is_free).unwrap_or(now)
    }

    pub(super) fn head(&self, id: SandboxId) -> Option<&str> {
        let unmoved = self.unmoved.get(&id).map(|stored| stored.head.as_str());
        self.heads.get(&id).map(String::as_str).or(unmoved)
    }

    pub(super) fn name(&self, id: SandboxId) -> String {
        let name = self.head(id).and_then(|head| Head::read(head).ok()).map(|head| head.name);
        name.unwrap_or_else(|| id.to_string())
    }
}
