//! What can be done with the sandboxes that are kept.

use super::assemble;
use super::commands::commands;
use super::effect::{CannotOpen, FileForm, KeepEffect, KeepNotice, SandboxFile};
use super::head::{self, Head, tidy};
use super::incoming::{Incoming, Origin, content};
use super::keeper::{Deleted, Keeper, Listed, Start, Waiting};
use super::opening::small_values;
use super::sandbox_writer::SandboxWriter;
use super::storage::{
    LocalCommand, Refusal, SandboxId, SmallValue, StorageAnswer, StorageCommand, StorageWrite, StoredSandbox,
};
use super::tail::Tail;

impl Keeper {
    /// All that are kept, as far as is known, the one used last first.
    pub fn sandboxes(&self) -> Vec<Listed> {
        let heads = self.heads.iter().map(|(id, head)| (*id, head.as_str()));
        let unmoved = self.unmoved.iter().map(|(id, stored)| (*id, stored.head.as_str()));
        let stored = heads.chain(unmoved.filter(|(id, _)| !self.heads.contains_key(id)));
        let mut all: Vec<Listed> = stored.map(|(id, head)| self.listed(id, head)).collect();
        // What was asked for is there, until it is known that it is not.
        for wanted in self.incoming.iter().filter(|it| matches!(it.origin, Origin::Wanted { .. })) {
            all.push(self.listed(wanted.id, &wanted.content.head));
        }
        for tail in &self.tails {
            if tail.is_whole() && all.iter().all(|listed| listed.id != tail.id) {
                all.push(Listed { id: tail.id, name: tail.name.clone(), used: tail.used, trouble: None });
            }
        }
        for writer in self.current.iter().chain(&self.leaving) {
            let Some(id) = writer.id else { continue };
            match all.iter_mut().find(|listed| listed.id == id) {
                Some(listed) => listed.name.clone_from(&writer.name),
                None => {
                    let used = self.last_call.unwrap_or(id);
                    all.push(Listed { id, name: writer.name.clone(), used, trouble: None });
                }
            }
        }
        all.sort_by_key(|listed| std::cmp::Reverse((listed.used, listed.id)));
        all
    }

    fn listed(&self, id: SandboxId, text: &str) -> Listed {
        let trouble = self.troubles.get(&id).cloned();
        match Head::read(text) {
            Ok(head) => Listed { id, name: head.name, used: head.used, trouble },
            Err(why) => Listed { id, name: String::new(), used: 0, trouble: trouble.or(Some(why)) },
        }
    }

    /// The one that was used last.
    pub fn latest(&self) -> Option<SandboxId> {
        self.sandboxes().first().map(|listed| listed.id)
    }

    /// Lists again what there is, since other tabs may have changed it. [`KeepEffect::Listed`] comes of it.
    pub fn look(&mut self) {
        self.ask(StorageCommand::List, Waiting::List);
    }

    /// A name that is not used yet: `make` gives one for each number from `first` on.
    pub fn free_name(&self, first: usize, make: impl Fn(usize) -> String) -> String {
        let mut used: Vec<String> = self.sandboxes().into_iter().map(|listed| listed.name).collect();
        used.extend(self.current.iter().chain(&self.leaving).map(|writer| writer.name.clone()));
        used.extend(
            self.incoming.iter().filter_map(|it| Head::read(&it.content.head).ok()).map(|head| head.name),
        );
        (first..).map(make).find(|name| !used.contains(name)).unwrap_or_default()
    }

    pub(super) fn free_copy_name(&self, name: &str) -> String {
        self.free_name(2, |number| format!("{name} ({number})"))
    }

    /// Gives a sandbox another name; `None` is that of this tab.
    pub fn rename(&mut self, now: u64, id: Option<SandboxId>, name: &str) {
        self.pass_time(now);
        let name = tidy(name);
        if name.is_empty() {
            return;
        }
        let is_current = self.current.as_ref().is_some_and(|current| id.is_none() || current.id == id);
        let writer = if is_current { self.current.as_mut() } else { id.and_then(|id| self.writer_of(id)) };
        if let Some(writer) = writer {
            writer.name = name;
            self.flush(now, false);
        } else if let Some(id) = id {
            let head = self.heads.get_mut(&id);
            if let Some(head) = head
                && let Some(renamed) = head::renamed(head, &name, now, self.writer)
            {
                *head = renamed;
            }
            self.ask(StorageCommand::Read { id }, Waiting::Rename(id, name));
        }
    }

    /// Makes another one like it.
    pub fn duplicate(&mut self, now: u64, id: SandboxId) {
        self.pass_time(now);
        let (name, writer) = (self.name(id), self.writer);
        if let Some(open) = self.writer_of(id) {
            let (text, name) = (open.text.clone(), open.name.clone());
            let copy = self.free_copy_name(&name);
            self.bring_in_wanted(now, content(&text, &copy, now, writer), copy);
        } else if let Some(stored) = self.unmoved.get(&id).cloned() {
            self.duplicate_stored(now, &stored, &name);
        } else {
            self.ask(StorageCommand::Read { id }, Waiting::Duplicate(id));
        }
    }

    fn duplicate_stored(&mut self, now: u64, stored: &StoredSandbox, name: &str) {
        let copy = self.free_copy_name(name);
        if let Some(head) = head::renamed(&stored.head, &copy, now, self.writer) {
            self.bring_in_wanted(now, StoredSandbox { head, parts: stored.parts.clone() }, copy);
        }
    }

    fn bring_in_wanted(&mut self, id: u64, content: StoredSandbox, name: String) {
        let id = self.free_id(id);
        let origin = Origin::Wanted { name };
        self.bring_in(Incoming { id, content, behind: Vec::new(), origin, ticket: None });
    }

    /// Removes a sandbox. If it is that of this tab, `Open` or `NothingKept` comes of it.
    pub fn delete(&mut self, now: u64, id: SandboxId) {
        self.pass_time(now);
        let tails = self.tails.extract_if(.., |tail| tail.id == id);
        let tails: Vec<SmallValue> = tails.map(|tail| tail.value).collect();
        self.leave_behind(tails.clone());
        if let Some(content) = self.unmoved.remove(&id) {
            self.incoming.retain(|it| it.origin != Origin::Moved { from: id });
            self.leave_behind(small_values(id, &content));
            self.deleted = Some(Deleted { id, content: Some(content), is_wanted: false, tails });
        } else {
            self.deleted = Some(Deleted { id, content: None, is_wanted: false, tails });
            self.ask(StorageCommand::Delete { id }, Waiting::Delete(id));
        }
        self.heads.remove(&id);
        let of_this = |writer: &SandboxWriter| writer.id == Some(id);
        let left = self.leaving.extract_if(.., |writer| of_this(writer));
        let mut behind: Vec<SmallValue> = left.flat_map(SandboxWriter::into_behind).collect();
        let is_current = self.current.as_ref().is_some_and(of_this);
        if is_current {
            behind.extend(self.current.take().into_iter().flat_map(SandboxWriter::into_behind));
        }
        self.leave_behind(behind);
        self.emit(KeepEffect::Listed);
        if is_current {
            self.start = Some(Start::Latest);
            self.open_first(now);
        }
    }

    /// Whether a sandbox that was deleted can be had back.
    pub fn can_undelete(&self) -> bool {
        self.deleted.as_ref().is_some_and(|deleted| !deleted.is_wanted)
    }

    /// Has the sandbox back that was deleted last.
    pub fn undelete(&mut self, now: u64) {
        self.pass_time(now);
        if let Some(deleted) = &mut self.deleted
            && deleted.content.is_none()
        {
            deleted.is_wanted = true;
            return;
        }
        let Some(Deleted { id, content, tails, .. }) = self.deleted.take() else { return };
        for tail in tails {
            self.tails.extend(Tail::read(&tail));
            self.emit(KeepEffect::Local(LocalCommand::Put(tail)));
        }
        if let Some(content) = content.filter(|content| !content.head.is_empty()) {
            let name = Head::read(&content.head).map_or_else(|_| id.to_string(), |head| head.name);
            self.bring_in_wanted(id, content, name);
        }
    }

    /// Reads a sandbox to be kept elsewhere, also one that cannot be opened. [`KeepEffect::File`] comes of it.
    pub fn file(&mut self, id: SandboxId, form: FileForm) {
        if let Some(writer) = self.writer_of(id) {
            let (name, text) = (writer.name.clone(), writer.text.whole());
            self.emit_file(name, form, text);
        } else if let Some(stored) = self.unmoved.get(&id).cloned() {
            self.emit_file_of_stored(id, form, &stored);
        } else {
            self.ask(StorageCommand::Read { id }, Waiting::File(id, form));
        }
    }

    fn emit_file(&mut self, name: String, form: FileForm, text: String) {
        let text = match form {
            FileForm::Journal => text,
            FileForm::Commands => commands(&text),
        };
        self.emit(KeepEffect::File(SandboxFile { name, form, text }));
    }

    fn emit_file_of_stored(&mut self, id: SandboxId, form: FileForm, stored: &StoredSandbox) {
        let text = assemble::text(stored, self.tails.iter().filter(|tail| tail.id == id));
        self.emit_file(self.name(id), form, text);
    }
}

impl Keeper {
    /// Of a sandbox of which nothing is in the storage yet.
    fn emit_file_of_tail(&mut self, id: SandboxId, form: FileForm) {
        let tail = self.tails.iter().find(|tail| tail.id == id);
        if let Some((tail, (mut journal, closing))) = tail.and_then(|tail| Some((tail, tail.world()?))) {
            journal.entries.push(closing);
            self.emit_file(tail.name.clone(), form, journal.write());
        } else {
            self.look();
        }
    }

    pub(super) fn answer_waiting(&mut self, now: u64, waiting: Waiting, answer: StorageAnswer) {
        match (waiting, answer) {
            (Waiting::List, answer) => self.answer_list(now, answer),
            (Waiting::Open(id), answer) => self.answer_open(id, answer),
            (Waiting::Duplicate(id), StorageAnswer::Found(Some(stored))) => {
                self.duplicate_stored(now, &stored, &self.name(id));
            }
            (Waiting::File(id, form), StorageAnswer::Found(Some(stored))) => {
                self.emit_file_of_stored(id, form, &stored);
            }
            (Waiting::File(id, form), StorageAnswer::Found(None)) => self.emit_file_of_tail(id, form),
            (Waiting::Rename(id, name), StorageAnswer::Found(Some(stored))) => {
                self.write_name(now, id, name, stored.head);
            }
            (Waiting::Renamed(id, head), StorageAnswer::Written) => {
                self.heads.insert(id, head);
                self.emit(KeepEffect::Listed);
            }
            (Waiting::Renamed(id, head), StorageAnswer::Conflict(Some(there))) => {
                if let Ok(head) = Head::read(&head) {
                    self.write_name(now, id, head.name, there);
                }
            }
            (Waiting::Delete(id), StorageAnswer::Found(content)) => {
                self.heads.remove(&id);
                if let Some(deleted) = self.deleted.as_mut().filter(|deleted| deleted.id == id) {
                    deleted.content = Some(content.unwrap_or_default());
                    if deleted.is_wanted {
                        self.undelete(now);
                    }
                }
                self.emit(KeepEffect::Listed);
            }
            (
                Waiting::Duplicate(id)
                | Waiting::File(id, _)
                | Waiting::Rename(id, _)
                | Waiting::Renamed(id, _)
                | Waiting::Delete(id),
                StorageAnswer::Refused(why),
            ) => {
                // Was it to be deleted, its tails are still needed.
                if let Some(deleted) = self.deleted.as_mut().filter(|it| it.id == id && it.content.is_none())
                {
                    deleted.content = Some(StoredSandbox::default());
                    self.undelete(now);
                }
                let name = self.name(id);
                self.emit(KeepEffect::Notice(KeepNotice::NotDone { name, why }));
                self.look();
            }
            _ => self.look(),
        }
    }

    fn answer_list(&mut self, now: u64, answer: StorageAnswer) {
        let why = match answer {
            StorageAnswer::Listed(heads) => {
                self.heads = heads.into_iter().collect();
                None
            }
            StorageAnswer::Refused(why) => Some(why),
            _ => Some(Refusal::Failed),
        };
        self.emit(KeepEffect::Listed);
        match (self.start, why) {
            (Some(Start::Tab(id)), Some(why)) if !self.unmoved.contains_key(&id) => {
                self.start = None;
                self.emit(KeepEffect::CannotOpen { id, name: id.to_string(), why: CannotOpen::Storage(why) });
            }
            (Some(_), None) => self.go_on_starting(now),
            (Some(_), Some(_)) => self.open_first(now),
            (None, _) => {}
        }
    }

    /// Writes the head of a sandbox that is not open with another name.
    fn write_name(&mut self, now: u64, id: SandboxId, name: String, there: String) {
        let Some(head) = head::renamed(&there, &name, now, self.writer) else { return };
        let write =
            StorageWrite { id, over: Some(there), head: head.clone(), parts: Vec::new(), forget: 0..0 };
        self.ask(StorageCommand::Write(write), Waiting::Renamed(id, head));
    }
}
