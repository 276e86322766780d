//! What there is to draw: everything here is asked for and changes nothing.

use std::time::Duration;

use super::announcements::{Announcement, Verbosity};
use super::inspector::{InspectorContext, inspector};
use super::lesson_runner::LessonRunner;
use super::model::{ClockFace, CommandTerminal, Inspector, Lesson, LessonLine, Next, Tab};
use super::observation::Versions;
use super::protocol_log::ProtocolLogView;
use super::{App, HOST, TerminalId, catalog, text};
use crate::lesson::{LessonFile, WorldState};
use crate::shell::session::{Hint, PastedList, TerminalState};
use crate::term;

impl App {
    /// Says which parts may have changed since they were drawn.
    pub fn versions(&self) -> Versions {
        self.observation.versions()
    }

    pub fn lesson(&self) -> Option<Lesson> {
        let terminal = |name: &str| CommandTerminal {
            name: name.to_owned(),
            badge: self.terminals.badge_of(name),
            open: self.terminals.named(name).is_some(),
        };
        self.in_lesson(|lesson, state| lesson.model(state, &terminal))
    }

    /// The lessons that can be chosen, in their order.
    pub fn lessons(&self) -> Vec<LessonLine> {
        let open = self.lesson.as_ref().map(LessonRunner::name);
        let line = |file: LessonFile| {
            let lesson = file.lesson();
            let (name, steps) = (file.name(), lesson.steps().count());
            LessonLine { name, title: lesson.title.clone(), steps, open: open == Some(name) }
        };
        catalog::lessons(self.options.language).map(line).collect()
    }

    /// What comes next in the lesson.
    pub(super) fn next_in_lesson(&self) -> Option<Next> {
        self.in_lesson(LessonRunner::next)
    }

    fn in_lesson<T>(&self, ask: impl FnOnce(&LessonRunner, &WorldState<'_>) -> T) -> Option<T> {
        let terminals = self.terminals.statuses();
        let server = self.observation.activity.view();
        let state = WorldState { server, terminals: &terminals, ..WorldState::default() };
        Some(ask(self.lesson.as_ref()?, &state))
    }

    /// The step of the lesson that is shown.
    pub fn open_step(&self) -> Option<usize> {
        self.lesson.as_ref().map(LessonRunner::open)
    }

    /// How many steps the lesson has.
    pub fn steps(&self) -> usize {
        self.lesson.as_ref().map_or(0, LessonRunner::steps)
    }

    /// How many steps of the lesson are done.
    pub fn steps_done(&self) -> usize {
        self.lesson.as_ref().map_or(0, LessonRunner::done)
    }

    pub fn is_step_done(&self, step: usize) -> bool {
        self.lesson.as_ref().is_some_and(|lesson| lesson.is_done(step))
    }

    pub fn inspector(&self) -> Inspector {
        let filter = &self.observation.filter;
        let context = InspectorContext {
            address: &format!("127.0.0.1:{}", HOST.port),
            activity: &self.observation.activity,
            filter,
            terminals: &self.terminals,
            zone: &self.options.zone,
        };
        let view = self.simulation.world().with_server(HOST, |server| {
            let window = |stream: &str| filter.window(stream);
            server.view_with(&window)
        });
        let kept = self.simulation.world().kept_streams();
        inspector(view.as_ref(), kept, &context)
    }

    pub fn protocol_log(&self) -> ProtocolLogView {
        self.observation.protocol.view()
    }

    pub fn clock(&self) -> ClockFace {
        let (now, zone) = (self.now(), &self.options.zone);
        ClockFace {
            date: now.civil(zone).date().to_string(),
            time: text::time_of_day(now, zone),
            held: self.simulation.is_held(),
            next: self.next_expiry().map(|left| text::duration(left.max(Duration::from_secs(1)))),
        }
    }

    /// The time until the next key expires, if one will.
    pub(super) fn next_expiry(&self) -> Option<Duration> {
        self.observation.activity.next_expiry().map(|time| time.since(self.now()))
    }

    /// What is to be announced now, and a number that changes with it.
    pub fn announcements(&self) -> (u64, &[Announcement]) {
        self.announcer.current()
    }

    /// How many columns of each terminal are in sight.
    pub fn columns(&self) -> usize {
        self.terminals.columns()
    }

    /// How much is announced of what is printed.
    pub fn verbosity(&self) -> Verbosity {
        self.announcer.verbosity()
    }

    pub fn tabs(&self) -> Vec<Tab> {
        self.terminals.iter().map(|terminal| self.terminals.tab(terminal)).collect()
    }

    pub fn tab(&self, terminal: TerminalId) -> Option<Tab> {
        self.terminals.get(terminal).map(|terminal| self.terminals.tab(terminal))
    }

    /// The terminal that was closed last and can be opened again, and its name.
    pub fn last_closed(&self) -> Option<(TerminalId, &str)> {
        self.terminals.last_closed().map(|terminal| (terminal.id(), terminal.name()))
    }

    /// Whether what runs in a terminal lets time pass, as `sleep` and `timeout` do, and the clock stands still.
    pub fn waits_for_clock(&self, terminal: TerminalId) -> bool {
        let terminal = self.terminals.get(terminal);
        self.simulation.is_held() && terminal.is_some_and(|terminal| terminal.session.waits_for_clock())
    }

    /// Whether something runs in a terminal, in front or in the background, which ends when it is closed.
    pub fn is_at_work(&self, terminal: TerminalId) -> bool {
        let terminal = self.terminals.get(terminal);
        terminal.is_some_and(|it| it.is_busy() || !it.session.background().is_empty())
    }

    pub fn active(&self) -> TerminalId {
        self.terminals.active()
    }

    /// Lines that nobody has seen, in all terminals.
    pub fn unread(&self) -> usize {
        self.terminals.iter().map(|terminal| terminal.session.unread() as usize).sum()
    }

    pub fn screen(&self, terminal: TerminalId) -> Option<&term::Screen> {
        self.terminals.get(terminal).map(|terminal| &terminal.session.screen)
    }

    /// What a terminal's text field should show.
    pub fn field(&self, terminal: TerminalId) -> Option<term::View<'_>> {
        self.terminals.get(terminal).map(|terminal| terminal.session.editor.view())
    }

    /// What stands before the text field: the shell's prompt, what a program asks, or nothing while it runs.
    pub fn prompt(&self, terminal: TerminalId) -> String {
        let Some(terminal) = self.terminals.get(terminal) else { return String::new() };
        match terminal.session.state() {
            TerminalState::Ready => terminal.session.prompt(),
            TerminalState::Asking(question) => question,
            TerminalState::Running { .. } => String::new(),
        }
    }

    /// The last command there as it may have been meant, if it failed.
    pub fn correction(&self, terminal: TerminalId) -> Option<&str> {
        self.terminals.get(terminal)?.session.correction()
    }

    /// The commands that were picked out of a paste.
    pub fn pasted(&self, terminal: TerminalId) -> Option<&PastedList> {
        self.terminals.get(terminal)?.session.pasted()
    }

    /// A hint to be shown beside the line.
    pub fn hint(&self, terminal: TerminalId) -> Option<Hint> {
        self.terminals.get(terminal)?.session.hint()
    }
}
