//! What makes the page go: a message changes the state, what has changed is brought into the model, and the browser does what is wanted then.

use super::browser::clock::{self, Alarm};
use super::browser::database::Database;
use super::browser::{channels, viewport};
use super::keep;
use super::message::{Command, PageMsg};
use super::model::{Model, ModelWriter};
use super::state::State;
use super::update::update;
use crate::app::App;
use crate::keep::{StorageCommand, Ticket};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// A handle on what makes the page go. Components have no more of it than `Ui` lets them have.
#[derive(Clone, Copy)]
pub(super) struct Runtime {
    state: StoredValue<State, LocalStorage>,
    shown: StoredValue<ModelWriter, LocalStorage>,
    /// The next frame brings into the model what has changed.
    frame_requested: StoredValue<bool, LocalStorage>,
    alarm: StoredValue<Alarm, LocalStorage>,
    database: StoredValue<Rc<Database>, LocalStorage>,
    /// Does what the page wants of the browser.
    run: fn(Runtime, Command),
}

impl Runtime {
    /// Begins, and gives the model that it writes.
    pub(super) fn new(mut state: State, database: Database, run: fn(Runtime, Command)) -> (Runtime, Model) {
        state.look_around();
        let (model, writer) = Model::new(&state);
        let runtime = Runtime {
            state: StoredValue::new_local(state),
            shown: StoredValue::new_local(writer),
            frame_requested: StoredValue::new_local(false),
            alarm: StoredValue::new_local(Alarm::default()),
            database: StoredValue::new_local(Rc::new(database)),
            run,
        };
        runtime.set_alarm();
        (runtime, model)
    }

    /// Hands a message to the page.
    pub(super) fn send(self, msg: impl Into<PageMsg>) {
        self.dispatch(msg.into());
    }

    /// Changes the state as a message says, and lets the browser do what is wanted then. What came of it is drawn at once, or with the next
    /// frame where nobody has done anything. `false` for a key that is the browser's.
    pub(super) fn dispatch(self, msg: PageMsg) -> bool {
        let is_wake = matches!(msg, PageMsg::Wake);
        let outcome = self.state.try_update_value(|state| {
            state.see(viewport::surroundings());
            let (is_mid_turn, is_still) = (state.app.is_mid_turn(), state.past.is_still());
            clock::begin_slice(clock::slice(&msg, is_mid_turn, is_still));
            state.let_time_pass();
            let is_taken = update(state, msg);
            if is_wake || state.pending.as_ref().is_some_and(|pending| !pending.is_begun) {
                clock::go_on_opening(state);
            }
            clock::go_on_in_past(state, is_wake);
            if is_wake {
                clock::go_on_exploring(state);
            }
            keep::follow(state);
            channels::deliver(state.past.present_mut(&mut state.app));
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
            state.let_time_pass();
            let app = state.past.present_mut(&mut state.app);
            let outcome = change(app);
            channels::deliver(app);
            outcome
        });
        self.set_alarm();
        self.request_frame();
        outcome
    }

    /// Reads the state as it is now.
    pub(super) fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with_value(read)
    }

    /// Time has passed, or there is more to do at this moment.
    fn wake(self) {
        self.alarm.update_value(Alarm::has_called);
        self.send(PageMsg::Wake);
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
        self.read(|state| self.shown.with_value(|shown| shown.show(state)));
    }

    fn set_alarm(self) {
        let due = self.read(State::deadline);
        self.alarm.update_value(|alarm| alarm.set(due, move || self.wake()));
    }
}
