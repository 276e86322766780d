//! What Go's standard library prints and reads, each once: the real programs' texts are made of it.
//!
//! Only the formats; whoever uses them says which text stands where. The tables in the tests are what Go 1.26 gives.

pub mod doc;
mod duration;
mod human;
mod number;
mod quote;
mod sort;
pub mod time;

pub use duration::{Nanos, parse_duration};
pub use human::{age, comma, count, friendly_bytes, ibytes, uptime};
pub use number::{atoi, flag_int, parse_bool, parse_decimal, parse_float, parse_int, parse_uint};
pub use quote::quote;
pub use sort::sort_slice;
