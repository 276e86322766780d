//! The page: draws what the application shows and forwards what its user does.
//!
//! From below: `words` has all texts, `state` the application and what is the page's own, `click` all that a click can
//! mean, `bridge` the one signal with the state in it. What is drawn is made as values (`markup`, with `widgets`, `facts`,
//! `settings` and `icons`) by a function a part (`lesson`, `terminals` with `transcript` and `line`, `picture` with
//! `stream` and `wire`, `help`, `dialog` with `share` and `sandboxes`), and brought into the document by `patch`; `layout`
//! ties the parts together with `region`, and `clicks` does what is clicked.
//!
//! `keep` keeps each `sandbox` between visits; `early` does what was typed before the program was there. The browser is
//! named only in `patch`, `field`, `window`, `clock`, `storage`, `browser`, `panic`, and, the other way round, in
//! `exports` with `channels`.

mod address;
mod bridge;
mod browser;
mod channels;
mod click;
mod clicks;
mod clock;
mod dialog;
mod early;
mod exports;
mod facts;
mod field;
mod help;
mod icons;
mod keep;
mod layout;
mod lesson;
mod line;
mod markup;
mod panic;
mod patch;
mod picture;
mod region;
mod sandbox;
mod sandboxes;
mod settings;
mod share;
mod state;
mod storage;
mod stream;
mod terminals;
mod things;
mod transcript;
mod turn;
mod why;
mod widgets;
mod window;
mod wire;
mod words;

use bridge::Bridge;

/// Draws the page into the document.
pub fn start() {
    panic::keep_last_words();
    let mut state = keep::restore();
    address::follow(&mut state);
    early::take_over(&mut state);
    leptos::mount::mount_to_body(move || {
        let bridge = Bridge::new(state);
        exports::open(bridge);
        if !window::is_embedded() {
            bridge.focus();
        }
        layout::page(bridge);
    });
}
