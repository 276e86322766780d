//! Requests and their answers.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::Connection;
use crate::base::Scattered;
use crate::base::clock::Sleep;
use crate::client::{Error, Message};

/// A request under way, whose first answer is waited for. It is forgotten when this is dropped.
pub struct Request<'a> {
    pub(super) connection: &'a Connection,
    pub(super) token: Scattered,
    pub(super) patience: Sleep,
}

impl<'a> Request<'a> {
    pub(in crate::client) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// For how long it still waits.
    pub(in crate::client) fn left(&self) -> Duration {
        self.patience.left()
    }
}

impl Future for Request<'_> {
    type Output = Result<Message, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Message, Error>> {
        let Request { connection, token, patience } = &mut *self;
        match connection.poll(context, |state| state.answers.get_mut(token)?.take()) {
            Poll::Ready(Ok(message)) if message.body().is_empty() && message.status() == Some(503) => {
                Poll::Ready(Err(Error::NoResponders))
            }
            Poll::Pending => Pin::new(patience).poll(context).map(|()| Err(Error::Timeout)),
            ready => ready,
        }
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        self.connection.0.state.borrow_mut().answers.remove(&self.token);
    }
}
