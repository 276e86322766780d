//! A tab: keeping, with a world that has no other contents than its acts, and what the page does with the effects.

use std::collections::VecDeque;

use playground::app::journal::{Act, Entry, Journal, Unreadable};
use playground::keep::{
    FileForm, KeepEffect, KeepNotice, Keeper, SandboxFile, SandboxId, SmallValue, Start, StorageAnswer,
    StorageCommand, Ticket, World,
};

use crate::disk::Disk;

pub(crate) struct Tab {
    pub(crate) keeper: Keeper,
    /// None until something is opened or begun.
    pub(crate) journal: Option<Journal>,
    /// The world as keeping was told of it last.
    told: Option<Journal>,
    /// Commands that the storage has not looked at yet.
    pub(crate) pending: VecDeque<(Ticket, StorageCommand)>,
    /// Answers that have not arrived yet.
    pub(crate) answers: VecDeque<(Ticket, StorageAnswer)>,
    pub(crate) notices: Vec<KeepNotice>,
    pub(crate) files: Vec<SandboxFile>,
    pub(crate) said: Vec<KeepEffect>,
    /// Worlds as they were when another one took their place.
    pub(crate) histories: Vec<Journal>,
    /// What was said to be kept: under which id, and how much of which world.
    pub(crate) kept: Vec<(SandboxId, Journal)>,
    /// Sandboxes that were deleted here.
    pub(crate) deleted: Vec<SandboxId>,
    /// The worlds that were shown when they were deleted.
    pub(crate) deleted_worlds: Vec<Journal>,
    /// Journals that the application does not take.
    pub(crate) takes: fn(&Journal) -> bool,
    /// So many acts are made again; nobody waits for more.
    pub(crate) waits_for: usize,
    pub(crate) begun: u64,
    /// Its number, for whoever follows a round with `KEEP_SHOW=1`.
    writer: u64,
}

impl Tab {
    pub(crate) fn open(disk: &Disk, now: u64, writer: u64, start: Start) -> Tab {
        let small =
            disk.small.iter().map(|(key, value)| SmallValue { key: key.clone(), value: value.clone() });
        let small = small.collect();
        let mut keeper = Keeper::new(writer, false);
        keeper.start(now, start, small);
        Tab::of(keeper, writer)
    }

    pub(crate) fn of(keeper: Keeper, writer: u64) -> Tab {
        Tab {
            keeper,
            journal: None,
            told: None,
            pending: VecDeque::new(),
            answers: VecDeque::new(),
            notices: Vec::new(),
            files: Vec::new(),
            said: Vec::new(),
            histories: Vec::new(),
            kept: Vec::new(),
            deleted: Vec::new(),
            deleted_worlds: Vec::new(),
            takes: |_| true,
            waits_for: usize::MAX,
            begun: 0,
            writer,
        }
    }

    /// Does what keeping wants, as far as it goes at once: up to so many effects. `small_fails`: nothing can be put into the
    /// small storage.
    pub(crate) fn do_effects(&mut self, disk: &mut Disk, now: u64, most: usize, small_fails: bool) {
        let mut done = 0;
        let mut effects = VecDeque::from(self.keeper.take_effects());
        while let Some(effect) = effects.pop_front() {
            done += 1;
            if done > most {
                return;
            }
            self.do_effect(disk, now, effect, small_fails);
            effects.extend(self.keeper.take_effects());
        }
    }

    fn do_effect(&mut self, disk: &mut Disk, now: u64, effect: KeepEffect, small_fails: bool) {
        if std::env::var_os("KEEP_SHOW").is_some() {
            println!("tab {}: {effect:?}", self.writer);
        }
        match effect {
            KeepEffect::Storage(ticket, command) => self.pending.push_back((ticket, command)),
            KeepEffect::Local(command) => {
                let done = disk.act_at_once(&command, small_fails);
                if let playground::keep::LocalCommand::Put(SmallValue { key, .. }) = &command
                    && done
                    && let (Some(id), Some(journal)) = (id_of_tail(key), &self.told)
                    && self.keeper.current().is_some_and(|(current, _)| current == Some(id))
                {
                    self.kept.push((id, journal.clone()));
                }
            }
            KeepEffect::Open(opening) => {
                if !(self.takes)(&opening.journal) {
                    self.keeper.not_opened(opening.id, Unreadable::TooLong);
                    return self.begin(now);
                }
                self.close(now);
                let mut journal = opening.journal;
                if opening.cut.is_none() {
                    journal.entries.pop();
                }
                let is_whole = journal.entries.len() <= self.waits_for;
                journal.entries.truncate(self.waits_for);
                self.journal = Some(journal);
                self.tell(now, if is_whole { Keeper::opened } else { Keeper::opened_partly });
            }
            KeepEffect::NothingKept if self.journal.is_none() || self.keeper.current().is_none() => {
                self.begin(now)
            }
            KeepEffect::CannotOpen { .. } if self.keeper.current().is_none() => {
                self.said.push(effect);
                self.begin(now);
            }
            KeepEffect::Kept { id, entries } => {
                if let Some(journal) = &self.told {
                    let mut kept = journal.clone();
                    kept.entries.truncate(entries);
                    self.kept.push((id, kept));
                }
            }
            KeepEffect::Notice(notice) => self.notices.push(notice),
            KeepEffect::File(file) => self.files.push(file),
            KeepEffect::Listed => {}
            KeepEffect::NothingKept | KeepEffect::CannotOpen { .. } => self.said.push(effect),
        }
    }

    fn close(&mut self, now: u64) {
        if self.keeper.current().is_some() {
            self.tell(now, Keeper::close);
        }
        self.histories.extend(self.journal.take());
    }

    /// Another world.
    pub(crate) fn begin(&mut self, now: u64) {
        self.close(now);
        self.renew(now);
        let name = self.keeper.free_name(1, |number| format!("Sandbox {number}"));
        self.tell(now, |keeper, now, world| keeper.begin(now, &name, world));
    }

    fn renew(&mut self, now: u64) {
        self.begun += 1;
        let seed = self.begun << 32 | now & 0xffff_ffff;
        self.histories.extend(self.journal.take());
        self.journal = Some(Journal { began: now, seed, ..Journal::default() });
    }

    /// The world is begun again, in the same sandbox.
    pub(crate) fn start_over(&mut self, now: u64) -> Option<Journal> {
        let before = self.journal.clone()?;
        self.renew(now);
        Some(before)
    }

    pub(crate) fn act(&mut self, line: String) {
        if let Some(journal) = &mut self.journal {
            let at = journal.entries.last().map_or(0, |entry| entry.at) + 7;
            journal.entries.push(Entry { at, mid_turn: None, act: Act::Submit { terminal: 1, line } });
        }
    }

    /// Tells keeping how the world stands.
    pub(crate) fn tell(&mut self, now: u64, what: impl FnOnce(&mut Keeper, u64, &World<'_>)) {
        if let Some(journal) = &self.journal {
            self.told = Some(journal.clone());
            let at = journal.entries.last().map_or(0, |entry| entry.at) + now % 1000;
            let closing = Entry { at, mid_turn: None, act: Act::Select { terminal: 2 } };
            what(&mut self.keeper, now, &World { journal, closing });
        }
    }

    pub(crate) fn keep(&mut self, now: u64) {
        self.tell(now, Keeper::keep);
    }

    pub(crate) fn leave(&mut self, now: u64) {
        self.tell(now, Keeper::leave);
    }

    pub(crate) fn arrive(&mut self, now: u64) {
        if let Some((ticket, answer)) = self.answers.pop_front() {
            self.keeper.answer(now, ticket, answer);
        }
    }

    /// Everything that can happen happens, and goes well.
    pub(crate) fn settle(&mut self, disk: &mut Disk, now: u64) {
        for _ in 0..1000 {
            self.do_effects(disk, now, usize::MAX, false);
            if let Some((ticket, command)) = self.pending.pop_front() {
                let answer =
                    disk.execute(&command, crate::disk::Fate::Honest).expect("an honest storage answers");
                self.answers.push_back((ticket, answer));
            }
            self.arrive(now);
            self.do_effects(disk, now, usize::MAX, false);
            if self.pending.is_empty() && self.answers.is_empty() {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// All that is kept, read by itself.
    pub(crate) fn read_all(disk: &mut Disk, now: u64, writer: u64) -> Vec<(SandboxId, String, Journal)> {
        let mut tab = Tab::open(disk, now, writer, Start::Nothing);
        tab.settle(disk, now);
        let mut all = Vec::new();
        for listed in tab.keeper.sandboxes() {
            tab.keeper.file(listed.id, FileForm::Journal);
            tab.settle(disk, now);
            let Some(file) = tab.files.pop() else { continue };
            if let Ok(mut journal) = Journal::read(&file.text) {
                journal.entries.pop();
                all.push((listed.id, listed.name, journal));
            }
        }
        all
    }
}

fn id_of_tail(key: &str) -> Option<SandboxId> {
    key.strip_prefix("tail.")?.split_once('.')?.0.parse().ok()
}
