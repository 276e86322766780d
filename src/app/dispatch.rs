//! What messages do: to the terminals, to the lesson, to the clock.
//!
//! Whatever changes the world goes through one of the functions that write the journal.

use std::time::Duration;

use super::journal::{Act, Entry, Journal};
use super::lesson_runner::{Beat, Guide};
use super::msg::Pasted;
use super::{App, MOST_TERMINALS, Msg, NANOS_PER_MILLI, Pace, Said, TerminalId, first_lesson};
use crate::base::Time;
use crate::lesson::{Action, Language, catalog};
use crate::shell::session::{Outcome, Session};
use crate::term::{Code, Key};

use super::terminals::Desk;

/// The longest name of a terminal, in characters.
const LONGEST_NAME: usize = 20;

impl App {
    pub(super) fn take(&mut self, msg: Msg) -> bool {
        // What is typed and looked at changes neither the lesson nor the picture; what is entered is written down.
        self.changes += u64::from(!matches!(
            msg,
            Msg::Time(_)
                | Msg::Key { .. }
                | Msg::Typed { .. }
                | Msg::Choose { .. }
                | Msg::See(_)
                | Msg::Width(_)
                | Msg::Voice(_)
        ));
        match msg {
            Msg::Time(real) => self.time(real),
            Msg::Key { terminal, key } => return self.key(terminal, key),
            Msg::Typed { terminal, text, selection } => {
                self.with_session(terminal, |session| session.set_field(&text, selection));
            }
            Msg::Choose { terminal, at } => self.with_session(terminal, |session| session.editor.choose(at)),
            Msg::Submit { terminal, line } => self.submit(terminal, &line),
            Msg::Interrupt { terminal } => self.interrupt(terminal),
            Msg::Correct { terminal } => {
                self.select(terminal);
                self.with_session(terminal, Session::correct);
            }
            Msg::Voice(voice) => self.voice = voice,
            Msg::Width(columns) => self.columns = columns.clamp(10, 1000),
            Msg::Paste { terminal, text } => self.with_session(terminal, |session| session.paste(&text)),
            Msg::Pasted { terminal, what } => self.do_pasted(terminal, what),
            Msg::Select { terminal } => self.select(terminal),
            Msg::See(terminals) => {
                self.desks
                    .iter_mut()
                    .filter(|desk| terminals.contains(&desk.id))
                    .for_each(|desk| desk.session.mark_read());
            }
            Msg::Open { name } => self.open_by_hand(name),
            Msg::Rename { terminal, name } => self.rename(terminal, &name),
            Msg::Move { terminal, place } => self.move_to(terminal, place),
            Msg::Close { terminal } => self.close(terminal),
            Msg::Skip(millis) => self.skip(millis),
            Msg::SkipToExpiry => {
                if let Some(left) = self.next_expiry() {
                    self.skip(left.as_millis() as u64 + 1);
                }
            }
            Msg::Hold(held) => self.hold(held),
            Msg::Show(show) => self.show(show),
            Msg::Propose(text) => self.propose(&text),
            Msg::Restore(journal) => return self.restore(journal),
            lesson => self.take_of_lesson(lesson),
        }
        true
    }

    fn take_of_lesson(&mut self, msg: Msg) {
        match msg {
            Msg::StartOver => self.start_over(),
            Msg::Language(language) => self.speak(language),
            Msg::OpenStep(step) => self.turn_to(step),
            Msg::Run(index) => {
                let action = self.guide.as_ref().and_then(|guide| guide.action(index));
                if let Some(action) = action
                    && self.act_out(&action)
                    && let Some(guide) = &mut self.guide
                {
                    guide.has_acted(index);
                }
            }
            Msg::Put(index) => {
                let action = self.guide.as_ref().and_then(|guide| guide.action(index));
                match action {
                    Some(Action::Type { terminal, command }) => self.put(&terminal, &command),
                    Some(Action::Answer { terminal, text }) => self.put(&terminal, &text),
                    _ => {}
                }
            }
            Msg::Next => self.beat(),
            Msg::Play => {
                let now = self.real;
                match &mut self.guide {
                    Some(guide) if guide.is_playing() => guide.pause(),
                    Some(guide) => guide.play(now),
                    None => {}
                }
            }
            _ => {}
        }
    }

    /// The page's clock moved: the world's does too, and a lesson that plays itself goes on.
    pub fn time(&mut self, real: u64) {
        let passed = real.saturating_sub(self.real);
        self.real += passed;
        if self.held {
            // The page's time goes on without the world's.
            self.real_began += passed;
        }
        if self.amid {
            self.settle_by(Pace::Slice);
        }
        if !self.amid && !self.held {
            let world = self.options.now + self.skipped + (self.real - self.real_began);
            self.advance_to(Time(world * NANOS_PER_MILLI).max(self.now()), Pace::Slice);
        }
        if self.amid {
            return;
        }
        if self.guide.as_ref().and_then(Guide::deadline).is_some_and(|due| due <= self.real) {
            self.beat();
        }
    }

    /// Does the next thing of the lesson, by itself or because somebody asked for it.
    fn beat(&mut self) {
        self.changes += 1;
        let now = self.real;
        let Some(guide) = &mut self.guide else { return };
        let beat = guide.next();
        match &beat {
            Beat::Act(action) => {
                let action = action.clone();
                if !self.act_out(&action)
                    && let Some(guide) = &mut self.guide
                {
                    guide.pause();
                }
            }
            Beat::Turn => {
                let next = guide.open() + 1;
                if next < guide.steps() {
                    self.turn_to(next);
                } else {
                    guide.pause();
                }
            }
            Beat::Stuck => guide.pause(),
        }
        if let Some(guide) = &mut self.guide {
            guide.wait(now, &beat);
        }
    }

    /// Does something that a lesson has a person do. `false` when that is not possible now.
    pub(super) fn act_out(&mut self, action: &Action) -> bool {
        match action {
            Action::Type { terminal, command } => {
                let id = self.desk_named(terminal);
                self.settle();
                if self.desk(id).is_none_or(Desk::is_busy) {
                    self.say(Said::Busy(terminal.clone()));
                    return false;
                }
                self.active = id;
                self.submit(id, command);
            }
            Action::Answer { terminal, text } => {
                let id = self.desk_named(terminal);
                self.settle();
                if !self.desk(id).is_some_and(Desk::asks) {
                    self.say(Said::NothingAsks(terminal.clone()));
                    return false;
                }
                self.active = id;
                self.submit(id, text);
            }
            Action::Interrupt { terminal } => {
                let id = self.desk_named(terminal);
                self.active = id;
                self.interrupt(id);
            }
            Action::Wait { time, .. } => self.skip(time.as_millis() as u64),
        }
        self.settle();
        true
    }

    fn put(&mut self, terminal: &str, text: &str) {
        let id = self.desk_named(terminal);
        self.active = id;
        self.with_session(id, |session| session.editor.propose(text));
    }

    /// Where something runs in front, the line would be for that: then it is put into another terminal.
    fn propose(&mut self, text: &str) {
        let idle = |id: &TerminalId| self.desk(*id).is_some_and(|desk| !desk.is_busy());
        let others = self.desks.iter().map(|desk| desk.id);
        match [self.active].into_iter().chain(others).find(idle) {
            Some(id) => self.active = id,
            None => self.open_by_hand(None),
        }
        self.with_session(self.active, |session| session.editor.propose(text));
    }

    fn key(&mut self, terminal: TerminalId, key: Key) -> bool {
        if key.code == Code::Enter {
            self.tell_width();
        }
        let Some(desk) = self.desk_mut(terminal) else { return false };
        let starts = !desk.is_busy();
        match desk.session.key(key) {
            Outcome::Pass => return false,
            Outcome::Done => {}
            Outcome::Submitted(line) => {
                self.write(Act::Submit { terminal, line });
                if starts {
                    self.record.begin();
                }
            }
            Outcome::Interrupted => self.write(Act::Interrupt { terminal }),
        }
        true
    }

    /// What is to be done with the commands that were picked out of a paste.
    fn do_pasted(&mut self, terminal: TerminalId, what: Pasted) {
        match what {
            Pasted::Run => self.with_session(terminal, Session::run_pasted),
            Pasted::Stop => self.with_session(terminal, Session::stop_pasted),
            Pasted::Drop => self.with_session(terminal, Session::drop_pasted),
            Pasted::Step => {
                let line = self.desk_mut(terminal).and_then(|desk| desk.session.step_pasted());
                if let Some(line) = line {
                    self.submit(terminal, &line);
                }
            }
        }
    }

    /// Enters the commands of pasted lists whose turn it is. `true` if there were any.
    pub(super) fn run_pasted(&mut self) -> bool {
        let next = self.desks.iter_mut().find_map(|desk| Some((desk.id, desk.session.next_pasted()?)));
        if let Some((terminal, line)) = &next {
            self.submit(*terminal, line);
        }
        next.is_some()
    }

    pub(super) fn with_session(&mut self, terminal: TerminalId, change: impl FnOnce(&mut Session)) {
        if let Some(desk) = self.desk_mut(terminal) {
            change(&mut desk.session);
        }
    }

    // What is written in the journal.

    pub(super) fn write(&mut self, act: Act) {
        let turns = self.world.turns();
        let amid = self.amid.then(|| turns - self.written_at);
        self.journal.entries.push(Entry { at: self.age(), amid, act });
        self.written_at = turns;
        self.changes += 1;
    }

    fn hold(&mut self, held: bool) {
        if self.held != held {
            self.write(Act::Hold { held });
            self.held = held;
        }
    }

    /// Enters a line in a terminal, as if it had been typed there.
    pub(super) fn submit(&mut self, terminal: TerminalId, line: &str) {
        self.tell_width();
        let Some(desk) = self.desk_mut(terminal) else { return };
        if !desk.asks() {
            desk.session.editor.history.push(line);
        }
        if !desk.is_busy() {
            self.record.begin();
        }
        self.write(Act::Submit { terminal, line: line.to_owned() });
        self.with_session(terminal, |session| session.submit(line));
    }

    /// Tells programs, before one is started, how many columns are in sight, if they believe something else. Only
    /// then is it written down: how wide a page stands by itself does not change its world.
    fn tell_width(&mut self) {
        let columns = self.columns;
        if self.told != columns {
            self.write(Act::Width { columns: columns as u32 });
            self.told = columns;
            self.desks.iter_mut().for_each(|desk| desk.session.set_room(columns));
        }
    }

    /// Ctrl-C in a terminal.
    pub(super) fn interrupt(&mut self, terminal: TerminalId) {
        let Some(desk) = self.desk_mut(terminal) else { return };
        if desk.session.interrupt() {
            self.write(Act::Interrupt { terminal });
        }
    }

    /// Moves the clock on.
    fn skip(&mut self, millis: u64) {
        self.write(Act::Skip { millis });
        self.skipped += millis;
        self.advance(Duration::from_millis(millis));
    }

    fn open_by_hand(&mut self, name: Option<String>) {
        if self.desks.len() >= MOST_TERMINALS {
            self.say(Said::MostTerminals(MOST_TERMINALS));
            return;
        }
        let name = name.unwrap_or_else(|| self.free_name());
        self.open(&name);
    }

    fn open(&mut self, name: &str) {
        self.write(Act::Open { name: name.to_owned() });
        self.active = self.open_desk(name);
    }

    fn rename(&mut self, terminal: TerminalId, name: &str) {
        let name = name.trim();
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count())
            && !name.contains(char::is_control)
            && !self.desks.iter().any(|desk| desk.name() == name && desk.id != terminal);
        if !fits {
            self.say(Said::NoName);
        } else if self.desk(terminal).is_some_and(|desk| desk.name() != name) {
            self.write(Act::Rename { terminal, name: name.to_owned() });
            self.with_session(terminal, |session| name.clone_into(&mut session.name));
        }
    }

    fn move_to(&mut self, terminal: TerminalId, place: usize) {
        let Some(from) = self.desks.iter().position(|desk| desk.id == terminal) else { return };
        let place = place.min(self.desks.len() - 1);
        if from != place {
            self.write(Act::Move { terminal, place: place as u32 });
            let desk = self.desks.remove(from);
            self.desks.insert(place, desk);
        }
    }

    fn close(&mut self, terminal: TerminalId) {
        let Some(place) = self.desks.iter().position(|desk| desk.id == terminal) else { return };
        if self.desks.len() == 1 {
            return;
        }
        self.write(Act::Close { terminal });
        let mut desk = self.desks.remove(place);
        desk.session.close();
        if self.active == terminal {
            self.active = self.desks[place.min(self.desks.len() - 1)].id;
        }
    }

    fn turn_to(&mut self, step: usize) {
        if let Some(guide) = &mut self.guide {
            guide.turn_to(step);
            let lesson = guide.id().to_owned();
            self.write(Act::Step { lesson, step: step as u32 });
        }
    }

    /// The same acts in a new world. `false`, and nothing has changed, where they would take too long.
    fn restore(&mut self, journal: Journal) -> bool {
        let mut options = self.options.clone();
        (options.now, options.seed, options.zone) = (journal.began, journal.seed, journal.zone);
        let mut app = App::new(options);
        app.patience = app.world.effort().saturating_add(app.options.patience);
        for Entry { at, amid, act } in journal.entries {
            let mut until = Time((journal.began + at) * NANOS_PER_MILLI);
            let mut pace = Pace::Whole;
            if let Some(turns) = amid {
                // Somewhere in this millisecond.
                until = until + Duration::from_nanos(NANOS_PER_MILLI - 1);
                pace = Pace::Turns(app.written_at.saturating_add(turns));
            }
            app.settle_by(pace);
            app.advance_to(until.max(app.now()), pace);
            if app.world.effort() > app.patience {
                return false;
            }
            app.redo(act);
        }
        app.settle();
        app.disconnect_all();
        app.settle();
        if app.world.effort() > app.patience {
            return false;
        }
        // From here on the world's clock goes with the page's again.
        app.patience = u64::MAX;
        app.desks.iter_mut().for_each(|desk| desk.session.mark_read());
        app.skipped = app.now().nanos() / NANOS_PER_MILLI - app.options.now;
        (app.real, app.real_began) = (self.real, self.real);
        app.succeed(self);
        *self = app;
        true
    }

    fn redo(&mut self, act: Act) {
        match act {
            Act::Submit { terminal, line } => {
                self.submit(terminal, &line);
            }
            Act::Interrupt { terminal } => self.interrupt(terminal),
            // A lesson may have opened some beside those that a person may open.
            Act::Open { name } if self.desks.len() < 2 * MOST_TERMINALS => self.open(&name),
            Act::Open { .. } => {}
            Act::Close { terminal } => self.close(terminal),
            Act::Rename { terminal, name } => self.rename(terminal, &name),
            Act::Move { terminal, place } => self.move_to(terminal, place as usize),
            Act::Skip { millis } => self.skip(millis),
            Act::Step { step, .. } => self.turn_to(step as usize),
            Act::Hold { held } => self.hold(held),
            Act::Select { terminal } => self.select(terminal),
            Act::Connect => _ = self.connect(),
            Act::Sent { client, bytes } => _ = self.sent(client, &bytes),
            Act::Disconnect { client } => self.disconnect(client),
            Act::Width { columns } => {
                self.take(Msg::Width(columns as usize));
                self.tell_width();
            }
        }
    }

    fn start_over(&mut self) {
        let real = self.real;
        let mut options = self.options.clone();
        options.now = real;
        options.seed = self.options.seed.wrapping_add(1);
        let histories = self
            .desks
            .iter()
            .map(|desk| (desk.name().to_owned(), desk.session.editor.history.export()))
            .collect();
        let mut app = App::empty(options);
        app.histories = histories;
        app.begin();
        app.succeed(self);
        *self = app;
    }

    /// Takes the place of another one on the same page.
    pub fn succeed(&mut self, before: &App) {
        self.changes += before.changes;
        (self.columns, self.voice) = (before.columns, before.voice);
        self.traffic.listening = before.traffic.listening;
        self.outside.succeed(&before.outside);
    }

    fn speak(&mut self, language: Language) {
        self.options.language = language;
        if let Some(guide) = &mut self.guide {
            guide.translate(catalog::find(guide.id(), language).unwrap_or_else(|| first_lesson(language)));
        }
    }
}
