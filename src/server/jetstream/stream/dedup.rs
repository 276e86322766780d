//! Deduplication by `Nats-Msg-Id`: the ids seen within the window.

use std::collections::{BTreeMap, VecDeque};

use crate::base::Time;
use crate::gofmt::Nanos;

#[derive(Clone, Debug, Default)]
pub(crate) struct DedupWindow {
    sequences: BTreeMap<String, u64>,
    order: VecDeque<(Time, String)>,
}

impl DedupWindow {
    /// The sequence of the message with this id, if it is within the window.
    pub(crate) fn find(&mut self, id: &str, now: Time, window: Nanos) -> Option<u64> {
        self.expire(now, window);
        self.sequences.get(id).copied()
    }

    pub(crate) fn add(&mut self, id: &str, sequence: u64, now: Time) {
        if self.sequences.insert(id.to_owned(), sequence).is_none() {
            self.order.push_back((now, id.to_owned()));
        }
    }

    pub(crate) fn expire(&mut self, now: Time, window: Nanos) {
        while self.order.front().is_some_and(|(time, _)| now.since(*time) >= window.duration()) {
            if let Some((_, id)) = self.order.pop_front() {
                self.sequences.remove(&id);
            }
        }
    }
}
