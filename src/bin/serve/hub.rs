//! The server between its connections: what comes goes in, what it says goes to the queues of those who write.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use playground::base::Time;
use playground::gofmt::Nanos;
use playground::nats_server::setup::Setup;
use playground::nats_server::startup_log::Level;
use playground::server::view::ConnectionView;
use playground::server::{
    CloseReason, Config, ConnId, EventLevel, Input, Output, PersistedState, Server, StreamDetail,
    StreamDetailOptions, SubjectWindow, View,
};
use tokio::sync::Notify;

use crate::log::{Log, number};
use crate::store::Keeper;
use crate::{now, passwords};

/// A handle on one server.
#[derive(Clone)]
pub(crate) struct Hub(Rc<State>);

struct State {
    server: RefCell<Server>,
    connections: RefCell<BTreeMap<ConnId, Rc<Peer>>>,
    opened: Cell<u64>,
    deadline: Cell<Option<Time>>,
    deadline_changed: Notify,
    log: Rc<Log>,
    max_pending: usize,
    write_deadline: Cell<Duration>,
    is_traced: Cell<bool>,
    /// Clients that have gone, the last ones.
    gone: RefCell<VecDeque<Gone>>,
    slow_consumers: Cell<u64>,
    stale: Cell<u64>,
    stalled: Cell<u64>,
    is_over: Cell<bool>,
    /// What somebody just said has filled up another one's queue.
    is_stalling: Cell<bool>,
    relief: Notify,
    /// More is to be taken from the server soon.
    is_flushing: Cell<bool>,
    keeper: Option<Keeper>,
    /// Something may have changed that the keeper has not seen.
    is_keeping: Cell<bool>,
}

/// What waits to be written to one connection.
#[derive(Default)]
pub(crate) struct Peer {
    queue: RefCell<VecDeque<Vec<u8>>>,
    waiting: Cell<usize>,
    /// Set when nothing more will come.
    pub(crate) is_closing: Cell<bool>,
    /// Set when what waits is not to be written any more.
    pub(crate) is_cut: Cell<bool>,
    pub(crate) wake: Notify,
    /// Address and port.
    pub(crate) name: String,
    pub(crate) is_websocket: bool,
}

/// A client that has gone.
pub(crate) struct Gone {
    pub(crate) view: ConnectionView,
    pub(crate) name: String,
    pub(crate) is_websocket: bool,
    pub(crate) stop: Time,
    pub(crate) reason: CloseReason,
}

/// Clients that have gone and are remembered.
const GONE_MAX: usize = 10_000;

/// Bytes that are taken from the server before those who write them have a turn.
const AT_ONCE: usize = 64 * 1024;

/// How long a client is held back at most.
const STALL: Duration = Duration::from_millis(10);

/// The server is told how much waits when it is more than this, and again when it is less.
const TELL_AT: usize = 256 * 1024;

impl Hub {
    pub(crate) fn start(setup: &Setup, disk: PersistedState, keeper: Option<Keeper>, log: Rc<Log>) -> Hub {
        let is_traced = setup.debug || setup.trace;
        let mut config = setup.config.clone();
        let (max_pending, write_deadline) = (config.max_pending, setup.write_deadline);
        if is_traced {
            config.event_level = EventLevel::Wire;
        }
        let mut server = Server::new(config, disk, now());
        server.set_password_check(passwords::are_same);
        let hub = Hub(Rc::new(State {
            server: RefCell::new(server),
            connections: RefCell::default(),
            opened: Cell::new(0),
            // What fell due while no server ran.
            deadline: Cell::new(Some(now())),
            deadline_changed: Notify::new(),
            log,
            max_pending,
            write_deadline: Cell::new(write_deadline),
            is_traced: Cell::new(is_traced),
            gone: RefCell::default(),
            slow_consumers: Cell::new(0),
            stale: Cell::new(0),
            stalled: Cell::new(0),
            is_over: Cell::new(false),
            is_stalling: Cell::new(false),
            relief: Notify::new(),
            is_flushing: Cell::new(false),
            keeper,
            is_keeping: Cell::new(false),
        }));
        tokio::task::spawn_local(hub.clone().keep_time());
        hub
    }

    /// Opens a connection for somebody at an address.
    pub(crate) fn open(&self, ip: String, name: String, is_websocket: bool) -> (ConnId, Rc<Peer>) {
        let id = ConnId(self.0.opened.get() + 1);
        self.0.opened.set(id.0);
        let peer = Rc::new(Peer { name, is_websocket, ..Peer::default() });
        self.0.connections.borrow_mut().insert(id, peer.clone());
        self.give(id, Input::Open { ip });
        (id, peer)
    }

    /// Gives the server what came on a connection.
    pub(crate) fn give(&self, id: ConnId, input: Input<'_>) {
        let is_end = matches!(input, Input::Closed);
        {
            let mut server = self.0.server.borrow_mut();
            if is_end {
                self.remember(&server, id, CloseReason::ClientClosed);
            }
            server.handle(now(), id, input);
            self.flush(&mut server);
            self.keep(&server);
        }
        if is_end && let Some(peer) = self.0.connections.borrow_mut().remove(&id) {
            peer.is_closing.set(true);
            peer.wake.notify_one();
        }
    }

    /// Keeps what is known of a connection that ends.
    fn remember(&self, server: &Server, id: ConnId, reason: CloseReason) {
        let (Some(view), Some(peer)) = (server.connection(id), self.peer(id)) else { return };
        match reason {
            CloseReason::SlowConsumer => self.0.slow_consumers.set(self.0.slow_consumers.get() + 1),
            CloseReason::Stale => self.0.stale.set(self.0.stale.get() + 1),
            _ => {}
        }
        let mut gone = self.0.gone.borrow_mut();
        if gone.len() == GONE_MAX {
            gone.pop_front();
        }
        let (name, is_websocket) = (peer.name.clone(), peer.is_websocket);
        gone.push_back(Gone { view, name, is_websocket, stop: now(), reason });
    }

    pub(crate) fn gone<T>(&self, look: impl FnOnce(&VecDeque<Gone>) -> T) -> T {
        look(&self.0.gone.borrow())
    }

    /// Slow consumers, stale connections, and how often somebody was held back, so far.
    pub(crate) fn troubles(&self) -> [u64; 3] {
        [self.0.slow_consumers.get(), self.0.stale.get(), self.0.stalled.get()]
    }

    /// How many have been here, with those who are here.
    pub(crate) fn opened(&self) -> u64 {
        self.0.opened.get()
    }

    pub(crate) fn peer(&self, id: ConnId) -> Option<Rc<Peer>> {
        self.0.connections.borrow().get(&id).cloned()
    }

    pub(crate) fn ids(&self) -> Vec<ConnId> {
        self.0.connections.borrow().keys().copied().collect()
    }

    /// Takes what may change while the server runs.
    pub(crate) fn reload(&self, setup: &Setup) {
        let is_traced = setup.debug || setup.trace;
        self.0.write_deadline.set(setup.write_deadline);
        let mut server = self.0.server.borrow_mut();
        if self.0.is_traced.replace(is_traced) != is_traced {
            server.set_event_level(if is_traced { EventLevel::Wire } else { EventLevel::Off });
        }
        server.reload(now(), setup.config.clone());
        self.flush(&mut server);
    }

    /// Tells clients that the server is about to end.
    pub(crate) fn enter_lame_duck_mode(&self) {
        let mut server = self.0.server.borrow_mut();
        server.enter_lame_duck_mode(now());
        self.flush(&mut server);
    }

    /// Ends one connection.
    pub(crate) fn disconnect(&self, id: ConnId) {
        let mut server = self.0.server.borrow_mut();
        server.disconnect(now(), id);
        self.flush(&mut server);
    }

    /// So many bytes have been written to a connection.
    pub(crate) fn written(&self, id: ConnId, peer: &Peer, bytes: usize) {
        let before = peer.waiting.get();
        peer.waiting.set(before.saturating_sub(bytes));
        if before > self.stall_at() {
            self.0.relief.notify_waiters();
        }
        if before > TELL_AT && peer.waiting.get() <= TELL_AT {
            self.give(id, Input::PendingBytes(peer.waiting.get()));
        }
    }

    /// Bytes that wait for a client from which on those who write to it are held back a little.
    fn stall_at(&self) -> usize {
        self.0.max_pending / 4 * 3
    }

    /// Holds back a client that has filled up another one's queue, as the real server does.
    pub(crate) async fn hold_back(&self) {
        if self.0.is_stalling.replace(false) {
            self.0.stalled.set(self.0.stalled.get() + 1);
            let _ = tokio::time::timeout(STALL, self.0.relief.notified()).await;
        }
    }

    pub(crate) fn write_deadline(&self) -> Duration {
        self.0.write_deadline.get()
    }

    /// A client has not read in time what was written to it.
    pub(crate) fn cut(&self, id: ConnId, peer: &Peer) {
        let (deadline, chunks) = (Nanos::from(self.0.write_deadline.get()), peer.queue.borrow().len() + 1);
        let bytes = peer.waiting.get();
        self.tell_slow(
            id,
            peer,
            &format!("WriteDeadline of {deadline} exceeded with {chunks} chunks of {bytes} total bytes."),
        );
        peer.is_cut.set(true);
        peer.is_closing.set(true);
    }

    fn tell_slow(&self, id: ConnId, peer: &Peer, why: &str) {
        let client = format!("{} - cid:{}", peer.name, number(id));
        self.0.log.line(&(Level::Info, format!("{client} - Slow Consumer Detected: {why}")));
    }

    pub(crate) fn view(&self) -> View {
        self.0.server.borrow().view_with(&|_| SubjectWindow { limit: 0, find: "" })
    }

    /// A stream as the monitoring page tells of it.
    pub(crate) fn stream_detail(&self, name: &str, options: StreamDetailOptions) -> Option<StreamDetail> {
        self.0.server.borrow_mut().stream_detail(name, options, now())
    }

    pub(crate) fn id(&self) -> String {
        self.0.server.borrow().id().to_owned()
    }

    pub(crate) fn name(&self) -> String {
        self.0.server.borrow().name().to_owned()
    }

    /// Whether nobody is connected.
    pub(crate) fn is_alone(&self) -> bool {
        self.0.connections.borrow().is_empty()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.0.is_over.get()
    }

    /// Cuts all connections and stops keeping time.
    pub(crate) fn end(&self) {
        self.0.is_over.set(true);
        {
            let mut server = self.0.server.borrow_mut();
            self.ids().into_iter().for_each(|id| server.disconnect(now(), id));
            self.flush(&mut server);
        }
        for peer in std::mem::take(&mut *self.0.connections.borrow_mut()).into_values() {
            peer.is_closing.set(true);
            peer.is_cut.set(true);
            peer.wake.notify_one();
        }
        self.0.deadline_changed.notify_one();
    }

    /// Ends, and keeps what outlives the server.
    pub(crate) fn shutdown(&self) {
        self.end();
        let nobody = Server::new(Config::default(), PersistedState::default(), now());
        let server = self.0.server.replace(nobody);
        if let Some(keeper) = &self.0.keeper
            && let Err(error) = keeper.write(&server)
        {
            self.0.log.line(&keeper.complaint(&error));
        }
    }

    /// Moves what the server says to the queues.
    fn flush(&self, server: &mut Server) {
        let mut taken = 0;
        let mut closed = Vec::new();
        while taken < AT_ONCE {
            if let Some((id, reason)) = server.next_close() {
                self.remember(server, id, reason);
            }
            let Some(output) = server.poll() else { break };
            let (Output::Bytes(id, _) | Output::Close(id, _)) = output;
            let Some(peer) = self.0.connections.borrow().get(&id).cloned() else { continue };
            match output {
                Output::Bytes(_, bytes) => {
                    taken += bytes.len();
                    peer.waiting.set(peer.waiting.get() + bytes.len());
                    peer.queue.borrow_mut().push_back(bytes);
                    if peer.waiting.get() > self.stall_at() {
                        self.0.is_stalling.set(true);
                    }
                    if peer.waiting.get() > TELL_AT {
                        server.handle(now(), id, Input::PendingBytes(peer.waiting.get()));
                    }
                }
                Output::Close(_, reason) => {
                    peer.is_closing.set(true);
                    if reason == CloseReason::SlowConsumer {
                        peer.is_cut.set(true);
                        let why = format!("MaxPending of {} Exceeded", self.0.max_pending);
                        self.tell_slow(id, &peer, &why);
                    }
                    closed.push(id);
                }
            }
            peer.wake.notify_one();
        }
        while let Some(warning) = server.take_warning() {
            self.0.log.line(&(Level::Warning, warning));
        }
        if taken >= AT_ONCE && !self.0.is_flushing.replace(true) {
            tokio::task::spawn_local(self.clone().flush_soon());
        }
        if server.has_events() {
            let events = server.take_events();
            self.0.log.events(events, &|event| {
                let connections = self.0.connections.borrow();
                let peer = event.connection.and_then(|id| connections.get(&id));
                peer.map(|peer| peer.name.clone()).unwrap_or_default()
            });
        }
        for id in closed {
            self.0.connections.borrow_mut().remove(&id);
        }
        if server.deadline() != self.0.deadline.get() {
            self.0.deadline.set(server.deadline());
            self.0.deadline_changed.notify_one();
        }
    }

    async fn flush_soon(self) {
        tokio::task::yield_now().await;
        self.0.is_flushing.set(false);
        let mut server = self.0.server.borrow_mut();
        self.flush(&mut server);
        self.keep(&server);
    }

    /// Keeps what is in files before anybody hears that it is there: all of it, or what is new if all was written just now.
    fn keep(&self, server: &Server) {
        let Some(keeper) = self.0.keeper.as_ref().filter(|_| !self.is_over()) else { return };
        let rest = keeper.rests();
        if let Some(wait) = rest
            && !self.0.is_keeping.replace(true)
        {
            tokio::task::spawn_local(self.clone().keep_soon(wait));
        }
        let kept = if rest.is_some() { keeper.add(server) } else { keeper.keep(server) };
        if let Err(error) = kept {
            self.0.log.line(&keeper.complaint(&error));
        }
    }

    async fn keep_soon(self, wait: Duration) {
        tokio::time::sleep(wait).await;
        self.0.is_keeping.set(false);
        self.keep(&self.0.server.borrow());
    }

    fn tick(&self) {
        let mut server = self.0.server.borrow_mut();
        server.tick(now());
        self.flush(&mut server);
        self.keep(&server);
    }

    /// Wakes the server when something is due.
    async fn keep_time(self) {
        while !self.is_over() {
            let wait = match self.0.deadline.get() {
                Some(deadline) => deadline.since(now()),
                None => Duration::from_secs(3600),
            };
            if wait.is_zero() {
                self.tick();
                tokio::task::yield_now().await;
                continue;
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.0.deadline_changed.notified() => {}
            }
        }
    }
}

impl Peer {
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.get()
    }

    /// What is to be written next, or `None` when all has been written and nothing more will come.
    pub(crate) async fn next(&self) -> Option<Vec<u8>> {
        loop {
            if self.is_cut.get() {
                return None;
            }
            if let Some(bytes) = self.queue.borrow_mut().pop_front() {
                return Some(bytes);
            }
            if self.is_closing.get() {
                return None;
            }
            self.wake.notified().await;
        }
    }
}
