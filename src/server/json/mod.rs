//! JSON as Go's `encoding/json` reads and writes it: the real server's bodies and its errors about ours.

mod read;
mod set;
mod write;

pub(crate) use read::{Json, parse, parse_all};
pub(crate) use set::{Problem, Set};
pub(crate) use write::Writer;
