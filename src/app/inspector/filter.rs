//! Which rows of the account's long lists are to be shown.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::app::text::visible;
use crate::server::StreamWindow;

/// How many keys of a bucket, and messages of a stream, are shown until somebody says what is in sight.
const AT_FIRST: usize = 50;

/// Nobody sees more rows at once.
const MOST: usize = 500;

/// For each stream what is to be shown of it, by its name as the inspector shows it.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct InspectorFilter {
    streams: BTreeMap<String, StreamFilter>,
}

#[derive(Clone, Debug)]
pub(super) struct StreamFilter {
    /// Which keys, counted from the one that changed last.
    keys: Range<usize>,
    /// What the keys have to contain.
    pub(super) find: String,
    /// The messages of the stream too.
    pub(super) open: bool,
    /// Which messages, counted from the newest.
    messages: Range<usize>,
}

static DEFAULT: StreamFilter =
    StreamFilter { keys: 0..AT_FIRST, find: String::new(), open: false, messages: 0..AT_FIRST };

impl InspectorFilter {
    pub(in crate::app) fn look_at_keys(&mut self, stream: String, rows: Range<usize>) {
        self.stream_mut(stream).keys = bounded(rows);
    }

    pub(in crate::app) fn look_at_messages(&mut self, stream: String, rows: Range<usize>) {
        self.stream_mut(stream).messages = bounded(rows);
    }

    /// Shows only the keys that contain a text.
    pub(in crate::app) fn find_keys(&mut self, stream: String, text: String) {
        let filter = self.stream_mut(stream);
        (filter.find, filter.keys) = (text, DEFAULT.keys.clone());
    }

    pub(in crate::app) fn show_messages(&mut self, stream: String, open: bool) {
        self.stream_mut(stream).open = open;
    }

    /// What the server's view has to contain of a stream.
    pub(in crate::app) fn window(&self, stream: &str) -> StreamWindow<'_> {
        let filter = self.stream(stream);
        StreamWindow {
            subjects: filter.keys.clone(),
            find: &filter.find,
            messages: if filter.open { filter.messages.clone() } else { 0..0 },
        }
    }

    pub(super) fn stream(&self, stream: &str) -> &StreamFilter {
        self.streams.get(&*visible(stream)).unwrap_or(&DEFAULT)
    }

    fn stream_mut(&mut self, stream: String) -> &mut StreamFilter {
        self.streams.entry(visible(&stream).into_owned()).or_insert_with(|| DEFAULT.clone())
    }
}

impl StreamFilter {
    /// Where the first shown key stands among all.
    pub(super) fn first_key(&self, found: usize) -> usize {
        self.keys.start.min(found)
    }

    /// Where the first shown message stands among all.
    pub(super) fn first_message(&self, total: usize) -> usize {
        self.messages.start.min(total)
    }
}

fn bounded(rows: Range<usize>) -> Range<usize> {
    rows.start..rows.end.clamp(rows.start, rows.start.saturating_add(MOST))
}
