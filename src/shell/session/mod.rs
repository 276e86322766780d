//! A terminal session: an editor for the line, a shell that runs it, and the screen with the output.
//!
//! Its owner passes on what a person does (`key`, `set_field`, `paste`, `submit`, `interrupt`), polls the tasks of
//! `take_tasks` until none can go on, and then calls `pump`.

mod input;
mod pasted;

use std::collections::VecDeque;
use std::rc::Rc;

use super::complete::CompletionSource;
use super::jobs::{Job, Task};
use super::state::Shell;
use super::{run, suggest};
use crate::base::pty::ScreenOutput;
use crate::base::{Stdio, Terminal, Time};
use crate::programs::{INTERRUPTED, STOPPED, Status};
use crate::term::Editor;
use crate::term::history::History;
use crate::term::screen::{Command, NoteKind, Screen};

pub use input::KeyOutcome;
pub use pasted::PastedList;

/// A terminal with its shell.
pub struct Session {
    /// Shown in the prompt.
    pub name: String,
    pub editor: Editor,
    pub screen: Screen,
    shell: Shell,
    completion: Rc<dyn CompletionSource>,
    /// What the jobs have printed, in order.
    output: ScreenOutput,
    /// Visible columns, for programs that are started.
    columns: usize,
    /// Lines entered while a program ran that did not read any.
    typed_ahead: VecDeque<String>,
    pasted: Option<PastedList>,
    /// Messages about background jobs, printed before the next prompt.
    notices: Vec<String>,
    /// Lines of output that have been read.
    read: u64,
    /// "Did you mean": the last command without its misspelt word.
    correction: Option<String>,
    hint: Option<Hint>,
}

/// A message beside the line, not on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Ctrl-D, but no program reads.
    NothingToEnd,
    /// Tab, but there is no candidate.
    NothingToComplete,
    /// A command runs: the line becomes its input, or runs after it.
    TypedAhead,
    /// Ctrl-Z while something runs that cannot be stopped, such as a server.
    NotStopped,
}

/// What the foreground of a terminal is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalState {
    /// No command runs.
    Ready,
    /// A command waits for an answer to this question.
    Asking(String),
    /// A command runs.
    Running { text: String, since: Time },
}

impl Session {
    /// A terminal called `name` with `columns` visible columns and the history of earlier visits.
    pub fn new(
        name: &str,
        shell: Shell,
        completion: Rc<dyn CompletionSource>,
        history: History,
        columns: usize,
    ) -> Session {
        let output = ScreenOutput::new(&shell.machine.meter);
        Session {
            name: name.to_owned(),
            editor: Editor::new(history),
            screen: Screen::default(),
            shell,
            completion,
            output,
            columns,
            typed_ahead: VecDeque::new(),
            pasted: None,
            notices: Vec::new(),
            read: 0,
            correction: None,
            hint: None,
        }
    }

    // Input.

    /// Enters a line: as a command, as the answer to a question, or for later if a program runs that does not ask.
    pub fn submit(&mut self, text: &str) {
        match self.shell.jobs.front() {
            None => self.start(text),
            Some(job) if job.terminal.prompt().is_some() => self.answer(&job, text),
            Some(_) => {
                self.typed_ahead.push_back(text.to_owned());
                self.hint = Some(Hint::TypedAhead);
            }
        }
    }

    /// Ctrl-C: interrupts the foreground job, or gives up the line. Returns whether there was a job.
    pub fn interrupt(&mut self) -> bool {
        self.typed_ahead.clear();
        self.stop_pasted();
        let Some(job) = self.shell.jobs.front() else {
            self.cancel_line();
            return false;
        };
        let asked = job.terminal.prompt().unwrap_or_default();
        self.drain();
        self.screen.note(NoteKind::Interrupt, self.shell.machine.clock.now());
        match asked.as_str() {
            "" => self.print("^C"), // the terminal echoes the key, except at a question, which stays
            asked => self.print(&format!("{asked}\n")),
        }
        if !job.terminal.interrupt() {
            job.kill(INTERRUPTED);
            self.shell.state_mut().status = INTERRUPTED;
            self.print("\n");
        }
        true
    }

    /// Ctrl-Z: stops what runs, for `fg` and `bg`. Returns whether there was something.
    pub fn stop(&mut self) -> bool {
        if self.shell.jobs.stop_front().is_none() {
            self.hint = Some(Hint::NotStopped);
            return false;
        }
        self.typed_ahead.clear();
        self.stop_pasted();
        self.drain();
        self.print("^Z\n");
        self.note_stopped();
        let notices: String = self.notices.drain(..).collect();
        self.print(&notices);
        true
    }

    /// Kills all jobs and forgets what was to be run after them, as when the terminal is closed.
    pub fn close(&mut self) {
        self.typed_ahead.clear();
        self.stop_pasted();
        let jobs = self.shell.jobs.background().into_iter().chain(self.shell.jobs.foreground());
        jobs.for_each(|job| job.kill(INTERRUPTED));
    }

    /// Sets the visible columns for programs that are started from now on.
    pub fn set_columns(&mut self, columns: usize) {
        self.columns = columns;
    }

    // Progress.

    /// The jobs started since the last call, to be polled from now on.
    pub fn take_tasks(&mut self) -> Vec<Task> {
        self.shell.jobs.take_new_tasks()
    }

    /// Shows the output so far. [`Session::pump`] shows it first of all, so this is safe at any time.
    pub fn show_foreground(&mut self) {
        self.drain();
    }

    /// The same for all jobs, when so much waits that it must not become more.
    pub fn show_all(&mut self) {
        self.drain();
    }

    /// Shows output, ends jobs that are done and enters lines that were typed ahead. Returns whether there may be new
    /// tasks.
    pub fn pump(&mut self) -> bool {
        self.drain();
        let marks: Vec<char> = self.background().iter().map(|job| self.shell.jobs.mark(job)).collect();
        let background = self.background();
        for (job, status) in self.shell.jobs.take_ended() {
            match background.iter().position(|other| other.number == job.number) {
                None => self.end_foreground(status),
                Some(_) if job.is_quiet() => {}
                Some(at) => self.notices.push(job.end_notice(status, marks[at])),
            }
        }
        self.note_stopped();
        match self.shell.jobs.front() {
            None => {
                let notices: String = self.notices.drain(..).collect();
                self.print(&notices);
                let Some(line) = self.typed_ahead.pop_front() else { return false };
                self.start(&line);
            }
            Some(job) => {
                if job.terminal.prompt().is_none() {
                    return false;
                }
                let Some(line) = self.typed_ahead.pop_front() else { return false };
                self.answer(&job, &line);
            }
        }
        true
    }

    fn note_stopped(&mut self) {
        let stopped = self.shell.jobs.take_stopped();
        self.notices.extend(stopped.iter().map(|job| job.stop_notice(self.shell.jobs.mark(job))));
    }

    // What is shown.

    pub fn state(&self) -> TerminalState {
        let Some(job) = self.shell.jobs.front() else { return TerminalState::Ready };
        match job.terminal.prompt() {
            Some(question) => TerminalState::Asking(question),
            None => {
                let since =
                    self.screen.all_blocks().next_back().map_or_else(Time::default, |block| block.began);
                TerminalState::Running { text: job.text.to_string(), since }
            }
        }
    }

    /// Whether no command runs.
    pub fn is_ready(&self) -> bool {
        self.shell.jobs.foreground().is_none()
    }

    /// Whether what runs in front does nothing until a time of the clock.
    pub fn waits_for_clock(&self) -> bool {
        self.shell.jobs.front_waits_for(&self.shell.machine.clock)
    }

    /// What the command that runs asks.
    pub fn question(&self) -> Option<String> {
        self.shell.jobs.front()?.terminal.prompt()
    }

    /// What stands before the line while no command runs.
    pub fn prompt(&self) -> String {
        format!("{}$ ", self.name)
    }

    /// The jobs in the background, by number.
    pub fn background(&self) -> Vec<Job> {
        self.shell.jobs.background()
    }

    /// The exit status of the last command.
    pub fn status(&self) -> Status {
        self.shell.state().status
    }

    /// Lines printed since [`Session::mark_read`].
    pub fn unread(&self) -> u64 {
        self.screen.printed() - self.read
    }

    pub fn mark_read(&mut self) {
        self.read = self.screen.printed();
    }

    /// The last command with its misspelt word put right, if it failed because of one.
    pub fn correction(&self) -> Option<&str> {
        self.correction.as_deref()
    }

    /// Puts the correction into the line.
    pub fn correct(&mut self) {
        if let Some(line) = self.correction.take() {
            self.editor.propose(&line);
        }
    }

    /// What is to be said beside the line, if anything.
    pub fn hint(&self) -> Option<Hint> {
        self.hint
    }

    // Pasted commands.

    pub fn pasted(&self) -> Option<&PastedList> {
        self.pasted.as_ref()
    }

    /// Lets the commands run by themselves: `next_pasted` gives each in its turn.
    pub fn run_pasted(&mut self) {
        if let Some(list) = &mut self.pasted {
            list.running = true;
        }
    }

    /// Stops after the current command.
    pub fn stop_pasted(&mut self) {
        if let Some(list) = &mut self.pasted {
            list.running = false;
        }
    }

    /// Forgets the list.
    pub fn drop_pasted(&mut self) {
        self.pasted = None;
    }

    /// The next command, if the list runs and no other command does.
    pub fn next_pasted(&mut self) -> Option<String> {
        self.pasted.as_ref().filter(|list| list.running && self.is_ready())?;
        self.step_pasted()
    }

    /// The next command, whether the list runs or not. Behind its last one the list is dropped.
    pub fn step_pasted(&mut self) -> Option<String> {
        let list = self.pasted.as_mut()?;
        let command = list.step();
        if list.is_over() {
            self.pasted = None;
        }
        command
    }

    fn start(&mut self, text: &str) {
        let now = self.shell.machine.clock.now();
        self.correction = None;
        self.screen.begin(self.command(text, false), now);
        if text.trim().is_empty() {
            return self.screen.end(0, now);
        }
        self.shell.state_mut().history = self.editor.history.clone();
        let terminal = Terminal::sharing(self.columns, &self.output);
        let (shell, line, stdio) = (self.shell.clone(), text.to_owned(), Stdio::on(&terminal));
        let running = Box::pin(async move { run::run(&line, &shell, stdio).await });
        self.shell.jobs.start_foreground(text, &terminal, running);
    }

    fn command(&self, text: &str, cancelled: bool) -> Command {
        Command { prompt: self.prompt(), text: text.to_owned(), cancelled }
    }

    fn answer(&mut self, job: &Job, text: &str) {
        self.drain();
        let answer = NoteKind::Answer(text.replace(|c| c < ' ', ""));
        self.screen.note(answer, self.shell.machine.clock.now());
        job.terminal.answer(text);
    }

    fn cancel_line(&mut self) {
        let text = self.editor.take_unkept();
        let now = self.shell.machine.clock.now();
        self.shell.state_mut().status = INTERRUPTED;
        self.screen.begin(self.command(&text, true), now);
        self.screen.end(INTERRUPTED, now);
    }

    fn end_foreground(&mut self, status: Status) {
        let block = self.screen.all_blocks().next_back().and_then(|block| block.command.as_ref());
        // What was stopped has not failed.
        let status = if status == STOPPED { 0 } else { status };
        let failed = block.filter(|_| status != 0);
        self.correction =
            failed.and_then(|command| suggest::correction(&command.text, &self.shell, &*self.completion));
        self.screen.end(status, self.shell.machine.clock.now());
        self.shell.state_mut().history = History::default();
    }

    fn drain(&mut self) {
        let output = self.output.take();
        if !output.is_empty() {
            self.screen.write_linked(&output, self.shell.machine.clock.now());
        }
    }

    fn print(&mut self, text: &str) {
        self.screen.write(text.as_bytes(), self.shell.machine.clock.now());
    }
}

#[cfg(test)]
mod tests;
