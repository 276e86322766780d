//! One clock, any number of servers, links and programs, and the order in which they get their turn.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::rc::Rc;

use super::task::{TaskId, Tasks, take};
use crate::base::{Choices, Clock, Ids, Time};
use crate::client::link::Ready;
use crate::client::{Link, LinkEnd};
use crate::server::{Config, ConnId, EventLevel, Input, Output, PersistedState, Server};

/// A shared handle on the world.
#[derive(Clone)]
pub struct World {
    /// How much its servers tell of what happens.
    event_level: EventLevel,
    clock: Clock,
    ids: Ids,
    tasks: Tasks,
    ready: Ready,
    net: Rc<RefCell<Net>>,
    turns: Rc<Cell<u64>>,
    ticks: Rc<Cell<u64>>,
}

/// Servers and connections.
#[derive(Default)]
struct Net {
    servers: BTreeMap<Host, Server>,
    /// What servers that were stopped left behind, by their store's name.
    disks: BTreeMap<String, PersistedState>,
    links: BTreeMap<u64, Line>,
    /// Where servers write their warnings.
    logs: BTreeMap<Host, Print>,
    last_link: u64,
    /// Servers that have more to say, once their clients have taken what they have got.
    busy: VecDeque<Host>,
    /// Room for bytes on their way, used again and again.
    scratch: Vec<u8>,
}

/// Writes a line somewhere.
type Print = Box<dyn Fn(&str)>;

/// Where a server listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host {
    pub port: u16,
}

/// A connection as the world carries it.
struct Line {
    host: Host,
    /// `None` once the server has closed it.
    end: Option<LinkEnd>,
}

/// Somebody listens there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressInUse;

impl World {
    pub fn new(now: Time, seed: u64, event_level: EventLevel) -> World {
        World {
            event_level,
            clock: Clock::new(now),
            ids: Ids::new(seed),
            tasks: Tasks::default(),
            ready: Ready::default(),
            net: Rc::default(),
            turns: Rc::default(),
            ticks: Rc::default(),
        }
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    pub fn event_level(&self) -> EventLevel {
        self.event_level
    }

    /// How often it was somebody's turn: what happened in this world, in small. It does not depend on how its time was
    /// cut into pieces.
    pub fn turns(&self) -> u64 {
        self.turns.get()
    }

    /// How much there was to do: turns, and moves of the clock.
    pub fn effort(&self) -> u64 {
        self.turns.get() + self.ticks.get()
    }

    /// Starts a program.
    pub fn spawn(&self, job: impl Future<Output = ()> + 'static) -> TaskId {
        self.tasks.spawn(job)
    }

    /// Ends a program and with it its connections.
    pub fn kill(&self, task: TaskId) -> bool {
        self.tasks.kill(task)
    }

    pub fn is_running(&self, task: TaskId) -> bool {
        self.tasks.is_running(task)
    }

    /// Whether a server listens there.
    pub fn listens(&self, host: Host) -> bool {
        self.net.borrow().servers.contains_key(&host)
    }

    /// Starts a server on what the last one with the same store left behind, and tells its id.
    pub fn start_server(&self, host: Host, store: &str, config: Config) -> Result<String, AddressInUse> {
        let mut net = self.net.borrow_mut();
        if net.servers.contains_key(&host) {
            return Err(AddressInUse);
        }
        // Without JetStream the store is not touched.
        let disk = config.jetstream.as_ref().and_then(|_| net.disks.remove(store)).unwrap_or_default();
        let server = Server::new(config, disk, self.clock.now());
        let id = server.id().to_owned();
        net.servers.insert(host, server);
        Ok(id)
    }

    /// Stops a server: its connections close, its store stays.
    pub fn stop_server(&self, host: Host, store: &str) {
        let mut net = self.net.borrow_mut();
        let Some(server) = net.servers.remove(&host) else { return };
        net.logs.remove(&host);
        let disk = server.shutdown();
        net.disks.entry(store.to_owned()).or_insert(disk);
        let ended: Vec<Line> = {
            let of_server: Vec<u64> =
                net.links.iter().filter(|(_, line)| line.host == host).map(|(id, _)| *id).collect();
            of_server.iter().filter_map(|id| net.links.remove(id)).collect()
        };
        drop(net);
        drop(ended); // Wakes the clients.
    }

    /// Gives a server somewhere to write its warnings, until it stops.
    pub fn log_warnings(&self, host: Host, print: impl Fn(&str) + 'static) {
        self.net.borrow_mut().logs.insert(host, Box::new(print));
    }

    /// Looks at, or does something to, a server.
    pub fn with_server<T>(&self, host: Host, look: impl FnOnce(&mut Server) -> T) -> Option<T> {
        self.net.borrow_mut().servers.get_mut(&host).map(look)
    }

    /// Opens a connection.
    pub fn connect(&self, host: Host) -> Option<(ConnId, Link)> {
        let mut net = self.net.borrow_mut();
        let now = self.clock.now();
        net.last_link += 1;
        let id = net.last_link;
        let server = net.servers.get_mut(&host)?;
        let (link, end) = Link::pair(id, &self.ready);
        server.handle(now, ConnId(id), Input::Open { ip: "127.0.0.1".to_owned() });
        net.links.insert(id, Line { host, end: Some(end) });
        net.carry_out(host);
        Some((ConnId(id), link))
    }

    /// Everything that can happen now happens, in the order that `choices` says.
    pub fn settle(&self, choices: &mut dyn Choices) {
        while self.step(choices) {}
    }

    /// One thing happens: a program runs until it waits, or what a client sent reaches its server. `false` when
    /// nothing is left to do at this moment.
    pub fn step(&self, choices: &mut dyn Choices) -> bool {
        let (programs, links) = (self.tasks.woken(), self.ready.borrow().len());
        let choice = match programs + links {
            0 => {
                let more = self.net.borrow_mut().carry_on();
                self.turns.set(self.turns.get() + u64::from(more));
                return more;
            }
            1 => 0,
            count => choices.choose(count),
        };
        self.turns.set(self.turns.get() + 1);
        if choice < programs {
            self.tasks.run(choice);
        } else if let Some(link) = take(&mut self.ready.borrow_mut(), choice - programs) {
            self.net.borrow_mut().carry_in(self.clock.now(), link);
        }
        true
    }

    /// When something will happen by itself.
    pub fn deadline(&self) -> Option<Time> {
        let net = self.net.borrow();
        let servers = net.servers.values().filter_map(Server::deadline);
        servers.chain(self.clock.next()).min()
    }

    /// Moves the clock, and tells everybody how late it is.
    pub fn tick(&self, now: Time) {
        self.ticks.set(self.ticks.get() + 1);
        self.clock.set(now);
        let mut net = self.net.borrow_mut();
        let now = self.clock.now();
        let hosts: Vec<Host> = net.servers.keys().copied().collect();
        for host in hosts {
            if let Some(server) = net.servers.get_mut(&host) {
                server.tick(now);
            }
            net.carry_out(host);
        }
    }
}

/// Bytes that a server says before its clients have a turn.
const AT_ONCE: usize = 64 * 1024;

impl Net {
    /// Brings what a client sent to its server.
    fn carry_in(&mut self, now: Time, id: u64) {
        let Some(line) = self.links.get(&id) else { return };
        let host = line.host;
        let Some(server) = self.servers.get_mut(&host) else { return };
        let gone = match &line.end {
            Some(end) => {
                let mut bytes = std::mem::take(&mut self.scratch);
                end.take(&mut bytes);
                if !bytes.is_empty() {
                    server.handle(now, ConnId(id), Input::Bytes(&bytes));
                }
                bytes.clear();
                self.scratch = bytes;
                end.client_gone()
            }
            None => true,
        };
        if gone {
            server.handle(now, ConnId(id), Input::Closed);
            self.links.remove(&id);
        }
        self.carry_out(host);
    }

    /// Lets a server go on that had more to say. `false` if there is none.
    fn carry_on(&mut self) -> bool {
        let next = self.busy.pop_front();
        next.iter().for_each(|host| self.carry_out(*host));
        next.is_some()
    }

    /// Brings what a server says to its clients; much of it by and by, so that nobody holds all of it at once.
    fn carry_out(&mut self, host: Host) {
        let Some(server) = self.servers.get_mut(&host) else { return };
        let mut carried = 0;
        while let Some(output) = server.poll() {
            match output {
                Output::Bytes(ConnId(id), mut bytes) => {
                    carried += bytes.len();
                    if let Some(end) = self.links.get(&id).and_then(|line| line.end.as_ref()) {
                        end.send_all(&mut bytes);
                    }
                    bytes.clear();
                    server.reuse(bytes);
                }
                Output::Close(ConnId(id), _) => {
                    if let Some(line) = self.links.get_mut(&id) {
                        line.end = None;
                    }
                }
            }
            if carried > AT_ONCE {
                if !self.busy.contains(&host) {
                    self.busy.push_back(host);
                }
                break;
            }
        }
        while let Some(warning) = server.take_warning() {
            self.logs.get(&host).iter().for_each(|print| print(&warning));
        }
    }
}
