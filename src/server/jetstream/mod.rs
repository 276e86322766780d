//! JetStream: the account's streams and consumers. A file here acts on the whole of JetStream; the one of the same name
//! below `stream/` or `consumer/` on one of them.

mod account;
mod acks;
pub(crate) mod advisory;
pub(crate) mod api;
pub(crate) mod api_error;
mod asset_name;
pub(crate) mod consumer;
mod consumers;
mod deliver;
mod expiry;
pub(crate) mod headers;
mod ingest;
mod interest;
mod pull;
mod purge;
mod replicate;
pub(crate) mod store;
pub(crate) mod stream;
mod streams;

use std::collections::{BTreeMap, VecDeque};

pub(crate) use headers::{append, requires_too_much, without};

use slotmap::SlotMap;

use crate::jsapi::{ApiError, StorageType, StreamConfig};
use crate::server::config::JetStreamConfig;
use crate::server::context::ServerContext;
use crate::server::jetstream::consumer::{Consumer, PersistedConsumer};
use crate::server::jetstream::stream::Stream;
use crate::server::keys::{ConsumerKey, StreamKey};
use crate::server::version::{API_LEVEL, VERSION};

pub(crate) struct JetStream {
    pub(crate) config: JetStreamConfig,
    pub(crate) streams: SlotMap<StreamKey, Stream>,
    pub(crate) names: BTreeMap<String, StreamKey>,
    pub(crate) consumers: SlotMap<ConsumerKey, Consumer>,
    /// Calls of the API, and those answered with an error.
    pub(crate) api_total: u64,
    pub(crate) api_errors: u64,
    /// Bytes in memory and in files.
    pub(crate) memory: u64,
    pub(crate) storage: u64,
    consumers_created: u64,
    /// How many mirrors and sources all streams have together.
    upstream_count: usize,
    /// Push consumers by the subject that they deliver to.
    deliver_subjects: BTreeMap<String, Vec<ConsumerKey>>,
    /// Consumers that wait for a turn to deliver.
    ready: VecDeque<ConsumerKey>,
    /// A buffer for the ack subject of the next delivery.
    ack_subject: Vec<u8>,
    /// Streams with new messages that others may mirror or source.
    changed_streams: VecDeque<StreamKey>,
}

impl JetStream {
    pub(crate) fn new(
        config: JetStreamConfig,
        saved: Vec<stream::PersistedStream>,
        ctx: &mut ServerContext,
    ) -> JetStream {
        ctx.domain.clone_from(&config.domain);
        let mut jetstream = JetStream {
            config,
            streams: SlotMap::with_key(),
            names: BTreeMap::new(),
            consumers: SlotMap::with_key(),
            api_total: 0,
            api_errors: 0,
            memory: 0,
            storage: 0,
            consumers_created: 0,
            upstream_count: 0,
            deliver_subjects: BTreeMap::new(),
            ready: VecDeque::new(),
            changed_streams: VecDeque::new(),
            ack_subject: Vec::new(),
        };
        for stream::PersistedStream { config, created, store, consumers } in saved {
            let (storage, bytes) = (config.storage, store.bytes());
            let stream = Stream::with_store(config, created, store, ctx);
            let stream_key = jetstream.add_stream(stream, ctx);
            jetstream.update_usage(storage, 0, bytes);
            for consumer in consumers {
                jetstream.restore_consumer(stream_key, consumer, ctx);
            }
        }
        jetstream
    }

    /// The streams that outlive the server.
    pub(crate) fn file_streams(&self) -> impl Iterator<Item = &Stream> {
        let streams = self.names.values().filter_map(|stream_key| self.streams.get(*stream_key));
        streams.filter(|stream| stream.config.storage == StorageType::File)
    }

    /// What outlives the server of a stream's consumers.
    pub(crate) fn persisted_consumers(&self, stream: &Stream) -> Vec<PersistedConsumer> {
        self.consumers_of(stream).filter_map(Consumer::save).collect()
    }

    pub(crate) fn into_file_streams(mut self) -> Vec<stream::PersistedStream> {
        let streams = self.names.values().filter_map(|stream_key| self.streams.remove(*stream_key));
        let in_files = streams.filter(|stream| stream.config.storage == StorageType::File);
        let saved = in_files.map(|Stream { config, created, store, consumers, .. }| {
            let consumers =
                consumers.values().filter_map(|consumer_key| self.consumers.get(*consumer_key)?.save());
            stream::PersistedStream { config, created, store, consumers: consumers.collect() }
        });
        saved.collect()
    }

    /// Whether a consumer has something to deliver or a stream something to copy.
    pub(crate) fn is_busy(&self) -> bool {
        !self.ready.is_empty() || !self.changed_streams.is_empty()
    }

    /// How many consumers there have been, this new one included.
    fn count_consumer(&mut self) -> u64 {
        self.consumers_created += 1;
        self.consumers_created
    }

    pub(crate) fn stream_key(&self, stream: &str) -> Option<StreamKey> {
        self.names.get(stream).copied()
    }

    pub(crate) fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.get(self.stream_key(name)?)
    }

    /// A stream's key, or the error that there is none.
    pub(crate) fn find(&self, name: &str) -> Result<StreamKey, ApiError> {
        self.stream_key(name).ok_or_else(|| api_error::STREAM_NOT_FOUND.into())
    }

    pub(crate) fn config_of(&self, name: &str) -> Option<&StreamConfig> {
        self.stream(name).map(Stream::config)
    }

    /// All streams, sorted by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Stream> {
        self.names.values().filter_map(|stream_key| self.streams.get(*stream_key))
    }

    /// A stream's consumers, sorted by name.
    pub(crate) fn consumers_of(&self, stream: &Stream) -> impl Iterator<Item = &Consumer> {
        stream.consumers.values().filter_map(|consumer_key| self.consumers.get(*consumer_key))
    }

    pub(crate) fn consumer_key(&self, stream: &str, consumer: &str) -> Option<ConsumerKey> {
        self.stream(stream)?.consumers.get(consumer).copied()
    }
}

/// Adds the server's version and API level, which are reported but not stored, to the metadata.
pub(crate) fn add_version(metadata: &mut BTreeMap<String, String>) {
    metadata.insert("_nats.ver".to_owned(), VERSION.to_owned());
    metadata.insert("_nats.level".to_owned(), API_LEVEL.to_string());
}
