//! Reads JSON texts, as deep as values may be.

use jaq_json::{Val, read};

use super::value::DEPTH_MAX;

/// The values in a text, up to the first that is wrong.
pub(super) fn values(text: &[u8]) -> Box<dyn Iterator<Item = Result<Val, String>> + '_> {
    let mut brackets = Brackets::default();
    brackets.add(text);
    if brackets.deepest > DEPTH_MAX {
        return Box::new(std::iter::once(Err("Exceeds depth limit for parsing".to_owned())));
    }
    let mut is_wrong = false;
    let values =
        read::parse_many(text).take_while(move |value| !std::mem::replace(&mut is_wrong, value.is_err()));
    Box::new(values.map(|value| value.map_err(|error| error.to_string())))
}

/// The only value in a text.
pub(super) fn value(text: &[u8]) -> Option<Val> {
    let mut all = values(text);
    all.next()?.ok().filter(|_| all.next().is_none())
}

/// The brackets that are open in a text, as far as it has come.
#[derive(Default)]
pub(super) struct Brackets {
    open: u32,
    deepest: u32,
    in_string: bool,
    is_escaped: bool,
}

impl Brackets {
    pub(super) fn add(&mut self, text: &[u8]) {
        for byte in text {
            match byte {
                _ if std::mem::take(&mut self.is_escaped) => {}
                b'\\' if self.in_string => self.is_escaped = true,
                b'"' => self.in_string = !self.in_string,
                b'[' | b'{' if !self.in_string => {
                    self.open += 1;
                    self.deepest = self.deepest.max(self.open);
                }
                b']' | b'}' if !self.in_string => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// Whether no bracket and no string is open.
    pub(super) fn are_closed(&self) -> bool {
        self.open == 0 && !self.in_string
    }
}
