//! What happened on the server lately: its last view, who wrote what, what watchers were sent, which commands failed.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::HOST;
use super::contention::ContentionLog;
use super::failure_context::FailureContext;
use super::model::Delivery;
use super::owners::TerminalId;
use super::terminals::Terminals;
use super::write_log::{LoggedWrite, WriteLog};
use crate::base::{Cost, Time, TimeZone};
use crate::server::event::RemovalReason;
use crate::server::view::View;
use crate::server::{Event, EventKind, EventLevel, StreamWindow};
use crate::sim::World;

#[derive(Default)]
pub(super) struct ActivityLog {
    /// `None` while no server runs.
    view: Option<Rc<View>>,
    /// The whole second at which the view was taken.
    view_second: u64,
    /// What happened since the observation before.
    events: Vec<Event>,
    writes: WriteLog,
    contention: ContentionLog,
    /// Failures of commands in terminals, oldest first.
    failures: VecDeque<FailureContext>,
    /// For each stream and consumer what it was sent last.
    deliveries: BTreeMap<(String, String), VecDeque<Delivery>>,
    /// For each stream the subjects whose last value has expired, oldest first, and when.
    expired: BTreeMap<String, VecDeque<(String, Time)>>,
    /// For each stream its last sequence before the last command.
    before_command: BTreeMap<String, u64>,
    /// Since when something is going to expire.
    expires_since: Option<Time>,
    /// From when something was going to expire until it did.
    expiries: Vec<(Time, Time)>,
}

/// How many subjects of a stream are kept that have expired.
const EXPIRED: usize = 3;

/// How many deliveries of a watcher are kept.
const DELIVERIES: usize = 6;

/// How many failures are kept.
const FAILURES: usize = 200;

/// How many keys of each bucket the view has, of those that changed last.
const VIEW_KEYS: usize = 100;

const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// How many bytes a view takes, about.
fn size(view: &View) -> u64 {
    let keys: usize = view.streams.iter().map(|stream| stream.subjects.len()).sum();
    let subscriptions: usize = view.connections.iter().map(|connection| connection.subscriptions.len()).sum();
    (keys * 16 + subscriptions * 64 + (view.streams.len() + view.connections.len()) * 256) as u64
}

impl ActivityLog {
    /// `None` while no server runs.
    pub(super) fn view(&self) -> Option<&View> {
        self.view.as_deref()
    }

    /// The same, to be kept.
    pub(super) fn shared_view(&self) -> Option<Rc<View>> {
        self.view.clone()
    }

    /// What happened since the observation before, oldest first.
    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    /// Who read, wrote and was refused at the keys that clients contend for.
    pub(super) fn contention(&self) -> &ContentionLog {
        &self.contention
    }

    /// The spans of time from when something was going to expire until it did.
    pub(super) fn expiries(&self) -> &[(Time, Time)] {
        &self.expiries
    }

    /// Takes what has happened on the server. `true` if there is anything new.
    pub(super) fn observe(
        &mut self,
        world: &World,
        terminals: &Terminals,
        zone: &TimeZone,
        event_level: EventLevel,
    ) -> bool {
        let now = world.clock().now();
        let second = now.nanos() / NANOS_PER_SECOND;
        let news = world.with_server(HOST, |server| {
            if server.event_level() != event_level {
                server.set_event_level(event_level);
            }
            let events = server.take_events();
            let ages = self.next_expiry().is_some() || self.next_removal().is_some();
            let stale = !events.is_empty() || self.view.is_none() || (self.view_second != second && ages);
            (events, stale.then(|| server.view_with(&|_| StreamWindow::newest(VIEW_KEYS))))
        });
        let Some((events, view)) = news else {
            let was_there = self.view.take().is_some();
            self.events.clear();
            return was_there;
        };
        self.events = events;
        let Some(view) = view else { return false };
        world.meter().spend(Cost::Bytes, size(&view));
        self.view_second = second;
        let events = std::mem::take(&mut self.events);
        self.contention.begin();
        for (place, event) in events.iter().enumerate() {
            self.add(event, terminals, zone, &view);
            self.contention.add(place, event, terminals, &view, &self.writes);
        }
        let aged =
            |event: &Event| matches!(event.kind, EventKind::Removed { reason: RemovalReason::Age, .. });
        if events.iter().any(aged) {
            self.expiries.push((self.expires_since.unwrap_or(now), now));
        }
        self.events = events;
        self.deliveries.retain(|(stream, consumer), _| {
            let stream = view.stream(stream);
            stream.is_some_and(|stream| stream.consumers.iter().any(|known| known.name == *consumer))
        });
        self.view = Some(Rc::new(view));
        self.expires_since = self.next_expiry().map(|_| self.expires_since.unwrap_or(now));
        true
    }

    /// When the next message of any stream expires.
    pub(super) fn next_expiry(&self) -> Option<Time> {
        self.view.iter().flat_map(|view| &view.streams).filter_map(|stream| stream.next_end).min()
    }

    /// When the next consumer is removed that nobody listens to.
    fn next_removal(&self) -> Option<Time> {
        let streams = self.view.iter().flat_map(|view| &view.streams);
        streams.flat_map(|stream| &stream.consumers).filter_map(|consumer| consumer.removal).min()
    }

    /// The subjects of a stream whose last value has expired lately, oldest first, and when.
    pub(super) fn expired(&self, stream: &str) -> impl Iterator<Item = &(String, Time)> {
        self.expired.get(stream).into_iter().flatten()
    }

    fn add(&mut self, event: &Event, terminals: &Terminals, zone: &TimeZone, view: &View) {
        match &event.kind {
            EventKind::Stored { stream, subject, sequence, operation, .. } => {
                let write = LoggedWrite {
                    time: event.time,
                    subject: subject.clone(),
                    sequence: *sequence,
                    operation: *operation,
                    terminal: terminals.owner(event.connection).map(|terminal| terminal.id),
                    expired: None,
                };
                self.writes.add(stream, write);
                if let Some(expired) = self.expired.get_mut(stream) {
                    expired.retain(|(other, _)| other != subject);
                }
            }
            EventKind::Removed { stream, subject, sequence, reason } if reason.is_expiry() => {
                self.writes.expire(stream, *sequence, event.time);
                if self.writes.is_last_value(stream, subject, *sequence) {
                    let expired = self.expired.entry(stream.clone()).or_default();
                    expired.push_back((subject.clone(), event.time));
                    if expired.len() > EXPIRED {
                        expired.pop_front();
                    }
                }
            }
            EventKind::Delivered { stream, consumer, subject, sequence, operation, .. } => {
                let Some(bucket) = view.stream(stream) else { return };
                let deliveries = self.deliveries.entry((stream.clone(), consumer.clone())).or_default();
                deliveries.push_back(Delivery {
                    key: bucket.key_of(subject).unwrap_or(subject).to_owned(),
                    revision: *sequence,
                    operation: *operation,
                });
                if deliveries.len() > DELIVERIES {
                    deliveries.pop_front();
                }
            }
            EventKind::StreamCreated { stream } => {
                self.writes.forget(stream);
                self.expired.remove(stream);
            }
            EventKind::PublishRejected { .. } | EventKind::Read { .. } => {
                let failure = FailureContext::of(event, terminals, zone, view, &self.writes);
                if self.failures.len() == FAILURES && failure.is_some() {
                    self.failures.pop_front();
                }
                self.failures.extend(failure);
            }
            _ => {}
        }
    }

    /// A command begins: what is written from now on is new.
    pub(super) fn begin_command(&mut self) {
        let streams = self.view.iter().flat_map(|view| &view.streams);
        self.before_command = streams.map(|stream| (stream.name.clone(), stream.last_sequence)).collect();
    }

    /// Whether a message was written since the last command began.
    pub(super) fn is_fresh(&self, stream: &str, sequence: u64) -> bool {
        sequence > self.before_command.get(stream).copied().unwrap_or(0)
    }

    /// The terminal that wrote a sequence of a stream.
    pub(super) fn author(&self, stream: &str, sequence: u64) -> Option<TerminalId> {
        self.writes.get(stream, sequence)?.terminal
    }

    /// What a consumer was sent last.
    pub(super) fn deliveries(&self, stream: &str, consumer: &str) -> Vec<Delivery> {
        let deliveries = self.deliveries.get(&(stream.to_owned(), consumer.to_owned()));
        deliveries.into_iter().flatten().cloned().collect()
    }

    /// The last failure of a command.
    pub(super) fn failure(&self, terminal: TerminalId, block: u64) -> Option<&FailureContext> {
        self.failures.iter().rev().find(|failure| failure.terminal == terminal && failure.block == block)
    }
}
