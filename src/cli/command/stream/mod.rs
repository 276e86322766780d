//! `nats stream`: streams, on which buckets are built.

pub mod get;
pub mod info;
pub mod ls;
pub mod pick;
pub mod purge;
pub mod report;
pub mod rm;
pub mod rmm;
pub mod subjects;
pub mod view;
