//! One terminal with its shell: what is typed goes in as keys or lines, what programs print comes out on the
//! screen.
//!
//! Whoever drives it does three things: hands in what a person does (`key`, `set_field`, `paste`, `submit`,
//! `interrupt`), polls what `take_tasks` gives until nothing is left to do, and calls `pump` after that.

mod input;
mod pasted;

use std::collections::VecDeque;
use std::rc::Rc;

use super::complete::CompletionSource;
use super::jobs::{INTERRUPTED, Job, Task};
use super::program::Status;
use super::state::Shell;
use super::{run, suggest};
use crate::base::{Stdio, Terminal, Time};
use crate::term::Editor;
use crate::term::history::History;
use crate::term::screen::{Command, NoteKind, Screen};

pub use input::KeyOutcome;
pub use pasted::PastedList;

/// One terminal with its shell.
pub struct Session {
    /// Shown in the prompt.
    pub name: String,
    pub editor: Editor,
    pub screen: Screen,
    shell: Shell,
    completion: Rc<dyn CompletionSource>,
    /// Columns that are in sight.
    room: usize,
    /// Lines that were entered while a program was running that did not ask for any.
    ahead: VecDeque<String>,
    pasted: Option<PastedList>,
    /// What is to be said of jobs before the next prompt.
    notices: Vec<String>,
    /// How many lines had been printed when somebody looked last.
    read: u64,
    /// The last command as it may have been meant, if it failed.
    correction: Option<String>,
    hint: Option<Hint>,
}

/// Something to be said beside the line, not on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Ctrl-D where no program reads.
    NothingToEnd,
    /// Tab found nothing that could stand here.
    NothingToComplete,
    /// A command runs; what was typed will be its input, or run after it.
    TypedAhead,
}

/// What the terminal is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalState {
    /// Waiting for a command.
    Ready,
    /// Running one that waits for an answer to this question.
    Asking(String),
    /// Running one, since then.
    Running { text: String, since: Time },
}

impl Session {
    /// A terminal called `name`, with the commands of earlier visits.
    pub fn new(
        name: &str,
        shell: Shell,
        completion: Rc<dyn CompletionSource>,
        history: History,
        room: usize,
    ) -> Session {
        Session {
            name: name.to_owned(),
            editor: Editor::new(history),
            screen: Screen::default(),
            shell,
            completion,
            room,
            ahead: VecDeque::new(),
            pasted: None,
            notices: Vec::new(),
            read: 0,
            correction: None,
            hint: None,
        }
    }

    // What a person does.

    /// A line was entered: the answer to a question, a command, or something for later if a program runs
    /// that does not ask.
    pub fn submit(&mut self, text: &str) {
        match self.shell.jobs.front() {
            None => self.start(text),
            Some(job) if job.terminal.prompt().is_some() => self.answer(&job, text),
            Some(_) => {
                self.ahead.push_back(text.to_owned());
                self.hint = Some(Hint::TypedAhead);
            }
        }
    }

    /// Ctrl-C, or Stop: interrupts what runs, else gives up the line. True if there was a program.
    pub fn interrupt(&mut self) -> bool {
        self.ahead.clear();
        self.stop_pasted();
        let Some(job) = self.shell.jobs.front() else {
            self.cancel_line();
            return false;
        };
        let asked = job.terminal.prompt().unwrap_or_default();
        self.drain(&job);
        self.screen.note(NoteKind::Interrupt, self.shell.clock.now());
        match asked.as_str() {
            "" => self.print("^C"), // as a terminal shows the key; a question hides it, and stays
            asked => self.print(&format!("{asked}\n")),
        }
        if !job.terminal.interrupt() {
            job.kill(INTERRUPTED);
            self.shell.state_mut().status = INTERRUPTED;
            self.print("\n");
        }
        true
    }

    /// Ends everything that runs here, as when the terminal is closed.
    pub fn close(&mut self) {
        let jobs = self.shell.jobs.background().into_iter().chain(self.shell.jobs.front());
        jobs.for_each(|job| job.kill(INTERRUPTED));
    }

    /// Tells programs that are started from now on how many columns are in sight.
    pub fn set_room(&mut self, columns: usize) {
        self.room = columns;
    }

    // What drives it.

    /// What has been started and has to be polled from now on.
    pub fn take_tasks(&mut self) -> Vec<Task> {
        self.shell.jobs.take_new()
    }

    /// Shows what the command in front has printed so far. It is what [`Session::pump`] would show first, so that it may
    /// be shown at any time.
    pub fn show_front(&mut self) {
        if let Some(job) = self.shell.jobs.front() {
            self.drain(&job);
        }
    }

    /// Shows what programs have printed and notices which have ended. True if there may be new tasks.
    pub fn pump(&mut self) -> bool {
        let background = self.shell.jobs.background();
        for job in self.shell.jobs.front().iter().chain(&background) {
            self.drain(job);
        }
        for (job, status) in self.shell.jobs.take_ended() {
            self.drain(&job);
            match job.number {
                0 => self.end_front(status),
                _ => self.notices.push(notice(&job, status)),
            }
        }
        match self.shell.jobs.front() {
            None => {
                let notices: String = self.notices.drain(..).collect();
                self.print(&notices);
                let Some(line) = self.ahead.pop_front() else { return false };
                self.start(&line);
            }
            Some(job) => {
                if job.terminal.prompt().is_none() {
                    return false;
                }
                let Some(line) = self.ahead.pop_front() else { return false };
                self.answer(&job, &line);
            }
        }
        true
    }

    // What there is to show.

    pub fn state(&self) -> TerminalState {
        let Some(job) = self.shell.jobs.front() else { return TerminalState::Ready };
        match job.terminal.prompt() {
            Some(question) => TerminalState::Asking(question),
            None => {
                let since =
                    self.screen.all_blocks().next_back().map_or_else(Time::default, |block| block.began);
                TerminalState::Running { text: job.text, since }
            }
        }
    }

    /// What stands before the line while a command is awaited.
    pub fn prompt(&self) -> String {
        format!("{}$ ", self.name)
    }

    /// The jobs in the background, by number.
    pub fn background(&self) -> Vec<Job> {
        self.shell.jobs.background()
    }

    /// The status of the last command.
    pub fn status(&self) -> Status {
        self.shell.state().status
    }

    /// How many lines were printed since somebody looked.
    pub fn unread(&self) -> u64 {
        self.screen.printed() - self.read
    }

    /// Somebody looks.
    pub fn mark_read(&mut self) {
        self.read = self.screen.printed();
    }

    /// The last command as it may have been meant, if it failed because of a word that nobody knows.
    pub fn correction(&self) -> Option<&str> {
        self.correction.as_deref()
    }

    /// Puts that into the line.
    pub fn correct(&mut self) {
        if let Some(line) = self.correction.take() {
            self.editor.propose(&line);
        }
    }

    pub fn hint(&self) -> Option<Hint> {
        self.hint
    }

    // The list of what was pasted.

    pub fn pasted(&self) -> Option<&PastedList> {
        self.pasted.as_ref()
    }

    /// Lets the commands run one after the other; `next_pasted` then gives each in its turn.
    pub fn run_pasted(&mut self) {
        if let Some(list) = &mut self.pasted {
            list.running = true;
        }
    }

    /// Lets no further one run by itself.
    pub fn stop_pasted(&mut self) {
        if let Some(list) = &mut self.pasted {
            list.running = false;
        }
    }

    /// Forgets the list.
    pub fn drop_pasted(&mut self) {
        self.pasted = None;
    }

    /// The command of the list that is to be submitted now: when the list runs and nothing else does.
    pub fn next_pasted(&mut self) -> Option<String> {
        let is_free = self.state() == TerminalState::Ready;
        self.pasted.as_ref().filter(|list| list.running && is_free)?;
        self.step_pasted()
    }

    /// The next command of the list, whether the list runs or not. The list is forgotten behind its last one.
    pub fn step_pasted(&mut self) -> Option<String> {
        let list = self.pasted.as_mut()?;
        let command = list.step();
        if list.is_over() {
            self.pasted = None;
        }
        command
    }

    fn start(&mut self, text: &str) {
        let now = self.shell.clock.now();
        self.correction = None;
        self.screen.begin(self.command(text, false), now);
        if text.trim().is_empty() {
            let status = self.status();
            return self.screen.end(status, now);
        }
        self.shell.state_mut().history = self.editor.history.clone();
        let terminal = Terminal::new(self.room);
        let (shell, line, stdio) = (self.shell.clone(), text.to_owned(), Stdio::on(&terminal));
        let running = Box::pin(async move { run::run(&line, &shell, stdio).await });
        self.shell.jobs.start_front(text, &terminal, running);
    }

    fn command(&self, text: &str, cancelled: bool) -> Command {
        Command { prompt: self.prompt(), text: text.to_owned(), cancelled }
    }

    fn answer(&mut self, job: &Job, text: &str) {
        self.drain(job);
        let answer = NoteKind::Answer(text.replace(|c| c < ' ', ""));
        self.screen.note(answer, self.shell.clock.now());
        job.terminal.answer(text);
    }

    fn cancel_line(&mut self) {
        let text = self.editor.take_unkept();
        let now = self.shell.clock.now();
        self.shell.state_mut().status = INTERRUPTED;
        self.screen.begin(self.command(&text, true), now);
        self.screen.end(INTERRUPTED, now);
    }

    fn end_front(&mut self, status: Status) {
        let block = self.screen.all_blocks().next_back().and_then(|block| block.command.as_ref());
        let failed = block.filter(|_| status != 0);
        self.correction =
            failed.and_then(|command| suggest::correction(&command.text, &self.shell, &*self.completion));
        self.screen.end(status, self.shell.clock.now());
        self.shell.state_mut().history = History::default();
    }

    fn drain(&mut self, job: &Job) {
        if job.terminal.has_output() {
            let output = job.terminal.take_output();
            self.screen.write_linked(&output, self.shell.clock.now());
        }
    }

    fn print(&mut self, text: &str) {
        self.screen.write(text.as_bytes(), self.shell.clock.now());
    }
}

/// What is said of a job in the background when it has ended.
fn notice(job: &Job, status: Status) -> String {
    let state = match status {
        0 => "Done".to_owned(),
        INTERRUPTED => "Interrupt".to_owned(),
        129 => "Hangup".to_owned(),
        137 => "Killed".to_owned(),
        143 => "Terminated".to_owned(),
        other => format!("Done({other})"),
    };
    format!("[{}] + {state:<27}{}\n", job.number, job.text)
}

#[cfg(test)]
mod tests;
