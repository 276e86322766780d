//! The NATS client protocol as values: operations with their bytes in both directions, subjects, headers, and
//! the JSON bodies of INFO and CONNECT.
//!
//! Source: <https://docs.nats.io/reference/reference-protocols/nats-protocol>, and ADR-4 for headers.

pub mod ack_subject;
pub mod decode;
pub mod encode;
pub mod headers;
pub mod info;
pub mod message_buf;
pub mod op;
pub mod subject;

pub use ack_subject::AckSubject;
pub use decode::{Decoder, Limits, Violation, find_control_or_space};
pub use headers::{Headers, Status};
pub use info::{Connect, Info};
pub use message_buf::{Excerpt, MessageBuf};
pub use op::{ClientOp, ServerOp, Verb};
