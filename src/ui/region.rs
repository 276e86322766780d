//! A part of the page that shows a part of the state.

use super::bridge::Bridge;
use super::markup::Node;
use super::patch::Patched;
use super::state::State;
use leptos::html::Div;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;

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

/// An element with such a content.
pub(super) fn region(bridge: Bridge, class: &'static str, mut shows: Projection) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let patched = Rc::new(RefCell::new(None::<Patched>));
    let drawn = patched.clone();
    Effect::new(move |_| {
        let Some(root) = place.get() else { return };
        if let Some(nodes) = bridge.look(&mut shows) {
            patched.borrow_mut().get_or_insert_with(|| Patched::new(root.unchecked_into())).show(nodes);
        }
    });
    let click = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let clicked =
            target.and_then(|target| drawn.borrow().as_ref().and_then(|patched| patched.click(&target)));
        if let Some(clicked) = clicked {
            bridge.click(clicked, &event);
        }
    };
    view! { <div class=class node_ref=place on:click=click></div> }
}
