//! What commands print: labelled columns, boxed tables, and the human forms of numbers, sizes, times and durations.

pub mod columns;
pub mod human;
pub mod table;
