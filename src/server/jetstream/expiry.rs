//! Messages expire by the stream's maximum age or their own time to live (ADR-43), with delete markers.

use super::JetStream;
use super::ingest::IngestOutcome;
use crate::gofmt::Nanos;
use crate::jsapi::kv;
use crate::server::context::ServerContext;
use crate::server::jetstream::stream::publish::{Incoming, Origin};
use crate::server::keys::StreamKey;
use crate::server::observe::event::RemovalReason;
use crate::wire::headers;

impl JetStream {
    /// Removes all messages that have expired.
    pub(super) fn expire_messages(&mut self, stream_key: StreamKey, ctx: &mut ServerContext) {
        loop {
            let Some(stream) = self.streams.get_mut(stream_key) else { return };
            let Some((_, sequence)) = stream.next_expiry().filter(|(time, _)| *time <= ctx.now) else {
                return;
            };
            let by_age = stream.next_by_age().is_some_and(|(time, aged)| aged == sequence && time <= ctx.now);
            let reason = if by_age { RemovalReason::Age } else { RemovalReason::TimeToLive };
            self.expire_message(stream_key, sequence, reason, ctx);
        }
    }

    /// Removes a message. If it is the last of its subject, and the stream wants that, a delete marker takes its place.
    fn expire_message(
        &mut self,
        stream_key: StreamKey,
        sequence: u64,
        reason: RemovalReason,
        ctx: &mut ServerContext,
    ) {
        let Some(stream) = self.streams.get(stream_key) else { return };
        let marker_ttl = stream.config.subject_delete_marker_ttl.seconds();
        let Some(record) = stream.store.get(sequence) else { return };
        let wants_marker =
            marker_ttl > 0 && stream.store.count_of(record.subject_text()) == 1 && !is_marker(record.headers);
        if wants_marker {
            let subject = record.subject_text().to_owned();
            let headers = format!(
                "NATS/1.0\r\nNats-Marker-Reason: MaxAge\r\nNats-TTL: {}\r\nNats-Rollup: sub\r\n\r\n",
                Nanos::from_secs(marker_ttl)
            );
            let incoming = Incoming {
                subject: &subject,
                reply: None,
                headers: headers.as_bytes(),
                body: b"",
                author: 0,
                hops: 0,
                origin: Origin::Published,
            };
            if self.ingest(stream_key, &incoming, ctx, &mut Vec::new()) == IngestOutcome::Stored {
                return;
            }
        }
        self.remove_message(stream_key, sequence, reason, ctx);
    }
}

/// Whether a message is a delete marker or a purge itself: those expire without a marker.
fn is_marker(block: &[u8]) -> bool {
    !block.is_empty()
        && (headers::find(block, kv::MARKER_REASON).is_some()
            || headers::find(block, kv::OPERATION) == Some(kv::PURGE))
}
