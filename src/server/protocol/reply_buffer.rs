//! The reply to a message while it is made.

/// The reply to a message, which is sent once the message has reached everybody.
#[derive(Debug, Default)]
pub(crate) struct ReplyBuffer {
    pub(crate) headers: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

impl ReplyBuffer {
    pub(crate) fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.body.is_empty()
    }

    /// Empties it and keeps its memory.
    pub(crate) fn clear(&mut self) {
        self.headers.clear();
        self.body.clear();
    }
}
