//! What each message does. Whatever changes the world goes on to an act, which is recorded.

use super::announcements::Announcement;
use super::journal::Act;
use super::msg::{ClockMsg, InspectorMsg, LessonMsg, Msg, Pasted, ProtocolLogMsg};
use super::owners::TerminalId;
use super::terminals::TerminalSession;
use super::{App, MOST_TERMINALS};
use crate::lesson::{Action, catalog};
use crate::shell::session::{KeyOutcome, Session};
use crate::term::{Code, Key};
use crate::texts::Language;

impl App {
    /// `false` for a key that is not for the application.
    pub(super) fn dispatch(&mut self, msg: Msg) -> bool {
        self.observation.touch(msg.may_change());
        match msg {
            Msg::Time(wall_now) => self.time(wall_now),
            Msg::Key { terminal, key } => return self.key(terminal, key),
            Msg::Typed { terminal, text, selection } => {
                self.terminals.with_session(terminal, |session| session.set_field(&text, selection));
            }
            Msg::Choose { terminal, at } => {
                self.terminals.with_session(terminal, |session| session.editor.choose(at));
            }
            Msg::Paste { terminal, text } => {
                self.terminals.with_session(terminal, |session| session.paste(&text));
            }
            Msg::Pasted { terminal, what } => self.dispatch_pasted(terminal, what),
            Msg::Submit { terminal, line } => self.submit(terminal, &line),
            Msg::Correct { terminal } => {
                self.select(terminal);
                self.terminals.with_session(terminal, Session::correct);
            }
            Msg::Interrupt { terminal } => self.interrupt(terminal),
            Msg::Propose(text) => self.propose(&text),
            Msg::Select { terminal } => self.select(terminal),
            Msg::MarkRead(terminals) => {
                let shown = self.terminals.iter_mut().filter(|terminal| terminals.contains(&terminal.id()));
                shown.for_each(|terminal| terminal.session.mark_read());
            }
            Msg::Open { name } => self.open_new(name),
            Msg::Rename { terminal, name } => self.rename(terminal, &name),
            Msg::Move { terminal, place } => self.move_to(terminal, place),
            Msg::Close { terminal } => self.close(terminal),
            Msg::Reopen { terminal } => self.reopen_closed(terminal),
            Msg::Width(columns) => self.terminals.set_columns(columns.clamp(10, 1000)),
            Msg::Lesson(msg) => self.dispatch_lesson(msg),
            Msg::Inspector(msg) => self.dispatch_inspector(msg),
            Msg::ProtocolLog(msg) => self.dispatch_protocol_log(msg),
            Msg::Clock(msg) => self.dispatch_clock(msg),
            Msg::SetVerbosity(verbosity) => self.announcer.set_verbosity(verbosity),
            Msg::Language(language) => self.set_language(language),
            Msg::StartOver => self.start_over(),
            Msg::Restore(journal) => return self.restore(journal, None).is_ok(),
        }
        true
    }

    fn dispatch_lesson(&mut self, msg: LessonMsg) {
        match msg {
            LessonMsg::OpenStep(step) => self.turn_to_step(step),
            LessonMsg::SetUpStep(step) => self.set_up_step(step),
            LessonMsg::RunAction(index) => {
                let action = self.lesson.as_ref().and_then(|lesson| lesson.action(index));
                if let Some(action) = action {
                    self.perform(&action);
                }
            }
            LessonMsg::ProposeAction(index) => {
                let action = self.lesson.as_ref().and_then(|lesson| lesson.action(index));
                if let Some(Action::Type { terminal, command: text } | Action::Answer { terminal, text }) =
                    action
                {
                    let id = self.terminal_named(&terminal);
                    self.propose_in(id, &text);
                }
            }
            LessonMsg::SetPace(pace) => {
                if let Some(lesson) = &mut self.lesson {
                    lesson.set_pace(pace);
                }
            }
            LessonMsg::Predict(choice) => {
                if let Some(lesson) = &mut self.lesson {
                    lesson.predict(choice);
                }
            }
            LessonMsg::ShowSolution => {
                if let Some(lesson) = &mut self.lesson {
                    lesson.show_solution();
                }
            }
            LessonMsg::RunNext => self.run_next(),
            LessonMsg::TogglePlay => {
                let now = self.simulation.wall_now();
                match &mut self.lesson {
                    Some(lesson) if lesson.is_playing() => lesson.pause(),
                    Some(lesson) => lesson.play(now),
                    None => {}
                }
            }
        }
    }

    fn dispatch_inspector(&mut self, msg: InspectorMsg) {
        let filter = &mut self.observation.filter;
        match msg {
            InspectorMsg::LookAtKeys { stream, rows } => filter.look_at_keys(stream, rows),
            InspectorMsg::LookAtMessages { stream, rows } => filter.look_at_messages(stream, rows),
            InspectorMsg::FindKeys { stream, text } => filter.find_keys(stream, text),
            InspectorMsg::ShowMessages { stream, open } => filter.show_messages(stream, open),
        }
    }

    fn dispatch_protocol_log(&mut self, msg: ProtocolLogMsg) {
        let log = &mut self.observation.protocol;
        match msg {
            ProtocolLogMsg::Listen(listening) => log.listen(listening),
            ProtocolLogMsg::Filter(filter) => log.set_filter(filter),
            ProtocolLogMsg::LookAt(rows) => log.look_at(rows),
            ProtocolLogMsg::Clear => log.clear(),
        }
    }

    fn dispatch_clock(&mut self, msg: ClockMsg) {
        match msg {
            ClockMsg::Skip(millis) => self.skip(millis),
            ClockMsg::SkipToExpiry => {
                if let Some(left) = self.next_expiry() {
                    self.skip(left.as_millis() as u64 + 1);
                }
            }
            ClockMsg::Hold(held) => self.hold(held),
        }
    }

    fn dispatch_pasted(&mut self, terminal: TerminalId, what: Pasted) {
        match what {
            Pasted::Run => self.terminals.with_session(terminal, Session::run_pasted),
            Pasted::Stop => self.terminals.with_session(terminal, Session::stop_pasted),
            Pasted::Drop => self.terminals.with_session(terminal, Session::drop_pasted),
            Pasted::Step => {
                let line = self.terminals.get_mut(terminal).and_then(|it| it.session.step_pasted());
                if let Some(line) = line {
                    self.submit(terminal, &line);
                }
            }
        }
    }

    fn key(&mut self, id: TerminalId, key: Key) -> bool {
        if key.code == Code::Enter {
            self.announce_columns();
        }
        let Some(terminal) = self.terminals.get_mut(id) else { return false };
        let (was_busy, asked) = (terminal.is_busy(), terminal.asks());
        match terminal.session.key(key) {
            KeyOutcome::Pass => return false,
            KeyOutcome::Done => {}
            KeyOutcome::Submitted(line) => {
                let name = terminal.name().to_owned();
                self.note_entered(name, &line, asked);
                self.record(Act::Submit { terminal: id, line });
                if !was_busy {
                    self.observation.activity.begin_command();
                }
            }
            KeyOutcome::Interrupted => {
                let name = terminal.name().to_owned();
                self.note_in_lesson(&Action::Interrupt { terminal: name });
                self.record(Act::Interrupt { terminal: id });
            }
            KeyOutcome::Stopped => self.record(Act::Stop { terminal: id }),
        }
        true
    }

    fn propose_in(&mut self, id: TerminalId, text: &str) {
        self.terminals.activate(id);
        self.terminals.with_session(id, |session| session.editor.propose(text));
    }

    /// Proposes a command in a terminal where nothing runs: what is typed elsewhere goes to what runs there.
    fn propose(&mut self, text: &str) {
        let active = self.terminals.get(self.terminals.active());
        let is_idle = |terminal: &&TerminalSession| !terminal.is_busy();
        let idle = active.into_iter().chain(self.terminals.iter()).find(is_idle).map(TerminalSession::id);
        match idle {
            Some(id) => self.terminals.activate(id),
            None => self.open_new(None),
        }
        self.propose_in(self.terminals.active(), text);
    }

    /// Whether there may be another terminal. If not, that is announced.
    fn may_open(&mut self) -> bool {
        let may_open = self.terminals.len() < MOST_TERMINALS;
        if !may_open {
            self.announcer.announce(Announcement::TerminalLimit(MOST_TERMINALS));
        }
        may_open
    }

    fn reopen_closed(&mut self, id: TerminalId) {
        if self.may_open() {
            self.reopen(id);
        }
    }

    fn open_new(&mut self, name: Option<String>) {
        if !self.may_open() {
            return;
        }
        let name = name.or_else(|| self.wanted_terminal()).unwrap_or_else(|| self.terminals.free_name());
        self.open(&name);
    }

    /// The terminal that the open step of the lesson wants and that is not there yet.
    fn wanted_terminal(&self) -> Option<String> {
        let lesson = self.lesson.as_ref()?;
        let actions = lesson.lesson().step(lesson.open())?.actions();
        let named = actions.iter().filter_map(Action::terminal);
        named.filter(|name| self.terminals.named(name).is_none()).map(str::to_owned).next()
    }

    fn set_language(&mut self, language: Language) {
        self.options.language = language;
        if let Some(lesson) = &mut self.lesson {
            lesson.translate(language, catalog::find(lesson.name(), language).map(|file| file.lesson()));
        }
    }
}
