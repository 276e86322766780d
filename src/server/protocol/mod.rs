//! The client protocol: from the bytes of a connection to routed messages.

pub(crate) mod handshake;
mod monitor;
pub(crate) mod outbox;
mod output;
pub(crate) mod output_queue;
mod parse_error;
mod receive;
pub(crate) mod reply_buffer;
pub(crate) mod route;
pub(crate) mod router;
pub(crate) mod session;
pub(crate) mod system;
