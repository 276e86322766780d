//! Holds back clients that fill the outboxes of others, as nats-server does with fast producers.

use std::cell::Cell;
use std::time::Duration;

use tokio::sync::Notify;

/// The longest that a client is held back.
const STALL_MAX: Duration = Duration::from_millis(10);

pub(crate) struct Backpressure {
    /// An outbox with more bytes is full.
    threshold: usize,
    /// What a client just sent has filled an outbox.
    is_stalling: Cell<bool>,
    /// An outbox is no longer full.
    relief: Notify,
}

impl Backpressure {
    /// `max_pending` is the limit of an outbox, in bytes.
    pub(crate) fn new(max_pending: usize) -> Backpressure {
        Backpressure { threshold: max_pending / 4 * 3, is_stalling: Cell::new(false), relief: Notify::new() }
    }

    /// Notes that an outbox has grown to so many bytes.
    pub(crate) fn grown(&self, pending: usize) {
        if pending > self.threshold {
            self.is_stalling.set(true);
        }
    }

    /// Notes that an outbox of so many bytes has shrunk.
    pub(crate) fn shrunk(&self, pending_before: usize) {
        if pending_before > self.threshold {
            self.relief.notify_waiters();
        }
    }

    /// Whether the client that has sent something last is to be held back. Asking resets it.
    pub(crate) fn take_stall(&self) -> bool {
        self.is_stalling.replace(false)
    }

    /// Waits until an outbox is no longer full, or for the longest time.
    pub(crate) async fn wait(&self) {
        let _ = tokio::time::timeout(STALL_MAX, self.relief.notified()).await;
    }
}
