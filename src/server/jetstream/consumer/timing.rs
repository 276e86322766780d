//! When something is due for a consumer: heartbeats, and its deletion when nobody uses it.

use std::time::Duration;

use super::{Consumer, DEFAULT_INACTIVE_THRESHOLD, INACTIVE_JITTER_MILLIS};
use crate::base::Time;
use crate::server::context::ServerContext;
use crate::wire::headers::Block;

impl Consumer {
    /// When the next thing is due.
    pub(crate) fn next_due(&self) -> Option<Time> {
        let mut next = Time(u64::MAX);
        let mut look = |due: &[Option<Time>]| due.iter().flatten().for_each(|due| next = next.min(*due));
        look(&[self.delete_at, self.redeliver_at, self.replay_at, self.resume_at, self.heartbeat_at]);
        look(&[self.pin.as_ref().map(|pin| pin.until)]);
        self.pull_requests.iter().for_each(|request| look(&[request.expires, request.heartbeat_at]));
        (next != Time(u64::MAX)).then_some(next)
    }

    pub(crate) fn heartbeat(&self) -> Option<Duration> {
        (self.config.idle_heartbeat.0 > 0).then(|| self.config.idle_heartbeat.duration())
    }

    pub(crate) fn send_heartbeat(&mut self, ctx: &mut ServerContext) {
        self.heartbeat_at = self.heartbeat().map(|wait| ctx.now + wait);
        if self.active
            && let Some(deliver) = &self.config.deliver_subject
        {
            let status = self.heartbeat_status();
            ctx.outbox.publish_status(deliver, status);
        }
    }

    /// The header block of a heartbeat, with the consumer's position.
    pub(crate) fn heartbeat_status(&self) -> Block {
        let status = Block::status(100, "Idle Heartbeat")
            .with_number("Nats-Last-Consumer", self.next_delivery - 1)
            .with_number("Nats-Last-Stream", self.next_sequence.saturating_sub(1));
        match &self.flow.request {
            Some(request) => status.with("Nats-Consumer-Stalled", request.as_bytes()),
            None => status,
        }
    }

    /// Takes the inactive threshold from the configuration; an ephemeral consumer always has one.
    pub(crate) fn set_inactive_threshold(&mut self, ctx: &mut ServerContext) {
        let jitter = Duration::from_millis(100 + ctx.ids.below(INACTIVE_JITTER_MILLIS));
        let threshold = self.config.inactive_threshold;
        if self.config.durable_name.is_none() && threshold.0 <= 0 {
            self.inactive_threshold = Some(DEFAULT_INACTIVE_THRESHOLD + jitter);
            self.config.inactive_threshold = DEFAULT_INACTIVE_THRESHOLD.into();
        } else if threshold.0 > 0 {
            self.inactive_threshold =
                Some(threshold.duration() + if self.is_push() { Duration::ZERO } else { jitter });
        } else {
            self.inactive_threshold = None;
        }
    }

    /// Whether `inactive_threshold` has passed without use; otherwise sets when to check again. The wait for pending
    /// acknowledgements counts as use.
    pub(crate) fn is_abandoned(&mut self, now: Time) -> bool {
        let Some(inactive_threshold) = self.inactive_threshold else { return false };
        if self.is_push() {
            return !self.active && self.idle_since.is_some_and(|since| now >= since + inactive_threshold);
        }
        let open = self.pending.iter().map(|(sequence, pending)| {
            let wait = self.ack_wait(self.redelivered.get(sequence).copied().unwrap_or(0));
            pending.time + wait.duration()
        });
        let mut last = open.max().unwrap_or(self.last_request).max(self.last_request);
        if !self.pull_requests.is_empty() {
            last = now;
        }
        let at = last + inactive_threshold;
        if at > now {
            self.delete_at = Some(at);
        }
        at <= now
    }
}
