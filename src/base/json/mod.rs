//! JSON as Go's `encoding/json` reads and writes it: values, and a writer of texts.

mod read;
mod write;

pub use read::{Json, parse, parse_all};
pub use write::{Writer, quote};
