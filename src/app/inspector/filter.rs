//! What of the account is to be shown beyond the first keys of each bucket.

use std::collections::BTreeMap;

use crate::app::text::visible;
use crate::server::SubjectWindow;

/// How many keys of a bucket, and messages of a stream, are shown at first; more come in such portions.
const PORTION: usize = 50;

/// For each stream what is to be shown of it, by its name as the inspector shows it.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct InspectorFilter {
    streams: BTreeMap<String, StreamFilter>,
}

#[derive(Clone, Debug)]
pub(super) struct StreamFilter {
    /// How many keys and messages, of those that changed last.
    pub(super) limit: usize,
    /// What the keys have to contain.
    pub(super) find: String,
    /// The messages of the stream too.
    pub(super) messages: bool,
}

static DEFAULT: StreamFilter = StreamFilter { limit: PORTION, find: String::new(), messages: false };

impl InspectorFilter {
    pub(in crate::app) fn show_more(&mut self, stream: String) {
        self.stream_mut(stream).limit += PORTION;
    }

    /// Shows only the keys that contain a text.
    pub(in crate::app) fn find_keys(&mut self, stream: String, text: String) {
        self.stream_mut(stream).find = text;
    }

    pub(in crate::app) fn show_messages(&mut self, stream: String, open: bool) {
        self.stream_mut(stream).messages = open;
    }

    /// What the server's view has to contain of a stream.
    pub(in crate::app) fn window(&self, stream: &str) -> SubjectWindow<'_> {
        let filter = self.stream(stream);
        SubjectWindow { limit: filter.limit, find: &filter.find }
    }

    pub(super) fn stream(&self, stream: &str) -> &StreamFilter {
        self.streams.get(&*visible(stream)).unwrap_or(&DEFAULT)
    }

    fn stream_mut(&mut self, stream: String) -> &mut StreamFilter {
        self.streams.entry(visible(&stream).into_owned()).or_insert_with(|| DEFAULT.clone())
    }
}
