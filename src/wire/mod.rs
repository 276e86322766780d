//! The NATS client protocol as values: operations with their bytes in both directions, subjects, headers, and
//! the JSON bodies of INFO and CONNECT.
//!
//! Source: <https://docs.nats.io/reference/reference-protocols/nats-protocol>, and ADR-4 for headers.

pub mod decode;
pub mod encode;
pub mod headers;
pub mod info;
pub mod op;
pub mod packed;
pub mod subject;

pub use decode::{Decoder, Limits, Violation, first_low};
pub use headers::{Headers, Status};
pub use info::{Connect, Info};
pub use op::{ClientOp, ServerOp};
pub use packed::{Excerpt, Packed};
