//! Mirrors and sources: messages from one stream of the account into another.

use std::time::Duration;

use super::ingest::IngestOutcome;
use super::{JetStream, append, without};
use crate::server::context::ServerContext;
use crate::server::jetstream::api_error;
use crate::server::jetstream::store::{Record, SEQUENCE_MAX};
use crate::server::jetstream::stream::publish::{Incoming, Origin};
use crate::server::jetstream::stream::source_key;
use crate::server::jetstream::stream::upstream::Upstream;
use crate::server::keys::StreamKey;

/// The wait after which a message is copied again that the stream has refused.
const RETRY: Duration = Duration::from_secs(2);

/// Messages that a stream copies before others have their turn.
const TURN: usize = 256;

impl JetStream {
    /// Connects the upstreams of a stream whose time has come.
    pub(super) fn connect_upstreams(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        let upstreams = stream.upstreams.iter().enumerate();
        let due = upstreams.filter(|(_, upstream)| upstream.connect_at.is_some_and(|at| ctx.now >= at));
        for index in due.map(|(index, _)| index).collect::<Vec<_>>() {
            self.connect_upstream(stream_key, index, ctx);
        }
    }

    fn connect_upstream(&mut self, stream_key: StreamKey, index: usize, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        let Some(upstream) = stream.upstreams.get(index) else { return };
        // Other accounts and domains do not exist here.
        let is_local = upstream.source.external.is_none();
        let from_key = self.stream_key(&upstream.source.name).filter(|_| is_local);
        let position = self.start_position(upstream);
        // nats-server asks its own API for a consumer.
        self.api_total += 1;
        let Some(stream) = self.streams.get_mut(stream_key) else { return };
        let Some(upstream) = stream.upstreams.get_mut(index) else { return };
        upstream.connect_at = None;
        match from_key {
            None => {
                self.api_errors += 1;
                ctx.events.warn(not_found(upstream, &stream.config.name));
                upstream.retry(ctx.now, api_error::STREAM_NOT_FOUND.into());
            }
            Some(from_key) => {
                upstream.connected_to = Some(from_key);
                upstream.position = position;
                (upstream.error, upstream.fails) = (None, 0);
                upstream.last_message = Some(ctx.now);
                self.changed_streams.push_back(from_key);
            }
        }
    }

    /// The sequence of the other stream after which copying begins.
    fn start_position(&self, upstream: &Upstream) -> u64 {
        if upstream.position > 0 {
            return upstream.position;
        }
        let source = &upstream.source;
        let by_time = source.opt_start_time.and_then(|time| {
            let from = self.stream(&source.name)?;
            Some(from.store.sequence_at(time).saturating_sub(1))
        });
        by_time.unwrap_or(source.opt_start_seq.min(SEQUENCE_MAX).saturating_sub(1))
    }

    /// Copies new messages of streams that others mirror or source. `true` if there were any.
    pub(super) fn replicate_changes(&mut self, ctx: &mut ServerContext) -> bool {
        let changed = std::mem::take(&mut self.changed_streams);
        let did = !changed.is_empty();
        for from_key in changed {
            if !self.streams.contains_key(from_key) {
                continue;
            }
            let mut targets = Vec::new();
            for (to_key, to) in &self.streams {
                let upstreams = to.upstreams.iter().enumerate();
                let connected = upstreams.filter(|(_, upstream)| upstream.connected_to == Some(from_key));
                targets.extend(connected.map(|(index, _)| (to_key, index)));
            }
            for (to_key, index) in targets {
                if self.replicate(from_key, to_key, index, ctx) {
                    self.changed_streams.push_back(from_key);
                }
            }
        }
        did
    }

    /// Copies up to [`TURN`] messages. `true` if there are more.
    fn replicate(
        &mut self,
        from_key: StreamKey,
        to_key: StreamKey,
        index: usize,
        ctx: &mut ServerContext,
    ) -> bool {
        for _ in 0..TURN {
            let Some((from, to)) = self.streams.get(from_key).zip(self.streams.get(to_key)) else {
                return false;
            };
            let Some(upstream) = to.upstreams.get(index) else { return false };
            let Some(record) = from.store.next(&upstream.filter, upstream.position + 1) else { break };
            let (sequence, time, author) = (record.sequence, record.time, record.author);
            let subject = upstream.rename(record.subject_text());
            let headers = copied_headers(upstream, &record, &from.identity);
            let body = record.body.to_vec();
            let incoming = Incoming {
                subject: &subject,
                reply: None,
                headers: &headers,
                body: &body,
                author,
                hops: 0,
                origin: if upstream.is_mirror {
                    Origin::Mirrored { sequence, time }
                } else {
                    Origin::Sourced
                },
            };
            let outcome = self.ingest(to_key, &incoming, ctx, &mut Vec::new());
            let lag = self.streams.get(from_key).map_or(0, |from| from.store.last() - sequence);
            let Some(upstream) = self.upstream_mut(to_key, index) else { return false };
            if outcome == IngestOutcome::Refused {
                // A full stream may have room later.
                (upstream.connected_to, upstream.connect_at) = (None, Some(ctx.now + RETRY));
                self.schedule_stream(to_key, ctx);
                return false;
            }
            (upstream.position, upstream.lag) = (sequence, lag);
            upstream.last_message = Some(ctx.now);
            if outcome == IngestOutcome::Stored {
                upstream.stored = sequence;
            }
        }
        let has_more = self.streams.get(from_key).zip(self.streams.get(to_key)).is_some_and(|(from, to)| {
            let upstream = to.upstreams.get(index);
            upstream
                .is_some_and(|upstream| from.store.next(&upstream.filter, upstream.position + 1).is_some())
        });
        if !has_more && let Some(upstream) = self.upstream_mut(to_key, index) {
            upstream.lag = 0;
        }
        has_more
    }

    fn upstream_mut(&mut self, stream_key: StreamKey, index: usize) -> Option<&mut Upstream> {
        self.streams.get_mut(stream_key)?.upstreams.get_mut(index)
    }
}

/// The headers under which a message is copied: what its publisher expected of the other stream does not hold here, and
/// a sourced one tells where it comes from.
fn copied_headers(upstream: &Upstream, record: &Record<'_>, identity: &str) -> Vec<u8> {
    let headers = without(record.headers, |name| {
        let expects = ["Nats-Expected-", "Nats-Batch-"].iter().any(|prefix| name.starts_with(prefix));
        expects || name == source_key::HEADER && !upstream.is_mirror
    });
    if upstream.is_mirror {
        return headers;
    }
    let source = upstream.key.header(record.sequence, record.subject_text(), identity);
    append(&headers, &[(source_key::HEADER, &source)])
}

/// The warning of nats-server about an upstream whose stream does not exist.
fn not_found(upstream: &Upstream, stream: &str) -> String {
    let what = match upstream.is_mirror {
        true => "create mirror consumer".to_owned(),
        false => format!("stream {stream} create source consumer {}", upstream.source.name),
    };
    format!("JetStream error response for {what}: stream not found (10059)")
}
