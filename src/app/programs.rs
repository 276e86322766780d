//! The programs of the terminals: `nats` and `nats-server`.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::base::files::HOME;
use crate::base::{Files, Ids, TimeZone};
use crate::cli;
use crate::client::{Address, Dial, DialError, Pipe};
use crate::programs::{Invocation, Machine, Programs, Running};
use crate::server::ConnId;
use crate::shell::Shell;
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

/// Told of each connection that a program opens, and of the arguments of that program.
pub(crate) type OnOpen = Rc<dyn Fn(ConnId, &[String])>;

/// What can be run in one terminal.
pub(crate) struct ProgramTable {
    pub(crate) world: World,
    pub(crate) zone: TimeZone,
    /// Source of the identifiers of what it runs.
    pub(crate) ids: Ids,
    pub(crate) on_open: OnOpen,
}

impl ProgramTable {
    /// A shell of this user, with these files, which can start what `installed` makes of this table.
    pub(crate) fn shell(
        self,
        user: &str,
        files: Files,
        installed: impl FnOnce(ProgramTable) -> Rc<dyn Programs>,
    ) -> Shell {
        let machine = Machine {
            clock: self.world.clock().clone(),
            ids: self.ids.clone(),
            zone: self.zone.clone(),
            files,
            meter: self.world.meter().clone(),
            installed: installed(self),
        };
        let variables = [("HOME", HOME), ("USER", user), ("TERM", "xterm-256color")];
        Shell::new(machine, &variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}

impl Programs for ProgramTable {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("nats", "the command line of NATS: buckets, keys, streams, messages"),
            ("nats-server", "starts a NATS server, with JetStream by -js"),
        ]
    }

    fn start(&self, invocation: Invocation) -> Option<Running> {
        let Invocation { name, args, variables, folder, stdio, machine } = invocation;
        let world = self.world.clone();
        match name.as_str() {
            "nats" => {
                let dial = ObservedDial {
                    world: world.clone(),
                    args: args.clone().into(),
                    on_open: self.on_open.clone(),
                };
                let env = cli::Env {
                    dial: Rc::new(dial),
                    clock: world.clock().clone(),
                    ids: self.ids.clone(),
                    variables,
                    zone: self.zone.clone(),
                    files: machine.files,
                    folder,
                };
                Some(Box::pin(cli::run(args, env, stdio)))
            }
            "nats-server" => {
                let machine = ServerMachine { world, variables, folder, zone: self.zone.clone() };
                Some(Box::pin(nats_server(machine, args, stdio)))
            }
            // Marks of a scenario, which mean nothing outside of one.
            "enter" | "leave" => Some(Box::pin(std::future::ready(0))),
            _ => None,
        }
    }
}

/// Dials the servers of the world for one program.
struct ObservedDial {
    world: World,
    args: Rc<[String]>,
    on_open: OnOpen,
}

impl Dial for ObservedDial {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>> {
        let here = matches!(address.host.as_str(), "127.0.0.1" | "localhost" | "0.0.0.0" | "::1" | "[::1]");
        let opened = if here { self.world.connect(Host { port: address.port }) } else { None };
        let pipe = opened.map(|(id, pipe)| {
            (self.on_open)(id, &self.args);
            pipe
        });
        Box::pin(std::future::ready(pipe.ok_or(DialError)))
    }
}
