//! What stands in a text for a name in braces.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// The value of an argument. A count may choose between forms of a sentence, as singular and plural.
#[derive(Clone, Debug)]
pub enum Argument<'a> {
    Text(Cow<'a, str>),
    Count(usize),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Argument<'a> {
        Argument::Text(text.into())
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Argument::Text(text.into())
    }
}

impl From<usize> for Argument<'_> {
    fn from(count: usize) -> Self {
        Argument::Count(count)
    }
}

/// A revision or the like, of which there is but one: it is written as it is.
impl From<u64> for Argument<'_> {
    fn from(number: u64) -> Self {
        Argument::Text(number.to_string().into())
    }
}

impl From<i32> for Argument<'_> {
    fn from(number: i32) -> Self {
        Argument::Text(number.to_string().into())
    }
}

impl<'a> From<Argument<'a>> for FluentValue<'a> {
    fn from(argument: Argument<'a>) -> FluentValue<'a> {
        match argument {
            Argument::Text(text) => FluentValue::String(text),
            Argument::Count(count) => FluentValue::from(count),
        }
    }
}
