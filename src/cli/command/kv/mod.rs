//! `nats kv`: Key/Value buckets.

pub mod add;
pub mod compact;
pub mod create;
pub mod del;
pub mod edit;
pub mod get;
pub mod history;
pub mod info;
pub mod ls;
pub mod purge;
pub mod put;
pub mod revert;
pub mod status;
pub mod update;
pub mod watch;
