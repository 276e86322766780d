//! A NATS client: connections, requests, the JetStream calls that Key/Value needs, and Key/Value itself.
//!
//! It speaks bytes over a [`Pipe`] and knows nothing of any server's code, so that it works with the simulated server and
//! with real ones.

pub mod connection;
pub mod dial;
pub mod error;
pub mod jetstream;
pub mod kv;
pub mod ordered;
pub mod pipe;
pub mod publish;
pub mod pull;
pub mod reconnect;

pub use connection::{Connection, OnError, Options, Subscription};
pub use dial::{Address, Dial, DialError};
pub use error::Error;
pub use jetstream::{JetStream, MessageSelector, StoredMessage};
pub use pipe::{Pipe, PipeEnd};
pub use publish::PubAckFuture;
pub use pull::PullConsumer;
pub use reconnect::Reconnect;

pub use crate::wire::{Headers, Info, MessageBuf as Message, ack_subject, headers, subject};
