//! What a component has of the page: it sends messages, and reads the model's signals.

use super::message::PageMsg;
use super::model::Model;
use super::runtime::Runtime;
use super::state::State;
use super::words::Words;
use crate::app::{Msg, TerminalId};
use crate::term::Key;
use leptos::prelude::*;

/// A handle on the page, which every component has from its context.
#[derive(Clone, Copy)]
pub(super) struct Ui {
    /// What there is to draw.
    pub(super) model: Model,
    runtime: Runtime,
}

/// The page that a component belongs to.
pub(super) fn use_ui() -> Ui {
    expect_context()
}

impl Ui {
    pub(super) fn new(runtime: Runtime, model: Model) -> Ui {
        Ui { model, runtime }
    }

    /// Hands a message to the page.
    pub(super) fn send(self, msg: impl Into<PageMsg>) {
        self.runtime.send(msg);
    }

    /// A key went down in the line of a terminal. `false` if it is the browser's.
    pub(super) fn key(self, terminal: TerminalId, key: Key) -> bool {
        self.runtime.dispatch(Msg::Key { terminal, key }.into())
    }

    /// Reads the state as it is now. What is to be drawn comes from the model; this is for what is large, and whose version is
    /// in the model.
    pub(super) fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.runtime.read(read)
    }

    /// The texts of the language that is spoken now.
    pub(super) fn words(self) -> Words {
        self.model.words.get()
    }

    /// A text, in whatever language is spoken.
    pub(super) fn text(
        self,
        text: fn(Words) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync {
        move || text(self.model.words.get())
    }
}
