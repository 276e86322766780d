//! Which part of a list is in sight of the frame that it is scrolled in.

use crate::ui::browser::focus;
use leptos::prelude::request_animation_frame;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, NodeList, ResizeObserver};

/// What stands for the rows that are not drawn.
const ROWS: &str = ":scope > :not([data-spacer])";

/// The frame that an element is scrolled in.
pub(in crate::ui) fn frame_of(element: &Element) -> Option<HtmlElement> {
    element.closest("[role=region]").ok().flatten()?.dyn_into().ok()
}

/// Tells whenever other rows of a list may be in sight: it was scrolled, or something has another size.
pub(in crate::ui) struct SightObserver {
    frame: HtmlElement,
    sizes: ResizeObserver,
    scrolled: Closure<dyn Fn()>,
    _resized: Closure<dyn Fn()>,
}

impl SightObserver {
    /// `None` for a list that no frame scrolls.
    pub(in crate::ui) fn new(list: &Element, tell: impl Fn() + Clone + 'static) -> Option<SightObserver> {
        let frame = frame_of(list)?;
        // What is told may change sizes, which must not happen while they are being observed.
        let (later, is_due) = (tell.clone(), Rc::new(Cell::new(false)));
        let resized = Closure::<dyn Fn()>::new(move || {
            if !is_due.replace(true) {
                let (later, is_due) = (later.clone(), is_due.clone());
                request_animation_frame(move || {
                    is_due.set(false);
                    later();
                });
            }
        });
        let scrolled = Closure::<dyn Fn()>::new(tell);
        let sizes = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?;
        sizes.observe(list);
        sizes.observe(&frame);
        frame.add_event_listener_with_callback("scroll", scrolled.as_ref().unchecked_ref()).ok()?;
        Some(SightObserver { frame, sizes, scrolled, _resized: resized })
    }

    /// Which pixels of the list are in sight, counted from the first row that is drawn. `None` while another part of the page is shown.
    pub(in crate::ui) fn in_sight(&self, list: &Element) -> Option<Range<f64>> {
        let first = rows(list)
            .next()
            .map_or_else(|| list.get_bounding_client_rect(), |row| row.get_bounding_client_rect());
        let outer = self.frame.get_bounding_client_rect();
        (outer.height() > 0.0).then(|| outer.top() - first.top()..outer.bottom() - first.top())
    }

    /// Gives the frame the focus, where a row has it that will not be drawn any more.
    pub(in crate::ui) fn keep_focus(&self) {
        focus::give(&self.frame);
    }
}

impl Drop for SightObserver {
    fn drop(&mut self) {
        self.sizes.disconnect();
        // A frame that is gone tells nothing any more.
        let _ =
            self.frame.remove_event_listener_with_callback("scroll", self.scrolled.as_ref().unchecked_ref());
    }
}

/// How high each row is that is drawn, with what is between it and the next one.
pub(in crate::ui) fn heights(list: &Element) -> Vec<f64> {
    let boxes: Vec<_> = rows(list).map(|row| row.get_bounding_client_rect()).collect();
    let next_tops = boxes.iter().skip(1).map(|next| Some(next.top())).chain([None]);
    boxes.iter().zip(next_tops).map(|(row, next)| next.unwrap_or(row.bottom()) - row.top()).collect()
}

/// Which of the drawn rows has the focus, counted from the first of them.
pub(in crate::ui) fn focused(list: &Element) -> Option<usize> {
    let active = leptos::prelude::document().active_element()?;
    rows(list).position(|row| row.contains(Some(&active)))
}

fn rows(list: &Element) -> impl Iterator<Item = Element> + use<> {
    let all: Option<NodeList> = list.query_selector_all(ROWS).ok();
    let count = all.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |at| all.as_ref()?.get(at)?.dyn_into().ok())
}
