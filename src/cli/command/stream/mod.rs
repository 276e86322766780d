//! `nats stream`: streams, on which buckets are built.

pub mod add;
pub mod copy;
pub mod edit;
pub mod find;
pub mod gaps;
pub mod get;
pub mod info;
pub mod ls;
mod origins;
pub mod pick;
pub mod purge;
mod questions;
pub mod report;
pub mod rm;
pub mod rmm;
pub mod seal;
mod settings;
pub mod statistics;
pub mod subjects;
pub mod view;
