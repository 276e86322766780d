//! What of a world is compared with another moment of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::app::{App, HOST};
use crate::server::view::View;
use crate::server::{ConnId, StreamWindow};

/// How many keys of each bucket are compared, of those that changed last.
const MOST_KEYS: usize = 10_000;

/// What of a world is compared with another moment of it.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// `None` while no server runs.
    pub view: Option<Rc<View>>,
    /// The names of the terminals.
    pub terminals: Vec<String>,
    /// The name of the terminal that has a connection.
    pub owners: BTreeMap<ConnId, String>,
}

impl App {
    /// As it was observed last, with the keys of each bucket that changed last.
    pub(super) fn observed_snapshot(&self) -> Snapshot {
        self.snapshot_of(self.observation.activity.shared_view())
    }

    /// As it is now, with as many keys as are compared at all.
    pub fn snapshot(&self) -> Snapshot {
        let world = self.simulation.world();
        let view = world.with_server(HOST, |server| {
            server.view_with(&|_| StreamWindow { subjects: 0..MOST_KEYS, ..StreamWindow::default() })
        });
        self.snapshot_of(view.map(Rc::new))
    }

    fn snapshot_of(&self, view: Option<Rc<View>>) -> Snapshot {
        let connections = view.iter().flat_map(|view| &view.connections);
        let owners = connections
            .filter_map(|connection| {
                let terminal = self.terminals.owner(Some(connection.id))?;
                Some((connection.id, terminal.name.to_owned()))
            })
            .collect();
        Snapshot { owners, terminals: self.terminals.iter().map(|it| it.name().to_owned()).collect(), view }
    }
}
