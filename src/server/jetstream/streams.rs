//! Streams that come, change and go.

use super::JetStream;
use crate::gofmt::Nanos;
use crate::jsapi::{ApiError, RetentionPolicy, StorageType, StreamConfig};
use crate::server::context::ServerContext;
use crate::server::jetstream::advisory::{StreamAction, advise};
use crate::server::jetstream::api_error;
use crate::server::jetstream::store::Filter;
use crate::server::jetstream::stream::{self, Stream};
use crate::server::keys::StreamKey;
use crate::server::observe::event::{EventKind, RemovalReason};
use crate::server::protocol::router::{Owner, Subscription};
use crate::server::timers::Timer;
use crate::wire::subject;

/// What nats-server counts as clients of its own for each stream.
const CLIENTS_OF_STREAM: u64 = 3;

impl JetStream {
    pub(crate) fn add_stream(&mut self, stream: Stream, ctx: &mut ServerContext) -> StreamKey {
        let name = stream.config.name.clone();
        let stream_key = self.streams.insert(stream);
        ctx.last_client_id += CLIENTS_OF_STREAM;
        self.names.insert(name, stream_key);
        self.count_upstreams();
        self.listen(stream_key, ctx);
        self.schedule_stream(stream_key, ctx);
        stream_key
    }

    /// Subscribes a stream to the subjects that it has, and ends what it has no more.
    pub(super) fn listen(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get_mut(stream_key) else { return };
        let mut former = std::mem::take(&mut stream.subscriptions);
        for subject in &stream.config.subjects {
            let subscription = former.remove(subject).unwrap_or_else(|| {
                ctx.router.add(Subscription {
                    owner: Owner::Stream(stream_key),
                    sid: "".into(),
                    subject: subject.as_str().into(),
                    queue: None,
                    delivered: 0,
                    max: None,
                })
            });
            stream.subscriptions.insert(subject.clone(), subscription);
        }
        for subscription in former.into_values() {
            ctx.router.remove(subscription);
        }
    }

    /// Deletes a stream with its consumers.
    pub(super) fn remove_stream(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        for consumer in stream.consumers.values().copied().collect::<Vec<_>>() {
            self.remove_consumer(consumer, ctx);
        }
        let Some(stream) = self.streams.remove(stream_key) else { return };
        self.names.remove(&stream.config.name);
        self.count_upstreams();
        for subscription in stream.subscriptions.values() {
            ctx.router.remove(*subscription);
        }
        ctx.timers.cancel(Timer::Stream(stream_key), stream.timer_due);
        match stream.config.storage {
            StorageType::Memory => self.memory -= stream.store.bytes(),
            StorageType::File => self.storage -= stream.store.bytes(),
        }
        let now = ctx.now;
        for (_, other) in self.streams.iter_mut() {
            for upstream in &mut other.upstreams {
                if upstream.connected_to == Some(stream_key) {
                    upstream.connected_to = None;
                    upstream.connect_at = Some(now + Nanos::from_secs(10).duration());
                }
            }
        }
        let keys: Vec<StreamKey> = self.names.values().copied().collect();
        for stream_key in keys {
            self.schedule_stream(stream_key, ctx);
        }
        self.stream_advisory(&stream.config.name, "DELETED", "delete", ctx);
        ctx.events.record(|| EventKind::StreamDeleted { stream: stream.config.name });
    }

    /// Counts the upstreams anew, after streams have come or changed. For each that goes, nats-server asks its own
    /// API in vain to delete the consumer.
    pub(super) fn count_upstreams(&mut self) {
        let before = self.upstream_count;
        self.upstream_count = self.streams.iter().map(|(_, stream)| stream.upstreams.len()).sum();
        let gone = before.saturating_sub(self.upstream_count) as u64;
        self.api_total += gone;
        self.api_errors += gone;
    }

    /// Publishes an advisory about a stream, if anybody listens.
    pub(super) fn stream_advisory(&self, stream: &str, topic: &str, action: &str, ctx: &mut ServerContext) {
        let subject = format!("$JS.EVENT.ADVISORY.STREAM.{topic}.{stream}");
        advise(ctx, &subject, "io.nats.jetstream.advisory.v1.stream_action", StreamAction { stream, action });
    }

    /// Sets a stream's timer.
    pub(super) fn schedule_stream(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get_mut(stream_key) else { return };
        let end = stream.next_expiry().map(|(time, _)| time);
        let connect = stream.upstreams.iter().filter_map(|upstream| upstream.connect_at).min();
        let when = end.into_iter().chain(connect).min();
        ctx.timers.schedule(Timer::Stream(stream_key), &mut stream.timer_due, when);
    }

    pub(crate) fn wake_stream(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get_mut(stream_key) else {
            return;
        };
        stream.timer_due = None;
        self.expire_messages(stream_key, ctx);
        self.connect_upstreams(stream_key, ctx);
        self.schedule_stream(stream_key, ctx);
    }

    /// Streams, sorted by name, that listen to anything that a pattern selects; all for an empty one.
    pub(super) fn filtered(&self, pattern: &str) -> impl Iterator<Item = &Stream> {
        self.all().filter(move |stream| {
            pattern.is_empty() || stream.config.subjects.iter().any(|one| subject::overlap(one, pattern))
        })
    }

    /// Whether any other stream listens to what one of these subjects selects.
    pub(super) fn overlaps(&self, subjects: &[String], name: &str) -> bool {
        let others = self.all().filter(|stream| stream.config.name != name);
        let mut theirs = others.flat_map(|stream| &stream.config.subjects);
        theirs.any(|one| subjects.iter().any(|other| subject::overlap(one, other)))
    }

    /// Whether new limits for consumers fit those that are there.
    pub(super) fn check_consumers(
        &self,
        stream_key: StreamKey,
        old: &StreamConfig,
        new: &StreamConfig,
    ) -> Result<(), ApiError> {
        let Some(stream) =
            self.streams.get(stream_key).filter(|_| old.consumer_limits != new.consumer_limits)
        else {
            return Ok(());
        };
        let limits = &new.consumer_limits;
        let exceeds = |limit: i64, value: i64| limit > 0 && value > limit;
        let too_much = self.consumers_of(stream).filter(|consumer| {
            exceeds(limits.inactive_threshold.0, consumer.config.inactive_threshold.0)
                || exceeds(limits.max_ack_pending, consumer.config.max_ack_pending)
        });
        let names: Vec<&str> = too_much.map(|consumer| consumer.name.as_str()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let why = format!("change to limits violates consumers: {}", names.join(", "));
        Err(api_error::STREAM_UPDATE.with_detail(why))
    }

    /// Gives a stream a configuration that was checked, and applies it to what is stored.
    pub(super) fn reconfigure_stream(
        &mut self,
        stream_key: StreamKey,
        config: StreamConfig,
        ctx: &mut ServerContext,
    ) {
        let Some(stream) = self.streams.get_mut(stream_key) else { return };
        let stored = stream.store.first()..=stream.store.last();
        if stream.store.messages() > 0 {
            stream::update::scans(&stream.config, &config, &stored)
                .into_iter()
                .for_each(|text| ctx.events.warn(text));
        }
        let old = std::mem::replace(&mut stream.config, config);
        stream.compile_transforms();
        stream.update_foreign_subjects(&old);
        stream.set_upstreams(ctx);
        stream.never_expiring_up_to = 0;
        let keep = stream.config.max_msgs_per_subject;
        let to_interest = stream.config.retention == RetentionPolicy::Interest
            && old.retention != RetentionPolicy::Interest;
        let narrower = keep > 0 && (old.max_msgs_per_subject <= 0 || keep < old.max_msgs_per_subject);
        self.count_upstreams();
        self.listen(stream_key, ctx);
        self.refilter(stream_key);
        if narrower {
            self.trim_subjects(stream_key, keep as usize, ctx);
        }
        while let Some(oldest) = self.streams.get(stream_key).and_then(Stream::surplus) {
            self.remove_message(stream_key, oldest, RemovalReason::Limit, ctx);
        }
        if to_interest {
            self.drop_unwanted(stream_key, ctx);
        }
        self.schedule_stream(stream_key, ctx);
    }

    /// Consumers look at the stream's subjects to know whether they want all of them.
    fn refilter(&mut self, stream_key: StreamKey) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        for consumer in stream.consumers.values() {
            if let Some(consumer) = self.consumers.get_mut(*consumer) {
                consumer.set_filter(stream.own_subjects());
            }
        }
    }

    /// Removes the oldest messages of every subject that has more than `keep`.
    fn trim_subjects(&mut self, stream_key: StreamKey, keep: usize, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        let totals = stream.store.totals(&Filter::all());
        let crowded = totals.into_iter().filter(|(_, count)| *count > keep as u64);
        let surplus: Vec<u64> = crowded
            .flat_map(|(subject, count)| {
                let oldest = stream.store.of(subject).take(count as usize - keep);
                oldest.map(|record| record.sequence).collect::<Vec<_>>()
            })
            .collect();
        for sequence in surplus {
            self.remove_message(stream_key, sequence, RemovalReason::History, ctx);
        }
    }
}
