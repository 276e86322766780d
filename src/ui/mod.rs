//! The page: draws what the application shows and forwards what its user does.
//!
//! `bridge` holds the one signal, with the `state` in it. What is drawn is made as values (`markup`) by a function a
//! part (`layout`, `lesson`, `terminals`, `transcript`, `line`, `picture`, `help`, `dialog` with `share` and
//! `sandboxes`) and brought into the document by `patch`; `region` ties the two together. All texts are in `words`. `keep` keeps each `sandbox` between
//! visits; what was typed before the program was there is done by `early`. The browser is named only in `patch`, `field`, `window`, `clock`, `storage`, `gateway`, `browser` and `panic`.

mod address;
mod bridge;
mod browser;
mod click;
mod clock;
mod dialog;
mod early;
mod field;
mod gateway;
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
mod share;
mod state;
mod storage;
mod stream;
mod terminals;
mod things;
mod transcript;
mod why;
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
        gateway::open(bridge);
        if !window::is_embedded() {
            bridge.focus();
        }
        layout::page(bridge);
    });
}
