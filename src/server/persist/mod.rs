//! What a server leaves when it ends.

pub(crate) mod additions;
mod file;

pub use additions::PersistCursor;

use std::time::Duration;

use crate::base::Time;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::stream::Saved;
use file::Kept;

/// Streams in files with their consumers, except those that live in memory. An empty one is a new disk.
#[derive(Clone, Debug, Default)]
pub struct PersistedState {
    pub(crate) streams: Vec<Saved>,
    pub(crate) authors: Vec<String>,
}

/// A stream that was found where streams are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredStream {
    pub stream: String,
    pub messages: u64,
    pub consumers: usize,
}

/// What a running server would leave, without taking it; `None` where that is nothing.
pub(crate) fn bytes(authors: &[String], jetstream: &JetStream) -> Option<Vec<u8>> {
    let files: Vec<_> = jetstream.files().map(|stream| (stream, jetstream.saved_consumers(stream))).collect();
    let kept = files.iter().map(|(stream, consumers)| Kept {
        config: &stream.config,
        created: stream.created,
        store: &stream.store,
        from: 0,
        consumers,
    });
    (!files.is_empty()).then(|| file::write(authors, kept))
}

impl PersistedState {
    /// What of it is found `now`; messages that have become too old in the meantime are not.
    pub fn contents(&self, now: Time) -> Vec<RestoredStream> {
        let streams = self.streams.iter();
        let young = |saved: &Saved| match saved.config.max_age.duration() {
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

    /// All of it as bytes, for [`PersistedState::from_bytes`] of the same version.
    pub fn to_bytes(&self) -> Vec<u8> {
        let streams = self.streams.iter();
        let kept = streams.map(|Saved { config, created, store, consumers }| Kept {
            config,
            created: *created,
            store,
            from: 0,
            consumers,
        });
        file::write(&self.authors, kept)
    }

    /// `None` if the bytes are not a disk. `seed` is any number that others cannot guess.
    pub fn from_bytes(bytes: &[u8], seed: u64) -> Option<PersistedState> {
        file::read(bytes, seed)
    }

    /// Adds what [`Server::persist_changes`](crate::server::Server::persist_changes) told. `None` if the bytes are something else;
    /// some of it may have been added then.
    pub fn add(&mut self, bytes: &[u8], seed: u64) -> Option<()> {
        additions::add(self, bytes, seed)
    }
}
