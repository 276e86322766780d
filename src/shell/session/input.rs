//! Keys, the text field and pastes.

use std::ops::Range;

use super::pasted::PastedList;
use super::{Hint, Session, TerminalState};
use crate::base::SelectPrompt;
use crate::base::pty::END_OF_INPUT;
use crate::shell::complete::complete;
use crate::shell::parse;
use crate::term::Key;
use crate::term::editor::Response;
use crate::term::key::Code;
use crate::term::menu::Candidates;
use crate::term::paste::{self, Pasted};

/// What a key led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOutcome {
    /// The key is not for the terminal but for the text field or the page.
    Pass,
    Done,
    /// A line was entered: a command, an answer, or a line for later.
    Submitted(String),
    /// A program was interrupted.
    Interrupted,
    /// A program was stopped, for `fg` and `bg`.
    Stopped,
}

impl Session {
    /// Whether a key is for the terminal, not for the text field.
    pub fn wants(&self, key: Key) -> bool {
        self.editor.wants(key)
    }

    /// Handles a key.
    pub fn key(&mut self, key: Key) -> KeyOutcome {
        self.hint = None;
        if matches!(key.code, Code::Up | Code::Down)
            && self.with_select(|select| select.step(key.code == Code::Down)).is_some()
        {
            return KeyOutcome::Done;
        }
        let is_stop = key.ctrl && !key.alt && key.code == Code::Char('z');
        if is_stop && matches!(self.state(), TerminalState::Running { .. }) && self.editor.text().is_empty() {
            return if self.stop() { KeyOutcome::Stopped } else { KeyOutcome::Done };
        }
        let response = self.editor.key(key);
        self.respond(response)
    }

    /// Takes over the text and the selection (in bytes) of the text field.
    pub fn set_field(&mut self, text: &str, selection: Range<usize>) {
        self.hint = None;
        let response = self.editor.set(text, selection);
        self.respond(response);
    }

    /// Pastes a text. Words go into the line; of a block of text the commands become a list, and nothing runs.
    pub fn paste(&mut self, text: &str) {
        let is_free = self.state() == TerminalState::Ready && self.editor.text().trim().is_empty();
        let keywords = ["for", "while", "until", "if", "case", "function", "[[", "time", "sudo"];
        let is_command = |word: &str| self.shell.knows(word) || keywords.contains(&word);
        match paste::read(text, &is_command, &parse::is_complete) {
            Pasted::Commands(commands) if is_free => self.pasted = Some(PastedList::new(commands)),
            Pasted::Commands(_) => self.editor.insert(&paste::plain(text)),
            Pasted::Text(text) => self.editor.insert(&text),
        }
    }

    /// Changes the list that a program lets pick from, if it does.
    fn with_select<T>(&self, act: impl FnOnce(&mut SelectPrompt) -> T) -> Option<T> {
        self.shell.jobs.front()?.terminal.with_select(act)
    }

    fn respond(&mut self, response: Response) -> KeyOutcome {
        if !matches!(response, Response::Enter) {
            self.with_select(|select| select.filter(self.editor.text()));
        }
        match response {
            Response::Pass => return KeyOutcome::Pass,
            Response::Done => {}
            Response::Complete => {
                let candidates = self.candidates();
                if candidates.list.is_empty() {
                    self.hint = Some(Hint::NothingToComplete);
                }
                self.editor.offer(candidates);
            }
            Response::Narrow => {
                let candidates = self.candidates();
                self.editor.narrow(candidates);
            }
            Response::Enter => return self.enter(),
            Response::Cancel => {
                if self.interrupt() {
                    return KeyOutcome::Interrupted;
                }
            }
            Response::EndOfInput if matches!(self.state(), TerminalState::Asking(_)) => {
                self.submit(END_OF_INPUT);
                return KeyOutcome::Submitted(END_OF_INPUT.to_owned());
            }
            Response::EndOfInput => self.hint = Some(Hint::NothingToEnd),
            Response::ClearView => self.screen.clear(),
        }
        KeyOutcome::Done
    }

    /// Enter: at an empty line the next command of a paste is run; answers are not kept in the history; a command that is not complete goes on in the next line.
    fn enter(&mut self) -> KeyOutcome {
        if self.is_ready()
            && self.editor.text().is_empty()
            && let Some(command) = self.step_pasted()
        {
            return KeyOutcome::Submitted(command);
        }
        let text = match self.state() {
            TerminalState::Asking(_) => match self.with_select(|select| select.answer()) {
                Some(None) => return KeyOutcome::Done,
                picked => {
                    let typed = self.editor.take_unkept();
                    picked.flatten().unwrap_or(typed)
                }
            },
            TerminalState::Ready if !parse::is_complete(self.editor.text()) => {
                self.editor.go_on();
                return KeyOutcome::Done;
            }
            _ => self.editor.take(),
        };
        self.submit(&text);
        KeyOutcome::Submitted(text)
    }

    fn candidates(&self) -> Candidates {
        if self.state() != TerminalState::Ready {
            return Default::default();
        }
        complete(&self.editor.text()[..self.editor.cursor()], &self.shell, &*self.completion)
    }
}
