//! The client protocol: from the bytes of a connection to routed messages.

mod handshake;
mod receive;
pub(crate) mod route;
pub(crate) mod router;
pub(crate) mod session;
pub(crate) mod system;
