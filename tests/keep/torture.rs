//! Rounds of everything that can go wrong, by seeds. After each, what had been acknowledged as kept is there, in order, once.

use playground::app::journal::{Act, Journal};
use playground::base::Rng;
use playground::keep::{KeepNotice, SandboxId, Start};

use crate::disk::{Disk, Fate, world};
use crate::tab::Tab;

/// How often something happened.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Something was said to be kept; a copy was made beside what another tab wrote, or of what was left behind; something was
    /// said not to be kept.
    kept: usize,
    copies: usize,
    recovered: usize,
    refused: usize,
}

/// One visit after another, by several tabs, over one storage.
struct Round {
    rng: Rng,
    disk: Disk,
    tabs: Vec<Tab>,
    now: u64,
    /// Counts acts and tabs, so that each is another one.
    acts: u64,
    writers: u64,
    /// One of so many commands does not end well.
    one_of: u64,
    /// Long acts, so that what is left behind does not tell its world from the begin.
    are_long: bool,
    histories: Vec<Journal>,
    kept: Vec<(SandboxId, Journal)>,
    notices: Vec<KeepNotice>,
    deleted: Vec<Journal>,
}

impl Round {
    fn new(seed: u64) -> Round {
        let mut rng = Rng::new(seed);
        let one_of = [1_000_000, 20, 5, 2][rng.below(4) as usize];
        let are_long = rng.below(4) == 0;
        let mut round = Round {
            rng,
            disk: Disk::default(),
            tabs: Vec::new(),
            now: 1_795_395_723_000,
            acts: 0,
            writers: 0,
            one_of,
            are_long,
            histories: Vec::new(),
            kept: Vec::new(),
            notices: Vec::new(),
            deleted: Vec::new(),
        };
        for number in 0..round.rng.below(3) {
            round.keep_in_the_old_way(number);
        }
        round
    }

    /// A sandbox of the first version, in the small storage.
    fn keep_in_the_old_way(&mut self, number: u64) {
        let (began, acts) = (1000 + number, self.rng.below(5));
        let lines: String = (0..acts).map(|_| format!("7 $1 {}\n", self.next_line())).collect();
        let text = format!("nats-kv 1 {began}\n{lines}");
        self.disk
            .small
            .insert(format!("sandbox.{began}"), format!("sandbox 1 5 6 Old {number}\n{text}9 >2\n"));
        let journal = Journal::read(&text).expect("a journal");
        self.histories.push(journal.clone());
        self.kept.push((began, journal));
    }

    fn next_line(&mut self) -> String {
        self.acts += 1;
        let padding = if self.are_long { 2500 } else { 0 };
        format!("{} {}", self.acts, "x".repeat(padding))
    }

    fn step(&mut self) {
        self.pass_time();
        if self.tabs.is_empty() || self.tabs.len() < 3 && self.rng.below(15) == 0 {
            return self.open_tab();
        }
        let at = self.rng.below(self.tabs.len() as u64) as usize;
        let what = self.rng.below(100);
        let line = self.next_line();
        let now = self.now;
        let tab = &mut self.tabs[at];
        match what {
            0..18 => tab.act(line),
            18..36 => tab.keep(now),
            36..38 => tab.leave(now),
            38..64 => self.execute(at),
            64..84 => tab.arrive(now),
            84..87 => return self.kill(at),
            87 => self.start_over(at),
            88..90 => self.turn_to_another(at),
            90 => tab.begin(now),
            91 => self.with_one(at, |tab, now, id| tab.keeper.duplicate(now, id)),
            92 => self.with_one(at, |tab, now, id| {
                if tab.keeper.current().is_some_and(|(current, _)| current == Some(id)) {
                    tab.deleted_worlds.extend(tab.journal.clone());
                }
                tab.keeper.delete(now, id);
                tab.deleted.push(id);
            }),
            93 => tab.keeper.undelete(now),
            94 => self.with_one(at, |tab, now, id| tab.keeper.rename(now, Some(id), "Renamed")),
            95 => tab.keeper.look(),
            96 => tab.keeper.rename(now, None, "Ours"),
            _ => self.pass_time(),
        }
        self.disk.gone.extend(self.tabs[at].deleted.drain(..).map(|id| (id, None)));
        let small_fails = self.rng.below(self.one_of) == 0;
        self.tabs[at].do_effects(&mut self.disk, self.now, usize::MAX, small_fails);
    }

    /// The clock goes on, or is set to any other time.
    fn pass_time(&mut self) {
        const DAY: u64 = 86_400_000;
        self.now += self.rng.below(2000);
        match self.rng.below(100) {
            0 => self.now += self.rng.below(90 * DAY),
            1 => self.now -= self.rng.below(90 * DAY),
            2 => self.now += self.rng.below(DAY / 24),
            3 => self.now -= self.rng.below(DAY / 24),
            4 => self.now -= self.rng.below(3),
            _ => {}
        }
    }

    fn open_tab(&mut self) {
        self.writers += 1;
        let ids: Vec<SandboxId> = self.disk.sandboxes.keys().copied().collect();
        let start = match self.rng.below(3) {
            0 if !ids.is_empty() => Start::Tab(ids[self.rng.below(ids.len() as u64) as usize]),
            1 => Start::Nothing,
            _ => Start::Latest,
        };
        let mut tab = Tab::open(&self.disk, self.now, self.writers, start);
        if start == Start::Nothing {
            tab.begin(self.now);
        }
        self.tabs.push(tab);
    }

    /// The storage looks at the next command of a tab.
    fn execute(&mut self, at: usize) {
        for _ in 0..=self.rng.below(3) {
            self.execute_one(at);
        }
    }

    fn execute_one(&mut self, at: usize) {
        let fate = Fate::draw(&mut self.rng, self.one_of);
        if let Some((ticket, command)) = self.tabs[at].pending.pop_front()
            && let Some(answer) = self.disk.execute(&command, fate)
        {
            if std::env::var_os("KEEP_SHOW").is_some() {
                println!("storage: {command:?} {answer:?}");
            }
            self.tabs[at].answers.push_back((ticket, answer));
        }
    }

    /// A tab is gone: with a last word, or without; and the storage has looked at some of what it was told.
    fn kill(&mut self, at: usize) {
        if self.rng.below(2) == 0 {
            self.tabs[at].leave(self.now);
            let most = self.rng.below(6) as usize;
            let small_fails = self.rng.below(self.one_of) == 0;
            self.tabs[at].do_effects(&mut self.disk, self.now, most, small_fails);
        }
        for _ in 0..self.rng.below(4) {
            self.execute(at);
        }
        let tab = self.tabs.swap_remove(at);
        self.notices.extend(tab.notices);
        self.histories.extend(tab.histories);
        self.deleted.extend(tab.deleted_worlds);
        self.histories.extend(tab.journal);
        self.kept.extend(tab.kept);
    }

    fn start_over(&mut self, at: usize) {
        let tab = &mut self.tabs[at];
        let before = tab.start_over(self.now);
        if self.rng.below(2) == 0 {
            tab.keep(self.now);
            tab.do_effects(&mut self.disk, self.now, usize::MAX, false);
            self.execute(at);
        }
        let Some(mut gone) = before else { return };
        let tab = &mut self.tabs[at];
        if self.rng.below(2) == 0
            && let Some(journal) = &mut tab.journal
        {
            std::mem::swap(journal, &mut gone);
        }
        if let Some((Some(id), _)) = tab.keeper.current() {
            self.disk.gone.push((id, Some(world(&gone))));
        }
    }

    fn turn_to_another(&mut self, at: usize) {
        self.with_one(at, |tab, now, id| {
            if tab.keeper.current().is_some_and(|(current, _)| current != Some(id)) {
                tab.keeper.open(now, id);
            }
        });
    }

    fn with_one(&mut self, at: usize, act: impl FnOnce(&mut Tab, u64, SandboxId)) {
        let listed = self.tabs[at].keeper.sandboxes();
        if !listed.is_empty() {
            let id = listed[self.rng.below(listed.len() as u64) as usize].id;
            act(&mut self.tabs[at], self.now, id);
        }
    }

    fn end(mut self) -> Seen {
        while !self.tabs.is_empty() {
            self.kill(0);
        }
        if std::env::var_os("KEEP_SHOW").is_some() {
            println!("small storage: {:#?}\n{:#?}", self.disk.small, self.disk.sandboxes);
        }
        // The begin of what was deleted may have been kept under another id, before it became a copy.
        for deleted in std::mem::take(&mut self.disk.deleted) {
            let mut disk = Disk { sandboxes: [(1, deleted)].into(), ..Disk::default() };
            self.deleted
                .extend(Tab::read_all(&mut disk, self.now, 0).into_iter().map(|(_, _, journal)| journal));
        }
        let all = self.open_each();
        let again = self.open_each();
        assert_eq!(
            listing(&all, &self.disk),
            listing(&again, &self.disk),
            "opening everything once more changes nothing"
        );
        self.assert_all_there(&all);
        self.assert_once(&all);
        let mut seen = Seen { kept: self.kept.len(), ..Seen::default() };
        for notice in &self.notices {
            match notice {
                KeepNotice::OtherTab { .. } => seen.copies += 1,
                KeepNotice::Recovered { .. } => seen.recovered += 1,
                KeepNotice::NotKept { .. } => seen.refused += 1,
                KeepNotice::KeptAgain | KeepNotice::NotDone { .. } => {}
            }
        }
        seen
    }

    /// Opens each sandbox with a storage that works, and reads what is there in the end.
    fn open_each(&mut self) -> Vec<(SandboxId, String, Journal)> {
        let mut opened: Vec<SandboxId> = Vec::new();
        loop {
            self.writers += 1;
            let mut tab = Tab::open(&self.disk, self.now, self.writers, Start::Nothing);
            tab.settle(&mut self.disk, self.now);
            let next = tab.keeper.sandboxes().into_iter().find(|listed| !opened.contains(&listed.id));
            let Some(next) = next else { break };
            opened.push(next.id);
            tab.keeper.open(self.now, next.id);
            tab.settle(&mut self.disk, self.now);
            assert_eq!(tab.said, [], "everything opens");
            self.histories.extend(tab.journal);
            self.notices.extend(tab.notices);
        }
        let mut all = Tab::read_all(&mut self.disk, self.now, 0);
        all.sort_by_key(|(id, ..)| *id);
        all
    }

    fn assert_all_there(&self, all: &[(SandboxId, String, Journal)]) {
        for (id, kept) in &self.kept {
            let name = world(kept);
            let is_gone = |(gone, what): &(SandboxId, Option<String>)| {
                gone == id && what.as_ref().is_none_or(|what| *what == name)
            };
            let is_there = |(_, _, there): &(SandboxId, String, Journal)| {
                world(there) == name && there.entries.starts_with(&kept.entries)
            };
            let is_begin_of =
                |deleted: &Journal| world(deleted) == name && deleted.entries.starts_with(&kept.entries);
            let found = kept.entries.is_empty()
                || self.deleted.iter().any(is_begin_of)
                || self.disk.gone.iter().any(is_gone)
                || all.iter().any(is_there);
            assert!(found, "{} is not in\n{}", shown(*id, kept), listing(all, &self.disk));
        }
    }

    fn assert_once(&self, all: &[(SandboxId, String, Journal)]) {
        for (id, _, there) in all {
            let numbers: Vec<u64> = there.entries.iter().map(|entry| number(&entry.act)).collect();
            assert!(numbers.is_sorted_by(|one, next| one < next), "{id}: {numbers:?}");
            let is_of = |history: &&Journal| {
                world(history) == world(there) && history.entries.starts_with(&there.entries)
            };
            assert!(self.histories.iter().any(|it| is_of(&it)), "{} was never done", shown(*id, there));
        }
    }
}

/// A sandbox in short: its id, its world and the numbers of its acts.
fn shown(id: SandboxId, journal: &Journal) -> String {
    let numbers: Vec<u64> = journal.entries.iter().map(|entry| number(&entry.act)).collect();
    format!("{id} [{}] {numbers:?}", world(journal))
}

fn listing(all: &[(SandboxId, String, Journal)], disk: &Disk) -> String {
    let lines: Vec<String> =
        all.iter().map(|(id, name, journal)| format!("  {} {name}", shown(*id, journal))).collect();
    format!("{}\nsmall storage: {:#?}", lines.join("\n"), disk.small)
}

fn number(act: &Act) -> u64 {
    let Act::Submit { line, .. } = act else { panic!("{act:?}") };
    line.split(' ').next().and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn what_was_acknowledged_is_there() {
    let setting =
        |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().expect("a number"));
    let (rounds, seed) = (setting("KEEP_ROUNDS", 1500), setting("KEEP_SEED", 1));
    let mut all = Seen::default();
    for seed in seed..seed + rounds {
        let round = std::panic::catch_unwind(|| {
            let mut round = Round::new(seed);
            for _ in 0..200 {
                round.step();
            }
            round.end()
        });
        let seen = round.unwrap_or_else(|_| panic!("KEEP_SEED={seed} KEEP_ROUNDS=1 shows it"));
        all.kept += seen.kept;
        all.copies += seen.copies;
        all.recovered += seen.recovered;
        all.refused += seen.refused;
    }
    println!("{rounds} rounds: {all:?}");
    assert!(
        rounds < 1000 || all.copies.min(all.recovered).min(all.refused) > 20,
        "what was meant to happen did: {all:?}"
    );
}
