//! Earlier texts of the line, for Ctrl-_: typing is taken back a word at a time, anything else step by step.

use super::line::Line;

/// Older texts than this are forgotten.
const STEPS_KEPT: usize = 200;

/// What kind of change is about to happen; typing in a row is one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// One character typed that is not a blank.
    Letter,
    /// A blank typed: the next letter begins a new step.
    Blank,
    /// Anything else.
    Other,
}

/// The texts before the changes, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    before: Vec<Line>,
    last: Option<Change>,
}

impl Undo {
    /// Remembers `line` as it is before a change of this kind.
    pub fn will(&mut self, change: Change, line: &Line) {
        let joins = match change {
            Change::Letter => self.last == Some(Change::Letter),
            Change::Blank => matches!(self.last, Some(Change::Letter | Change::Blank)),
            Change::Other => false,
        };
        if !joins {
            self.before.push(line.clone());
            if self.before.len() > STEPS_KEPT {
                self.before.remove(0);
            }
        }
        self.last = Some(change);
    }

    /// Ends a run of typing: what is typed next is a step of its own.
    pub fn pause(&mut self) {
        self.last = None;
    }

    /// The line before the last step that differs from `now`.
    pub fn back(&mut self, now: &Line) -> Option<Line> {
        self.last = None;
        while let Some(line) = self.before.pop() {
            if line.text() != now.text() {
                return Some(line);
            }
        }
        None
    }

    /// Forgets everything: a new line begins.
    pub fn clear(&mut self) {
        *self = Undo::default();
    }
}
