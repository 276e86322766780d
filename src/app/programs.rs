//! The programs of the terminals: `nats` and `nats-server`.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::owners::{ConnectionOwners, TerminalId};
use crate::base::TimeZone;
use crate::cli;
use crate::client::{Address, Dial, DialError, Pipe};
use crate::programs::{Invocation, Programs, Running};
use crate::sim::{Host, ServerMachine, World, nats_server};

/// The versions that the playground is compared with: of the `nats` command and of the server.
pub const VERSIONS: [&str; 2] = [cli::parse::VERSION, crate::server::VERSION];

/// The simulated commands of `nats`, in order.
pub const COMMANDS: &[&str] = &{
    let mut paths = [""; cli::command::SIMULATED.len()];
    let mut at = 0;
    while at < paths.len() {
        paths[at] = cli::command::SIMULATED[at].path;
        at += 1;
    }
    paths
};

/// What can be run in one terminal.
pub(super) struct ProgramTable {
    pub(super) world: World,
    pub(super) terminal: TerminalId,
    pub(super) owners: ConnectionOwners,
    pub(super) zone: TimeZone,
}

impl Programs for ProgramTable {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("nats", "the command line of NATS: buckets, keys, streams, messages"),
            ("nats-server", "starts a NATS server, with JetStream by -js"),
        ]
    }

    fn start(&self, invocation: Invocation) -> Option<Running> {
        let Invocation { name, args, variables, folder, stdio, .. } = invocation;
        let world = self.world.clone();
        match name.as_str() {
            "nats" => {
                let env = cli::Env {
                    dial: Rc::new(OwnedDial {
                        world: world.clone(),
                        terminal: self.terminal,
                        owners: self.owners.clone(),
                    }),
                    clock: world.clock().clone(),
                    ids: world.ids().clone(),
                    variables,
                    zone: self.zone.clone(),
                    files: world.files().clone(),
                    folder,
                };
                Some(Box::pin(cli::run(args, env, stdio)))
            }
            "nats-server" => {
                let machine = ServerMachine { world, variables, folder, zone: self.zone.clone() };
                Some(Box::pin(nats_server(machine, args, stdio)))
            }
            _ => None,
        }
    }
}

/// Dials the servers of the world for one terminal.
struct OwnedDial {
    world: World,
    terminal: TerminalId,
    owners: ConnectionOwners,
}

impl Dial for OwnedDial {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>> {
        let here = matches!(address.host.as_str(), "127.0.0.1" | "localhost" | "0.0.0.0" | "::1" | "[::1]");
        let opened = if here { self.world.connect(Host { port: address.port }) } else { None };
        let pipe = opened.map(|(id, pipe)| {
            self.owners.insert(id, self.terminal);
            pipe
        });
        Box::pin(std::future::ready(pipe.ok_or(DialError)))
    }
}
