//! Messages as they come.

use std::future::poll_fn;
use std::task::{Context, Poll};

use super::Connection;
use crate::client::{Error, Message};
use crate::wire::ClientOp;

/// Interest in a subject, until it is dropped.
pub struct Subscription {
    pub(super) connection: Connection,
    pub(super) sid: u64,
}

impl Subscription {
    /// The next message; `None` after the last of a limited number.
    pub async fn next(&mut self) -> Result<Option<Message>, Error> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(in crate::client) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Message>, Error>> {
        self.connection.poll(context, |state| {
            let Some(inbox) = state.subscriptions.get_mut(&self.sid) else {
                return Some(None);
            };
            match inbox.waiting.pop_front() {
                Some(message) => Some(Some(message)),
                None if inbox.left == Some(0) => Some(None),
                None => None,
            }
        })
    }

    /// Ends after `count` messages in all from now on.
    pub fn unsubscribe_after(&mut self, count: u64) -> Result<(), Error> {
        if let Some(inbox) = self.connection.0.state.borrow_mut().subscriptions.get_mut(&self.sid) {
            inbox.left = Some(count);
        }
        self.connection.send(ClientOp::Unsub { sid: &self.sid.to_string(), max: Some(count) })
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let known = self.connection.0.state.borrow_mut().subscriptions.remove(&self.sid);
        if known.is_some_and(|inbox| inbox.left != Some(0)) {
            let _ = self.connection.send(ClientOp::Unsub { sid: &self.sid.to_string(), max: None });
        }
    }
}
