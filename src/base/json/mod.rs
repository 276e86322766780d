//! JSON as Go's `encoding/json` reads and writes it: values, a writer of texts, and structs that are objects.

mod body;
mod read;
mod write;

pub(crate) use body::fields;
pub use body::{Body, Field, Fields, body, read};
pub use read::{Json, parse, parse_all};
pub use write::{Writer, quote};
