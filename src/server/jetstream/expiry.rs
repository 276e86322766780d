//! Messages that end: by the stream's maximum age or by their own time to live, and what marks their end.

use super::ingest::{Fate, Whence};
use super::{Incoming, JetStream};
use crate::gofmt::Nanos;
use crate::server::context::Desk;
use crate::server::observe::event::RemovalReason;
use crate::wire::headers;

impl JetStream {
    /// Ends what is due.
    pub(super) fn end_messages(&mut self, place: u32, desk: &mut Desk) {
        loop {
            let Some(stream) = self.streams.get_mut(place) else { return };
            let Some((_, sequence)) = stream.next_to_end().filter(|(time, _)| *time <= desk.now) else {
                return;
            };
            let by_age = stream.next_aged().is_some_and(|(time, aged)| aged == sequence && time <= desk.now);
            let reason = if by_age { RemovalReason::Age } else { RemovalReason::TimeToLive };
            self.end_message(place, sequence, reason, desk);
        }
    }

    /// Removes a message, or where it is the last of its subject and the stream wants that, puts a marker in its place.
    fn end_message(&mut self, place: u32, sequence: u64, reason: RemovalReason, desk: &mut Desk) {
        let Some(stream) = self.streams.get(place) else { return };
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
                whence: Whence::Published,
            };
            if self.ingest(place, &incoming, desk, &mut Vec::new()) == Fate::Stored {
                return;
            }
        }
        self.remove_message(place, sequence, reason, desk);
    }
}

/// Whether a message marks an end itself: such a one ends silently.
fn is_marker(block: &[u8]) -> bool {
    !block.is_empty()
        && (headers::find(block, "Nats-Marker-Reason").is_some()
            || headers::find(block, "KV-Operation") == Some(b"PURGE"))
}
