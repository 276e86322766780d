//! What all handles of a connection share, and how they wait for the server.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use super::options::OnError;
use super::state::State;
use crate::base::{Clock, Ids};
use crate::client::reconnect::{Reconnect, Reconnecting};
use crate::client::{Address, Error};
use crate::wire::ClientOp;

pub(super) struct Core {
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) address: Address,
    pub(super) servers: Vec<Address>,
    /// For requests.
    pub(super) timeout: Duration,
    pub(super) reconnect: Option<Reconnect>,
    pub(super) on_error: Option<OnError>,
    pub(super) state: RefCell<State>,
}

impl Core {
    pub(super) fn send(&self, op: ClientOp<'_>) -> Result<(), Error> {
        self.state.borrow_mut().send(self.reconnect.is_some(), |out| op.encode(out))
    }

    /// Whether the connection was lost and may come back.
    pub(super) fn is_reconnecting(&self) -> bool {
        let state = self.state.borrow();
        state.pipe.is_none() && state.accepted_connect.is_some() && self.reconnect.is_some()
    }

    /// Waits until `find` finds what it looks for in what has come in.
    pub(super) async fn wait_for<T>(
        &self,
        mut find: impl FnMut(&mut State) -> Option<T>,
    ) -> Result<T, Error> {
        poll_fn(|context| self.poll(context, &mut find)).await
    }

    /// Reads what has come in, and asks `find` whether it is there.
    pub(super) fn poll<T>(
        &self,
        context: &mut Context<'_>,
        find: impl FnOnce(&mut State) -> Option<T>,
    ) -> Poll<Result<T, Error>> {
        let mut state = self.state.borrow_mut();
        state.receive();
        if !state.untold_errors.is_empty() {
            self.tell_errors(&mut state);
        }
        if let Some(found) = find(&mut state) {
            return Poll::Ready(Ok(found));
        }
        if state.pipe.is_none() {
            self.poll_reconnect(&mut state, context);
        }
        match &state.pipe {
            Some(pipe) => {
                pipe.wake_on_input(context.waker());
                Poll::Pending
            }
            None if state.reconnecting.is_some() => Poll::Pending,
            None => Poll::Ready(Err(state.refusal.take().map_or(Error::Closed, Error::Refused))),
        }
    }

    #[cold]
    fn tell_errors(&self, state: &mut State) {
        let errors = std::mem::take(&mut state.untold_errors);
        if let Some(tell) = &self.on_error {
            errors.iter().for_each(|error| (tell.0)(error));
        }
    }

    /// Goes on looking for a server, if the connection may come back.
    #[cold]
    fn poll_reconnect(&self, state: &mut State, context: &mut Context<'_>) {
        let Core { clock, ids, servers, reconnect, .. } = self;
        let (Some(reconnect), true) = (reconnect, state.accepted_connect.is_some()) else { return };
        let lost_reason = &mut state.lost_reason;
        let reconnecting = state.reconnecting.get_or_insert_with(|| {
            (reconnect.lost)(lost_reason.take().as_deref().unwrap_or("EOF"));
            Reconnecting::new(clock, ids)
        });
        if let Poll::Ready(pipe) = reconnecting.poll(context, &*reconnect.dial, servers, clock, ids) {
            state.resume(pipe);
        }
    }
}
