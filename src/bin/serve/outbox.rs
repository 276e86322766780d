//! What waits to be written to one connection.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use tokio::sync::Notify;

pub(crate) struct Outbox {
    /// The client's address and port.
    pub(crate) address: String,
    pub(crate) is_websocket: bool,
    /// The server's number for its client, as in INFO.
    pub(crate) number: Cell<u64>,
    chunks: RefCell<VecDeque<Vec<u8>>>,
    /// Bytes that have not been written yet, those of the chunk that is being written included.
    pending: Cell<usize>,
    state: Cell<State>,
    state_changed: Notify,
    /// There is a new chunk, or another state.
    writer: Notify,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Open,
    /// Nothing more will come; what is there is still written.
    Closing,
    /// What is there is discarded.
    Aborted,
}

impl Outbox {
    pub(crate) fn new(address: String, is_websocket: bool) -> Outbox {
        Outbox {
            address,
            is_websocket,
            number: Cell::new(0),
            chunks: RefCell::default(),
            pending: Cell::new(0),
            state: Cell::new(State::Open),
            state_changed: Notify::new(),
            writer: Notify::new(),
        }
    }

    pub(crate) fn push(&self, bytes: Vec<u8>) {
        self.pending.set(self.pending.get() + bytes.len());
        self.chunks.borrow_mut().push_back(bytes);
        self.writer.notify_one();
    }

    /// The next chunk to write; `None` when the connection is to be closed.
    pub(crate) async fn next(&self) -> Option<Vec<u8>> {
        loop {
            if self.state.get() == State::Aborted {
                return None;
            }
            if let Some(chunk) = self.chunks.borrow_mut().pop_front() {
                return Some(chunk);
            }
            if self.state.get() == State::Closing {
                return None;
            }
            self.writer.notified().await;
        }
    }

    /// Notes that bytes have been written. Returns how many were pending before.
    pub(crate) fn written(&self, bytes: usize) -> usize {
        let before = self.pending.get();
        self.pending.set(before.saturating_sub(bytes));
        before
    }

    pub(crate) fn pending(&self) -> usize {
        self.pending.get()
    }

    pub(crate) fn chunks(&self) -> usize {
        self.chunks.borrow().len()
    }

    /// Closes the connection once everything is written.
    pub(crate) fn close(&self) {
        self.change(State::Closing);
    }

    /// Closes the connection at once.
    pub(crate) fn abort(&self) {
        self.change(State::Aborted);
    }

    fn change(&self, state: State) {
        if state > self.state.get() {
            self.state.set(state);
            self.state_changed.notify_waiters();
            self.writer.notify_one();
        }
    }

    /// Waits until the connection is to be closed.
    pub(crate) async fn closed(&self) {
        self.reached(State::Closing).await;
    }

    /// Waits until what is pending is discarded.
    pub(crate) async fn aborted(&self) {
        self.reached(State::Aborted).await;
    }

    async fn reached(&self, state: State) {
        loop {
            let changed = self.state_changed.notified();
            if self.state.get() >= state {
                return;
            }
            changed.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_pending_is_written_before_the_connection_closes() {
        let outbox = Outbox::new(String::new(), false);
        outbox.push(b"one".to_vec());
        outbox.close();
        outbox.closed().await;
        assert_eq!(outbox.next().await, Some(b"one".to_vec()));
        assert_eq!(outbox.written(3), 3);
        assert_eq!((outbox.next().await, outbox.pending()), (None, 0));
    }

    #[tokio::test]
    async fn an_abort_wakes_whoever_waits() {
        let outbox = Outbox::new(String::new(), false);
        outbox.push(b"one".to_vec());
        let abort = async {
            tokio::task::yield_now().await;
            outbox.abort();
        };
        tokio::join!(outbox.aborted(), outbox.closed(), abort);
        assert_eq!(outbox.next().await, None);
    }
}
