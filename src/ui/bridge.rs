//! The only signal that is written. Everything shown is a projection of it.

use super::clock::{self, Alarm};
use super::state::State;
use super::{channels, keep, window};
use crate::app::{App, Msg, TerminalId};
use crate::term::Key;
use leptos::prelude::*;

/// A handle on the page's state, passed to every component.
#[derive(Clone, Copy)]
pub(super) struct Bridge {
    state: RwSignal<State, LocalStorage>,
    /// The next frame draws what has changed.
    drawing: StoredValue<bool, LocalStorage>,
    alarm: StoredValue<Alarm, LocalStorage>,
}

impl Bridge {
    pub(super) fn new(state: State) -> Bridge {
        let mut state = state;
        state.look_around();
        let bridge = Bridge {
            state: RwSignal::new_local(state),
            drawing: StoredValue::new_local(false),
            alarm: StoredValue::new_local(Alarm::default()),
        };
        bridge.set_alarm();
        bridge
    }

    /// Looks at the state; whoever does so in an effect is called again when it has changed.
    pub(super) fn look<T>(self, look: impl FnOnce(&State) -> T) -> T {
        self.state.with(look)
    }

    /// Looks at the state without being called again.
    pub(super) fn glance<T>(self, look: impl FnOnce(&State) -> T) -> T {
        self.state.with_untracked(look)
    }

    /// Tells the application that something happened. `false` for a key that is not for it.
    pub(super) fn send(self, msg: Msg) -> bool {
        let taken = self.state.try_update(|state| {
            // Where much is going on, whoever types does not wait for a part of that.
            clock::begin_slice(if state.app.is_mid_turn() { 0 } else { clock::SLICE });
            state.app.update(Msg::Time(clock::now()));
            let taken = state.app.update(msg);
            channels::deliver(&mut state.app);
            state.look_around();
            taken
        });
        self.set_alarm();
        taken.unwrap_or(false)
    }

    /// Time has passed, or there is more to do at this moment.
    pub(super) fn wake(self) {
        self.alarm.update_value(Alarm::is_off);
        self.with_app(|_| ());
        if !self.glance(|state| state.app.is_mid_turn()) {
            self.keep();
        }
    }

    /// Lets something outside the page's own parts speak to the application. Since that may happen a thousand times
    /// a second, what came of it is drawn once a frame.
    pub(super) fn with_app<T>(self, change: impl FnOnce(&mut App) -> T) -> Option<T> {
        let outcome = self.state.try_update_untracked(|state| {
            clock::begin_slice(clock::SLICE);
            state.app.time(clock::now());
            let outcome = change(&mut state.app);
            channels::deliver(&mut state.app);
            outcome
        });
        if !self.drawing.get_value() {
            self.drawing.set_value(true);
            request_animation_frame(move || {
                self.drawing.set_value(false);
                clock::begin_slice(0);
                self.change(|state| _ = state.app.update(Msg::Time(clock::now())));
            });
        }
        self.set_alarm();
        outcome
    }

    /// Changes what is the page's own.
    pub(super) fn change(self, change: impl FnOnce(&mut State)) {
        self.state.update(|state| {
            change(state);
            channels::deliver(&mut state.app);
            state.look_around();
        });
    }

    pub(super) fn copy(self, text: String) {
        window::copy(&text);
        self.change(|state| state.say(state.words.copied().to_owned()));
    }

    /// The key that a typed character means while Ctrl of the touch bar is held.
    pub(super) fn with_ctrl(self, typed: &str) -> Option<Key> {
        if !self.glance(|state| state.ctrl) {
            return None;
        }
        self.change(|state| state.ctrl = false);
        Key::from_browser(typed, "", true, false, false)
    }

    /// Lets somebody type another name for a terminal.
    pub(super) fn rename(self, terminal: TerminalId) {
        self.change(|state| state.renaming = Some(terminal));
        request_animation_frame(window::begin_rename);
    }

    /// A terminal got another name, or keeps its own.
    pub(super) fn renamed(self, terminal: TerminalId, name: Option<String>) {
        if self.glance(|state| state.renaming.is_none()) {
            return;
        }
        self.change(|state| state.renaming = None);
        let Some(name) = name else { return };
        self.send(Msg::Rename { terminal, name: name.clone() });
        if self.glance(|state| state.app.tab(terminal).is_some_and(|tab| tab.name != name.trim())) {
            self.change(|state| state.say(state.words.said_no_name().to_owned()));
        }
    }

    /// Lets somebody type into the active terminal, once it is drawn; not where a finger would call up a
    /// keyboard that nobody asked for.
    pub(super) fn focus(self) {
        if !window::is_touched() {
            request_animation_frame(move || {
                // By then a second click may have asked for the field of a name, which must not lose the focus again.
                let active = self.glance(|state| state.renaming.is_none().then(|| state.app.active()));
                if let Some(terminal) = active {
                    window::focus(&window::field_id(terminal));
                }
            });
        }
    }

    fn set_alarm(self) {
        let due = self.glance(|state| state.app.deadline());
        self.alarm.update_value(|alarm| {
            alarm.set(due, move || self.wake());
        });
    }

    /// Keeps the world, unless it is as it was kept last. Not at each Enter, since it is written whole, but every
    /// second, and when the page is left.
    pub(super) fn keep(self) {
        if self.glance(keep::is_due) {
            self.change(keep::save);
        }
    }
}
