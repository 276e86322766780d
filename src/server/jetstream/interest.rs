//! Interest: which consumers wait for a message, and which messages are kept for consumers.

use super::JetStream;
use crate::jsapi::{AckPolicy, RetentionPolicy};
use crate::server::context::ServerContext;
use crate::server::jetstream::consumer::Consumer;
use crate::server::jetstream::stream::Stream;
use crate::server::keys::{ConsumerKey, StreamKey};
use crate::server::observe::event::RemovalReason;
use crate::server::timers::Timer;

impl JetStream {
    /// Tells consumers, and the streams that copy this one, of a new message.
    pub(super) fn notify_consumers(
        &mut self,
        stream_key: StreamKey,
        subject: &str,
        sequence: u64,
        ctx: &mut ServerContext,
    ) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        for consumer_key in stream.consumers.values() {
            let Some(consumer) = self.consumers.get_mut(*consumer_key) else { continue };
            if consumer.filter.matches(subject) && consumer.message_came(sequence) && !consumer.ready {
                consumer.ready = true;
                self.ready.push_back(*consumer_key);
            }
        }
        if self.upstream_count > 0 && self.changed_streams.back() != Some(&stream_key) {
            self.changed_streams.push_back(stream_key);
        }
        if stream.needs_timer() {
            self.schedule_stream(stream_key, ctx);
        }
    }

    /// Queues a consumer for a turn to deliver.
    pub(crate) fn mark_ready(&mut self, consumer_key: ConsumerKey) {
        if let Some(consumer) = self.consumers.get_mut(consumer_key).filter(|consumer| !consumer.ready) {
            consumer.ready = true;
            self.ready.push_back(consumer_key);
        }
    }

    /// Queues consumers again that waited for the backlog of a client.
    pub(crate) fn resume_consumers(&mut self, stalled: Vec<ConsumerKey>) {
        for consumer_key in stalled {
            self.mark_ready(consumer_key);
        }
    }

    /// A subscription to a subject came or went. Push consumers deliver only while somebody listens to their very
    /// subject; wildcards do not count.
    pub(crate) fn interest_changed(&mut self, subject: &str, ctx: &mut ServerContext) {
        for consumer_key in self.deliver_subjects.get(subject).cloned().unwrap_or_default() {
            self.update_interest(consumer_key, ctx);
        }
    }

    /// Checks whether somebody listens to a push consumer.
    pub(crate) fn update_interest(&mut self, consumer_key: ConsumerKey, ctx: &mut ServerContext) {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return };
        let Some(deliver) = &consumer.config.deliver_subject else { return };
        let listened = ctx.router.is_subscribed(deliver, consumer.config.deliver_group.as_deref());
        let was = std::mem::replace(&mut consumer.active, listened);
        if listened {
            (consumer.delete_at, consumer.idle_since) = (None, None);
        } else if consumer.idle_since.is_none() {
            consumer.idle_since = Some(ctx.now);
            consumer.delete_at = consumer.inactive_threshold.map(|threshold| ctx.now + threshold);
        }
        let next = consumer.next_due();
        ctx.timers.schedule(Timer::Consumer(consumer_key), &mut consumer.timer_due, next);
        if listened && !was {
            self.mark_ready(consumer_key);
        }
    }

    /// Sets a consumer's timer.
    pub(crate) fn schedule_consumer(&mut self, consumer_key: ConsumerKey, ctx: &mut ServerContext) {
        if let Some(consumer) = self.consumers.get_mut(consumer_key) {
            let next = consumer.next_due();
            ctx.timers.schedule(Timer::Consumer(consumer_key), &mut consumer.timer_due, next);
        }
    }

    /// Whether any consumer wants messages on a subject.
    pub(super) fn is_wanted(&self, stream: &Stream, subject: &str) -> bool {
        self.consumers_of(stream).any(|consumer| consumer.filter.matches(subject))
    }

    /// A consumer is done with a message: with interest or work queue retention it is removed if no other consumer
    /// needs it.
    pub(crate) fn acknowledged(&mut self, stream_key: StreamKey, sequence: u64, ctx: &mut ServerContext) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        if stream.config.retention == RetentionPolicy::Limits {
            return;
        }
        let Some(record) = stream.store.get(sequence) else { return };
        let waits = |consumer: &Consumer| consumer.filter.selects(&record) && needs(consumer, sequence);
        if !self.consumers_of(stream).any(waits) {
            self.remove_message(stream_key, sequence, RemovalReason::Acknowledged, ctx);
        }
    }

    /// Removes messages that no consumer needs any more, after one was deleted or changed.
    pub(crate) fn drop_unwanted(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        let Some(stream) =
            self.streams.get(stream_key).filter(|s| s.config.retention == RetentionPolicy::Interest)
        else {
            return;
        };
        let consumers: Vec<&Consumer> = self.consumers_of(stream).collect();
        let unwanted = stream.store.from(0).filter(|record| {
            !consumers
                .iter()
                .any(|consumer| consumer.filter.selects(record) && needs(consumer, record.sequence))
        });
        for sequence in unwanted.map(|record| record.sequence).collect::<Vec<_>>() {
            self.remove_message(stream_key, sequence, RemovalReason::Acknowledged, ctx);
        }
    }
}

/// Whether a consumer has not finished with a message that its filter selects.
fn needs(consumer: &Consumer, sequence: u64) -> bool {
    let open = match consumer.config.ack_policy {
        AckPolicy::Explicit if sequence < consumer.next_sequence => consumer.pending.contains_key(&sequence),
        _ => sequence > consumer.ack_floor.stream,
    };
    open || consumer.redelivered.contains_key(&sequence)
}
