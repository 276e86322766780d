//! What can be seen of a server from outside: its events, and plain data about its state.

pub(crate) mod build_view;
pub(crate) mod connection_info;
pub mod event;
pub(crate) mod event_log;
pub(crate) mod monitor;
pub(crate) mod operation;
pub mod view;
