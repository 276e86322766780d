//! What changes the world and is recorded in the journal, done by a person or again from a journal.

use std::time::Duration;

use super::announcements::Announcement;
use super::journal::Act;
use super::observation::Versions;
use super::owners::TerminalId;
use super::simulation::RunBudget;
use super::terminals::LONGEST_NAME;
use super::{App, HOST, MOST_TERMINALS, text};
use crate::base::files::{HOME, absolute};
use crate::base::{Cost, FileError, Time};
use crate::lesson::Action;

/// The largest file from outside, in bytes, so that it fits into a link.
const FILE_MAX: usize = 256 << 10;

impl App {
    /// Records an act that is about to happen.
    pub(super) fn record(&mut self, act: Act) {
        self.recorder.record(act, &self.simulation);
        self.observation.touch(Versions::ALL);
    }

    /// Does again what a journal tells.
    pub(super) fn redo(&mut self, act: Act) {
        match act {
            Act::Submit { terminal, line } => self.submit(terminal, &line),
            // Where nothing runs, it is not recorded.
            Act::Interrupt { terminal } if !self.is_busy(terminal) => {}
            Act::Interrupt { terminal } => self.interrupt(terminal),
            Act::Stop { terminal } => self.stop(terminal),
            // A lesson may have opened some beside those that a person may open.
            Act::Open { name } if self.terminals.len() < 2 * MOST_TERMINALS => self.open(&name),
            Act::Open { .. } => {}
            Act::Close { terminal } => self.close(terminal),
            Act::Reopen { terminal } if self.terminals.len() < 2 * MOST_TERMINALS => self.reopen(terminal),
            Act::Reopen { .. } => {}
            Act::Rename { terminal, name } => self.rename(terminal, &name),
            Act::Move { terminal, place } => self.move_to(terminal, place as usize),
            Act::Skip { millis } => self.skip(millis),
            Act::Step { step, .. } => self.open_step_by_number(step as usize),
            Act::Hold { held } => self.hold(held),
            Act::Select { terminal } => self.select(terminal),
            Act::Connect => _ = self.connect(),
            Act::Sent { client, bytes } => _ = self.send(client, &bytes),
            Act::Disconnect { client } => self.disconnect(client),
            Act::File { name, bytes } => _ = self.take_file(&name, &bytes),
            Act::Width { columns } => {
                self.terminals.set_columns((columns as usize).clamp(10, 1000));
                self.announce_columns();
            }
        }
    }

    /// Enters a line in a terminal, as if it had been typed there.
    pub(super) fn submit(&mut self, id: TerminalId, line: &str) {
        self.announce_columns();
        let Some(terminal) = self.terminals.get_mut(id) else { return };
        if !terminal.asks() {
            terminal.session.editor.history.push(line);
        }
        let (name, is_answer) = (terminal.name().to_owned(), terminal.asks());
        if !terminal.is_busy() {
            self.observation.activity.begin_command();
        }
        self.record(Act::Submit { terminal: id, line: line.to_owned() });
        self.note_entered(name, line, is_answer);
        self.terminals.with_session(id, |session| session.submit(line));
    }

    /// Ctrl-C in a terminal. Recorded if something was interrupted.
    pub(super) fn interrupt(&mut self, id: TerminalId) {
        let Some(terminal) = self.terminals.get_mut(id) else { return };
        let name = terminal.name().to_owned();
        if terminal.session.interrupt() {
            self.record(Act::Interrupt { terminal: id });
            self.note_in_lesson(&Action::Interrupt { terminal: name });
        }
    }

    /// Ctrl-Z in a terminal. Recorded if something was stopped.
    fn stop(&mut self, id: TerminalId) {
        if self.terminals.get_mut(id).is_some_and(|terminal| terminal.session.stop()) {
            self.record(Act::Stop { terminal: id });
        }
    }

    /// Lets the lesson know of a line that was entered, as a command or as the answer to a question.
    pub(super) fn note_entered(&mut self, terminal: String, line: &str, is_answer: bool) {
        let line = line.to_owned();
        self.note_in_lesson(&match is_answer {
            true => Action::Answer { terminal, text: line },
            false => Action::Type { terminal, command: line },
        });
    }

    /// Lets the lesson know what was done in a terminal.
    pub(super) fn note_in_lesson(&mut self, done: &Action) {
        if let Some(lesson) = &mut self.lesson {
            lesson.note(done);
        }
    }

    /// Lets programs that are started from now on see how many columns are in sight. Recorded only if they saw another
    /// number: a page that is wide by itself does not change its world.
    pub(super) fn announce_columns(&mut self) {
        if let Some(columns) = self.terminals.announce_columns() {
            self.record(Act::Width { columns: columns as u32 });
        }
    }

    /// Turns to a terminal.
    pub(super) fn select(&mut self, id: TerminalId) {
        if let Some(terminal) = self.terminals.get_mut(id) {
            terminal.session.mark_read();
            self.terminals.activate(id);
        }
    }

    pub(super) fn open(&mut self, name: &str) {
        // That of a journal may be any text.
        let name: String = text::visible(name).chars().take(LONGEST_NAME).collect();
        self.record(Act::Open { name: name.clone() });
        let id = self.open_terminal(&name);
        self.terminals.activate(id);
    }

    /// The terminal of this name, which is opened if there is none.
    pub(super) fn terminal_named(&mut self, name: &str) -> TerminalId {
        match self.terminals.named(name) {
            Some(terminal) => terminal.id(),
            None => {
                self.record(Act::Open { name: name.to_owned() });
                self.open_terminal(name)
            }
        }
    }

    pub(super) fn close(&mut self, id: TerminalId) {
        if self.terminals.get(id).is_some() && self.terminals.len() > 1 {
            self.record(Act::Close { terminal: id });
            self.terminals.close(id);
        }
    }

    /// Opens a closed terminal again, as it was, and turns to it.
    pub(super) fn reopen(&mut self, id: TerminalId) {
        if self.terminals.is_closed(id) {
            self.record(Act::Reopen { terminal: id });
            self.terminals.reopen(id);
        }
    }

    /// Gives a terminal another name, if it is a fitting one that no other terminal has.
    pub(super) fn rename(&mut self, id: TerminalId, name: &str) {
        let name = name.trim();
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count())
            && !name.contains(|char| text::deceives(char) || char.is_control());
        let is_free = self.terminals.iter().all(|other| other.name() != name || other.id() == id);
        if !(fits && is_free) {
            self.announcer.announce(Announcement::InvalidName);
        } else if self.terminals.get(id).is_some_and(|terminal| terminal.name() != name) {
            self.record(Act::Rename { terminal: id, name: name.to_owned() });
            self.terminals.with_session(id, |session| name.clone_into(&mut session.name));
        }
    }

    /// Moves a tab. The last place is that of whatever lies beyond.
    pub(super) fn move_to(&mut self, id: TerminalId, place: usize) {
        let Some(from) = self.terminals.index_of(id) else { return };
        let place = place.min(self.terminals.len() - 1);
        if from != place {
            self.record(Act::Move { terminal: id, place: place as u32 });
            self.terminals.move_to(id, place);
        }
    }

    /// Moves the clock on.
    pub(super) fn skip(&mut self, millis: u64) {
        let until = self.begin_skip(millis);
        self.advance_to(until, RunBudget::UNLIMITED);
    }

    /// Records that the clock is moved on, and tells up to when.
    pub(super) fn begin_skip(&mut self, millis: u64) -> Time {
        self.record(Act::Skip { millis });
        self.simulation.skip(millis);
        if let Some(lesson) = &mut self.lesson {
            lesson.note_wait(millis);
        }
        self.now() + Duration::from_millis(millis)
    }

    /// Stops the clock, or lets it go on.
    pub(super) fn hold(&mut self, held: bool) {
        if self.simulation.is_held() != held {
            self.record(Act::Hold { held });
            self.simulation.hold(held);
        }
    }

    /// Turns to a step of the lesson.
    pub(super) fn open_step_by_number(&mut self, step: usize) {
        if let Some(lesson) = &mut self.lesson {
            lesson.turn_to(step);
            let lesson = lesson.name().to_owned();
            self.record(Act::Step { lesson, step: step as u32 });
        }
    }

    /// Connects a client from outside. `None` if no server runs, or there are as many connections as there may be.
    pub(super) fn connect(&mut self) -> Option<u32> {
        let meter = self.simulation.world().meter();
        if meter.spent(Cost::Connections) >= meter.limit_of(Cost::Connections) {
            meter.exceed(Cost::Connections);
            return None;
        }
        let channel = self.external.open(self.simulation.world(), HOST)?;
        self.record_external(0, Act::Connect);
        Some(channel)
    }

    /// Sends what a client from outside sent. `false` if it is not connected, or if that is more than may wait.
    pub(super) fn send(&mut self, channel: u32, bytes: &[u8]) -> bool {
        let sent = self.external.send(channel, bytes);
        if sent {
            self.record_external(bytes.len(), Act::Sent { client: channel, bytes: bytes.to_vec() });
        }
        sent
    }

    pub(super) fn disconnect(&mut self, channel: u32) {
        if self.external.is_open(channel) {
            self.external.close(self.simulation.world(), channel);
            self.record(Act::Disconnect { client: channel });
        }
    }

    /// Puts a file from outside into the home folder of the world, for all terminals.
    ///
    /// # Errors
    /// There is no room for it, or it is larger than 256 KiB or has a name that is none.
    pub fn take_file(&mut self, name: &str, bytes: &[u8]) -> Result<(), FileError> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if name.is_empty() || name.contains(char::is_control) || matches!(name, "." | "..") {
            return Err(FileError::NotFound);
        }
        if bytes.len() > FILE_MAX {
            return Err(FileError::NoSpace);
        }
        self.simulation.world().files().write(&absolute(HOME, name), bytes, false)?;
        self.record(Act::File { name: name.to_owned(), bytes: bytes.to_vec() });
        Ok(())
    }

    fn record_external(&mut self, bytes: usize, act: Act) {
        if self.external.may_record(bytes) {
            self.record(act);
        }
    }
}
