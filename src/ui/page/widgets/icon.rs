//! The drawings of the page: small, of one colour, and never the only thing that says something.

use crate::app::model::Badge;
use leptos::prelude::*;

/// The shape of a client; the style gives it its colour.
#[component]
pub(in crate::ui) fn Shape(#[prop(into)] badge: Signal<Badge>) -> impl IntoView {
    const SHAPES: [&str; 8] = [
        "M8 2a6 6 0 100 12A6 6 0 108 2z",
        "M2.5 2.5h11v11h-11z",
        "M8 1.5l7 12.5H1z",
        "M8 .8L15.2 8 8 15.2.8 8z",
        "M4.4 1.5h7.2L15.2 8l-3.6 6.5H4.4L.8 8z",
        "M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z",
        "M8 .8l2.2 4.8 5.2.6-3.9 3.5 1.1 5.2L8 12.3l-4.6 2.6 1.1-5.2L.6 6.2l5.2-.6z",
        "M8 2a6 6 0 100 12A6 6 0 108 2zm0 3.5a2.5 2.5 0 110 5 2.5 2.5 0 010-5z",
    ];
    let path = move || SHAPES[usize::from(badge.get()) % SHAPES.len()];
    view! {
        <svg class="shape" data-badge=move || badge.get().to_string() viewBox="0 0 16 16" aria-hidden="true">
            <path d=path fill-rule="evenodd"></path>
        </svg>
    }
}

/// An outline drawing by its path, on a field of 16 by 16.
#[component]
pub(in crate::ui) fn Icon(#[prop(into)] path: Signal<&'static str>) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}

pub(in crate::ui) const CHECK: &str = "M3 8.5L6.5 12 13 4.5";
pub(in crate::ui) const PLAY: &str = "M5 3l8 5-8 5z";
pub(in crate::ui) const PAUSE: &str = "M5.5 3v10M10.5 3v10";
pub(in crate::ui) const NEXT: &str = "M4 3l6 5-6 5zM12.5 3v10";
pub(in crate::ui) const AGAIN: &str = "M3.2 6.5A5.2 5.2 0 118 13.2M3 2.8v3.9h3.9";
pub(in crate::ui) const INSERT: &str = "M2.5 4l4 4-4 4M8.500 12.5h5";
pub(in crate::ui) const STOP: &str = "M4 4h8v8H4z";
pub(in crate::ui) const ADD: &str = "M8 3v10M3 8h10";
pub(in crate::ui) const MORE_OF_TAB: &str = "M8 3.5v.1M8 8v.1M8 12.500v.1";
pub(in crate::ui) const SCREEN: &str = "M2 2.5h12v8H2zM8 10.500v3M5 13.500h6";
pub(in crate::ui) const CONTRAST: &str =
    "M2.5 2.5h11v11h-11zM13.500 2.500l-11 11M13.500 6l-7.500 7.500M13.500 9.500l-4 4";
pub(in crate::ui) const CLOSE: &str = "M4 4l8 8M12 4l-8 8";
pub(in crate::ui) const COPY: &str = "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3";
pub(in crate::ui) const SANDBOXES: &str =
    "M8 1.500L14.500 5 8 8.500 1.500 5zM1.500 8L8 11.500 14.500 8M1.500 11L8 14.500 14.500 11";
pub(in crate::ui) const OPEN: &str = "M1.800 13V3h4.500l1.500 2H13v2.500M1.800 13l2-5.500h11L13 13z";
pub(in crate::ui) const SHARE: &str = "M8 10V1.800M5 4.500L8 1.500l3 3M4.500 7H3v7h10V7h-1.500";
pub(in crate::ui) const SAVE: &str = "M8 1.800V10M5 7.300l3 3 3-3M3 11.500V14h10v-2.500";
pub(in crate::ui) const CLOCK: &str = "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 108 1.8zM8 4.5V8l2.5 2";
pub(in crate::ui) const TIME_TRAVEL: &str =
    "M2.200 5.500A6.2 6.2 0 118 14.200a6.2 6.2 0 01-5.800-4M2 2v3.700h3.700M8 4.5V8l2.5 2";
pub(in crate::ui) const AUTO: &str = "M8 1.8a6.2 6.2 0 100 12.4zM8 1.8a6.2 6.2 0 010 12.4z";
pub(in crate::ui) const SUN: &str =
    "M8 5a3 3 0 100 6 3 3 0 000-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1";
pub(in crate::ui) const MOON: &str = "M13.5 9.8A6 6 0 016.2 2.5a6 6 0 107.3 7.3z";
pub(in crate::ui) const ONWARD: &str = "M3 8h10M9 4l4 4-4 4";
pub(in crate::ui) const MORE: &str = "M3.5 8h.01M8 8h.01M12.5 8h.01";
pub(in crate::ui) const LOCK: &str = "M4 7.5h8V14H4zM5.500 7.500V5a2.500 2.500 0 015 0v2.500";
pub(in crate::ui) const UNLOCKED: &str = "M4 7.5h8V14H4zM5.500 7.500V5a2.500 2.500 0 014.500-1.500";
