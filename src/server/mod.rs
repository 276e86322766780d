//! An exact NATS server with JetStream as a value: bytes go in, bytes come out.
//!
//! It has no clock, no sockets and no chance of its own. Whoever drives it calls [`Server::handle`] with what
//! came on a connection, takes what [`Server::poll`] gives until that is `None`, and calls [`Server::tick`]
//! no later than [`Server::deadline`]. A picture of it is [`Server::view`], its news [`Server::take_events`].

pub mod banner;
pub mod consumer;
pub mod event;
pub mod options;
pub mod stream;
pub mod view;

pub use event::{CloseReason, Event, Telling, What};
pub use view::{View, Window};

/// A connection, numbered by whoever drives the server; a number is not used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// What came on a connection.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    Open {
        ip: String,
    },
    Bytes(&'a [u8]),
    Closed,
    /// So many bytes that were handed out have not been taken by the other side yet.
    Waiting(usize),
}

/// What is to be done on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Bytes(ConnId, Vec<u8>),
    /// After what was handed out before has been written.
    Close(ConnId, CloseReason),
}

/// The version of `nats-server` that this one is.
pub const VERSION: &str = "2.15.1";
