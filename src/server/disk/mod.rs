//! What a server leaves when it ends.

mod file;

use super::stream::Saved;

/// Streams in files with their durable consumers. An empty one is a new disk.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    pub(crate) streams: Vec<Saved>,
    pub(crate) authors: Vec<String>,
}

impl Disk {
    pub fn is_empty(&self) -> bool {
        self.streams.is_empty()
    }

    /// The streams' names with the number of their messages.
    pub fn contents(&self) -> Vec<(String, u64)> {
        self.streams.iter().map(|saved| (saved.config.name.clone(), saved.store.messages())).collect()
    }

    /// All of it as bytes, for [`Disk::from_bytes`] of the same version.
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(self)
    }

    /// `None` if the bytes are not a disk. `seed` is any number that others cannot guess.
    pub fn from_bytes(bytes: &[u8], seed: u64) -> Option<Disk> {
        file::read(bytes, seed)
    }
}
