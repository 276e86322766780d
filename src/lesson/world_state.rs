//! What goals are judged by: the server and the terminals as they are now, and what has happened.

use crate::server::event::Event;
use crate::server::view::View;

#[derive(Clone, Copy, Debug, Default)]
pub struct WorldState<'a> {
    /// `None` while no server runs.
    pub server: Option<&'a View>,
    /// What has happened since the last time, oldest first.
    pub events: &'a [Event],
    pub terminals: &'a [TerminalStatus],
}

/// A terminal, as far as goals are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalStatus {
    pub name: String,
    /// The command in front waits for an answer.
    pub asks: bool,
    /// A command runs in front, which may be asking.
    pub busy: bool,
}
