//! The stills of a world, one of each moment, and what each deed has changed. They are made in slices.

use std::collections::BTreeMap;

use super::deed::begins_deed;
use super::difference::{Changes, difference};
use super::snapshot::Snapshot;
use super::still::{Still, TerminalStill};
use crate::app::journal::{Act, Entry, Journal};
use crate::app::model::Tab;
use crate::app::replay::{Replay, Replayed};
use crate::app::{App, TerminalId};
use crate::term::screen::Screen;

/// About how many bytes the stills of a world may take. Where they take more, every other one is given up.
const MOST_BYTES: usize = 64 << 20;

/// How many lines there may be of what a deed has changed.
const MOST_CHANGES: usize = 40;

/// The stills of a world. Moment 0 is right before its first deed, moment 1 right before the second, and so on; that behind the
/// last one is the present, of which there is no still.
#[derive(Default)]
pub struct Stills {
    /// When the world began, and its seed.
    world: Option<(u64, u64)>,
    /// The acts that are known: where each deed begins among them, how many there are, and the last one.
    deeds: Vec<usize>,
    acts: usize,
    last: Option<Entry>,
    /// How many moments are made. Of these each `stride`th has a still.
    made: usize,
    stride: usize,
    stills: Vec<Still>,
    bytes: usize,
    most_bytes: usize,
    /// What each deed has changed, as far as the moment behind it is made.
    changes: Vec<Changes>,
    /// What is compared of the moment that was made last.
    before: Option<Snapshot>,
    /// The world at the moment that was made last, or on the way there, and the act that it is to be looked at before.
    replay: Option<Replay>,
    next_act: usize,
    /// The screens of terminals that were closed, and of worlds that were given up: those of all stills are cut from them.
    screens: BTreeMap<TerminalId, Screen>,
}

/// What is seen of a moment.
pub struct Seen<'a> {
    pub still: &'a Still,
    /// The moment that it is of: the one that was asked for, or one before it.
    pub moment: usize,
    /// The screens of its terminals.
    pub screens: BTreeMap<TerminalId, Screen>,
}

/// The world of a moment, while it is made.
pub struct WorldAt {
    pub replay: Replay,
    acts: usize,
}

impl WorldAt {
    /// Goes on until the page wants a pause, or it is there.
    pub fn advance(&mut self) -> Replayed {
        self.replay.advance_to(self.acts)
    }
}

impl Stills {
    /// None yet.
    pub fn new() -> Stills {
        Stills::within(MOST_BYTES)
    }

    /// The same with another bound, in bytes.
    pub fn within(most_bytes: usize) -> Stills {
        Stills { stride: 1, most_bytes, ..Stills::default() }
    }

    /// How many deeds there are; that is the number of the present as well.
    pub fn deeds(&self) -> usize {
        self.deeds.len()
    }

    /// How many moments are made.
    pub fn made(&self) -> usize {
        self.made
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The acts of a deed, counted from 0, by their places in the journal.
    pub fn acts(&self, deed: usize) -> std::ops::Range<usize> {
        let end = self.deeds.get(deed + 1).copied().unwrap_or(self.acts);
        self.deeds.get(deed).map_or(end..end, |begin| *begin..end)
    }

    /// What a deed has changed, counted from 0; `None` where that is not known yet. Of the last one it is compared with the present.
    pub fn changes(&self, deed: usize, present: &App) -> Option<Changes> {
        if deed + 1 == self.deeds.len() && self.made == self.deeds.len() {
            let before = self.before.as_ref()?;
            return Some(difference(before, &present.observed_snapshot(), MOST_CHANGES));
        }
        self.changes.get(deed).cloned()
    }

    /// Goes on making the stills of this world, until the page wants a pause. `true` once all are there.
    pub fn advance(&mut self, app: &App) -> bool {
        self.follow(app.journal());
        while self.made < self.deeds.len() {
            let replay = self.replay.get_or_insert_with(|| app.replay(app.journal().clone(), None));
            if replay.advance_to(self.next_act) != Replayed::Wholly {
                return false;
            }
            self.look();
            self.next_act += 1;
        }
        true
    }

    /// The tabs of the terminals right before a deed, or a little before that.
    pub fn tabs(&self, deed: usize) -> Option<&[Tab]> {
        let still = self.stills.get(self.nearest(deed)? / self.stride)?;
        Some(still.tabs())
    }

    /// Whether there are moments of this world of which there is no still yet.
    pub fn lacks(&self, app: &App) -> bool {
        let journal = app.journal();
        let is_known =
            self.world == Some((journal.began, journal.seed)) && self.acts == journal.entries.len();
        !is_known || self.made < self.deeds.len()
    }

    /// The moment that is seen in the place of one: itself, or one before it. `None` where none is made yet.
    pub fn nearest(&self, moment: usize) -> Option<usize> {
        Some(moment.min(self.made.checked_sub(1)?) / self.stride * self.stride)
    }

    /// Takes in what was done since.
    fn follow(&mut self, journal: &Journal) {
        let world = Some((journal.began, journal.seed));
        let last = self.acts.checked_sub(1).and_then(|at| journal.entries.get(at));
        if self.world != world || last != self.last.as_ref() {
            *self = Stills { world, ..Stills::within(self.most_bytes) };
        }
        let new = &journal.entries[self.acts..];
        if let Some(replay) = &mut self.replay {
            replay.extend(new);
        }
        for entry in new {
            if begins_deed(self.last.as_ref().map(|last| &last.act), &entry.act) {
                self.deeds.push(self.acts);
            }
            self.acts += 1;
            self.last = Some(entry.clone());
        }
    }

    /// Looks at the world right before the next act.
    fn look(&mut self) {
        let Some(replay) = &self.replay else { return };
        let app = replay.app();
        if let Some(Act::Close { terminal }) = replay.next()
            && let Some(screen) = app.screen(*terminal)
        {
            self.screens.insert(*terminal, screen.clone());
        }
        let Ok(moment) = self.deeds.binary_search(&self.next_act) else { return };
        if moment + 1 < self.made {
            return;
        }
        let now = app.observed_snapshot();
        if moment == self.made {
            if let Some(before) = &self.before {
                self.changes.push(difference(before, &now, MOST_CHANGES));
            }
            if moment.is_multiple_of(self.stride) {
                let (still, bytes) = Still::of(app, self.stills.last());
                self.stills.push(still);
                self.bytes += bytes;
            }
            self.made += 1;
        }
        self.before = Some(now);
        while self.bytes > self.most_bytes && self.stills.len() > 1 {
            let mut place = 0;
            self.stills.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.stride *= 2;
            self.bytes /= 2;
        }
    }

    /// What is seen of a moment, or of one shortly before it where there is no still of it. `None` where none is made yet.
    pub fn seen(&self, moment: usize) -> Option<Seen<'_>> {
        let moment = self.nearest(moment)?;
        let still = self.stills.get(moment / self.stride)?;
        let screen =
            |terminal: &TerminalStill| Some((terminal.id, self.screen(terminal.id)?.at(&terminal.mark)));
        let screens = still.terminals().iter().filter_map(screen).collect();
        Some(Seen { still, moment, screens })
    }

    /// The screen of a terminal, at or behind the last moment that is made.
    fn screen(&self, terminal: TerminalId) -> Option<&Screen> {
        let is_behind = self.deeds.get(self.made.saturating_sub(1)).is_some_and(|act| self.next_act > *act);
        let now = self.replay.as_ref().and_then(|replay| replay.app().screen(terminal));
        let kept = self.screens.get(&terminal);
        if is_behind { now.or(kept) } else { kept.or(now) }
    }

    /// How many acts precede a moment; `None` for the present.
    pub(super) fn acts_before(&self, moment: usize) -> Option<usize> {
        self.deeds.get(moment).copied()
    }

    /// Begins to make the world of a moment. `None` for the present.
    pub fn world_at(&self, moment: usize, app: &App) -> Option<WorldAt> {
        self.world_between(moment, moment, app)
    }

    /// The same, able to go on to a later moment.
    pub(super) fn world_between(&self, moment: usize, later: usize, app: &App) -> Option<WorldAt> {
        let acts = self.acts_before(moment)?;
        let journal = app.journal();
        let end = self.acts_before(later).map_or(journal.entries.len(), |act| act + 1);
        let entries = journal.entries.get(..end)?.to_vec();
        Some(WorldAt { replay: app.replay(Journal { entries, ..journal.clone() }, None), acts })
    }

    /// Something else is done at a moment than what was done there: what came after is of another branch.
    pub fn branch(&mut self, moment: usize, journal: &Journal) {
        let Some(acts) = self.deeds.get(moment).copied() else { return };
        if let Some(replay) = self.replay.take() {
            let app = replay.app();
            for tab in app.tabs() {
                if let Some(screen) = app.screen(tab.id) {
                    self.screens.insert(tab.id, screen.clone());
                }
            }
        }
        self.deeds.truncate(moment);
        // Clients from outside have left by then, as they do where a world is gone on with: so the moment itself is looked at anew.
        self.changes.truncate(moment.saturating_sub(1));
        self.made = self.made.min(moment);
        self.stills.truncate(self.made.div_ceil(self.stride));
        self.acts = acts;
        self.last = acts.checked_sub(1).and_then(|at| journal.entries.get(at)).cloned();
        (self.before, self.next_act) = (None, 0);
    }
}
