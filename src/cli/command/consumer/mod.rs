//! `nats consumer`: consumers of streams.

pub mod add;
pub mod copy;
pub mod edit;
pub mod find;
pub mod info;
pub mod ls;
pub mod next;
pub mod pause;
mod pick;
pub mod report;
pub mod rm;
