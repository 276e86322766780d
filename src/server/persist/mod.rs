//! What outlives a server: streams in files with their consumers.

pub(crate) mod additions;
mod file;

pub use additions::PersistCursor;

use std::time::Duration;

use crate::base::Time;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::stream::PersistedStream;
use file::StreamEntry;

/// Streams in files with their consumers, except consumers in memory. Empty for a new server.
#[derive(Clone, Debug, Default)]
pub struct PersistedState {
    pub(crate) streams: Vec<PersistedStream>,
    pub(crate) authors: Vec<String>,
}

/// A stream that a starting server finds in its store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredStream {
    pub stream: String,
    pub messages: u64,
    pub consumers: usize,
}

/// The state that a running server would leave, as bytes; `None` if it is empty.
pub(crate) fn bytes(authors: &[String], jetstream: &JetStream) -> Option<Vec<u8>> {
    let files: Vec<_> =
        jetstream.file_streams().map(|stream| (stream, jetstream.persisted_consumers(stream))).collect();
    let entries = files.iter().map(|(stream, consumers)| StreamEntry {
        config: &stream.config,
        created: stream.created,
        store: &stream.store,
        from: 0,
        consumers,
    });
    (!files.is_empty()).then(|| file::write(authors, entries))
}

impl PersistedState {
    /// The streams that a server started `now` finds; messages that are too old by then do not count.
    pub fn contents(&self, now: Time) -> Vec<RestoredStream> {
        let streams = self.streams.iter();
        let young = |saved: &PersistedStream| match saved.config.max_age.duration() {
            Duration::ZERO => 0,
            age => saved.store.sequence_at(now - age),
        };
        let restored = streams.map(|saved| RestoredStream {
            stream: saved.config.name.clone(),
            messages: saved.store.count_from(young(saved)),
            consumers: saved.consumers.len(),
        });
        restored.collect()
    }

    /// As bytes, for [`PersistedState::from_bytes`] of the same version.
    pub fn to_bytes(&self) -> Vec<u8> {
        let streams = self.streams.iter();
        let entries = streams.map(|PersistedStream { config, created, store, consumers }| StreamEntry {
            config,
            created: *created,
            store,
            from: 0,
            consumers,
        });
        file::write(&self.authors, entries)
    }

    /// Reads [`PersistedState::to_bytes`]; `None` if the bytes are something else. `seed` is any number that others
    /// cannot guess.
    pub fn from_bytes(bytes: &[u8], seed: u64) -> Option<PersistedState> {
        file::read(bytes, seed)
    }

    /// Applies the changes of [`Server::persist_changes`](crate::server::Server::persist_changes). `None` if the bytes
    /// are something else; some of them may have been applied then.
    pub fn add(&mut self, bytes: &[u8], seed: u64) -> Option<()> {
        additions::add(self, bytes, seed)
    }
}
