//! What a server leaves when it ends.

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
}
