//! Values into fields as the real server takes them.

mod set;

pub(crate) use crate::base::json::{Json, Writer, parse, parse_all};
pub(crate) use set::{Problem, Set};
