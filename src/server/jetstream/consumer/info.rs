//! What is told of a consumer.

use super::config::PriorityPolicy;
use super::{Consumer, codec};
use crate::base::Time;
use crate::server::jetstream::store::Store;
use crate::server::json::Writer;

impl Consumer {
    /// Writes the fields of its information. `told` adds the server's version to the configuration, which `None` leaves
    /// out.
    pub(crate) fn encode(&mut self, json: &mut Writer, store: &Store, now: Time, told: Option<bool>) {
        let pending = self.checked_pending(store);
        json.text("stream_name", &self.stream_name);
        json.text("name", &self.name);
        json.time("created", Some(self.created));
        if let Some(told) = told {
            codec::encode(json, &self.config, told);
        }
        for (name, pair, last) in [
            ("delivered", self.delivered(), self.last_delivery),
            ("ack_floor", self.told_floor, self.last_ack),
        ] {
            json.open_field(name);
            json.number("consumer_seq", pair.consumer);
            json.number("stream_seq", pair.stream);
            if last.is_some() {
                json.time("last_active", last);
            }
            json.close();
        }
        json.number("num_ack_pending", self.pending.len() as u64);
        let redelivered = if self.config.max_deliver == 1 { 0 } else { self.redelivered.len() };
        json.number("num_redelivered", redelivered as u64);
        json.number("num_waiting", self.waiting.len() as u64);
        json.number("num_pending", pending);
        json.truth_if("push_bound", self.is_push() && self.active);
        if let Some(until) = self.config.pause_until.filter(|until| now < *until) {
            json.truth("paused", true);
            json.number("pause_remaining", until.since(now).as_nanos() as i128);
        }
        json.time("ts", Some(now));
        if self.config.priority_policy != PriorityPolicy::None {
            json.open_list("priority_groups");
            for group in self.config.priority_groups.iter().take(1) {
                json.open();
                json.text("group", group);
                if let Some(pin) = &self.pin {
                    json.text("pinned_client_id", &pin.id);
                }
                json.time("pinned_ts", self.pin.as_ref().map(|pin| pin.since));
                json.close();
            }
            json.close_list();
        }
    }
}
