//! The past of the world of this tab, as far as somebody looks at it: the moment that is shown, and what is made for it.

use crate::app::model::{ClockFace, Inspector, Lesson, Tab};
use crate::app::past::{Changes, Comparison, Stills, WorldAt};
use crate::app::replay::Replayed;
use crate::app::{App, TerminalId};
use crate::term::screen::Screen;
use std::collections::BTreeMap;

/// How long somebody stays at a moment until its world is made, in milliseconds; where so few acts come before it, it is made at once.
const REST: u64 = 250;
const FEW_ACTS: usize = 200;

/// How long the page may stand still for the past, in milliseconds: where somebody waits for it, and else.
const WAITED_FOR: u64 = 30;
const BESIDES: u64 = 8;

/// The past of the world of this tab, as far as somebody looks at it.
pub(super) struct Past {
    /// Somebody looks at it, or may soon.
    pub(super) is_open: bool,
    pub(super) stills: Stills,
    pub(super) at: Option<Moment>,
    /// The moment that others are compared with.
    pub(super) mark: Option<usize>,
    comparison: Option<Comparison>,
    /// What differs between two moments.
    compared: Option<((usize, usize), Changes)>,
    /// The terminals that were used in the present, the latest first.
    pub(super) recent: Vec<TerminalId>,
    /// How often another moment was turned to: what is drawn of one may not be taken for another.
    pub(super) turns: u64,
}

/// A moment of the past that is shown.
pub(super) struct Moment {
    pub(super) moment: usize,
    /// What is drawn until the world is there.
    seen: Option<SeenMoment>,
    world: Option<WorldAt>,
    /// The present world, once that of the moment has taken its place.
    pub(super) present: Option<App>,
    /// How many acts that world has.
    pub(super) acts: usize,
    /// When it was turned to, in milliseconds since 1970.
    since: u64,
}

/// What there is to see of a moment.
pub(super) struct SeenMoment {
    moment: usize,
    pub(super) clock: ClockFace,
    pub(super) tabs: Vec<Tab>,
    pub(super) prompts: BTreeMap<TerminalId, String>,
    pub(super) screens: BTreeMap<TerminalId, Screen>,
    pub(super) lesson: Option<Lesson>,
    pub(super) inspector: Inspector,
}

impl Past {
    pub(super) fn new() -> Past {
        Past {
            is_open: false,
            stills: Stills::new(),
            at: None,
            mark: None,
            comparison: None,
            compared: None,
            recent: Vec::new(),
            turns: 0,
        }
    }

    /// The moment that is shown; `None` for the present.
    pub(super) fn moment(&self) -> Option<usize> {
        self.at.as_ref().map(|at| at.moment)
    }

    /// What is drawn in the place of a world.
    pub(super) fn seen(&self) -> Option<&SeenMoment> {
        self.at.as_ref()?.seen.as_ref()
    }

    /// Whether the world of the moment is not there yet.
    pub(super) fn is_still(&self) -> bool {
        self.at.as_ref().is_some_and(|at| at.present.is_none())
    }

    /// The present world, where `app` is the one that is there.
    pub(super) fn present<'a>(&'a self, app: &'a App) -> &'a App {
        self.at.as_ref().and_then(|at| at.present.as_ref()).unwrap_or(app)
    }

    pub(super) fn present_mut<'a>(&'a mut self, app: &'a mut App) -> &'a mut App {
        self.at.as_mut().and_then(|at| at.present.as_mut()).unwrap_or(app)
    }

    /// Turns to a moment; gives the present world, if another one stood in its place.
    pub(super) fn turn_to(&mut self, moment: Option<usize>, now: u64) -> Option<App> {
        let present = self.at.take().and_then(|at| at.present);
        self.turns += 1;
        self.at = moment.map(|moment| Moment {
            moment,
            seen: None,
            world: None,
            present: None,
            acts: 0,
            since: now,
        });
        present
    }

    /// Draws the moment from its still, and makes its world at once where that takes no time. `app` is the present world.
    pub(super) fn look(&mut self, app: &App) {
        let Past { stills, at: Some(at), turns, .. } = self else { return };
        let Some(seen) = stills.seen(at.moment) else { return };
        let still = seen.still;
        at.seen = Some(SeenMoment {
            moment: seen.moment,
            clock: still.clock.clone(),
            tabs: still.tabs().to_vec(),
            prompts: still
                .terminals()
                .iter()
                .map(|terminal| (terminal.id, terminal.prompt.clone()))
                .collect(),
            screens: seen.screens,
            lesson: still.lesson().cloned(),
            inspector: still.inspector(),
        });
        *turns += 1;
        if stills.acts(at.moment).start <= FEW_ACTS && at.world.is_none() {
            at.world = stills.world_at(at.moment, app);
        }
    }

    /// Whether the world of the moment is to be made now.
    fn wants_world(&self, now: u64) -> bool {
        self.at
            .as_ref()
            .is_some_and(|at| at.present.is_none() && (at.world.is_some() || now >= at.since + REST))
    }

    fn wants_comparison(&self, now: u64) -> bool {
        let rests = self.at.as_ref().is_none_or(|at| now >= at.since + REST);
        rests && self.moments().is_some() && self.differences().is_none()
    }

    /// The two moments that are compared, the earlier one first.
    fn moments(&self) -> Option<(usize, usize)> {
        let (mark, moment) = (self.mark?, self.moment().unwrap_or(self.stills.deeds()));
        (mark != moment).then_some((mark.min(moment), mark.max(moment)))
    }

    /// What differs between these, once that is known.
    pub(super) fn differences(&self) -> Option<&((usize, usize), Changes)> {
        self.compared.as_ref().filter(|(moments, _)| Some(*moments) == self.moments())
    }

    /// Forgets what was made, which was in another language, or of another world. That may have begun at the same time as this one, as
    /// branches have.
    pub(super) fn make_anew(&mut self) {
        self.stills = Stills::new();
        self.mark = None;
        self.turns += 1;
    }

    /// Whether there is something to be done. `app` is the world that is there.
    fn is_busy(&self, app: &App, now: u64) -> bool {
        let wants_stills = self.is_open && self.stills.lacks(self.present(app));
        wants_stills || self.wants_world(now) || self.wants_comparison(now)
    }

    /// How long the page may stand still for it now, if there is something to be done.
    pub(super) fn slice(&self, app: &App, now: u64, is_wake: bool) -> Option<u64> {
        let is_waited_for = self.stills.made() == 0 || self.at.as_ref().is_some_and(|at| at.seen.is_none());
        let is_new = !is_wake && self.at.as_ref().is_some_and(|at| at.present.is_none() && at.since == now);
        let slice = if is_waited_for || is_new { WAITED_FOR } else { BESIDES };
        self.is_busy(app, now).then_some(slice)
    }

    /// When there will be something to be done, in milliseconds since 1970.
    pub(super) fn deadline(&self, app: &App, now: u64) -> Option<u64> {
        if self.is_busy(app, now) {
            return Some(now);
        }
        let at = self.at.as_ref()?;
        (now < at.since + REST).then_some(at.since + REST)
    }

    /// Goes on with what is to be done, until the page wants a pause. `app` is the world that is there, which that of the moment
    /// replaces once it is made.
    pub(super) fn go_on(&mut self, app: &mut App, now: u64) {
        if self.wants_world(now) {
            self.make_world(app);
        }
        let present = self.at.as_ref().and_then(|at| at.present.as_ref()).unwrap_or(app);
        if self.is_open && self.stills.lacks(present) && !self.stills.advance(present) {
            return self.look_nearer(app);
        }
        self.look_nearer(app);
        if self.wants_comparison(now) {
            self.compare(app);
        }
    }

    /// What was not there when the moment was turned to may be there now.
    fn look_nearer(&mut self, app: &App) {
        let is_nearer = self.at.as_ref().is_some_and(|at| {
            let seen = at.seen.as_ref().map(|seen| seen.moment);
            at.present.is_none() && self.stills.nearest(at.moment) != seen
        });
        if is_nearer {
            self.look(app);
        }
    }

    /// Goes on making the world of the moment. Once it is there it takes the place of the still.
    pub(super) fn make_world(&mut self, app: &mut App) {
        let Past { stills, at: Some(at), turns, .. } = self else { return };
        if at.present.is_some() {
            return;
        }
        let Some(mut world) = at.world.take().or_else(|| stills.world_at(at.moment, app)) else { return };
        if world.advance() == Replayed::Partly {
            at.world = Some(world);
            return;
        }
        let made = app.successor(world.replay);
        at.acts = made.journal().entries.len();
        at.present = Some(std::mem::replace(app, made));
        at.seen = None;
        *turns += 1;
    }

    fn compare(&mut self, app: &App) {
        let Some(moments) = self.moments() else { return };
        let present = self.at.as_ref().and_then(|at| at.present.as_ref()).unwrap_or(app);
        if self.comparison.as_ref().is_none_or(|comparison| comparison.moments != moments) {
            self.comparison = Some(Comparison::begin(moments, &self.stills, present));
        }
        if let Some(changes) = self.comparison.as_mut().and_then(|comparison| comparison.advance(present)) {
            (self.compared, self.comparison) = (Some((moments, changes)), None);
        }
    }
}
