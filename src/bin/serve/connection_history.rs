//! The connections that have been closed, and counts of what went wrong.

use std::cell::{Cell, Ref, RefCell};
use std::collections::VecDeque;

use playground::base::Time;
use playground::server::CloseReason;
use playground::server::view::ConnectionView;

/// How many closed connections are kept, as `max_closed_clients` of nats-server.
const MAX_CLOSED: usize = 10_000;

#[derive(Default)]
pub(crate) struct ConnectionHistory {
    opened: Cell<u64>,
    closed: RefCell<VecDeque<ClosedConnection>>,
    slow_consumers: Cell<u64>,
    stale: Cell<u64>,
    stalled: Cell<u64>,
}

pub(crate) struct ClosedConnection {
    /// As it was at the end.
    pub(crate) view: ConnectionView,
    /// The client's address and port.
    pub(crate) address: String,
    pub(crate) is_websocket: bool,
    pub(crate) stop: Time,
    pub(crate) reason: CloseReason,
}

/// How often clients were in trouble so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TroubleCounts {
    pub(crate) slow_consumers: u64,
    pub(crate) stale_connections: u64,
    pub(crate) stalled_clients: u64,
}

impl ConnectionHistory {
    /// Counts a new connection. Returns the count.
    pub(crate) fn open(&self) -> u64 {
        increment(&self.opened);
        self.opened.get()
    }

    /// How many connections there were, the open ones included.
    pub(crate) fn opened(&self) -> u64 {
        self.opened.get()
    }

    pub(crate) fn close(&self, connection: ClosedConnection) {
        match connection.reason {
            CloseReason::SlowConsumer => increment(&self.slow_consumers),
            CloseReason::Stale => increment(&self.stale),
            _ => {}
        }
        let mut closed = self.closed.borrow_mut();
        if closed.len() == MAX_CLOSED {
            closed.pop_front();
        }
        closed.push_back(connection);
    }

    /// The last ones, the oldest first.
    pub(crate) fn closed(&self) -> Ref<'_, VecDeque<ClosedConnection>> {
        self.closed.borrow()
    }

    /// Counts a client that was held back.
    pub(crate) fn stall(&self) {
        increment(&self.stalled);
    }

    pub(crate) fn troubles(&self) -> TroubleCounts {
        TroubleCounts {
            slow_consumers: self.slow_consumers.get(),
            stale_connections: self.stale.get(),
            stalled_clients: self.stalled.get(),
        }
    }
}

fn increment(count: &Cell<u64>) {
    count.set(count.get() + 1);
}
