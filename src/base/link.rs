//! Links in the output of programs: what a part of a text refers to, as a value beside the text.
//!
//! They are what hyperlinks (OSC 8) are in other terminals, but out of band and typed: a program links a part of its output
//! to a value of any type, a terminal keeps the value, a pipe drops it, and whoever reads the screen asks for the type.

use std::any::Any;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

/// What a part of the output refers to. Clones are the same link.
#[derive(Clone)]
pub struct Link(Rc<dyn Any>);

impl Link {
    pub fn new<T: Any>(target: T) -> Link {
        Link(Rc::new(target))
    }

    /// The target, if it is of this type.
    pub fn target<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

/// The target of a link to a file or a folder: its absolute path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    pub path: String,
    pub is_folder: bool,
}

impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Link {}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link")
    }
}

/// Output with the links of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedText {
    bytes: Vec<u8>,
    /// INVARIANT: the ranges lie within `bytes`, ascend and do not overlap.
    links: Vec<(Range<usize>, Link)>,
}

impl LinkedText {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn push(&mut self, text: impl AsRef<[u8]>) {
        self.bytes.extend_from_slice(text.as_ref());
    }

    pub fn push_linked(&mut self, text: impl AsRef<[u8]>, link: &Link) {
        let start = self.bytes.len();
        self.push(text);
        if start < self.bytes.len() {
            self.links.push((start..self.bytes.len(), link.clone()));
        }
    }

    pub fn append(&mut self, other: &LinkedText) {
        let start = self.bytes.len();
        self.push(&other.bytes);
        let moved =
            |(range, link): &(Range<usize>, Link)| (range.start + start..range.end + start, link.clone());
        self.links.extend(other.links.iter().map(moved));
    }

    /// Shortens the text to so many bytes.
    pub fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
        self.links.retain_mut(|(range, _)| {
            range.end = range.end.min(len);
            range.start < range.end
        });
    }

    /// The text in order, in parts that have one link or none.
    pub fn parts(&self) -> impl Iterator<Item = (&[u8], Option<&Link>)> {
        let mut from = 0;
        let linked = self.links.iter().flat_map(move |(range, link)| {
            let plain = &self.bytes[std::mem::replace(&mut from, range.end)..range.start];
            [(plain, None), (&self.bytes[range.clone()], Some(link))]
        });
        let rest = &self.bytes[self.links.last().map_or(0, |(range, _)| range.end)..];
        linked.chain([(rest, None)]).filter(|(bytes, _)| !bytes.is_empty())
    }
}

impl<T: AsRef<[u8]>> From<T> for LinkedText {
    fn from(text: T) -> LinkedText {
        LinkedText { bytes: text.as_ref().to_vec(), links: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &LinkedText) -> String {
        let part = |(bytes, link): (&[u8], Option<&Link>)| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            link.map_or(text.clone(), |link| format!("[{text}]({})", link.target::<u32>().expect("a number")))
        };
        text.parts().map(part).collect()
    }

    #[test]
    fn links_stay_with_their_parts() {
        let mut line = LinkedText::from("key ");
        line.push_linked("k", &Link::new(1u32));
        line.push_linked("", &Link::new(2u32));
        line.push(" at ");
        line.push_linked("3", &Link::new(3u32));
        assert_eq!(shown(&line), "key [k](1) at [3](3)");
        let mut text = LinkedText::from("> ");
        text.append(&line);
        text.push(".");
        assert_eq!(shown(&text), "> key [k](1) at [3](3).");
        text.truncate(7);
        assert_eq!(shown(&text), "> key [k](1)");
        text.truncate(6);
        assert_eq!(shown(&text), "> key ");
    }
}
