//! Advisories and metrics about a consumer.

use super::Consumer;
use super::acks::Delivery;
use crate::base::Time;
use crate::server::context::ServerContext;
use crate::server::jetstream::advisory::{
    Acknowledged, ConsumerGroup, ConsumerPause, MaxDeliver, Refused, advise,
};

impl Consumer {
    /// A client refused a delivery.
    pub(super) fn advise_nak(&self, delivery: Delivery, ctx: &mut ServerContext) {
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.MSG_NAKED.{}.{}", self.stream_name, self.name);
        advise(ctx, &subject, "io.nats.jetstream.advisory.v1.nak", self.refused(delivery, ""));
    }

    pub(crate) fn advise_terminated(&self, delivery: Delivery, reason: &str, ctx: &mut ServerContext) {
        let subject =
            format!("$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.{}.{}", self.stream_name, self.name);
        advise(ctx, &subject, "io.nats.jetstream.advisory.v1.terminated", self.refused(delivery, reason));
    }

    fn refused<'a>(&'a self, delivery: Delivery, reason: &'a str) -> Refused<'a> {
        let Delivery { deliveries, stream_seq, consumer_seq } = delivery;
        Refused {
            stream: &self.stream_name,
            consumer: &self.name,
            consumer_seq,
            stream_seq,
            deliveries,
            reason,
        }
    }

    /// A message that was delivered at `since` is acknowledged.
    pub(super) fn advise_sample(&self, delivery: Delivery, since: Time, ctx: &mut ServerContext) {
        let subject = format!("$JS.EVENT.METRIC.CONSUMER.ACK.{}.{}", self.stream_name, self.name);
        let body = Acknowledged {
            stream: &self.stream_name,
            consumer: &self.name,
            consumer_seq: delivery.consumer_seq,
            stream_seq: delivery.stream_seq,
            ack_time: ctx.now.since(since).into(),
            deliveries: delivery.deliveries,
        };
        advise(ctx, &subject, "io.nats.jetstream.metric.v1.consumer_ack", body);
    }

    /// A message has been delivered as often as the configuration allows.
    pub(super) fn advise_max_deliver(&self, stream_seq: u64, deliveries: u64, ctx: &mut ServerContext) {
        let subject =
            format!("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{}.{}", self.stream_name, self.name);
        let (stream, consumer) = (&self.stream_name, &self.name);
        let body = MaxDeliver { stream, consumer, stream_seq, deliveries };
        advise(ctx, &subject, "io.nats.jetstream.advisory.v1.max_deliver", body);
    }

    /// The consumer is paused, or is not any more.
    pub(crate) fn advise_pause(&self, ctx: &mut ServerContext) {
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.PAUSE.{}.{}", self.stream_name, self.name);
        let until = self.config.pause_until;
        let body = ConsumerPause {
            stream: &self.stream_name,
            consumer: &self.name,
            paused: until.is_some_and(|until| ctx.now < until),
            pause_until: until.unwrap_or_default(),
        };
        advise(ctx, &subject, "io.nats.jetstream.advisory.v1.consumer_pause", body);
    }

    /// A client of a group is `pinned` or `unpinned`.
    pub(super) fn advise_pin(&self, action: &str, body: ConsumerGroup<'_>, ctx: &mut ServerContext) {
        let topic = action.to_ascii_uppercase();
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.{topic}.{}.{}", self.stream_name, self.name);
        advise(ctx, &subject, &format!("io.nats.jetstream.advisory.v1.consumer_group_{action}"), body);
    }
}
