//! What commands print: labelled columns, boxed tables, JSON and messages.

pub mod char_width;
pub mod columns;
pub mod difference;
pub mod json;
pub mod message;
pub mod progress;
pub mod table;
mod wrap;
