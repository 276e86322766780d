//! What was seen of the server lately: its picture, who wrote what, what watchers were told.

use std::collections::{BTreeMap, VecDeque};

use super::HOST;
use super::diagnosis::{Met, People};
use super::inspector::operation;
use super::model::{Operation, Seen};
use super::programs::TerminalId;
use crate::base::Time;
use crate::server::event::RemovalReason;
use crate::server::view::View;
use crate::server::{Event, EventKind, EventLevel, SubjectWindow};
use crate::sim::World;

#[derive(Default)]
pub(super) struct Record {
    /// `None` while no server runs.
    pub(super) view: Option<View>,
    /// What happened since the last look.
    pub(super) events: Vec<Event>,
    /// What was written, by stream, in the order of its sequences. The oldest are forgotten.
    pub(super) written: BTreeMap<String, VecDeque<Written>>,
    /// What commands of the terminals met with, oldest first.
    pub(super) met: VecDeque<Met>,
    /// What a watcher was told last: stream and consumer.
    told: BTreeMap<(String, String), VecDeque<Seen>>,
    /// For each stream its last sequence before the last command.
    before: BTreeMap<String, u64>,
    /// Since when something is going to expire, and the spans at whose end something did.
    expires_since: Option<Time>,
    pub(super) expired: Vec<(Time, Time)>,
    /// The whole seconds at which the view was taken.
    taken: u64,
}

/// A message that a stream stored.
pub(super) struct Written {
    pub(super) time: Time,
    pub(super) subject: String,
    pub(super) sequence: u64,
    pub(super) operation: Operation,
    /// From which terminal, if it was one.
    pub(super) terminal: Option<TerminalId>,
}

/// How many deliveries of a watcher are shown, and how many writes of a stream are known.
const TOLD: usize = 6;
const WRITTEN: usize = 10_000;

/// How many keys of each bucket a look takes in, of those that changed last.
const LOOKED_AT: usize = 100;

const NANOS_PER_SECOND: u64 = 1_000_000_000;

impl Record {
    /// Takes the news. `true` when there are any.
    pub(super) fn look(
        &mut self,
        world: &World,
        people: &People<'_>,
        now: Time,
        event_level: EventLevel,
    ) -> bool {
        let seconds = now.nanos() / NANOS_PER_SECOND;
        let news = world.with_server(HOST, |server| {
            if server.event_level() != event_level {
                server.set_event_level(event_level);
            }
            let events = server.take_events();
            let stale = !events.is_empty() || self.view.is_none() || (self.taken != seconds && self.ages());
            let window = SubjectWindow { limit: LOOKED_AT, find: "" };
            (events, stale.then(|| server.view_with(&|_| window)))
        });
        let Some((events, view)) = news else {
            let was_there = self.view.take().is_some();
            self.events.clear();
            return was_there;
        };
        self.events = events;
        let Some(view) = view else { return false };
        self.taken = seconds;
        let events = std::mem::take(&mut self.events);
        events.iter().for_each(|event| self.note(event, people, &view));
        let removed =
            |event: &Event| matches!(event.kind, EventKind::Removed { reason: RemovalReason::Age, .. });
        if events.iter().any(removed) {
            self.expired.push((self.expires_since.unwrap_or(now), now));
        }
        self.events = events;
        self.told.retain(|(stream, consumer), _| {
            let stream = view.stream(stream);
            stream.is_some_and(|stream| stream.consumers.iter().any(|known| known.name == *consumer))
        });
        self.view = Some(view);
        self.expires_since = self.ages().then(|| self.expires_since.unwrap_or(now));
        true
    }

    /// Whether something in the picture changes by time passing alone.
    fn ages(&self) -> bool {
        self.next_end().is_some()
    }

    /// When the next message of any stream comes to its end.
    pub(super) fn next_end(&self) -> Option<Time> {
        self.view.iter().flat_map(|view| &view.streams).filter_map(|stream| stream.next_end).min()
    }

    fn note(&mut self, event: &Event, people: &People<'_>, view: &View) {
        match &event.kind {
            EventKind::Stored { stream, subject, sequence, operation: done } => {
                let written = self.written.entry(stream.clone()).or_default();
                if written.len() == WRITTEN {
                    written.pop_front();
                }
                written.push_back(Written {
                    time: event.time,
                    subject: subject.clone(),
                    sequence: *sequence,
                    operation: operation(*done),
                    terminal: people.of(event.connection).map(|desk| desk.id),
                });
            }
            EventKind::Delivered { stream, consumer, subject, sequence, operation: done, .. } => {
                let Some(place) = view.stream(stream) else { return };
                let told = self.told.entry((stream.clone(), consumer.clone())).or_default();
                told.push_back(Seen {
                    key: place.key_of(subject).unwrap_or(subject).to_owned(),
                    revision: *sequence,
                    operation: operation(*done),
                });
                if told.len() > TOLD {
                    told.pop_front();
                }
            }
            // One that is made again counts from 1 again.
            EventKind::StreamCreated { stream } => _ = self.written.remove(stream),
            EventKind::PublishRejected { .. } | EventKind::Read { .. } => self.meet(event, people, view),
            _ => {}
        }
    }

    /// A command begins: what is written from now on is new.
    pub(super) fn begin(&mut self) {
        let streams = self.view.iter().flat_map(|view| &view.streams);
        self.before = streams.map(|stream| (stream.name.clone(), stream.last_sequence)).collect();
    }

    pub(super) fn before(&self, stream: &str) -> u64 {
        self.before.get(stream).copied().unwrap_or(0)
    }

    /// The terminal that wrote a sequence of a stream.
    pub(super) fn author(&self, stream: &str, sequence: u64) -> Option<TerminalId> {
        let written = self.written.get(stream)?;
        written.get(written.binary_search_by_key(&sequence, |it| it.sequence).ok()?)?.terminal
    }

    pub(super) fn told(&self, stream: &str, consumer: &str) -> Vec<Seen> {
        self.told.get(&(stream.to_owned(), consumer.to_owned())).into_iter().flatten().cloned().collect()
    }
}
