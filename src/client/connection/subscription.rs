//! Subscriptions and their messages.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::core::Core;
use crate::client::{Error, Message};
use crate::wire::ClientOp;

/// Interest in a subject, until it is dropped.
pub struct Subscription {
    core: Rc<Core>,
    sid: u64,
}

impl Subscription {
    pub(super) fn new(core: Rc<Core>, sid: u64) -> Subscription {
        Subscription { core, sid }
    }

    /// The next message; `None` after the last of a limited number.
    pub async fn next(&mut self) -> Result<Option<Message>, Error> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(in crate::client) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Message>, Error>> {
        self.core.poll(context, |state| {
            let Some(pending) = state.subscriptions.get_mut(&self.sid) else {
                return Some(None);
            };
            match pending.messages.pop_front() {
                Some(message) => Some(Some(message)),
                None if pending.remaining == Some(0) => Some(None),
                None => None,
            }
        })
    }

    /// Ends after `count` messages in all from now on.
    pub fn unsubscribe_after(&mut self, count: u64) -> Result<(), Error> {
        if let Some(pending) = self.core.state.borrow_mut().subscriptions.get_mut(&self.sid) {
            pending.remaining = Some(count);
        }
        self.core.send(ClientOp::Unsub { sid: &self.sid.to_string(), max: Some(count) })
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let removed = self.core.state.borrow_mut().subscriptions.remove(&self.sid);
        if removed.is_some_and(|pending| pending.remaining != Some(0)) {
            let _ = self.core.send(ClientOp::Unsub { sid: &self.sid.to_string(), max: None });
        }
    }
}
