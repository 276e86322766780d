//! Requests and their replies.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::core::Core;
use crate::base::ReplyToken;
use crate::base::clock::Sleep;
use crate::client::{Error, Message};

/// A request under way; resolves to its first reply. Dropping it stops waiting.
pub struct Request<'a> {
    core: &'a Core,
    token: ReplyToken,
    timeout: Sleep,
}

impl<'a> Request<'a> {
    pub(super) fn new(core: &'a Core, token: ReplyToken, timeout: Sleep) -> Request<'a> {
        Request { core, token, timeout }
    }

    /// For how long it still waits.
    pub(in crate::client) fn remaining(&self) -> Duration {
        self.timeout.left()
    }
}

impl Future for Request<'_> {
    type Output = Result<Message, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Message, Error>> {
        let Request { core, token, timeout } = &mut *self;
        match core.poll(context, |state| state.replies.get_mut(token)?.take()) {
            Poll::Ready(Ok(message)) if message.body().is_empty() && message.status() == Some(503) => {
                Poll::Ready(Err(Error::NoResponders))
            }
            Poll::Pending => Pin::new(timeout).poll(context).map(|()| Err(Error::Timeout)),
            ready => ready,
        }
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        self.core.state.borrow_mut().replies.remove(&self.token);
    }
}
