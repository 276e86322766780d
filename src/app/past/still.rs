//! A still: what there is to see of a world at a moment, without anything that runs.

use std::rc::Rc;

use super::picture::{Picture, Sharing};
use crate::app::model::{ClockFace, Inspector, Lesson, Tab};
use crate::app::{App, TerminalId};
use crate::term::screen::Mark;

/// What there is to see of a world at a moment.
pub struct Still {
    pub clock: ClockFace,
    tabs: Rc<Vec<Tab>>,
    pub(super) terminals: Rc<Vec<TerminalStill>>,
    lesson: Option<Rc<Lesson>>,
    picture: Picture,
}

/// A terminal at a moment: what stands before its line, and how far its screen had come.
#[derive(Debug, PartialEq)]
pub struct TerminalStill {
    pub id: TerminalId,
    pub prompt: String,
    pub(super) mark: Mark,
}

impl Still {
    /// Of this world as it is now, which comes after `before`. With it about how many bytes it takes beside that.
    pub(super) fn of(app: &App, before: Option<&Still>) -> (Still, usize) {
        let mut sharing = Sharing { bytes: size_of::<Still>() + TEXT };
        let tabs = app.tabs();
        let terminals: Vec<TerminalStill> = tabs
            .iter()
            .filter_map(|tab| {
                let mark = app.screen(tab.id)?.mark();
                Some(TerminalStill { id: tab.id, prompt: app.prompt(tab.id), mark })
            })
            .collect();
        let per_terminal = size_of::<TerminalStill>() + TEXT;
        let text = terminals.len() * per_terminal;
        let lesson = app
            .lesson()
            .map(|lesson| sharing.share(lesson, LESSON, before.and_then(|before| before.lesson.as_ref())));
        let still = Still {
            clock: app.clock(),
            tabs: sharing.share(tabs, text, before.map(|before| &before.tabs)),
            terminals: sharing.share(terminals, text, before.map(|before| &before.terminals)),
            lesson,
            picture: Picture::new(app.inspector(), before.map(|before| &before.picture), &mut sharing),
        };
        (still, sharing.bytes)
    }

    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    pub fn terminals(&self) -> &[TerminalStill] {
        &self.terminals
    }

    pub fn lesson(&self) -> Option<&Lesson> {
        self.lesson.as_deref()
    }

    pub fn inspector(&self) -> Inspector {
        self.picture.to_inspector()
    }
}

/// What the few texts of a terminal or a clock take, and those of a lesson with a step opened; in bytes.
const TEXT: usize = 64;
const LESSON: usize = 16 << 10;
