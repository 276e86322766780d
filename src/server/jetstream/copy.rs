//! Mirrors and sources: messages from one stream of the account into another.

use std::collections::VecDeque;
use std::time::Duration;

use super::ingest::{Fate, Whence};
use super::{Incoming, JetStream, append, without};
use crate::server::context::Desk;
use crate::server::jetstream::api_error;
use crate::server::jetstream::store::SEQUENCE_MAX;
use crate::server::jetstream::stream::replication::Feed;

/// After so long a message is tried again that the stream has refused.
const RETRY: Duration = Duration::from_secs(2);

/// A stream copies so many messages before others have their turn.
const TURN: usize = 256;

impl JetStream {
    /// Connects the feeds of a stream whose time has come.
    pub(super) fn connect_feeds(&mut self, place: u32, desk: &mut Desk) {
        let now = desk.now;
        let Some(stream) = self.streams.get(place) else { return };
        let due = |feed: &Feed| feed.connect_at.is_some_and(|at| now >= at);
        let due: Vec<usize> = (0..stream.feeds.len()).filter(|at| due(&stream.feeds[*at])).collect();
        for at in due {
            let Some(name) = self.streams.get(place).map(|stream| stream.feeds[at].source.name.clone())
            else {
                return;
            };
            let origin = self.stream(&name).map(|origin| (origin.number, origin.store.first()));
            let origin = origin.filter(|_| {
                // Other accounts and domains do not exist here.
                self.streams.get(place).is_some_and(|stream| stream.feeds[at].source.external.is_none())
            });
            let origin_place = self.place(&name);
            let start = self.start_of(place, at);
            let of = self.streams.get(place).map(|stream| stream.config.name.clone()).unwrap_or_default();
            let Some(feed) = self.streams.get_mut(place).and_then(|stream| stream.feeds.get_mut(at)) else {
                return;
            };
            feed.connect_at = None;
            // The real server asks its own API for a consumer.
            self.api_total += 1;
            match origin {
                None => {
                    self.api_errors += 1;
                    desk.log.warn(not_found(feed, &of));
                    feed.retry(now, api_error::STREAM_NOT_FOUND.into());
                }
                Some((number, _)) => {
                    feed.origin = Some(number);
                    feed.position = start;
                    (feed.error, feed.fails) = (None, 0);
                    feed.last_message = Some(now);
                    self.fresh.extend(origin_place);
                }
            }
        }
    }

    /// The sequence of the other stream after which a feed begins.
    fn start_of(&self, place: u32, at: usize) -> u64 {
        let Some(stream) = self.streams.get(place) else { return 0 };
        let feed = &stream.feeds[at];
        if feed.position > 0 {
            return feed.position;
        }
        let wish = &feed.source;
        let by_time = wish.opt_start_time.and_then(|time| {
            let origin = self.stream(&wish.name)?;
            Some(origin.store.sequence_at(time).saturating_sub(1))
        });
        by_time.unwrap_or(wish.opt_start_seq.min(SEQUENCE_MAX).saturating_sub(1))
    }

    /// Copies what has come to streams from which others copy. `true` if there was anything.
    pub(super) fn copy_fresh(&mut self, desk: &mut Desk) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        let did = !fresh.is_empty();
        for origin in fresh {
            let Some(number) = self.streams.get(origin).map(|stream| stream.number) else { continue };
            let mut targets = VecDeque::new();
            for (place, stream) in self.streams.iter() {
                let feeds = stream.feeds.iter().enumerate().filter(|(_, feed)| feed.origin == Some(number));
                targets.extend(feeds.map(|(at, _)| (place, at)));
            }
            for (place, at) in targets {
                if self.copy(origin, place, at, desk) {
                    self.fresh.push_back(origin);
                }
            }
        }
        did
    }

    /// Copies some messages. `true` if there are more.
    fn copy(&mut self, origin: u32, place: u32, at: usize, desk: &mut Desk) -> bool {
        for _ in 0..TURN {
            let Some((from, to)) = self.streams.get(origin).zip(self.streams.get(place)) else {
                return false;
            };
            let Some(feed) = to.feeds.get(at) else { return false };
            let Some(record) = from.store.next(&feed.filter, feed.position + 1) else { break };
            let (sequence, time, author) = (record.sequence, record.time, record.author);
            let subject = feed.rename(record.subject_text());
            let body = record.body.to_vec();
            let whence = if feed.is_mirror { Whence::Mirrored(sequence, time) } else { Whence::Sourced };
            // What was asked of the other stream is not asked of this one.
            let mut headers = without(record.headers, |name| {
                let asks = ["Nats-Expected-", "Nats-Batch-"].iter().any(|prefix| name.starts_with(prefix));
                asks || name == "Nats-Stream-Source" && !feed.is_mirror
            });
            if !feed.is_mirror {
                let note = source_note(feed, sequence, record.subject_text(), &from.identity);
                headers = append(&headers, &[("Nats-Stream-Source", &note)]);
            }
            let incoming = Incoming {
                subject: &subject,
                reply: None,
                headers: &headers,
                body: &body,
                author,
                hops: 0,
                whence,
            };
            let fate = self.ingest(place, &incoming, desk, &mut Vec::new());
            let left = self.streams.get(origin).map_or(0, |from| from.store.last() - sequence);
            let Some(feed) = self.streams.get_mut(place).and_then(|to| to.feeds.get_mut(at)) else {
                return false;
            };
            if fate == Fate::Refused {
                // A full stream may have room later.
                (feed.origin, feed.connect_at) = (None, Some(desk.now + RETRY));
                self.plan_stream(place, desk);
                return false;
            }
            feed.position = sequence;
            feed.lag = left;
            feed.last_message = Some(desk.now);
            if fate == Fate::Stored {
                feed.stored = sequence;
            }
        }
        let more = self.streams.get(origin).zip(self.streams.get(place)).is_some_and(|(from, to)| {
            to.feeds.get(at).is_some_and(|feed| from.store.next(&feed.filter, feed.position + 1).is_some())
        });
        if !more && let Some(feed) = self.streams.get_mut(place).and_then(|to| to.feeds.get_mut(at)) {
            feed.lag = 0;
        }
        more
    }
}

/// What the log says of a feed whose other stream does not exist.
fn not_found(feed: &Feed, stream: &str) -> String {
    let what = match feed.is_mirror {
        true => "create mirror consumer".to_owned(),
        false => format!("stream {stream} create source consumer {}", feed.source.name),
    };
    format!("JetStream error response for {what}: stream not found (10059)")
}

/// What a sourced message says of where it comes from.
fn source_note(feed: &Feed, sequence: u64, subject: &str, identity: &str) -> String {
    let mut parts = feed.index_name.splitn(3, ' ');
    let (name, filter, destination) = (parts.next(), parts.next(), parts.next());
    let [name, filter, destination] = [name, filter, destination].map(Option::unwrap_or_default);
    format!("{name} {sequence} {filter} {destination} {subject} {identity}")
}
