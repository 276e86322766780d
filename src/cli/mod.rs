//! The `nats` command: one table of commands, a parser and help pages that read it, and a file a command.

pub mod call;
pub mod doc;
pub mod go_sort;
pub mod help;
pub mod output;
pub mod parse;
pub mod table;
pub mod text;
pub mod values;
