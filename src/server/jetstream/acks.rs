//! Acknowledgements as they arrive: which consumer they are for, and what follows for its stream.

use super::JetStream;
use crate::jsapi::AckPolicy;
use crate::server::context::ServerContext;
use crate::server::jetstream::consumer::WINDOW_MAX;
use crate::server::jetstream::consumer::acks::{AckKind, Delivery};

impl JetStream {
    /// Handles what a client says of a delivered message. `false` if there is no such consumer, or if it wants no
    /// acknowledgements.
    pub(crate) fn acknowledge(
        &mut self,
        [stream, consumer]: [&str; 2],
        delivery: Delivery,
        reply: Option<&str>,
        body: &[u8],
        ctx: &mut ServerContext,
    ) -> bool {
        let Some(consumer_key) = self.consumer_key(stream, consumer) else { return false };
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return false };
        if !matches!(consumer.config.ack_policy, AckPolicy::Explicit | AckPolicy::All) {
            return false;
        }
        let stream_key = consumer.stream;
        let last = self.streams.get(stream_key).map_or(0, |stream| stream.store.last());
        // What is not stored yet cannot have been delivered.
        let is_stored = delivery.stream_seq <= last;
        let mut confirms = delivery.stream_seq != 0;
        let ack = AckKind::parse(body);
        let done = match ack {
            AckKind::Ack | AckKind::Term(_) if !is_stored => {
                confirms = false;
                Vec::new()
            }
            AckKind::Ack => consumer.process_ack(delivery, true, ctx),
            AckKind::Next(_) => {
                confirms = false;
                if is_stored { consumer.process_ack(delivery, true, ctx) } else { Vec::new() }
            }
            AckKind::Term(reason) => {
                let reason = String::from_utf8_lossy(reason.trim_ascii());
                let done = consumer.process_ack(delivery, false, ctx);
                consumer.advise_terminated(delivery, &reason, ctx);
                done
            }
            AckKind::Nak(delay) => {
                consumer.process_nak(delivery, delay, ctx);
                Vec::new()
            }
            AckKind::InProgress => {
                consumer.extend_ack_wait(delivery.stream_seq, ctx.now);
                Vec::new()
            }
            AckKind::Unknown => Vec::new(),
        };
        for sequence in done {
            self.acknowledged(stream_key, sequence, ctx);
        }
        if let (AckKind::Next(request), Some(reply)) = (ack, reply) {
            self.add_request(consumer_key, reply, request, ctx);
        }
        if let Some(reply) = reply.filter(|_| confirms) {
            ctx.outbox.publish(reply, "");
        }
        self.mark_ready(consumer_key);
        self.schedule_consumer(consumer_key, ctx);
        true
    }

    /// A client has got what a flow control request asked about. `false` if there is no such consumer.
    pub(crate) fn flow_control_replied(&mut self, stream: &str, consumer: &str, subject: &str) -> bool {
        let Some(consumer_key) = self.consumer_key(stream, consumer) else { return false };
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return false };
        if !consumer.config.flow_control {
            return false;
        }
        if consumer.flow.request.as_deref() != Some(subject) {
            return true;
        }
        let flow = &mut consumer.flow;
        flow.window = (flow.window * 2).min(WINDOW_MAX);
        flow.out = flow.out.saturating_sub(flow.asked);
        (flow.request, flow.asked) = (None, 0);
        self.mark_ready(consumer_key);
        true
    }
}
