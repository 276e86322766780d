//! Which rows of a list are in sight where it is scrolled.

use super::{focus, viewport};
use leptos::html::Div;
use leptos::prelude::{NodeRef, document};
use std::ops::Range;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, NodeList, ResizeObserver};

/// A row, and no spacer (`ui/page/widgets/windowed_rows.rs`).
const ROW: &str = ":not([data-spacer])";
const ROWS: &str = ":scope > :not([data-spacer])";

/// What a list is scrolled in, for the components inside of it.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Scroller(pub(in crate::ui) NodeRef<Div>);

/// Tells whenever other rows of a list may be in sight.
pub(in crate::ui) struct SightObserver {
    scroller: HtmlElement,
    sizes: ResizeObserver,
    scrolled: Closure<dyn Fn()>,
    _resized: Closure<dyn Fn()>,
}

impl SightObserver {
    /// Calls `scrolled` when the list was scrolled, and `resized` when something has another size; that may not change sizes at once, since
    /// they are being observed. `None` where the browser cannot observe sizes.
    pub(in crate::ui) fn new(
        list: &Element,
        scroller: HtmlElement,
        scrolled: impl Fn() + 'static,
        resized: impl Fn() + 'static,
    ) -> Option<SightObserver> {
        let scrolled = Closure::<dyn Fn()>::new(scrolled);
        let resized = Closure::<dyn Fn()>::new(resized);
        let sizes = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?;
        sizes.observe(list);
        sizes.observe(&scroller);
        scroller.add_event_listener_with_callback("scroll", scrolled.as_ref().unchecked_ref()).ok()?;
        Some(SightObserver { scroller, sizes, scrolled, _resized: resized })
    }

    /// Which pixels of the list are in sight, counted from the first row that is drawn. `None` while another pane of the page is shown.
    pub(in crate::ui) fn in_sight(&self, list: &Element) -> Option<Range<f64>> {
        let first = rows(list)
            .next()
            .map_or_else(|| list.get_bounding_client_rect(), |row| row.get_bounding_client_rect());
        let outer = self.scroller.get_bounding_client_rect();
        (outer.height() > 0.0).then(|| outer.top() - first.top()..outer.bottom() - first.top())
    }

    /// Gives the scroller the focus, where a row has it that will not be drawn any more.
    pub(in crate::ui) fn keep_focus(&self) {
        focus::give(&self.scroller);
    }
}

impl Drop for SightObserver {
    fn drop(&mut self) {
        self.sizes.disconnect();
        let scrolled = self.scrolled.as_ref().unchecked_ref();
        // Fails for no listener.
        let _ = self.scroller.remove_event_listener_with_callback("scroll", scrolled);
    }
}

/// How high each row is that is drawn, with what is between it and the next one.
pub(in crate::ui) fn heights(list: &Element) -> Vec<f64> {
    let boxes: Vec<_> = rows(list).map(|row| row.get_bounding_client_rect()).collect();
    let next_tops = boxes.iter().skip(1).map(|next| Some(next.top())).chain([None]);
    boxes.iter().zip(next_tops).map(|(row, next)| next.unwrap_or(row.bottom()) - row.top()).collect()
}

/// Scrolls the first row that is drawn into sight; where others come before it, the beginning of the list.
pub(in crate::ui) fn reveal_first(list: &Element, scroller: &Element) {
    let first = rows(list).next().filter(|row| row.previous_element_sibling().is_none());
    viewport::reveal(first.as_ref().unwrap_or(list), scroller);
}

/// The row before another one, or behind it, that is drawn.
pub(in crate::ui) fn neighbour(row: &Element, back: bool) -> Option<Element> {
    let next = if back { row.previous_element_sibling() } else { row.next_element_sibling() };
    next.filter(|row| row.matches(ROW).unwrap_or(false))
}

/// The last row that is drawn.
pub(in crate::ui) fn last(list: &Element) -> Option<Element> {
    rows(list).last()
}

/// The row that has the focus, or around what has it.
pub(in crate::ui) fn focused_row(list: &Element) -> Option<Element> {
    let active = document().active_element()?;
    rows(list).find(|row| row.contains(Some(&active)))
}

/// Which of the drawn rows has the focus, counted from the first of them.
pub(in crate::ui) fn focused(list: &Element) -> Option<usize> {
    let active = document().active_element()?;
    rows(list).position(|row| row.contains(Some(&active)))
}

fn rows(list: &Element) -> impl Iterator<Item = Element> + use<> {
    let all: Option<NodeList> = list.query_selector_all(ROWS).ok();
    let count = all.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |at| all.as_ref()?.get(at)?.dyn_into().ok())
}
