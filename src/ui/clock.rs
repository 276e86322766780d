//! The browser's clock: what time it is, and being called when something is due.

use gloo_timers::callback::Timeout;

/// The clock that is shown changes so often, in milliseconds.
const SECOND: u64 = 1000;

/// Milliseconds since 1970.
pub(super) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// A time as people in this language write it.
pub(super) fn told(millis: u64, language: &str) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(millis as f64));
    date.to_locale_string(language, &wasm_bindgen::JsValue::UNDEFINED).into()
}

/// The browser's time zone, in minutes east of Greenwich.
pub(super) fn minutes_east() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// The one timer of the page.
#[derive(Default)]
pub(super) struct Alarm {
    set: Option<(u64, Timeout)>,
}

impl Alarm {
    /// Calls at `due`, and at the next full second in any case; what was set before is forgotten.
    pub(super) fn set(&mut self, due: Option<u64>, call: impl FnOnce() + 'static) {
        let now = now();
        let second = (now / SECOND + 1) * SECOND;
        let due = due.map_or(second, |due| due.min(second));
        if self.set.as_ref().is_some_and(|(set, _)| *set == due && *set > now) {
            return;
        }
        let millis = due.saturating_sub(now) as u32;
        self.set = Some((due, Timeout::new(millis, call)));
    }
}
