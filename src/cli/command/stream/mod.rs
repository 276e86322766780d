//! `nats stream`: streams, on which buckets are built.

pub mod add;
pub mod copy;
pub mod edit;
pub mod find;
pub mod get;
pub mod info;
pub mod ls;
pub mod pick;
pub mod purge;
pub mod report;
pub mod rm;
pub mod rmm;
pub mod seal;
mod settings;
pub mod statistics;
pub mod subjects;
pub mod view;
