//! The account's streams and consumers.

mod acks;
pub(crate) mod advisory;
pub(crate) mod api;
pub(crate) mod api_error;
pub mod consumer;
mod consumers;
mod copy;
mod deliver;
mod expiry;
pub(crate) mod headers;
mod ingest;
mod interest;
mod priority;
mod pull;
mod purge;
pub(crate) mod store;
pub mod stream;

use std::collections::{BTreeMap, VecDeque};

pub(crate) use acks::AckOf;
pub(crate) use headers::{append, without};
pub(crate) use ingest::Incoming;
pub(crate) use pull::requires_too_much;

use crate::base::Slab;
use crate::jsapi::{ApiError, StorageType, StreamConfig};
use crate::server::config::JetStreamConfig;
use crate::server::context::{Desk, Timer};
use crate::server::jetstream::advisory::{StreamAction, advise};
use crate::server::jetstream::consumer::{Consumer, Saved as SavedConsumer};
use crate::server::jetstream::stream::Stream;
use crate::server::observe::event::EventKind;
use crate::server::protocol::router::{Owner, Subscription};
use crate::server::{API_LEVEL, VERSION};

pub(crate) struct JetStream {
    pub(crate) config: JetStreamConfig,
    pub(crate) streams: Slab<Stream>,
    pub(crate) names: BTreeMap<String, u32>,
    pub(crate) consumers: Slab<Consumer>,
    /// Calls of the API, and those answered with an error.
    pub(crate) api_total: u64,
    pub(crate) api_errors: u64,
    /// Bytes in memory and in files.
    pub(crate) memory: u64,
    pub(crate) storage: u64,
    numbers: u64,
    /// How many feeds all streams have together.
    feeding: usize,
    /// Push consumers by the subject that they deliver to.
    deliver_subjects: BTreeMap<String, Vec<u32>>,
    /// Consumers that may have something to deliver.
    ready: VecDeque<u32>,
    /// Room for the subject on which the next message is acknowledged, and the time that was written there last.
    scratch: Vec<u8>,
    /// Streams with messages that others may want to copy.
    fresh: VecDeque<u32>,
}

impl JetStream {
    pub(crate) fn new(config: JetStreamConfig, saved: Vec<stream::Saved>, desk: &mut Desk) -> JetStream {
        desk.domain.clone_from(&config.domain);
        let mut jetstream = JetStream {
            config,
            streams: Slab::default(),
            names: BTreeMap::new(),
            consumers: Slab::default(),
            api_total: 0,
            api_errors: 0,
            memory: 0,
            storage: 0,
            numbers: 0,
            feeding: 0,
            deliver_subjects: BTreeMap::new(),
            ready: VecDeque::new(),
            fresh: VecDeque::new(),
            scratch: Vec::new(),
        };
        for stream::Saved { config, created, store, consumers } in saved {
            let number = jetstream.number();
            let (storage, bytes) = (config.storage, store.bytes());
            let stream = Stream::with_store(number, config, created, store, desk);
            let place = jetstream.add_stream(stream, desk);
            jetstream.recount(storage, 0, bytes);
            for consumer in consumers {
                jetstream.restore_consumer(place, consumer, desk);
            }
        }
        jetstream
    }

    /// The streams that outlive the server.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Stream> {
        let streams = self.names.values().filter_map(|place| self.streams.get(*place));
        streams.filter(|stream| stream.config.storage == StorageType::File)
    }

    /// What of a stream's consumers outlives the server.
    pub(crate) fn saved_consumers(&self, stream: &Stream) -> Vec<SavedConsumer> {
        self.consumers_of(stream).filter_map(Consumer::save).collect()
    }

    pub(crate) fn into_files(mut self) -> Vec<stream::Saved> {
        let streams = self.names.values().filter_map(|place| self.streams.remove(*place));
        let in_files = streams.filter(|stream| stream.config.storage == StorageType::File);
        let saved = in_files.map(|Stream { config, created, store, consumers, .. }| {
            let consumers = consumers.values().filter_map(|place| self.consumers.get(*place)?.save());
            stream::Saved { config, created, store, consumers: consumers.collect() }
        });
        saved.collect()
    }

    /// Whether a consumer has something to deliver or a stream something to copy.
    pub(crate) fn is_busy(&self) -> bool {
        !self.ready.is_empty() || !self.fresh.is_empty()
    }

    /// A number that no stream and no consumer has had.
    pub(crate) fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    pub(crate) fn place(&self, stream: &str) -> Option<u32> {
        self.names.get(stream).copied()
    }

    pub(crate) fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.get(self.place(name)?)
    }

    /// A stream's place, or the error that there is none.
    pub(crate) fn find(&self, name: &str) -> Result<u32, ApiError> {
        self.place(name).ok_or_else(|| api_error::STREAM_NOT_FOUND.into())
    }

    pub(crate) fn config_of(&self, name: &str) -> Option<&StreamConfig> {
        self.stream(name).map(Stream::config)
    }

    /// All streams, sorted by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Stream> {
        self.names.values().filter_map(|place| self.streams.get(*place))
    }

    /// A stream's consumers, sorted by name.
    pub(crate) fn consumers_of(&self, stream: &Stream) -> impl Iterator<Item = &Consumer> {
        stream.consumers.values().filter_map(|place| self.consumers.get(*place))
    }

    /// The place of a consumer.
    pub(crate) fn consumer_place(&self, stream: &str, consumer: &str) -> Option<u32> {
        self.stream(stream)?.consumers.get(consumer).copied()
    }

    pub(crate) fn add_stream(&mut self, stream: Stream, desk: &mut Desk) -> u32 {
        let name = stream.config.name.clone();
        let place = self.streams.add(stream);
        self.names.insert(name, place);
        self.count_feeds();
        self.listen(place, desk);
        self.plan_stream(place, desk);
        place
    }

    /// Subscribes a stream to the subjects that it has, and ends what it has no more.
    pub(crate) fn listen(&mut self, place: u32, desk: &mut Desk) {
        let Some(stream) = self.streams.get_mut(place) else { return };
        let mut former = std::mem::take(&mut stream.subscriptions);
        for subject in &stream.config.subjects {
            let number = former.remove(subject).unwrap_or_else(|| {
                desk.router.add(Subscription {
                    owner: Owner::Stream(place),
                    sid: "".into(),
                    subject: subject.as_str().into(),
                    queue: None,
                    delivered: 0,
                    max: None,
                })
            });
            stream.subscriptions.insert(subject.clone(), number);
        }
        for number in former.into_values() {
            desk.router.remove(number);
        }
    }

    /// Deletes a stream with its consumers.
    pub(crate) fn remove_stream(&mut self, place: u32, desk: &mut Desk) {
        let Some(stream) = self.streams.get(place) else { return };
        for consumer in stream.consumers.values().copied().collect::<Vec<_>>() {
            self.remove_consumer(consumer, desk);
        }
        let Some(stream) = self.streams.remove(place) else { return };
        self.names.remove(&stream.config.name);
        self.count_feeds();
        for number in stream.subscriptions.values() {
            desk.router.remove(*number);
        }
        desk.forget(Timer::Stream(place, stream.number), stream.due);
        match stream.config.storage {
            StorageType::Memory => self.memory -= stream.store.bytes(),
            StorageType::File => self.storage -= stream.store.bytes(),
        }
        let now = desk.now;
        for (_, other) in self.streams.iter_mut() {
            for feed in &mut other.feeds {
                if feed.origin == Some(stream.number) {
                    feed.origin = None;
                    feed.connect_at = Some(now + crate::gofmt::Nanos::from_secs(10).duration());
                }
            }
        }
        let places: Vec<u32> = self.names.values().copied().collect();
        for place in places {
            self.plan_stream(place, desk);
        }
        self.stream_advisory(&stream.config.name, "DELETED", "delete", desk);
        desk.log.tell(|| EventKind::StreamDeleted { stream: stream.config.name });
    }

    /// Counts the feeds anew, after streams have come or changed. For each that goes, the real server asks its own API in
    /// vain to delete the consumer.
    pub(crate) fn count_feeds(&mut self) {
        let before = self.feeding;
        self.feeding = self.streams.iter().map(|(_, stream)| stream.feeds.len()).sum();
        let gone = before.saturating_sub(self.feeding) as u64;
        self.api_total += gone;
        self.api_errors += gone;
    }

    /// Adjusts the account's usage after a store has changed.
    pub(crate) fn recount(&mut self, storage: StorageType, before: u64, after: u64) {
        let used = match storage {
            StorageType::Memory => &mut self.memory,
            StorageType::File => &mut self.storage,
        };
        *used = (*used + after).saturating_sub(before);
    }

    /// Publishes an advisory about a stream, if anybody listens.
    pub(crate) fn stream_advisory(&self, stream: &str, topic: &str, action: &str, desk: &mut Desk) {
        let subject = format!("$JS.EVENT.ADVISORY.STREAM.{topic}.{stream}");
        advise(
            desk,
            &subject,
            "io.nats.jetstream.advisory.v1.stream_action",
            StreamAction { stream, action },
        );
    }

    /// Sets a stream's timer.
    pub(crate) fn plan_stream(&mut self, place: u32, desk: &mut Desk) {
        let Some(stream) = self.streams.get_mut(place) else { return };
        let end = stream.next_to_end().map(|(time, _)| time);
        let connect = stream.feeds.iter().filter_map(|feed| feed.connect_at).min();
        let when = end.into_iter().chain(connect).min();
        desk.wake(Timer::Stream(place, stream.number), &mut stream.due, when);
    }

    pub(crate) fn wake_stream(&mut self, place: u32, number: u64, desk: &mut Desk) {
        let Some(stream) = self.streams.get_mut(place).filter(|stream| stream.number == number) else {
            return;
        };
        stream.due = None;
        self.end_messages(place, desk);
        self.connect_feeds(place, desk);
        self.plan_stream(place, desk);
    }
}

/// Adds what the server tells beside the metadata that it stores: its version and API level.
pub(crate) fn add_version(metadata: &mut BTreeMap<String, String>) {
    metadata.insert("_nats.ver".to_owned(), VERSION.to_owned());
    metadata.insert("_nats.level".to_owned(), API_LEVEL.to_string());
}
