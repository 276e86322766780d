//! What goals are judged by: the server and the terminals as they are now, and what has happened.

use crate::server::event::Event;
use crate::server::view::View;

#[derive(Clone, Copy, Debug, Default)]
pub struct WorldState<'a> {
    /// `None` while no server runs.
    pub server: Option<&'a View>,
    /// What has happened since the last time, oldest first.
    pub events: &'a [Event],
    /// What came of these events where clients contended for a key, in their order.
    pub contentions: &'a [Contention],
    pub terminals: &'a [TerminalStatus],
}

/// Clients have got in each other's way at a key, or have found the way out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contention {
    /// The place of its event among all.
    pub event: usize,
    pub stream: String,
    pub subject: String,
    pub kind: ContentionKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentionKind {
    /// A client has read the same revision as another one.
    SharedRead,
    /// A client has replaced a revision that it had not read, though it had read one before that.
    LostUpdate,
    /// A client whose update was refused has read again, and updated from there.
    Retried,
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
