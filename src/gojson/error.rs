//! Why a body cannot be read, in Go's words.

use std::fmt;

/// Why JSON cannot be read into a type. `Display` gives the text of Go's error.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The text ends within a value.
    UnexpectedEof,
    /// The text is not JSON.
    Syntax {
        text: String,
        /// Bytes up to and with the wrong character.
        offset: usize,
    },
    /// A value of a wrong type.
    Type(Box<Mismatch>),
    /// A field that the type does not have. `None` until the object around it has told its name.
    UnknownField(Option<String>),
    /// A text of its own.
    Custom(String),
}

/// A value that is not of the type that should stand there.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// What stands there: `string`, `number 1.5`.
    found: String,
    /// Go's name of the type that should.
    wanted: String,
    /// The way to the value, its last step first.
    path: Vec<Step>,
    /// Go's name of the outermost type.
    root: &'static str,
}

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Field(String),
    Item(usize),
}

impl Error {
    pub(super) fn mismatch(found: impl Into<String>, wanted: impl Into<String>) -> Error {
        Error::Type(Box::new(Mismatch {
            found: found.into(),
            wanted: wanted.into(),
            path: Vec::new(),
            root: "",
        }))
    }

    /// The error as it is seen from a value around this one.
    pub(super) fn within(mut self, step: Step) -> Error {
        if let Error::Type(mismatch) = &mut self {
            mismatch.path.push(step);
        }
        self
    }

    pub(super) fn within_type(mut self, name: &'static str) -> Error {
        if let Error::Type(mismatch) = &mut self {
            mismatch.root = name;
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::UnexpectedEof => f.write_str("unexpected EOF"),
            Error::Syntax { text, offset } => write!(f, "{text} at offset {offset}"),
            Error::UnknownField(name) => {
                let name = name.as_deref().unwrap_or_default();
                write!(f, "json: unknown field {}", crate::gofmt::quote(name))
            }
            Error::Custom(text) => f.write_str(text),
            Error::Type(mismatch) => mismatch.fmt(f),
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "json: cannot unmarshal {} into ", self.found)?;
        match self.path.first() {
            None => return write!(f, "Go value of type {}", self.wanted),
            Some(Step::Field(_)) => f.write_str("Go struct field ")?,
            Some(Step::Item(_)) => {}
        }
        f.write_str(self.root.rsplit('.').next().unwrap_or_default())?;
        for step in self.path.iter().rev() {
            match step {
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, ".{index}")?,
            }
        }
        write!(f, " of type {}", self.wanted)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(text: T) -> Error {
        Error::Custom(text.to_string())
    }
}
