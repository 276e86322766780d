//! What of the account somebody wants to see, beyond the first of everything.

use std::collections::BTreeMap;

use crate::app::App;
use crate::app::protocol_log::{DRAWN, Wanted};
use crate::server::SubjectWindow;

/// How many keys of a bucket, and messages of a stream, are drawn at once, of those that changed last.
pub(in crate::app) const SHOWN: usize = 50;

#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Sight {
    streams: BTreeMap<String, Place>,
}

/// What is wanted of one stream.
#[derive(Clone, Debug)]
pub(in crate::app) struct Place {
    /// How many keys and messages.
    pub(in crate::app) limit: usize,
    /// What the keys have to contain.
    pub(in crate::app) find: String,
    /// The messages too.
    pub(in crate::app) messages: bool,
}

static USUAL: Place = Place { limit: SHOWN, find: String::new(), messages: false };

/// A wish to see something else.
#[derive(Clone, Debug)]
pub enum Show {
    /// More keys of a stream.
    More {
        stream: String,
    },
    /// The keys that contain this.
    Find {
        stream: String,
        text: String,
    },
    /// The messages of a stream too, or not.
    Messages {
        stream: String,
        open: bool,
    },
    /// What passes is listened to, or not.
    Listen(bool),
    Wanted(Wanted),
    /// More of what passed, or none of it.
    MorePassed,
    NonePassed,
}

impl App {
    pub(in crate::app) fn show(&mut self, show: Show) {
        let (sight, traffic) = (&mut self.sight, &mut self.traffic);
        match show {
            Show::More { stream } => sight.place(stream).limit += SHOWN,
            Show::Find { stream, text } => sight.place(stream).find = text,
            Show::Messages { stream, open } => sight.place(stream).messages = open,
            Show::Listen(listening) => traffic.listening = listening,
            Show::Wanted(wanted) => traffic.wanted = wanted,
            Show::MorePassed => traffic.limit += DRAWN,
            Show::NonePassed => traffic.clear(),
        }
    }
}

impl Sight {
    pub(in crate::app) fn of(&self, stream: &str) -> &Place {
        self.streams.get(stream).unwrap_or(&USUAL)
    }

    pub(in crate::app) fn window(&self, stream: &str) -> SubjectWindow<'_> {
        let place = self.of(stream);
        SubjectWindow { limit: place.limit, find: &place.find }
    }

    fn place(&mut self, stream: String) -> &mut Place {
        self.streams.entry(stream).or_insert_with(|| USUAL.clone())
    }
}
