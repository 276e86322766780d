//! Advisories and metrics about a consumer.

use super::Consumer;
use super::acks::Delivery;
use crate::base::Time;
use crate::server::context::ServerContext;
use crate::server::jetstream::advisory::{
    Acknowledged, ConsumerGroup, ConsumerPause, MaxDeliver, Refused, advise, advise_in_domain,
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

    pub(super) fn advise_pin(&self, group: &str, change: PinChange<'_>, ctx: &mut ServerContext) {
        let (topic, kind, pinned_id, reason) = match change {
            PinChange::Pinned { id } => ("PINNED", "pinned", id, ""),
            PinChange::Unpinned { reason } => ("UNPINNED", "unpinned", "", reason),
        };
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.{topic}.{}.{}", self.stream_name, self.name);
        let (account, domain) = (ctx.account.clone(), ctx.domain.clone());
        let body = ConsumerGroup {
            account: &account,
            stream: &self.stream_name,
            consumer: &self.name,
            domain: &domain,
            group,
            pinned_id,
            reason,
        };
        advise_in_domain(
            ctx,
            "",
            &subject,
            &format!("io.nats.jetstream.advisory.v1.consumer_group_{kind}"),
            body,
        );
    }
}

/// What happened to the client of a group.
pub(super) enum PinChange<'a> {
    Pinned { id: &'a str },
    Unpinned { reason: &'a str },
}
