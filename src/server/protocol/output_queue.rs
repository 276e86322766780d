//! Sessions whose output is to be handed out, in the order in which they got it.

use std::collections::VecDeque;

use crate::server::keys::SessionKey;
use crate::server::protocol::session::Session;

/// A session is queued once at most.
#[derive(Debug, Default)]
pub(crate) struct OutputQueue(VecDeque<SessionKey>);

impl OutputQueue {
    pub(crate) fn push(&mut self, key: SessionKey, session: &mut Session) {
        if !session.is_queued {
            session.is_queued = true;
            self.0.push_back(key);
        }
    }

    /// Queues a session before all others.
    pub(crate) fn push_first(&mut self, key: SessionKey, session: &mut Session) {
        session.is_queued = true;
        self.0.push_front(key);
    }

    pub(crate) fn pop(&mut self) -> Option<SessionKey> {
        self.0.pop_front()
    }

    pub(crate) fn first(&self) -> Option<SessionKey> {
        self.0.front().copied()
    }
}
