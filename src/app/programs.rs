//! The programs of the terminals: `nats` and `nats-server`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::base::{Stdio, Zone};
use crate::cli;
use crate::client::{Address, Dial, DialError, Link};
use crate::shell::state::{Programs, Running};
use crate::sim::{Host, World, nats_server};

/// What the playground was checked against: the command's version and the server's.
pub const VERSIONS: [&str; 2] = [cli::parse::VERSION, crate::server::VERSION];

/// The commands of `nats` that run, in order.
pub const COMMANDS: &[&str] = &{
    let mut paths = [""; cli::command::SIMULATED.len()];
    let mut at = 0;
    while at < paths.len() {
        paths[at] = cli::command::SIMULATED[at].path;
        at += 1;
    }
    paths
};

/// The number of a terminal; it is not used again.
pub type TerminalId = u32;

/// Which terminal opened which connection.
pub(super) type Owners = Rc<RefCell<BTreeMap<u64, TerminalId>>>;

/// What can be run in one terminal.
pub(super) struct Table {
    pub(super) world: World,
    pub(super) terminal: TerminalId,
    pub(super) owners: Owners,
    pub(super) zone: Zone,
}

impl Programs for Table {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("nats", "the command line of NATS: buckets, keys, streams, messages"),
            ("nats-server", "starts a NATS server, with JetStream by -js"),
        ]
    }

    fn start(
        &self,
        name: &str,
        args: Vec<String>,
        vars: &BTreeMap<String, String>,
        stdio: Stdio,
    ) -> Option<Running> {
        let world = self.world.clone();
        match name {
            "nats" => {
                let env = cli::Env {
                    dial: Rc::new(OwnedDial {
                        world: world.clone(),
                        terminal: self.terminal,
                        owners: self.owners.clone(),
                    }),
                    clock: world.clock().clone(),
                    ids: world.ids().clone(),
                    variables: vars.clone(),
                    zone: self.zone,
                };
                Some(Box::pin(cli::run(args, env, stdio)))
            }
            "nats-server" => Some(Box::pin(nats_server(world, args, self.zone, stdio))),
            _ => None,
        }
    }
}

/// Dials the servers of the world, and notes for whom.
struct OwnedDial {
    world: World,
    terminal: TerminalId,
    owners: Owners,
}

impl Dial for OwnedDial {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Link, DialError>>>> {
        let here = matches!(address.host.as_str(), "127.0.0.1" | "localhost" | "0.0.0.0" | "::1" | "[::1]");
        let opened = if here { self.world.connect(Host { port: address.port }) } else { None };
        let link = opened.map(|(id, link)| {
            self.owners.borrow_mut().insert(id.0, self.terminal);
            link
        });
        Box::pin(std::future::ready(link.ok_or(DialError)))
    }
}
