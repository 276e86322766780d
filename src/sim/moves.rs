//! The world move by move, for whoever tries all orders: what a client has sent waits until the server is to take it, and what
//! a server has sent waits until it is to arrive.

use std::collections::BTreeSet;

use super::task::TaskId;
use super::world::World;
use crate::server::ConnId;

impl World {
    /// From now on what servers send waits until [`World::deliver`].
    pub fn hold_deliveries(&self) {
        self.network.borrow_mut().holds_deliveries = true;
    }

    /// Runs a task that has something to do and `may_run`, until it waits. `false` if there is none.
    pub fn run_task(&self, may_run: impl Fn(TaskId) -> bool) -> bool {
        let has_run = self.tasks.run_first(may_run);
        if has_run {
            self.count_turn();
        }
        has_run
    }

    /// The connections from which something waits for a server, as long as it has not closed them: bytes, or that the client
    /// is gone.
    pub fn unsent(&self) -> Vec<ConnId> {
        let network = self.network.borrow();
        let mut waiting: Vec<ConnId> = self.ready.borrow().iter().map(|id| ConnId(*id)).collect();
        waiting.retain(|id| network.connections.contains_key(id));
        waiting.sort_unstable();
        waiting.dedup();
        waiting
    }

    /// Lets `read` look at the bytes that a client has sent and no server has taken, and whether the client is gone.
    pub fn peek_unsent<T>(&self, connection: ConnId, read: impl FnOnce(&[u8], bool) -> T) -> T {
        let network = self.network.borrow();
        match network.connections.get(&connection).and_then(|connection| connection.end.as_ref()) {
            Some(end) => end.peek(|bytes| read(bytes, end.client_gone())),
            None => read(&[], true),
        }
    }

    /// The server takes the first `length` bytes of what a client has sent; where that is all of it, also that the client is
    /// gone.
    pub fn serve(&self, connection: ConnId, length: usize) {
        self.count_turn();
        self.ready.borrow_mut().retain(|id| *id != connection.0);
        let now = self.clock().now();
        let mut network = self.network.borrow_mut();
        let end = network.connections.get(&connection).and_then(|connection| connection.end.as_ref());
        let rest = end.map(|end| end.split_off(length)).unwrap_or_default();
        network.deliver_to_server(now, connection, rest.is_empty());
        while network.flush_pending() {}
        if let Some(end) = network.connections.get(&connection).and_then(|connection| connection.end.as_ref())
            && !rest.is_empty()
        {
            end.restore(rest);
        }
    }

    /// Forgets what a client has sent and no server has taken.
    pub fn forget_unsent(&self, connection: ConnId) {
        let network = self.network.borrow();
        if let Some(end) = network.connections.get(&connection).and_then(|connection| connection.end.as_ref())
        {
            end.split_off(0);
        }
    }

    /// The connections that are open on either side.
    pub fn connections(&self) -> BTreeSet<ConnId> {
        self.network.borrow().connections.keys().copied().collect()
    }

    /// The connections to which something is on its way.
    pub fn undelivered(&self) -> Vec<ConnId> {
        let network = self.network.borrow();
        let waiting = network.connections.iter().filter(|(_, connection)| !connection.undelivered.is_empty());
        waiting.map(|(id, _)| *id).collect()
    }

    /// Lets `read` look at what is on its way to a client.
    pub fn peek_undelivered<T>(&self, connection: ConnId, read: impl FnOnce(&[u8]) -> T) -> T {
        let network = self.network.borrow();
        read(network.connections.get(&connection).map_or(&[], |connection| &connection.undelivered))
    }

    /// What is on its way to a client arrives.
    pub fn deliver(&self, connection: ConnId) {
        self.arrive(connection, true);
    }

    /// What is on its way to a client never arrives.
    pub fn lose(&self, connection: ConnId) {
        self.arrive(connection, false);
    }

    fn arrive(&self, connection: ConnId, does_arrive: bool) {
        self.count_turn();
        let mut network = self.network.borrow_mut();
        let Some(connection) = network.connections.get_mut(&connection) else { return };
        let mut bytes = std::mem::take(&mut connection.undelivered);
        if let Some(end) = connection.end.as_ref().filter(|_| does_arrive) {
            end.send_all(&mut bytes);
        }
        if connection.closes {
            connection.end = None;
        }
    }
}
