//! The way into the page and out of it: components send messages, and read the model's signals.

use super::browser::database::Database;
use super::browser::{channels, clock, viewport};
use super::keep;
use super::message::{Command, PageMsg};
use super::model::Model;
use super::state::State;
use super::update::update;
use super::words::Words;
use crate::app::{App, Msg, TerminalId};
use crate::keep::{StorageCommand, Ticket};
use crate::term::Key;
use clock::Alarm;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;

/// A handle on the user interface, which every component has from its context.
#[derive(Clone, Copy)]
pub(super) struct Ui {
    state: StoredValue<State, LocalStorage>,
    /// What there is to draw.
    pub(super) model: Model,
    /// The next frame brings into the model what has changed.
    frame_requested: StoredValue<bool, LocalStorage>,
    alarm: StoredValue<Alarm, LocalStorage>,
    early_field: StoredValue<Option<HtmlTextAreaElement>, LocalStorage>,
    database: StoredValue<Rc<Database>, LocalStorage>,
    /// Does what the page wants of the browser.
    run: fn(Ui, Command),
}

/// The user interface that a component belongs to.
pub(super) fn use_ui() -> Ui {
    expect_context()
}

impl Ui {
    /// `early_field` is the text field that was there before the program: the active terminal takes it over.
    pub(super) fn new(
        mut state: State,
        early_field: Option<HtmlTextAreaElement>,
        database: Database,
        run: fn(Ui, Command),
    ) -> Ui {
        state.look_around();
        let ui = Ui {
            model: Model::new(&state),
            state: StoredValue::new_local(state),
            frame_requested: StoredValue::new_local(false),
            alarm: StoredValue::new_local(Alarm::default()),
            early_field: StoredValue::new_local(early_field),
            database: StoredValue::new_local(Rc::new(database)),
            run,
        };
        ui.set_alarm();
        ui
    }

    /// Lets something happen.
    pub(super) fn send(self, msg: impl Into<PageMsg>) {
        self.dispatch(msg.into());
    }

    /// A key went down in the line of a terminal. `false` if it is the browser's.
    pub(super) fn key(self, terminal: TerminalId, key: Key) -> bool {
        self.dispatch(Msg::Key { terminal, key }.into())
    }

    /// Time has passed, or there is more to do at this moment.
    fn wake(self) {
        self.alarm.update_value(Alarm::is_off);
        self.send(PageMsg::Wake);
    }

    /// Lets something happen, and the browser do what is wanted then. What came of it is drawn at once, or with the next frame where nobody
    /// has done anything.
    fn dispatch(self, msg: PageMsg) -> bool {
        let is_wake = matches!(msg, PageMsg::Wake);
        let outcome = self.state.try_update_value(|state| {
            state.see(viewport::surroundings());
            clock::begin_slice(clock::slice(&msg, state.app.is_mid_turn()));
            state.app.time(state.now);
            let is_taken = update(state, msg);
            if is_wake || state.pending.as_ref().is_some_and(|pending| !pending.is_begun) {
                clock::go_on_opening(state);
            }
            keep::follow(state);
            channels::deliver(&mut state.app);
            (is_taken, state.take_commands())
        });
        self.set_alarm();
        if is_wake {
            self.request_frame();
        } else {
            self.show();
        }
        let Some((is_taken, commands)) = outcome else { return false };
        self.run(commands);
        is_taken
    }

    /// Lets the browser do what the page wants.
    pub(super) fn run(self, commands: Vec<Command>) {
        commands.into_iter().for_each(|command| (self.run)(self, command));
    }

    /// Lets the storage do a command, and tells the page what came of it.
    pub(super) fn store(self, ticket: Ticket, command: StorageCommand) {
        let database = self.database.get_value();
        spawn_local(async move {
            let answer = database.execute(command).await;
            self.send(PageMsg::Stored(ticket, answer));
        });
    }

    /// Lets something outside of the page's own parts speak to the application. Since that may happen a thousand times a second, what came of
    /// it is drawn once a frame.
    pub(super) fn with_app<T>(self, change: impl FnOnce(&mut App) -> T) -> Option<T> {
        let outcome = self.state.try_update_value(|state| {
            state.now = clock::now();
            clock::begin_slice(clock::SLICE);
            state.app.time(state.now);
            let outcome = change(&mut state.app);
            channels::deliver(&mut state.app);
            outcome
        });
        self.set_alarm();
        self.request_frame();
        outcome
    }

    /// Reads the state as it is now. What is to be drawn comes from the model; this is for what is large, and whose version is
    /// in the model.
    pub(super) fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with_value(read)
    }

    /// Brings what has changed into the model with the next frame.
    fn request_frame(self) {
        if self.frame_requested.get_value() {
            return;
        }
        self.frame_requested.set_value(true);
        request_animation_frame(move || {
            self.frame_requested.set_value(false);
            self.show();
        });
    }

    /// Brings into the model what has changed.
    fn show(self) {
        self.state.update_value(State::look_around);
        self.read(|state| self.model.show(state));
    }

    fn set_alarm(self) {
        let due = self.read(|state| if state.pending.is_some() { Some(0) } else { state.app.deadline() });
        self.alarm.update_value(|alarm| alarm.set(due, move || self.wake()));
    }

    /// Hands out the field that was there before the program, to whoever asks first.
    pub(super) fn take_early_field(self) -> Option<HtmlTextAreaElement> {
        self.early_field.try_update_value(Option::take).flatten()
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
