//! What can be seen of a server from outside: its events, and plain data about its state.

pub(crate) mod build_view;
pub mod event;
pub(crate) mod monitor;
pub mod view;
