//! The world: one clock, any number of servers, connections and tasks, and the order in which they get their turn.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::rc::Rc;

use super::task::{TaskId, Tasks, take};
use crate::base::{Choices, Clock, Cost, Files, Ids, Meter, Time};
use crate::client::pipe::Ready;
use crate::client::{Pipe, PipeEnd};
use crate::server::{
    Config, ConnId, Event, EventLevel, Input, Output, PersistedState, RestoredStream, Server,
};

/// A shared handle on the world.
#[derive(Clone)]
pub struct World {
    event_level: EventLevel,
    clock: Clock,
    ids: Ids,
    files: Files,
    pub(super) tasks: Tasks,
    pub(super) ready: Ready,
    pub(super) network: Rc<RefCell<Network>>,
    turns: Rc<Cell<u64>>,
    meter: Meter,
}

/// Servers, and the connections to them.
#[derive(Default)]
pub(super) struct Network {
    meter: Meter,
    servers: BTreeMap<Host, Server>,
    /// What stopped servers have left, by the name of their store.
    stores: BTreeMap<String, PersistedState>,
    pub(super) connections: BTreeMap<ConnId, Connection>,
    /// What servers send waits in the connections until it is to arrive.
    pub(super) holds_deliveries: bool,
    logs: BTreeMap<Host, LogWriter>,
    last_connection: u64,
    /// Servers with more output, which waits until their clients have taken what was delivered.
    pending: VecDeque<Host>,
    /// A buffer that is used again and again.
    buffer: Vec<u8>,
}

/// What writes a server's log.
struct LogWriter {
    write: Box<dyn Fn(LogEntry)>,
    /// Whether it is told of all events; else only of what clients did wrong.
    takes_all: bool,
    /// Events that it has been told of.
    seen: u64,
}

/// What goes into a server's log while it runs.
pub enum LogEntry {
    Warning(String),
    Events(Vec<Event>),
}

/// Where a server listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host {
    pub port: u16,
}

pub(super) struct Connection {
    host: Host,
    /// The server's end; `None` once the server has closed it.
    pub(super) end: Option<PipeEnd>,
    /// What the server has sent and has not arrived, where deliveries are held.
    pub(super) undelivered: Vec<u8>,
    /// The server has closed it behind that.
    pub(super) closes: bool,
}

/// Another server listens on that port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressInUse;

impl World {
    pub fn new(now: Time, seed: u64, event_level: EventLevel) -> World {
        let (clock, meter) = (Clock::new(now), Meter::default());
        World {
            event_level,
            files: Files::new(&clock, &meter),
            clock,
            ids: Ids::new(seed),
            tasks: Tasks::default(),
            ready: Ready::default(),
            network: Rc::new(RefCell::new(Network { meter: meter.clone(), ..Network::default() })),
            turns: Rc::default(),
            meter,
        }
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The files of this world.
    pub fn files(&self) -> &Files {
        &self.files
    }

    pub fn event_level(&self) -> EventLevel {
        self.event_level
    }

    /// How many turns there have been. A measure of what happened in this world that does not depend on when it paused.
    pub fn turns(&self) -> u64 {
        self.turns.get()
    }

    /// What everything in this world costs.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Starts a task.
    pub fn spawn(&self, job: impl Future<Output = ()> + 'static) -> TaskId {
        self.tasks.spawn(job)
    }

    /// Ends a task and its connections.
    pub fn kill(&self, task: TaskId) -> bool {
        self.tasks.kill(task)
    }

    pub fn is_running(&self, task: TaskId) -> bool {
        self.tasks.is_running(task)
    }

    /// Whether a server listens there.
    pub fn listens(&self, host: Host) -> bool {
        self.network.borrow().servers.contains_key(&host)
    }

    /// Starts a server with what the last one with the same store has left. Returns its id.
    pub fn start_server(&self, host: Host, store: &str, mut config: Config) -> Result<String, AddressInUse> {
        let mut network = self.network.borrow_mut();
        if network.servers.contains_key(&host) {
            return Err(AddressInUse);
        }
        config.max_connections = config.max_connections.min(clamped(self.meter.limit_of(Cost::Connections)));
        config.max_undelivered = UNDELIVERED_MAX;
        if let Some(jetstream) = &mut config.jetstream {
            jetstream.max_stored = self.meter.limit_of(Cost::Stored);
        }
        // Without JetStream the store is not touched.
        let persisted =
            config.jetstream.as_ref().and_then(|_| network.stores.remove(store)).unwrap_or_default();
        let server = Server::new(config, persisted, self.clock.now());
        let id = server.id().to_owned();
        network.servers.insert(host, server);
        Ok(id)
    }

    /// Stops a server. Its connections close; its store stays.
    pub fn stop_server(&self, host: Host, store: &str) {
        let mut network = self.network.borrow_mut();
        let Some(server) = network.servers.remove(&host) else { return };
        network.logs.remove(&host);
        let persisted = server.shutdown();
        network.stores.entry(store.to_owned()).or_insert(persisted);
        let ended: Vec<Connection> = {
            let of_server: Vec<ConnId> = network
                .connections
                .iter()
                .filter(|(_, connection)| connection.host == host)
                .map(|(id, _)| *id)
                .collect();
            of_server.iter().filter_map(|id| network.connections.remove(id)).collect()
        };
        network.count_connections();
        drop(network);
        drop(ended); // Wakes the clients.
    }

    /// The streams in files that stopped servers have left, in the order of their stores.
    pub fn kept_streams(&self) -> Vec<RestoredStream> {
        let network = self.network.borrow();
        network.stores.values().flat_map(|store| store.contents(self.clock.now())).collect()
    }

    /// Calls `write` with each warning of a server and with what its clients did wrong, or with all events, until it stops.
    pub fn log(&self, host: Host, takes_all: bool, write: impl Fn(LogEntry) + 'static) {
        let writer = LogWriter { write: Box::new(write), takes_all, seen: 0 };
        self.network.borrow_mut().logs.insert(host, writer);
    }

    /// Sets how a server compares passwords with those of its configuration.
    pub fn set_password_check(&self, host: Host, is_password: fn(&str, &str) -> bool) {
        self.with_server(host, |server| server.set_password_check(is_password));
    }

    /// Calls `access` with a server, if there is one.
    pub fn with_server<T>(&self, host: Host, access: impl FnOnce(&mut Server) -> T) -> Option<T> {
        self.network.borrow_mut().servers.get_mut(&host).map(access)
    }

    /// Opens a connection; `None` if no server listens there.
    pub fn connect(&self, host: Host) -> Option<(ConnId, Pipe)> {
        let mut network = self.network.borrow_mut();
        let now = self.clock.now();
        network.last_connection += 1;
        let id = ConnId(network.last_connection);
        let server = network.servers.get_mut(&host)?;
        let (pipe, end) = Pipe::pair(id.0, &self.ready);
        server.handle(now, id, Input::Open { ip: "127.0.0.1".to_owned(), port: client_port(id) });
        network
            .connections
            .insert(id, Connection { host, end: Some(end), undelivered: Vec::new(), closes: false });
        network.count_connections();
        network.deliver_to_clients(host);
        Some((id, pipe))
    }

    /// Runs until nothing is left to do at this moment; `choices` decides the order.
    pub fn settle(&self, choices: &mut dyn Choices) {
        while self.step(choices) {}
    }

    /// Takes one turn: a task runs until it waits, or a server receives what a client has sent. `false` if nothing is
    /// left to do at this moment.
    pub fn step(&self, choices: &mut dyn Choices) -> bool {
        let (tasks, clients) = (self.tasks.runnable(), self.ready.borrow().len());
        let choice = match tasks + clients {
            0 => {
                let has_flushed = self.network.borrow_mut().flush_pending();
                if has_flushed {
                    self.count_turn();
                }
                return has_flushed;
            }
            1 => 0,
            count => choices.choose(count),
        };
        self.count_turn();
        if choice < tasks {
            self.tasks.run(choice);
        } else if let Some(id) = take(&mut self.ready.borrow_mut(), choice - tasks) {
            self.network.borrow_mut().deliver_to_server(self.clock.now(), ConnId(id), true);
        }
        true
    }

    pub(super) fn count_turn(&self) {
        self.turns.set(self.turns.get() + 1);
        self.meter.set(Cost::Turns, self.meter.spent(Cost::Turns) + 1);
    }

    /// When the next server or task has something to do by itself.
    pub fn deadline(&self) -> Option<Time> {
        let network = self.network.borrow();
        let servers = network.servers.values().filter_map(Server::deadline);
        servers.chain(self.clock.next()).min()
    }

    /// Moves the clock, and lets servers and tasks do what is due.
    pub fn tick(&self, now: Time) {
        self.meter.set(Cost::Turns, self.meter.spent(Cost::Turns) + 1);
        self.clock.set(now);
        let mut network = self.network.borrow_mut();
        let now = self.clock.now();
        let hosts: Vec<Host> = network.servers.keys().copied().collect();
        for host in hosts {
            if let Some(server) = network.servers.get_mut(&host) {
                server.tick(now);
            }
            network.deliver_to_clients(host);
        }
    }
}

/// Bytes that a server's clients receive before others have a turn.
const FLUSH_MAX: usize = 64 * 1024;

/// What a stream counts beside its messages, in bytes.
const STREAM_SIZE: u64 = 32 << 10;

/// Output of a server that waits for its clients, in bytes, all together.
const UNDELIVERED_MAX: usize = 32 << 20;

/// The port that a client has on its side, of those that are given out for a while.
pub fn client_port(id: ConnId) -> u16 {
    const FIRST: u16 = 49_152;
    FIRST + (id.0 % u64::from(u16::MAX - FIRST)) as u16
}

fn clamped(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

impl Network {
    fn count_connections(&self) {
        self.meter.set(Cost::Connections, self.connections.len() as u64);
    }

    /// Delivers what a client has sent, and where that is all of it, that it is gone.
    pub(super) fn deliver_to_server(&mut self, now: Time, id: ConnId, is_all: bool) {
        let Some(connection) = self.connections.get(&id) else { return };
        let host = connection.host;
        let Some(server) = self.servers.get_mut(&host) else { return };
        let gone = match &connection.end {
            Some(end) => {
                let mut bytes = std::mem::take(&mut self.buffer);
                end.take(&mut bytes);
                self.meter.spend(Cost::Bytes, bytes.len() as u64);
                if !bytes.is_empty() {
                    server.handle(now, id, Input::Bytes(&bytes));
                }
                bytes.clear();
                self.buffer = bytes;
                is_all && end.client_gone()
            }
            None => true,
        };
        if gone {
            server.handle(now, id, Input::Closed);
            self.connections.remove(&id);
            self.count_connections();
        }
        self.deliver_to_clients(host);
    }

    /// Delivers more output of the server that has waited longest. `false` if none waits.
    pub(super) fn flush_pending(&mut self) -> bool {
        let next = self.pending.pop_front();
        next.iter().for_each(|host| self.deliver_to_clients(*host));
        next.is_some()
    }

    /// Delivers a server's output to its clients, but not too much in one turn, so that it need not be held all at once.
    fn deliver_to_clients(&mut self, host: Host) {
        let Some(server) = self.servers.get_mut(&host) else { return };
        let mut delivered = 0;
        while let Some(output) = server.poll() {
            match output {
                Output::Bytes(id, mut bytes) => {
                    delivered += bytes.len();
                    self.meter.spend(Cost::Bytes, bytes.len() as u64);
                    match self.connections.get_mut(&id) {
                        Some(connection) if self.holds_deliveries => {
                            connection.undelivered.extend_from_slice(&bytes);
                        }
                        Some(Connection { end: Some(end), .. }) => end.send_all(&mut bytes),
                        _ => {}
                    }
                    bytes.clear();
                    server.reuse(bytes);
                }
                Output::Close(id, _) => {
                    if let Some(connection) = self.connections.get_mut(&id) {
                        connection.closes = true;
                        if connection.undelivered.is_empty() {
                            connection.end = None;
                        }
                    }
                }
            }
            if delivered > FLUSH_MAX {
                if !self.pending.contains(&host) {
                    self.pending.push_back(host);
                }
                break;
            }
        }
        let stored = self.servers.values().map(Server::stored);
        self.meter
            .set(Cost::Stored, stored.map(|(bytes, streams)| bytes + streams as u64 * STREAM_SIZE).sum());
        let (Some(server), writer) = (self.servers.get_mut(&host), self.logs.get_mut(&host)) else { return };
        let Some(writer) = writer else {
            while server.take_warning().is_some() {}
            return;
        };
        while let Some(warning) = server.take_warning() {
            (writer.write)(LogEntry::Warning(warning));
        }
        let (seen, events) = server.events_after(writer.seen, writer.takes_all);
        writer.seen = seen;
        if !events.is_empty() {
            (writer.write)(LogEntry::Events(events));
        }
    }
}
