//! The browser's clock: what time it is, and being called when something is due.

use crate::app::{TimeZone, fixed_zone};
use crate::ui::message::PageMsg;
use crate::ui::state::State;
use crate::ui::{explorer, opening, time_travel};
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageChannel;

/// The clock that is shown changes so often, in milliseconds.
const SECOND: u64 = 1000;

/// Milliseconds since 1970.
pub(in crate::ui) fn now() -> u64 {
    js_sys::Date::now() as u64
}

thread_local! {
    /// When whatever happens now is to pause.
    static PAUSE: Cell<u64> = const { Cell::new(0) };
}

/// How long the page may neither draw nor listen, in milliseconds: half a frame.
pub(in crate::ui) const SLICE: u64 = 8;

/// So long may the application take for what it is told now, at one go.
pub(in crate::ui) fn begin_slice(millis: u64) {
    PAUSE.set(now() + millis);
}

pub(in crate::ui) fn is_slice_over() -> bool {
    now() >= PAUSE.get()
}

/// So long may the application take for this message, if it `is_mid_turn` already: whoever types does not wait for a part of that.
/// What it is for may be the world of a moment of the past, of which there is a still only (`is_still`).
pub(in crate::ui) fn slice(msg: &PageMsg, is_mid_turn: bool, is_still: bool) -> u64 {
    /// Whoever does something in a world of the past that is not there yet waits for it no longer than that.
    const LONGEST: u64 = 2_000;
    /// What was typed before the program was there is done at one go, if it can be: what comes next may depend on whether it has ended.
    const EARLY_LINE: u64 = 100;
    match msg {
        PageMsg::Wake => SLICE,
        PageMsg::Early(input) => EARLY_LINE * (1 + input.entered.len() as u64),
        msg if is_still && time_travel::is_about_world(msg) => LONGEST,
        _ if is_mid_turn => 0,
        _ => SLICE,
    }
}

/// Lets the world that is being made go on, if one is.
pub(in crate::ui) fn go_on_opening(state: &mut State) {
    if let Some(millis) = opening::slice(state) {
        begin_slice(millis);
        opening::go_on(state, now);
    }
}

/// Lets what is to be done for the past go on, if something is.
pub(in crate::ui) fn go_on_in_past(state: &mut State, is_wake: bool) {
    if let Some(millis) = state.past.slice(&state.app, state.now, is_wake) {
        begin_slice(millis);
        state.past.go_on(&mut state.app, state.now);
    }
}

/// Lets the search of every order go on, if there is one.
pub(in crate::ui) fn go_on_exploring(state: &mut State) {
    if state.explorer.is_searching() {
        begin_slice(SLICE);
        explorer::go_on(state, is_slice_over);
    }
}

/// A time as people in this language write it.
pub(in crate::ui) fn told(millis: u64, language: &str) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    date.to_locale_string(language, &JsValue::UNDEFINED).into()
}

/// The browser's time zone; today's offset where its name is unknown.
pub(in crate::ui) fn zone() -> TimeZone {
    let options =
        js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    let name = js_sys::Reflect::get(&options, &"timeZone".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("UTC" | "Etc/UTC") => TimeZone::UTC,
        name => name
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or_else(|| fixed_zone(-(js_sys::Date::new_0().get_timezone_offset() as i32))),
    }
}

/// The one timer of the page.
#[derive(Default)]
pub(in crate::ui) struct Alarm {
    set: Option<(u64, Timeout)>,
    /// What is due now comes as soon as the browser has looked after everything else.
    soon: bool,
    channel: Option<SoonChannel>,
}

/// Calls as soon as the browser has looked after everything else. A timer of no time would wait for longer and longer.
struct SoonChannel {
    channel: MessageChannel,
    _call: Closure<dyn Fn()>,
}

impl SoonChannel {
    fn new(call: impl Fn() + 'static) -> Option<SoonChannel> {
        let (channel, call) = (MessageChannel::new().ok()?, Closure::<dyn Fn()>::new(call));
        channel.port1().set_onmessage(Some(call.as_ref().unchecked_ref()));
        Some(SoonChannel { channel, _call: call })
    }
}

impl Alarm {
    /// Notes that the call has come, so that the next one can be asked for.
    pub(in crate::ui) fn has_called(&mut self) {
        self.soon = false;
    }

    /// Calls at `due`, and at the next full second in any case; what was set before is forgotten.
    pub(in crate::ui) fn set(&mut self, due: Option<u64>, call: impl Fn() + 'static) {
        let now = now();
        let second = (now / SECOND + 1) * SECOND;
        let due = due.map_or(second, |due| due.min(second));
        if due <= now {
            self.set = None;
            if !std::mem::replace(&mut self.soon, true) {
                if self.channel.is_none() {
                    self.channel = SoonChannel::new(call);
                }
                if let Some(soon) = &self.channel {
                    // Fails only for what cannot be copied, which null can be.
                    let _ = soon.channel.port2().post_message(&JsValue::NULL);
                }
            }
            return;
        }
        if self.set.as_ref().is_some_and(|(set, _)| *set == due && *set > now) {
            return;
        }
        let millis = (due - now) as u32;
        self.set = Some((due, Timeout::new(millis, call)));
    }
}
