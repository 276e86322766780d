//! What of the account somebody wants to see, beyond the first of everything.

use crate::base::Map;
use crate::server::Window;

/// How many keys of a bucket, and messages of a stream, are drawn at once, of those that changed last.
pub(super) const SHOWN: usize = 50;

#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    streams: Map<String, Place>,
}

/// What is wanted of one stream.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// How many keys and messages.
    pub(super) limit: usize,
    /// What the keys have to contain.
    pub(super) find: String,
}

static USUAL: Place = Place { limit: SHOWN, find: String::new() };

/// A wish to see something else.
#[derive(Clone, Debug)]
pub enum Show {
    /// More keys of a stream.
    More { stream: String },
    /// The keys that contain this.
    Find { stream: String, text: String },
}

impl Sight {
    pub(super) fn show(&mut self, show: Show) {
        match show {
            Show::More { stream } => self.place(stream).limit += SHOWN,
            Show::Find { stream, text } => self.place(stream).find = text,
        }
    }

    pub(super) fn of(&self, stream: &str) -> &Place {
        self.streams.get(stream).unwrap_or(&USUAL)
    }

    pub(super) fn window(&self, stream: &str) -> Window<'_> {
        let place = self.of(stream);
        Window { limit: place.limit, find: &place.find }
    }

    fn place(&mut self, stream: String) -> &mut Place {
        self.streams.entry(stream).or_insert_with(|| USUAL.clone())
    }
}
