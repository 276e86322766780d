//! Who waits for what: consumers for messages, messages for consumers.

use super::JetStream;
use crate::jsapi::{AckPolicy, RetentionPolicy};
use crate::server::context::{Desk, Timer};
use crate::server::jetstream::consumer::Consumer;
use crate::server::jetstream::stream::Stream;
use crate::server::observe::event::RemovalReason;

impl JetStream {
    /// Tells a stream's consumers of a new message, and the streams that copy it.
    pub(super) fn announce(&mut self, place: u32, subject: &str, sequence: u64, desk: &mut Desk) {
        let Some(stream) = self.streams.get(place) else { return };
        for place in stream.consumers.values() {
            let Some(consumer) = self.consumers.get_mut(*place) else { continue };
            if consumer.filter.matches(subject) && consumer.message_came(sequence) && !consumer.ready {
                consumer.ready = true;
                self.ready.push_back(*place);
            }
        }
        if self.feeding > 0 && self.fresh.back() != Some(&place) {
            self.fresh.push_back(place);
        }
        if stream.has_plans() {
            self.plan_stream(place, desk);
        }
    }

    /// Has a consumer asked whether it can deliver.
    pub(crate) fn nudge(&mut self, place: u32) {
        if let Some(consumer) = self.consumers.get_mut(place).filter(|consumer| !consumer.ready) {
            consumer.ready = true;
            self.ready.push_back(place);
        }
    }

    /// Consumers that were held since their client had too much to read.
    pub(crate) fn resume(&mut self, held: Vec<u32>) {
        for place in held {
            self.nudge(place);
        }
    }

    /// Somebody has subscribed to a subject or has ended that: push consumers deliver only while somebody listens, and
    /// subscriptions with wildcards do not count.
    pub(crate) fn interest_changed(&mut self, subject: &str, desk: &mut Desk) {
        for place in self.deliver_subjects.get(subject).cloned().unwrap_or_default() {
            self.look_for_listeners(place, desk);
        }
    }

    /// Finds out whether somebody listens to a push consumer.
    pub(crate) fn look_for_listeners(&mut self, place: u32, desk: &mut Desk) {
        let Some(consumer) = self.consumers.get_mut(place) else { return };
        let Some(deliver) = &consumer.config.deliver_subject else { return };
        let listened = desk.router.is_subscribed(deliver, consumer.config.deliver_group.as_deref());
        let was = std::mem::replace(&mut consumer.active, listened);
        if listened {
            (consumer.delete_at, consumer.idle_since) = (None, None);
        } else if consumer.idle_since.is_none() {
            consumer.idle_since = Some(desk.now);
            consumer.delete_at = consumer.patience.map(|patience| desk.now + patience);
        }
        let next = consumer.next_due();
        desk.wake(Timer::Consumer(place, consumer.number), &mut consumer.due, next);
        if listened && !was {
            self.nudge(place);
        }
    }

    /// Whether any consumer wants messages on a subject.
    pub(super) fn is_wanted(&self, stream: &Stream, subject: &str) -> bool {
        self.consumers_of(stream).any(|consumer| consumer.filter.matches(subject))
    }

    /// A consumer is done with a message: a stream that keeps messages only until then removes it, if no other waits.
    pub(crate) fn acknowledged(&mut self, place: u32, sequence: u64, desk: &mut Desk) {
        let Some(stream) = self.streams.get(place) else { return };
        if stream.config.retention == RetentionPolicy::Limits {
            return;
        }
        let Some(record) = stream.store.get(sequence) else { return };
        let waits = |consumer: &Consumer| consumer.filter.selects(&record) && needs(consumer, sequence);
        if !self.consumers_of(stream).any(waits) {
            self.remove_message(place, sequence, RemovalReason::Acknowledged, desk);
        }
    }

    /// Removes what no consumer waits for any more, after one has gone or wants less.
    pub(crate) fn drop_unwanted(&mut self, place: u32, desk: &mut Desk) {
        let Some(stream) =
            self.streams.get(place).filter(|s| s.config.retention == RetentionPolicy::Interest)
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
            self.remove_message(place, sequence, RemovalReason::Acknowledged, desk);
        }
    }
}

/// Whether a consumer has not finished with a message that it wants.
fn needs(consumer: &Consumer, sequence: u64) -> bool {
    let open = match consumer.config.ack_policy {
        AckPolicy::Explicit if sequence < consumer.next_sequence => consumer.pending.contains_key(&sequence),
        _ => sequence > consumer.ack_floor.stream,
    };
    open || consumer.redelivered.contains_key(&sequence)
}
