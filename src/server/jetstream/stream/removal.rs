//! Messages that leave a stream, as its consumers and the event log are told.

use slotmap::SlotMap;

use super::Stream;
use crate::server::context::ServerContext;
use crate::server::jetstream::consumer::Consumer;
use crate::server::keys::ConsumerKey;
use crate::server::observe::event::{EventKind, RemovalReason};

impl Stream {
    /// Tells consumers and the event log that a message is about to be removed.
    pub(crate) fn note_removal(
        &self,
        sequence: u64,
        subject: &str,
        reason: RemovalReason,
        consumers: &mut SlotMap<ConsumerKey, Consumer>,
        ctx: &mut ServerContext,
    ) {
        self.record_removal(sequence, subject, reason, ctx);
        for consumer in self.consumers.values() {
            if let Some(consumer) = consumers.get_mut(*consumer) {
                consumer.message_gone(sequence, subject, ctx);
            }
        }
    }

    pub(crate) fn record_removal(
        &self,
        sequence: u64,
        subject: &str,
        reason: RemovalReason,
        ctx: &mut ServerContext,
    ) {
        ctx.events.record(|| EventKind::Removed {
            stream: self.config.name.clone(),
            subject: subject.to_owned(),
            sequence,
            reason,
        });
    }
}
