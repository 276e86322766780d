//! What was seen of the server lately: its picture, who wrote what, what watchers were told.

use std::collections::VecDeque;

use super::HOST;
use super::model::Seen;
use super::picture::operation;
use super::programs::{Owners, TerminalId};
use crate::base::{Map, Time};
use crate::server::view::View;
use crate::server::{Event, What};
use crate::sim::World;

#[derive(Default)]
pub(super) struct Record {
    /// `None` while no server runs.
    pub(super) view: Option<View>,
    /// What happened since the last look.
    pub(super) events: Vec<Event>,
    /// Who wrote: stream and sequence to terminal. The oldest are forgotten.
    authors: Map<(String, u64), TerminalId>,
    /// What a watcher was told last: stream and consumer.
    told: Map<(String, String), VecDeque<Seen>>,
    /// For each stream its last sequence before the last command.
    before: Map<String, u64>,
    /// The whole seconds at which the view was taken.
    taken: u64,
}

/// How many deliveries of a watcher are shown, and how many authors are known.
const TOLD: usize = 6;
const AUTHORS: usize = 20_000;

const NANOS_PER_SECOND: u64 = 1_000_000_000;

impl Record {
    /// Takes the news. `true` when there are any.
    pub(super) fn look(&mut self, world: &World, owners: &Owners, now: Time) -> bool {
        let seconds = now.nanos() / NANOS_PER_SECOND;
        let news = world.with_server(HOST, |server| {
            let events = server.take_events();
            let stale = !events.is_empty() || self.view.is_none() || (self.taken != seconds && self.ages());
            (events, stale.then(|| server.view()))
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
        events.iter().for_each(|event| self.note(event, owners, &view));
        self.events = events;
        self.told.retain(|(stream, consumer), _| {
            let stream = view.stream(stream);
            stream.is_some_and(|stream| stream.consumers.iter().any(|known| known.name == *consumer))
        });
        self.view = Some(view);
        true
    }

    /// Whether something in the picture changes by time passing alone.
    fn ages(&self) -> bool {
        self.view.as_ref().is_some_and(|view| {
            let mut subjects = view.streams.iter().flat_map(|stream| &stream.subjects);
            subjects.any(|subject| subject.last().expires.is_some())
        })
    }

    fn note(&mut self, event: &Event, owners: &Owners, view: &View) {
        match &event.what {
            What::Stored { stream, sequence, .. } => {
                let owner =
                    event.connection.and_then(|connection| owners.borrow().get(&connection.0).copied());
                if let Some(owner) = owner {
                    self.authors.insert((stream.clone(), *sequence), owner);
                }
                while self.authors.len() > AUTHORS {
                    self.authors.pop_first();
                }
            }
            What::Delivered { stream, consumer, subject, sequence, .. } => {
                let told = self.told.entry((stream.clone(), consumer.clone())).or_default();
                let Some(place) = view.stream(stream) else { return };
                let stored = place.subjects.iter().find(|known| known.subject == *subject);
                let stored =
                    stored.and_then(|known| known.revisions.iter().find(|known| known.sequence == *sequence));
                told.push_back(Seen {
                    key: place.key_of(subject).unwrap_or(subject).to_owned(),
                    revision: *sequence,
                    operation: stored
                        .map_or(super::model::Operation::Put, |stored| operation(stored.operation)),
                });
                if told.len() > TOLD {
                    told.pop_front();
                }
            }
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

    pub(super) fn author(&self, stream: &str, sequence: u64) -> Option<TerminalId> {
        self.authors.get(&(stream.to_owned(), sequence)).copied()
    }

    pub(super) fn told(&self, stream: &str, consumer: &str) -> Vec<Seen> {
        self.told.get(&(stream.to_owned(), consumer.to_owned())).into_iter().flatten().cloned().collect()
    }
}
