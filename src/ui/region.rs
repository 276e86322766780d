//! Parts of the page that show parts of the state.

use super::bridge::Bridge;
use super::clicks;
use super::markup::{Builder, Node, classed};
use super::patch::Patched;
use super::state::State;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::MouseEvent;

/// What a region shows: the new content, or `None` while the old one still holds.
pub(super) type Projection = Box<dyn FnMut(&State) -> Option<Vec<Node>>>;

/// Draws `part` of the state, again whenever that part differs from the one drawn last.
pub(super) fn shows<T: PartialEq + 'static>(part: fn(&State) -> T, draw: fn(&T) -> Vec<Node>) -> Projection {
    let mut last = None;
    Box::new(move |state| {
        let now = part(state);
        if last.as_ref() == Some(&now) {
            return None;
        }
        let nodes = draw(&now);
        last = Some(now);
        Some(nodes)
    })
}

/// As before, but nothing is looked at while the stamp is the same.
pub(super) fn since(stamp: fn(&State) -> u64, mut shows: Projection) -> Projection {
    let mut last = None;
    Box::new(move |state| {
        let now = Some(stamp(state));
        if last == now {
            return None;
        }
        last = now;
        shows(state)
    })
}

/// A part of the page, by its class, and what is shown there.
pub(super) type Region = (&'static str, Projection);

/// The element that a region fills, as it stands in what is drawn around it.
pub(super) fn room(class: &'static str) -> Builder {
    classed("div", class).attr("data-region", class)
}

/// The frame in `root`, and the regions in the rooms that it has for them: what draws them, wherever something has
/// changed, and what is told of clicks on them.
pub(super) fn draw(
    bridge: Bridge,
    root: &web_sys::Element,
    frame: Projection,
    regions: Vec<Region>,
) -> (impl FnMut() + 'static, impl Fn(&MouseEvent) + 'static) {
    let parts: Vec<Part> = [("", frame)].into_iter().chain(regions).map(|region| (region, None)).collect();
    let parts = Rc::new(RefCell::new(parts));
    let drawn = parts.clone();
    let root = root.clone();
    let draw_all = move || {
        for ((class, shows), patched) in parts.borrow_mut().iter_mut() {
            if let Some(nodes) = bridge.look(shows) {
                patched.get_or_insert_with(|| Patched::new(find(&root, class))).show(nodes);
            }
        }
    };
    let click = move |event: &MouseEvent| {
        let Some(target) = event.target().and_then(|target| target.dyn_into().ok()) else { return };
        let clicked = drawn.borrow().iter().find_map(|(_, patched)| patched.as_ref()?.click(&target));
        if let Some(clicked) = clicked {
            clicks::click(bridge, clicked, event);
        }
    };
    (draw_all, click)
}

/// A region and what it shows now, once it shows something.
type Part = (Region, Option<Patched>);

fn find(root: &web_sys::Element, class: &str) -> web_sys::Node {
    if class.is_empty() {
        return root.clone().into();
    }
    let room = root.query_selector(&format!("[data-region={class}]")).ok().flatten();
    room.expect_throw("the frame has room for each region").into()
}
