//! `nats consumer`: consumers of streams.

pub mod add;
pub mod info;
pub mod ls;
pub mod next;
pub mod pause;
mod pick;
pub mod report;
pub mod rm;
