//! Which terminal opened which connection.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::server::ConnId;

/// The number of a terminal, counted from 1; it is not used again.
pub type TerminalId = u32;

/// Which terminal opened which connection. Shared with the programs of the terminals, which add the connections that they
/// open.
#[derive(Clone, Default)]
pub(super) struct ConnectionOwners(Rc<RefCell<BTreeMap<ConnId, TerminalId>>>);

impl ConnectionOwners {
    pub(super) fn insert(&self, connection: ConnId, terminal: TerminalId) {
        self.0.borrow_mut().insert(connection, terminal);
    }

    /// `None` for a client that is in no terminal.
    pub(super) fn get(&self, connection: ConnId) -> Option<TerminalId> {
        self.0.borrow().get(&connection).copied()
    }
}
