//! What the server says of a consumer.

use super::{Consumer, SequencePair};
use crate::base::Time;
use crate::jsapi::{ConsumerConfig, ConsumerInfo, PriorityGroupState, PriorityPolicy, SequenceInfo};
use crate::server::jetstream::store::Store;

impl Consumer {
    /// Its information at `now`, with this configuration.
    pub(crate) fn info(&mut self, store: &Store, now: Time, config: Option<ConsumerConfig>) -> ConsumerInfo {
        let num_pending = self.checked_pending(store);
        let redelivered = if self.config.max_deliver == 1 { 0 } else { self.redelivered.len() };
        let paused_until = self.config.pause_until.filter(|until| now < *until);
        ConsumerInfo {
            stream_name: self.stream_name.clone(),
            name: self.name.clone(),
            created: self.created,
            config,
            delivered: sequence_info(self.delivered(), self.last_delivery),
            ack_floor: sequence_info(self.reported_ack_floor, self.last_ack),
            num_ack_pending: self.pending.len() as u64,
            num_redelivered: redelivered as u64,
            num_waiting: self.pull_requests.len() as u64,
            num_pending,
            push_bound: self.is_push() && self.active,
            paused: paused_until.is_some(),
            pause_remaining: paused_until.map(|until| until.since(now).into()).unwrap_or_default(),
            ts: now,
            priority_groups: self.priority_group_state().into_iter().collect(),
        }
    }

    fn priority_group_state(&self) -> Option<PriorityGroupState> {
        if self.config.priority_policy == PriorityPolicy::None {
            return None;
        }
        let group = self.config.priority_groups.first()?.clone();
        let pinned_client_id = self.pin.as_ref().map(|pin| pin.id.clone());
        let pinned_ts = self.pin.as_ref().map(|pin| pin.since).unwrap_or_default();
        Some(PriorityGroupState { group, pinned_client_id, pinned_ts })
    }
}

fn sequence_info(pair: SequencePair, last_active: Option<Time>) -> SequenceInfo {
    SequenceInfo { consumer_seq: pair.consumer, stream_seq: pair.stream, last_active }
}
