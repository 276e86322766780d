//! A border between two neighbours that can be moved, by pointer and by arrows. It stands in the second of them.

use crate::ui::browser::frame::use_next_frame;
use crate::ui::layout::LEAST;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use web_sys::{DomRect, Element, KeyboardEvent, PointerEvent};

/// How far an arrow moves it, in percent.
const STEP: u8 = 5;

/// Which way a divider runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Orientation {
    /// Between what stands side by side.
    Vertical,
    /// Between what stands one above the other.
    Horizontal,
}

#[component]
pub(in crate::ui) fn Divider(
    #[prop(into)] label: TextProp,
    /// That of the divider itself, as ARIA has it.
    #[prop(into)]
    orientation: Signal<Orientation>,
    /// Gives the first neighbour such a percentage; none is what the page would choose.
    divide: impl Fn(Option<u8>) + Copy + 'static,
) -> impl IntoView {
    let divider = NodeRef::<Div>::new();
    let held = StoredValue::new(false);
    // What others do changes it too, so it is measured whenever somebody comes to it.
    let share = RwSignal::new(50);
    let measure = move || {
        if let Some(neighbours) = divider.get_untracked().and_then(|it| Neighbours::around(&it)) {
            share.set(neighbours.share(orientation.get_untracked()));
        }
    };
    let measure_later = use_next_frame(measure);
    let divide = move |wanted: Option<u8>| {
        divide(wanted.map(|share| share.clamp(LEAST, 100 - LEAST)));
        measure_later();
    };
    Effect::new(move |_| {
        orientation.track();
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
        let neighbours =
            divider.get_untracked().and_then(|it| Neighbours::around(&it)).filter(|_| held.get_value());
        if let Some(neighbours) = neighbours {
            divide(Some(neighbours.share_before(&event, orientation.get_untracked())));
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
            aria-orientation=move || match orientation.get() { Orientation::Vertical => "vertical", Orientation::Horizontal => "horizontal" }
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

/// What stands before a divider and behind it.
struct Neighbours {
    first: DomRect,
    second: DomRect,
}

impl Neighbours {
    fn around(divider: &Element) -> Option<Neighbours> {
        let second = divider.parent_element()?;
        let first = second.previous_element_sibling()?.get_bounding_client_rect();
        Some(Neighbours { first, second: second.get_bounding_client_rect() })
    }

    /// The percentage that the first one has.
    fn share(&self, orientation: Orientation) -> u8 {
        let (first, second) = match orientation {
            Orientation::Vertical => (self.first.width(), self.second.width()),
            Orientation::Horizontal => (self.first.height(), self.second.height()),
        };
        (first / (first + second) * 100.0).round() as u8
    }

    /// The percentage that lies before the pointer.
    fn share_before(&self, pointer: &PointerEvent, orientation: Orientation) -> u8 {
        let share = match orientation {
            Orientation::Vertical => {
                (f64::from(pointer.client_x()) - self.first.left())
                    / (self.second.right() - self.first.left())
            }
            Orientation::Horizontal => {
                (f64::from(pointer.client_y()) - self.first.top()) / (self.second.bottom() - self.first.top())
            }
        };
        (share * 100.0).round() as u8
    }
}
