//! Brings a part of the document to what a value says, changing only what differs, so that the focus, the
//! selection and the scroll positions stay.

use std::collections::BTreeMap;

use super::click::Click;
use super::markup::{Element, Node};
use std::rc::Rc;
use wasm_bindgen::{JsCast, UnwrapThrowExt};

/// A part of the document, and what it shows.
pub(super) struct Patched {
    root: web_sys::Node,
    shown: Vec<Node>,
}

impl Patched {
    /// Takes over an element, which has no other children than those shown from the first time on.
    pub(super) fn new(root: web_sys::Node) -> Patched {
        Patched { root, shown: Vec::new() }
    }

    pub(super) fn show(&mut self, nodes: Vec<Node>) {
        patch_children(&self.root, &self.shown, &nodes);
        self.shown = nodes;
    }

    /// What a click on this node of the document means: that of the innermost element around it that has one.
    pub(super) fn click(&self, target: &web_sys::Node) -> Option<Click> {
        if !self.root.contains(Some(target)) {
            return None;
        }
        let mut path = Vec::new();
        let mut node = target.clone();
        while !node.is_same_node(Some(&self.root)) {
            path.push(place(&node));
            node = node.parent_node()?;
        }
        let mut children = &self.shown;
        let mut found = None;
        for at in path.into_iter().rev() {
            let Some(Node::Element(element)) = children.get(at) else { break };
            found = element.click.clone().or(found);
            children = &element.children;
        }
        found
    }
}

/// How many siblings stand before a node.
fn place(node: &web_sys::Node) -> usize {
    let mut count = 0;
    let mut before = node.previous_sibling();
    while let Some(sibling) = before {
        count += 1;
        before = sibling.previous_sibling();
    }
    count
}

fn patch_children(parent: &web_sys::Node, old: &[Node], new: &[Node]) {
    // What nothing is drawn into may be a room that somebody else fills.
    if old.is_empty() && new.is_empty() {
        return;
    }
    if old.is_empty() && parent.has_child_nodes() {
        return adopt(parent, new);
    }
    if old.iter().chain(new).any(|node| key(node).is_some()) {
        return patch_keyed(parent, old, new);
    }
    let mut at = parent.first_child();
    for (index, node) in new.iter().enumerate() {
        let (Some(shown), Some(before)) = (at.take(), old.get(index)) else {
            append(parent, node, None);
            continue;
        };
        at = shown.next_sibling();
        patch(parent, &shown, before, node);
    }
    remove_until(parent, at, None);
}

fn patch_keyed(parent: &web_sys::Node, old: &[Node], new: &[Node]) {
    // Mostly something changes at the end, or nothing comes or goes at all.
    let same = old.iter().zip(new).take_while(|(old, new)| key(old) == key(new)).count();
    let mut at = parent.first_child();
    for (before, node) in old.iter().zip(new).take(same) {
        let Some(shown) = at else { return };
        at = shown.next_sibling();
        patch(parent, &shown, before, node);
    }
    let (old, new) = (&old[same..], &new[same..]);
    let mut cursor = at.clone();
    let wanted: BTreeMap<Option<u64>, ()> = new.iter().map(|node| (key(node), ())).collect();
    let mut known = BTreeMap::new();
    for node in old {
        let Some(shown) = at else { break };
        at = shown.next_sibling();
        if wanted.contains_key(&key(node)) {
            known.insert(key(node), (shown, node));
        } else {
            if cursor.as_ref().is_some_and(|cursor| cursor.is_same_node(Some(&shown))) {
                cursor = at.clone();
            }
            parent.remove_child(&shown).expect_throw("a child can be removed");
        }
    }
    for node in new {
        match known.remove(&key(node)) {
            Some((shown, before)) => {
                if cursor.as_ref().is_some_and(|cursor| cursor.is_same_node(Some(&shown))) {
                    cursor = shown.next_sibling();
                } else {
                    parent.insert_before(&shown, cursor.as_ref()).expect_throw("a child can be moved");
                }
                patch(parent, &shown, before, node);
            }
            None => append(parent, node, cursor.as_ref()),
        }
    }
}

/// Makes what stands in the document already, as it was loaded, say what is so: an element of the same kind stays, and
/// with it what somebody types there; what is like nothing that is shown goes.
fn adopt(parent: &web_sys::Node, new: &[Node]) {
    let mut at = parent.first_child();
    for node in new {
        let mut found = at.clone();
        while let Some(other) = found.take_if(|found| !is_like(found, node)) {
            found = other.next_sibling();
        }
        let (Some(shown), Node::Element(element)) = (found, node) else {
            append(parent, node, at.as_ref());
            continue;
        };
        remove_until(parent, at, Some(&shown));
        at = shown.next_sibling();
        for (name, value) in &element.attributes {
            set(shown.unchecked_ref(), name, value);
        }
        patch_children(&shown, &[], &element.children);
    }
    remove_until(parent, at, None);
}

/// Whether an element of the document stands for this one. Of the terminals, only the active one does.
fn is_like(shown: &web_sys::Node, node: &Node) -> bool {
    let (Some(shown), Node::Element(element)) = (shown.dyn_ref::<web_sys::Element>(), node) else {
        return false;
    };
    let same = |name: &str| {
        let value = element.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| &**value);
        shown.get_attribute(name).as_deref() == value
    };
    shown.local_name() == element.tag && same("class") && same("data-active")
}

fn remove_until(parent: &web_sys::Node, from: Option<web_sys::Node>, end: Option<&web_sys::Node>) {
    let mut at = from;
    while let Some(extra) = at.take_if(|at| !at.is_same_node(end)) {
        at = extra.next_sibling();
        parent.remove_child(&extra).expect_throw("a child can be removed");
    }
}

fn key(node: &Node) -> Option<u64> {
    match node {
        Node::Text(_) => None,
        Node::Element(element) => element.key,
    }
}

fn patch(parent: &web_sys::Node, shown: &web_sys::Node, old: &Node, new: &Node) {
    match (old, new) {
        (Node::Text(old), Node::Text(new)) if old == new => {}
        // A browser that translates the page puts an element of its own in its place, which is replaced.
        (Node::Text(_), Node::Text(new)) if shown.node_type() == web_sys::Node::TEXT_NODE => {
            shown.set_node_value(Some(new));
        }
        (Node::Element(old), Node::Element(new)) if Rc::ptr_eq(old, new) => {}
        (Node::Element(old), Node::Element(new)) if old.tag == new.tag => {
            patch_attributes(shown.unchecked_ref(), old, new);
            patch_children(shown, &old.children, &new.children);
        }
        _ => replace(parent, shown, new),
    }
}

fn replace(parent: &web_sys::Node, shown: &web_sys::Node, new: &Node) {
    parent.replace_child(&create(new), shown).expect_throw("a child can be replaced");
}

fn patch_attributes(shown: &web_sys::Element, old: &Element, new: &Element) {
    for (name, value) in &new.attributes {
        if !old.attributes.iter().any(|before| before.0 == *name && before.1 == *value) {
            set(shown, name, value);
        }
    }
    for (name, _) in &old.attributes {
        if !new.attributes.iter().any(|(other, _)| other == name) {
            shown.remove_attribute(name).expect_throw("an attribute can be removed");
        }
    }
}

fn append(parent: &web_sys::Node, node: &Node, before: Option<&web_sys::Node>) {
    parent.insert_before(&create(node), before).expect_throw("a child can be inserted");
}

fn create(node: &Node) -> web_sys::Node {
    let document =
        web_sys::window().and_then(|window| window.document()).expect_throw("a page has a document");
    match node {
        Node::Text(text) => document.create_text_node(text).into(),
        Node::Element(element) => {
            let space = match element.tag {
                "svg" | "path" => "http://www.w3.org/2000/svg",
                _ => "http://www.w3.org/1999/xhtml",
            };
            let made = document.create_element_ns(Some(space), element.tag).expect_throw("tags are ours");
            for (name, value) in &element.attributes {
                set(&made, name, value);
            }
            // What is typed and what is printed stays as it is where a browser translates the page.
            if matches!(element.tag, "code" | "pre") {
                set(&made, "translate", "no");
            }
            for child in &element.children {
                append(&made, child, None);
            }
            made.into()
        }
    }
}

fn set(shown: &web_sys::Element, name: &str, value: &str) {
    shown.set_attribute(name, value).expect_throw("attribute names are ours");
}
