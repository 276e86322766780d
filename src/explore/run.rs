//! One order: a world in which clients do what is nobody else's business by themselves, and everything else is a move that
//! somebody chooses.

use std::collections::BTreeSet;
use std::time::Duration;

use super::client::{Client, Opened};
use super::fault::FaultKind;
use super::happening::Happening;
use super::judge::{Moment, Observed};
use super::operations::{first_length, is_handshake, private_length, without_chance};
use super::outcome::{self, Ending, KeyValue, Outcome};
use super::scenario::{Scenario, ScenarioError};
use super::set_up::{has_fixed_streams, reads_clock, set_up, uses_only_configuration};
use super::state::{self, Clocks};
use crate::app::HOST;
use crate::base::Time;
use crate::server::config::JetStreamConfig;
use crate::server::view::View;
use crate::server::{Config, ConnId, Event, EventLevel, StreamWindow};
use crate::sim::World;

/// Something that others can tell when it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The server takes the next operation of a client's connection, counted from the oldest one that is open.
    Serve {
        client: usize,
        connection: usize,
    },
    /// What is on its way to a client arrives.
    Deliver {
        client: usize,
        connection: usize,
    },
    /// A client goes on behind an `enter`.
    Pass {
        client: usize,
    },
    Strike {
        client: usize,
        fault: FaultKind,
    },
    /// Time moves on to the next thing that is due.
    Wait,
}

/// Where an order is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// One of these comes next.
    Open(Vec<Move>),
    /// Nobody does anything any more, or somebody has waited or run in a circle for too long.
    Ended,
}

/// What happens by itself, since nobody else can tell when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Privacy {
    /// Handshakes, look-ups of streams that nobody changes, closing connections, and answers to whoever listens to one connection.
    Usual,
    /// Nothing, for tests: all of that is a move.
    Nothing,
}

/// How much is done between two moves, at most: a client that does more runs in a circle without the server.
const TURNS_MAX: usize = 200_000;

/// Streams and keys that are compared.
const WINDOW: usize = 10_000;

pub(super) struct Run<'a> {
    scenario: &'a Scenario,
    world: World,
    clients: Vec<Client>,
    observed: Observed,
    view: View,
    began: Time,
    /// How much time may pass.
    time_max: Duration,
    privacy: Privacy,
    /// Whether no client changes streams, so that looking one up is nobody else's business.
    has_fixed_streams: bool,
    /// Whether a client may look at the clock, so that what follows depends on how late it is.
    reads_clock: bool,
    /// Something ran for too long.
    is_endless: bool,
    /// What has happened since the last move, by whom.
    pub(super) happenings: Vec<(Option<usize>, Happening)>,
}

impl<'a> Run<'a> {
    /// A world in which the set-up has been done, and the clients have come as far as they do by themselves.
    ///
    /// # Errors
    /// A line of the set-up fails or does not end.
    pub(super) fn begin(
        scenario: &'a Scenario,
        time_max: Duration,
        privacy: Privacy,
    ) -> Result<Run<'a>, ScenarioError> {
        let start = crate::gofmt::time::parse("2026-01-01T00:00:00Z").expect("a time");
        let world = World::new(start, 1, EventLevel::Events);
        let config = Config {
            seed: 1,
            event_level: EventLevel::Events,
            host: "127.0.0.1".to_owned(),
            jetstream: Some(JetStreamConfig::default()),
            ..Config::default()
        };
        world.start_server(HOST, "", config).expect("nobody else listens in a new world");
        set_up(&world, scenario)?;
        world.hold_deliveries();
        let clients = scenario
            .clients
            .iter()
            .zip(1..)
            .map(|(client, number)| Client::new(&world, &client.name, number, &client.lines));
        let mut clients: Vec<Client> = clients.collect();
        for fault in &scenario.faults {
            clients[fault.client].faults.push(fault.kind);
        }
        let view = view(&world);
        let began = world.clock().now();
        let mut run = Run {
            scenario,
            world,
            clients,
            observed: Observed::default(),
            view,
            began,
            time_max,
            privacy,
            has_fixed_streams: has_fixed_streams(scenario),
            reads_clock: reads_clock(scenario),
            is_endless: false,
            happenings: Vec::new(),
        };
        run.observe();
        run.happenings.clear();
        run.settle();
        Ok(run)
    }

    /// What may come next.
    pub(super) fn stage(&self) -> Stage {
        let is_late = self.world.clock().now().since(self.began) > self.time_max;
        if self.is_endless || is_late || self.clients.iter().all(Client::has_ended) {
            return Stage::Ended;
        }
        let mut moves = Vec::new();
        for (index, client) in self.clients.iter().enumerate().filter(|(_, client)| client.may_act()) {
            for (connection, opened) in client.connections().iter().enumerate() {
                if self.sends(opened) {
                    moves.push(Move::Serve { client: index, connection });
                }
                if self.hears(opened) {
                    moves.push(Move::Deliver { client: index, connection });
                }
            }
            if client.is_in_front_of_section() {
                moves.push(Move::Pass { client: index });
            }
        }
        if moves.is_empty() {
            moves.extend(self.next_due().map(|_| Move::Wait));
        }
        for (index, client) in self.clients.iter().enumerate() {
            if client.may_act() && !client.has_ended() {
                let strikes = client.faults.iter().filter(|fault| match fault {
                    FaultKind::LostReply => client.connections().iter().any(|opened| self.hears(opened)),
                    FaultKind::Pause(_) | FaultKind::Death => true,
                });
                moves.extend(strikes.map(|fault| Move::Strike { client: index, fault: *fault }));
            }
        }
        if moves.is_empty() { Stage::Ended } else { Stage::Open(moves) }
    }

    /// Makes a move, and all that follows from it by itself.
    pub(super) fn make(&mut self, next: Move) {
        self.happenings.clear();
        match next {
            Move::Serve { client, connection } => {
                let id = self.clients[client].connections()[connection].connection;
                let length = self.world.peek_unsent(id, |bytes, _| first_length(bytes));
                self.world.serve(id, length);
            }
            Move::Deliver { client, connection } => self.deliver(client, connection),
            Move::Pass { client } => self.clients[client].pass(),
            Move::Strike { client, fault } => self.strike(client, fault),
            Move::Wait => {
                if let Some(due) = self.next_due() {
                    self.world.tick(due.max(self.world.clock().now() + Duration::from_nanos(1)));
                }
                self.resume();
            }
        }
        self.observe();
        self.settle();
    }

    /// A hash of all that what follows depends on.
    pub(super) fn state(&self) -> u64 {
        let clocks = if self.reads_clock { Clocks::Absolute } else { Clocks::Relative };
        state::hash(&self.world, &self.view, &self.clients, clocks, (&self.scenario.rules, &self.observed))
    }

    /// The line that a client runs.
    pub(super) fn line(&self, client: usize) -> Option<&str> {
        self.clients[client].line.as_ref().map(|line| line.text.as_str())
    }

    /// The rules that are broken.
    pub(super) fn broken(&self) -> &BTreeSet<usize> {
        &self.observed.broken
    }

    /// What each client has printed since the last call.
    pub(super) fn take_output(&self) -> Vec<String> {
        self.clients.iter().map(Client::take_output).collect()
    }

    /// The keys that have a value.
    pub(super) fn keys(&self) -> Vec<KeyValue> {
        outcome::keys(&self.view)
    }

    /// Judges how it ended. Returns what came of it.
    pub(super) fn end(&mut self) -> Outcome {
        let endings: Vec<Ending> = self.clients.iter().map(ending).collect();
        let broken = self.observed.judge_end(&self.scenario.rules, &self.view, &endings);
        self.happenings.extend(broken.into_iter().map(|rule| (None, Happening::Broke(rule))));
        Outcome::of(self.scenario, &self.view, endings)
    }

    fn strike(&mut self, client: usize, fault: FaultKind) {
        self.happenings.push((Some(client), Happening::Struck(fault)));
        match fault {
            FaultKind::Pause(time) => {
                self.clients[client].paused = Some(self.world.clock().now() + time);
            }
            FaultKind::Death => {
                let connections = self.clients[client].connections();
                connections.iter().for_each(|opened| self.world.forget_unsent(opened.connection));
                self.clients[client].die();
            }
            FaultKind::LostReply => {
                let connections = self.clients[client].connections();
                for (number, opened) in connections.iter().enumerate() {
                    if self.hears(opened) {
                        self.world.lose(opened.connection);
                        self.clients[client].hear(number, b"", self.world.clock().now());
                    }
                }
            }
        }
        self.clients[client].faults.retain(|other| *other != fault);
    }

    /// Those whose pause is over go on.
    fn resume(&mut self) {
        let now = self.world.clock().now();
        for (index, client) in self.clients.iter_mut().enumerate() {
            if client.paused.is_some_and(|until| until <= now) {
                client.paused = None;
                self.happenings.push((Some(index), Happening::Resumed));
            }
        }
    }

    fn next_due(&self) -> Option<Time> {
        let pauses = self.clients.iter().filter_map(|client| client.paused);
        pauses.chain(self.world.deadline()).min()
    }

    /// What is nobody else's business happens, until everything else is.
    fn settle(&mut self) {
        let mut turns = 0;
        loop {
            let mut goes_on = false;
            for client in &mut self.clients {
                goes_on |= client.go_on(&self.world);
            }
            let paused: BTreeSet<_> = self
                .clients
                .iter()
                .filter(|client| client.paused.is_some())
                .flat_map(|client| client.tasks.iter().copied())
                .collect();
            while self.world.run_task(|task| !paused.contains(&task)) {
                goes_on = true;
                turns += 1;
                if turns > TURNS_MAX {
                    self.is_endless = true;
                    return;
                }
            }
            goes_on |= self.pass_on();
            self.observe();
            if !goes_on {
                break;
            }
        }
        self.judge();
    }

    /// The server takes, and clients hear, what is nobody else's business. Returns whether there was something.
    fn pass_on(&mut self) -> bool {
        let mut goes_on = false;
        if self.privacy == Privacy::Nothing {
            self.forget_closed();
            return false;
        }
        for connection in self.world.unsent() {
            let owner = self.owner(connection);
            if owner.as_ref().is_some_and(|(client, ..)| self.clients[*client].paused.is_some()) {
                continue;
            }
            let looks_up = owner.is_some_and(|(.., opened)| self.looks_up(&opened));
            let length = self.world.peek_unsent(connection, |bytes, is_gone| match bytes {
                [] => is_gone.then_some(0),
                bytes => Some(private_length(bytes, looks_up)).filter(|length| *length > 0),
            });
            if let Some(length) = length {
                self.world.serve(connection, length);
                goes_on = true;
            }
        }
        for connection in self.world.undelivered() {
            let Some((client, number, opened)) = self.owner(connection) else {
                self.world.lose(connection);
                continue;
            };
            if self.clients[client].may_act() && !self.hears(&opened) {
                self.deliver(client, number);
                goes_on = true;
            }
        }
        self.forget_closed();
        goes_on
    }

    fn forget_closed(&self) {
        let open = self.world.connections();
        self.clients.iter().for_each(|client| client.keep_connections(|id| open.contains(&id)));
    }

    fn deliver(&mut self, client: usize, number: usize) {
        let connection = self.clients[client].connections()[number].connection;
        let heard = self.world.peek_undelivered(connection, |bytes| {
            if is_handshake(bytes) { None } else { Some(without_chance(bytes)) }
        });
        if let Some(bytes) = heard {
            self.clients[client].hear(number, &bytes, self.world.clock().now());
        }
        self.world.deliver(connection);
    }

    /// Whether a client has sent something over a connection that others can tell when the server takes it.
    fn sends(&self, opened: &Opened) -> bool {
        let looks_up = self.looks_up(opened);
        self.world.peek_unsent(opened.connection, |bytes, is_gone| match self.privacy {
            Privacy::Usual => !bytes.is_empty() && private_length(bytes, looks_up) == 0,
            Privacy::Nothing => !bytes.is_empty() || is_gone,
        })
    }

    /// Whether it matters when what is on its way over a connection arrives: where the answer may be lost, and where a client
    /// listens to more than one connection.
    fn hears(&self, opened: &Opened) -> bool {
        let is_answer =
            self.world.peek_undelivered(opened.connection, |bytes| !bytes.is_empty() && !is_handshake(bytes));
        if self.privacy == Privacy::Nothing {
            return self.world.peek_undelivered(opened.connection, |bytes| !bytes.is_empty());
        }
        is_answer
            && self.owner(opened.connection).is_some_and(|(client, ..)| {
                let client = &self.clients[client];
                client.faults.contains(&FaultKind::LostReply) || client.connections().len() > 1
            })
    }

    fn looks_up(&self, opened: &Opened) -> bool {
        self.has_fixed_streams && uses_only_configuration(&opened.args)
    }

    /// Whose connection it is, which of theirs, and what opened it.
    fn owner(&self, connection: ConnId) -> Option<(usize, usize, Opened)> {
        self.clients.iter().enumerate().find_map(|(index, client)| {
            let connections = client.connections();
            let number = connections.iter().position(|opened| opened.connection == connection)?;
            Some((index, number, connections[number].clone()))
        })
    }

    /// Takes what the server and the clients have done.
    fn observe(&mut self) {
        let events = self.world.with_server(HOST, |server| server.take_events()).unwrap_or_default();
        for event in &events {
            let by = event.connection.and_then(|id| self.owner(id)).map(|(client, ..)| client);
            if let Some(happening) = Happening::of(event) {
                self.happened(by.or_else(|| self.watcher(event)), happening);
            }
        }
        for client in 0..self.clients.len() {
            let news = std::mem::take(&mut self.clients[client].sections.borrow_mut().news);
            for (section, has_entered) in news {
                let happening =
                    if has_entered { Happening::Entered(section) } else { Happening::Left(section) };
                self.happened(Some(client), happening);
            }
        }
        if !events.is_empty() {
            self.view = view(&self.world);
        }
    }

    /// Who is told by the delivery of an event.
    fn watcher(&self, event: &Event) -> Option<usize> {
        let crate::server::EventKind::Delivered { stream, consumer, .. } = &event.kind else { return None };
        let stream = self.view.streams.iter().find(|known| known.name == *stream)?;
        let consumer = stream.consumers.iter().find(|known| known.name == *consumer)?;
        self.owner(consumer.connection?).map(|(client, ..)| client)
    }

    fn happened(&mut self, client: Option<usize>, mut happening: Happening) {
        if let (Happening::Wrote { bucket, key, unread, .. }, Some(client)) = (&mut happening, client) {
            *unread = self.observed.unread(client, bucket, key);
        }
        let broken = self.observed.take(&self.scenario.rules, client, &happening);
        let has_entered = matches!(happening, Happening::Entered(_));
        self.happenings.push((client, happening));
        if has_entered {
            self.judge();
        }
        self.happenings.extend(broken.into_iter().map(|rule| (client, Happening::Broke(rule))));
    }

    /// Judges this moment.
    fn judge(&mut self) {
        self.view.now = self.world.clock().now();
        let inside = self.clients.iter().map(|client| client.sections.borrow().inside.clone()).collect();
        let moment = Moment { view: &self.view, inside };
        let broken = self.observed.judge(&self.scenario.rules, &moment);
        self.happenings.extend(broken.into_iter().map(|rule| (None, Happening::Broke(rule))));
    }
}

fn view(world: &World) -> View {
    let window = |_: &str| StreamWindow { subjects: 0..WINDOW, ..StreamWindow::default() };
    world.with_server(HOST, |server| server.view_with(&window)).expect("the server runs")
}

fn ending(client: &Client) -> Ending {
    match client {
        Client { is_dead: true, .. } => Ending::Died,
        client if client.has_ended() => Ending::With(client.status.unwrap_or(0)),
        _ => Ending::Waits,
    }
}
