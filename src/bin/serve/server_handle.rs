//! The server between its connections: passes it what clients send, and puts what it says into their outboxes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use playground::gofmt::Nanos;
use playground::nats_server::{ServerOptions, passwords};
use playground::server::{
    CloseReason, Config, ConnId, EventLevel, Input, Output, PersistedState, Server, StreamDetail,
    StreamDetailOptions, StreamWindow, View,
};
use tokio::sync::Notify;

use crate::backpressure::Backpressure;
use crate::connection_history::{ClosedConnection, ConnectionHistory};
use crate::deadline::Deadline;
use crate::log::Log;
use crate::machine::now;
use crate::outbox::Outbox;
use crate::store::StoreWriter;

/// A shared handle on one running server.
#[derive(Clone)]
pub(crate) struct ServerHandle(Rc<Running>);

struct Running {
    server: RefCell<Server>,
    outboxes: RefCell<BTreeMap<ConnId, Rc<Outbox>>>,
    history: ConnectionHistory,
    log: Rc<Log>,
    max_pending: usize,
    write_deadline: Cell<Duration>,
    is_traced: Cell<bool>,
    deadline: Deadline,
    backpressure: Backpressure,
    is_flush_scheduled: Cell<bool>,
    store: Option<StoreWriter>,
    is_save_scheduled: Cell<bool>,
    is_stopped: Cell<bool>,
    stopped: Notify,
}

/// Bytes that are taken from the server before the connections' tasks have a turn.
const FLUSH_MAX: usize = 64 * 1024;

/// Outboxes above this size are reported to the server, and reported again when they are below.
const REPORT_PENDING: usize = 256 * 1024;

impl ServerHandle {
    /// Starts a server with what a former one has left. Must be called on a `LocalSet`.
    pub(crate) fn start(
        options: &ServerOptions,
        persisted: PersistedState,
        store: Option<StoreWriter>,
        log: Rc<Log>,
    ) -> ServerHandle {
        let is_traced = options.debug || options.trace;
        let mut config = options.config.clone();
        let max_pending = config.max_pending;
        if is_traced {
            config.event_level = EventLevel::Wire;
        }
        let mut server = Server::new(config, persisted, now());
        server.set_password_check(passwords::matches);
        let handle = ServerHandle(Rc::new(Running {
            server: RefCell::new(server),
            outboxes: RefCell::default(),
            history: ConnectionHistory::default(),
            log,
            max_pending,
            write_deadline: Cell::new(options.write_deadline),
            is_traced: Cell::new(is_traced),
            // At once, for what fell due while no server ran.
            deadline: Deadline::new(now()),
            backpressure: Backpressure::new(max_pending),
            is_flush_scheduled: Cell::new(false),
            store,
            is_save_scheduled: Cell::new(false),
            is_stopped: Cell::new(false),
            stopped: Notify::new(),
        }));
        tokio::task::spawn_local(handle.clone().keep_time());
        handle
    }

    /// Opens a connection. `address` is the client's with its port.
    pub(crate) fn open(&self, ip: String, address: String, is_websocket: bool) -> (ConnId, Rc<Outbox>) {
        let id = ConnId(self.0.history.open());
        let outbox = Rc::new(Outbox::new(address, is_websocket));
        self.0.outboxes.borrow_mut().insert(id, outbox.clone());
        let port = outbox.address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default();
        self.handle(id, Input::Open { ip, port });
        let number = self.0.server.borrow().connection(id).map_or(0, |view| view.number);
        outbox.number.set(number);
        (id, outbox)
    }

    pub(crate) fn receive(&self, id: ConnId, bytes: &[u8]) {
        self.handle(id, Input::Bytes(bytes));
    }

    /// The client has closed its connection, or the connection was closed by [`Outbox::close`].
    pub(crate) fn closed(&self, id: ConnId) {
        self.remember(&self.0.server.borrow(), id, CloseReason::ClientClosed);
        self.handle(id, Input::Closed);
        if let Some(outbox) = self.0.outboxes.borrow_mut().remove(&id) {
            outbox.close();
        }
    }

    fn handle(&self, id: ConnId, input: Input<'_>) {
        let mut server = self.0.server.borrow_mut();
        server.handle(now(), id, input);
        self.flush(&mut server);
        self.save(&server);
    }

    /// Adds a connection to the history, unless the server has forgotten it already.
    fn remember(&self, server: &Server, id: ConnId, reason: CloseReason) {
        let (Some(view), Some(outbox)) = (server.connection(id), self.outbox(id)) else { return };
        let (address, is_websocket) = (outbox.address.clone(), outbox.is_websocket);
        self.0.history.close(ClosedConnection { view, address, is_websocket, stop: now(), reason });
    }

    pub(crate) fn history(&self) -> &ConnectionHistory {
        &self.0.history
    }

    pub(crate) fn outbox(&self, id: ConnId) -> Option<Rc<Outbox>> {
        self.0.outboxes.borrow().get(&id).cloned()
    }

    pub(crate) fn connections(&self) -> Vec<ConnId> {
        self.0.outboxes.borrow().keys().copied().collect()
    }

    /// Applies what may change while the server runs.
    pub(crate) fn reload(&self, options: &ServerOptions) {
        let is_traced = options.debug || options.trace;
        self.0.write_deadline.set(options.write_deadline);
        let mut server = self.0.server.borrow_mut();
        if self.0.is_traced.replace(is_traced) != is_traced {
            server.set_event_level(if is_traced { EventLevel::Wire } else { EventLevel::Off });
        }
        server.reload(now(), options.config.clone());
        self.flush(&mut server);
    }

    /// Tells clients that the server is about to leave.
    pub(crate) fn enter_lame_duck_mode(&self) {
        let mut server = self.0.server.borrow_mut();
        server.enter_lame_duck_mode(now());
        self.flush(&mut server);
    }

    pub(crate) fn disconnect(&self, id: ConnId) {
        let mut server = self.0.server.borrow_mut();
        server.disconnect(now(), id);
        self.flush(&mut server);
    }

    /// Bytes have been written to a connection.
    pub(crate) fn written(&self, id: ConnId, outbox: &Outbox, bytes: usize) {
        let before = outbox.written(bytes);
        self.0.backpressure.shrunk(before);
        if before > REPORT_PENDING && outbox.pending() <= REPORT_PENDING {
            self.handle(id, Input::PendingBytes(outbox.pending()));
        }
    }

    /// Waits a moment if what a client has just sent has filled the outbox of another one.
    pub(crate) async fn stall(&self) {
        if self.0.backpressure.take_stall() {
            self.0.history.stall();
            self.0.backpressure.wait().await;
        }
    }

    pub(crate) fn write_deadline(&self) -> Duration {
        self.0.write_deadline.get()
    }

    /// A client has not read within the write deadline.
    pub(crate) fn write_timed_out(&self, outbox: &Outbox) {
        let deadline = Nanos::from(self.0.write_deadline.get());
        let (chunks, bytes) = (outbox.chunks() + 1, outbox.pending());
        let reason =
            format!("WriteDeadline of {deadline} exceeded with {chunks} chunks of {bytes} total bytes.");
        self.log_slow_consumer(outbox, &reason);
        outbox.abort();
    }

    fn log_slow_consumer(&self, outbox: &Outbox, reason: &str) {
        let client = format!("{} - cid:{}", outbox.address, outbox.number.get());
        self.0.log.info(format!("{client} - Slow Consumer Detected: {reason}"));
    }

    pub(crate) fn view(&self) -> View {
        self.0.server.borrow().view_with(&|_| StreamWindow::default())
    }

    /// A stream as the monitor's page `/jsz` shows it.
    pub(crate) fn stream_detail(&self, name: &str, options: StreamDetailOptions) -> Option<StreamDetail> {
        self.0.server.borrow_mut().stream_detail(name, options, now())
    }

    pub(crate) fn id(&self) -> String {
        self.0.server.borrow().id().to_owned()
    }

    pub(crate) fn name(&self) -> String {
        self.0.server.borrow().name().to_owned()
    }

    fn is_stopped(&self) -> bool {
        self.0.is_stopped.get()
    }

    /// Waits until the server has stopped.
    pub(crate) async fn stopped(&self) {
        loop {
            let stopped = self.0.stopped.notified();
            if self.is_stopped() {
                return;
            }
            stopped.await;
        }
    }

    /// Closes all connections and stops the clock.
    pub(crate) fn stop(&self) {
        self.0.is_stopped.set(true);
        {
            let mut server = self.0.server.borrow_mut();
            self.connections().into_iter().for_each(|id| server.disconnect(now(), id));
            self.flush(&mut server);
        }
        for outbox in std::mem::take(&mut *self.0.outboxes.borrow_mut()).into_values() {
            outbox.abort();
        }
        self.0.stopped.notify_waiters();
    }

    /// Stops, and saves what outlives the server.
    pub(crate) fn shutdown(&self) {
        self.stop();
        let replacement = Server::new(Config::default(), PersistedState::default(), now());
        let server = self.0.server.replace(replacement);
        if let Some(store) = &self.0.store
            && let Err(error) = store.write_all(&server)
        {
            self.0.log.line(&store.error_line(&error));
        }
    }

    /// Moves what the server says to the outboxes, the log and the timer.
    fn flush(&self, server: &mut Server) {
        let mut taken = 0;
        let mut closed = Vec::new();
        while taken < FLUSH_MAX {
            if let Some((id, reason)) = server.next_close() {
                self.remember(server, id, reason);
            }
            let Some(output) = server.poll() else { break };
            match output {
                Output::Bytes(id, bytes) => {
                    let Some(outbox) = self.outbox(id) else { continue };
                    taken += bytes.len();
                    self.send(server, id, &outbox, bytes);
                }
                Output::Close(id, reason) => {
                    let Some(outbox) = self.outbox(id) else { continue };
                    self.close(&outbox, reason);
                    closed.push(id);
                }
            }
        }
        while let Some(warning) = server.take_warning() {
            self.0.log.warning(warning);
        }
        if taken >= FLUSH_MAX && !self.0.is_flush_scheduled.replace(true) {
            tokio::task::spawn_local(self.clone().flush_later());
        }
        self.log_events(server);
        for id in closed {
            self.0.outboxes.borrow_mut().remove(&id);
        }
        self.0.deadline.set(server.deadline());
    }

    fn send(&self, server: &mut Server, id: ConnId, outbox: &Outbox, bytes: Vec<u8>) {
        outbox.push(bytes);
        let pending = outbox.pending();
        self.0.backpressure.grown(pending);
        if pending > REPORT_PENDING {
            server.handle(now(), id, Input::PendingBytes(pending));
        }
    }

    fn close(&self, outbox: &Outbox, reason: CloseReason) {
        if reason == CloseReason::SlowConsumer {
            self.log_slow_consumer(outbox, &format!("MaxPending of {} Exceeded", self.0.max_pending));
            outbox.abort();
        } else {
            outbox.close();
        }
    }

    fn log_events(&self, server: &mut Server) {
        if server.has_events() {
            let outboxes = self.0.outboxes.borrow();
            self.0.log.events(server.take_events(), &|event| {
                let outbox = event.connection.and_then(|id| outboxes.get(&id));
                outbox.map(|outbox| outbox.address.clone()).unwrap_or_default()
            });
        }
    }

    async fn flush_later(self) {
        tokio::task::yield_now().await;
        self.0.is_flush_scheduled.set(false);
        let mut server = self.0.server.borrow_mut();
        self.flush(&mut server);
        self.save(&server);
    }

    /// Saves streams before any client receives an acknowledgement: all of them, or only what is new if all of them were
    /// written recently.
    fn save(&self, server: &Server) {
        let Some(store) = self.0.store.as_ref().filter(|_| !self.is_stopped()) else { return };
        let pause = store.pause();
        if let Some(pause) = pause
            && !self.0.is_save_scheduled.replace(true)
        {
            tokio::task::spawn_local(self.clone().save_later(pause));
        }
        let saved = if pause.is_some() { store.append(server) } else { store.write_all_timed(server) };
        if let Err(error) = saved {
            self.0.log.line(&store.error_line(&error));
        }
    }

    async fn save_later(self, wait: Duration) {
        tokio::time::sleep(wait).await;
        self.0.is_save_scheduled.set(false);
        self.save(&self.0.server.borrow());
    }

    fn tick(&self) {
        let mut server = self.0.server.borrow_mut();
        server.tick(now());
        self.flush(&mut server);
        self.save(&server);
    }

    /// Wakes the server whenever something is due.
    async fn keep_time(self) {
        loop {
            tokio::select! {
                () = self.stopped() => return,
                () = self.0.deadline.reached() => {}
            }
            self.tick();
            // The next deadline may be now as well.
            tokio::task::yield_now().await;
        }
    }
}
