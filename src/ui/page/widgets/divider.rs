//! A border between two parts that can be moved, by pointer and by arrows. It stands in the second of them.

use crate::ui::browser::frame::use_next_frame;
use crate::ui::layout::LEAST;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{DomRect, Element, KeyboardEvent, PointerEvent};

/// How far an arrow moves it, in percent.
const STEP: u8 = 5;

#[component]
pub(in crate::ui) fn Divider(
    #[prop(into)] label: Signal<String>,
    /// The parts stand beside each other, not one above the other.
    #[prop(into)]
    is_upright: Signal<bool>,
    /// Gives the first part such a percentage; none is what the page would choose.
    divide: impl Fn(Option<u8>) + Copy + 'static,
) -> impl IntoView {
    let divider = NodeRef::<Div>::new();
    let held = StoredValue::new(false);
    // What others do changes it too, so it is measured whenever somebody comes to it.
    let share = RwSignal::new(50);
    let measure = move || {
        if let Some(parts) = divider.get_untracked().and_then(|it| Parts::around(&it)) {
            share.set(parts.share(is_upright.get_untracked()));
        }
    };
    let measure_later = use_next_frame(measure);
    let divide = move |wanted: Option<u8>| {
        divide(wanted.map(|share| share.clamp(LEAST, 100 - LEAST)));
        measure_later();
    };
    Effect::new(move |_| {
        is_upright.track();
        measure_later();
    });
    let down = move |event: PointerEvent| {
        event.prevent_default();
        held.set_value(true);
        if let Some(divider) = divider.get_untracked() {
            // A pointer that is gone by now moves nothing.
            let _ = divider.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: PointerEvent| {
        let parts = divider.get_untracked().and_then(|it| Parts::around(&it)).filter(|_| held.get_value());
        if let Some(parts) = parts {
            divide(Some(parts.share_before(&event, is_upright.get_untracked())));
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let share = share.get_untracked();
        let wanted = match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => Some(share.saturating_sub(STEP)),
            "ArrowRight" | "ArrowDown" => Some(share + STEP),
            "Home" => Some(LEAST),
            "End" => Some(100 - LEAST),
            "Enter" => None,
            _ => return,
        };
        event.prevent_default();
        divide(wanted);
    };
    view! {
        <div
            class="divider"
            node_ref=divider
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=move || if is_upright.get() { "vertical" } else { "horizontal" }
            aria-valuenow=move || share.get().to_string()
            aria-valuemin=LEAST.to_string()
            aria-valuemax=(100 - LEAST).to_string()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| held.set_value(false)
            on:pointercancel=move |_| held.set_value(false)
            on:dblclick=move |_| divide(None)
            on:focus=move |_| measure()
            on:keydown=keydown
        ></div>
    }
}

/// The two parts, as they stand.
struct Parts {
    first: DomRect,
    second: DomRect,
}

impl Parts {
    fn around(divider: &Element) -> Option<Parts> {
        let second = divider.parent_element()?;
        let first = second.previous_element_sibling()?.get_bounding_client_rect();
        Some(Parts { first, second: second.get_bounding_client_rect() })
    }

    /// The percentage that the first part has.
    fn share(&self, is_upright: bool) -> u8 {
        let (first, second) = match is_upright {
            true => (self.first.width(), self.second.width()),
            false => (self.first.height(), self.second.height()),
        };
        (first / (first + second) * 100.0).round() as u8
    }

    /// The percentage that lies before the pointer.
    fn share_before(&self, pointer: &PointerEvent, is_upright: bool) -> u8 {
        let part = match is_upright {
            true => {
                (f64::from(pointer.client_x()) - self.first.left())
                    / (self.second.right() - self.first.left())
            }
            false => {
                (f64::from(pointer.client_y()) - self.first.top()) / (self.second.bottom() - self.first.top())
            }
        };
        (part * 100.0).round() as u8
    }
}
