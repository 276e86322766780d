//! What commands print: labelled columns, boxed tables, JSON, messages, and the human forms of numbers, sizes and times.

pub mod columns;
pub mod human;
pub mod json;
pub mod message;
pub mod table;
mod wrap;
