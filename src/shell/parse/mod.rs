//! Reads a line, or several, into the tree of `syntax`.

mod command;
mod word;

pub use command::{is_complete, parse};
