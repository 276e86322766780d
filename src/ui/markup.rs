//! Pieces of the page as plain values: what is drawn is a function of the state, and can be compared and read in a test.

use super::click::Click;
use std::borrow::Cow;
use std::rc::Rc;

pub(super) type Text = Cow<'static, str>;

/// Text, which is never read as markup, or an element.
#[derive(Clone)]
pub(super) enum Node {
    Text(Text),
    /// Shared, so that a part that did not change is known by its address.
    Element(Rc<Element>),
}

pub(super) struct Element {
    pub(super) tag: &'static str,
    /// Who this is among its siblings, where these come and go. Either all siblings have one, or none.
    pub(super) key: Option<u64>,
    pub(super) attributes: Vec<(&'static str, Text)>,
    /// What a click does.
    pub(super) click: Option<Click>,
    pub(super) children: Vec<Node>,
}

/// An element that is being put together. It is one pointer, which is quickly and shortly handed on; nobody else has it.
pub(super) struct Builder(Rc<Element>);

/// An element without attributes or children.
pub(super) fn el(tag: &'static str) -> Builder {
    Builder(Rc::new(Element { tag, key: None, attributes: Vec::new(), click: None, children: Vec::new() }))
}

/// An element with these classes.
pub(super) fn classed(tag: &'static str, class: &'static str) -> Builder {
    el(tag).attr("class", class)
}

/// A button with these classes.
pub(super) fn button(class: &'static str, click: Click) -> Builder {
    classed("button", class).attr("type", "button").click(click)
}

/// Text for ears only.
pub(super) fn unseen(text: impl Into<Text>) -> Node {
    classed("span", "unseen").text(text).node()
}

pub(super) fn text(text: impl Into<Text>) -> Node {
    Node::Text(text.into())
}

impl Builder {
    fn change(mut self, change: impl FnOnce(&mut Element)) -> Builder {
        if let Some(element) = Rc::get_mut(&mut self.0) {
            change(element);
        }
        self
    }

    pub(super) fn attr(self, name: &'static str, value: impl Into<Text>) -> Builder {
        self.change(|element| element.attributes.push((name, value.into())))
    }

    /// What the tests of the page find this by, where it has neither a role nor a name of its own.
    pub(super) fn test_id(self, id: &'static str) -> Builder {
        self.attr("data-testid", id)
    }

    /// An attribute that says yes or no.
    pub(super) fn flag(self, name: &'static str, value: bool) -> Builder {
        self.attr(name, if value { "true" } else { "false" })
    }

    /// An attribute that is there or not.
    pub(super) fn attr_if(self, name: &'static str, given: bool) -> Builder {
        if given { self.attr(name, "") } else { self }
    }

    pub(super) fn key(self, key: u64) -> Builder {
        self.change(|element| element.key = Some(key))
    }

    /// Who this is among its siblings, by a name.
    pub(super) fn named(self, name: &str) -> Builder {
        // FNV-1a: names are few, and short.
        self.key(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    pub(super) fn click(self, click: Click) -> Builder {
        self.change(|element| element.click = Some(click))
    }

    pub(super) fn text(self, text: impl Into<Text>) -> Builder {
        self.change(|element| element.children.push(Node::Text(text.into())))
    }

    pub(super) fn child(self, child: impl Into<Node>) -> Builder {
        self.change(|element| element.children.push(child.into()))
    }

    pub(super) fn children(self, children: impl IntoIterator<Item = Node>) -> Builder {
        children.into_iter().fold(self, Builder::child)
    }

    pub(super) fn node(self) -> Node {
        Node::Element(self.0)
    }
}

impl From<Builder> for Node {
    fn from(builder: Builder) -> Node {
        builder.node()
    }
}
