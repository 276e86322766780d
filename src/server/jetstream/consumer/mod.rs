//! A consumer: a position in a stream, and who is told what.

pub(crate) mod acks;
mod advisories;
pub(crate) mod check;
pub(crate) mod delivery;
pub(crate) mod info;
mod position;
pub(crate) mod priority;
pub(crate) mod pull;
pub(crate) mod request;
mod timing;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use self::request::Request;
use crate::base::Time;
use crate::jsapi::{AckPolicy, ConsumerConfig, ReplayPolicy};
use crate::server::context::ServerContext;
use crate::server::jetstream::store::Filter;
use crate::server::keys::{StreamKey, SubscriptionKey};

/// Of the consumer and of the stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SequencePair {
    pub(crate) consumer: u64,
    pub(crate) stream: u64,
}

/// A message that was delivered and is not acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Its number among the consumer's deliveries.
    pub(crate) delivery: u64,
    pub(crate) time: Time,
}

/// The last messages of all subjects, which come first where a consumer begins with those.
#[derive(Clone, Debug)]
pub(crate) struct SkipList {
    pub(crate) sequences: VecDeque<u64>,
    /// Where it goes on after them.
    pub(crate) resume: u64,
}

/// How much may be on its way to a client that says when it has got it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// Bytes that may be out; 0 where flow is not controlled.
    pub(crate) window: usize,
    pub(crate) out: usize,
    /// Bytes that the request which is out asks about, and its reply subject.
    pub(crate) asked: usize,
    pub(crate) request: Option<String>,
}

/// The one client that gets messages, where a consumer serves one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub(crate) id: String,
    pub(crate) group: String,
    pub(crate) since: Time,
    /// It has to ask again before.
    pub(crate) until: Time,
}

pub(crate) struct Consumer {
    /// It was the so many-th consumer to be created.
    pub(crate) creation_order: u64,
    pub(crate) stream: StreamKey,
    pub(crate) stream_name: String,
    pub(crate) name: String,
    /// What the subjects begin with on which its messages are acknowledged.
    pub(crate) ack_prefix: String,
    pub(crate) created: Time,
    pub(crate) config: ConsumerConfig,
    pub(crate) filter: Filter,
    /// The stream's sequence from which the next message is looked for.
    pub(crate) next_sequence: u64,
    /// The number of the next delivery, from 1 on.
    pub(crate) next_delivery: u64,
    pub(crate) ack_floor: SequencePair,
    /// The floor that is told and kept on disk: unlike the other, only acknowledgements and purges move it.
    pub(crate) reported_ack_floor: SequencePair,
    pub(crate) last_delivery: Option<Time>,
    pub(crate) last_ack: Option<Time>,
    /// Messages that it has not got yet; it may be out by what has gone in between, as in the real server.
    pub(crate) pending_count: i64,
    /// Up to here messages are in `pending_count` already.
    pub(crate) counted_to: u64,
    pub(crate) skip_list: Option<SkipList>,
    pub(crate) pending: BTreeMap<u64, Pending>,
    /// How often messages were delivered again.
    pub(crate) redelivered: BTreeMap<u64, u64>,
    pub(crate) redelivery_queue: VecDeque<u64>,
    pub(crate) flow: Flow,
    pub(crate) waiting: VecDeque<Request>,
    pub(crate) pin: Option<Pin>,
    pub(crate) last_request: Time,
    /// Somebody listens to the deliver subject.
    pub(crate) active: bool,
    /// It is on the list of those that may have something to deliver.
    pub(crate) ready: bool,
    /// How long it is kept while nobody wants anything of it.
    pub(crate) inactive_threshold: Option<Duration>,
    /// Since when nobody listens to a push consumer.
    pub(crate) idle_since: Option<Time>,
    pub(crate) delete_at: Option<Time>,
    pub(crate) redeliver_at: Option<Time>,
    pub(crate) heartbeat_at: Option<Time>,
    /// The next message waits until then, where messages are replayed at the speed at which they came, or have a rate.
    pub(crate) replay_at: Option<Time>,
    /// The message that has waited.
    pub(crate) replay_waited: u64,
    /// When what went out would have gone out at the consumer's rate.
    pub(crate) rate_used: Time,
    /// The message that waits for the rate, and how often it will have been delivered then.
    pub(crate) held: Option<(u64, u64)>,
    /// When its pause ends.
    pub(crate) resume_at: Option<Time>,
    pub(crate) replay_until: u64,
    pub(crate) last_replayed: Option<Time>,
    /// When it wants to be asked.
    pub(crate) due: Option<Time>,
    /// To whom it delivers, as the router said when it had seen so many changes.
    pub(crate) listeners: Vec<SubscriptionKey>,
    pub(crate) listeners_version: Option<u64>,
}

/// What of a consumer outlives the server.
#[derive(Clone, Debug)]
pub(crate) struct Saved {
    pub(crate) name: String,
    pub(crate) config: ConsumerConfig,
    pub(crate) created: Time,
    pub(crate) next_sequence: u64,
    pub(crate) next_delivery: u64,
    pub(crate) ack_floor: SequencePair,
    pub(crate) pending: BTreeMap<u64, Pending>,
    pub(crate) redelivered: BTreeMap<u64, u64>,
}

/// How long an ephemeral consumer is kept that does not say so itself, and what chance adds.
pub(crate) const DEFAULT_INACTIVE_THRESHOLD: Duration = Duration::from_secs(5);
const INACTIVE_JITTER_MILLIS: u64 = 900;

/// The largest window of flow control; it begins with a sixteenth.
pub(crate) const WINDOW_MAX: usize = 32 * 1024 * 1024;

impl Consumer {
    pub(crate) fn new(
        creation_order: u64,
        stream: StreamKey,
        stream_name: &str,
        name: String,
        config: ConsumerConfig,
        stream_subjects: &[String],
        ctx: &mut ServerContext,
    ) -> Consumer {
        let window = if config.flow_control { WINDOW_MAX / 16 } else { 0 };
        let filter = Filter::new(config.filters().iter().map(String::as_str), stream_subjects);
        let mut consumer = Consumer {
            creation_order,
            stream,
            stream_name: stream_name.to_owned(),
            ack_prefix: format!("$JS.ACK.{stream_name}.{name}"),
            name,
            created: ctx.now,
            filter,
            next_sequence: 1,
            next_delivery: 1,
            ack_floor: SequencePair::default(),
            reported_ack_floor: SequencePair::default(),
            last_delivery: None,
            last_ack: None,
            pending_count: 0,
            counted_to: 0,
            skip_list: None,
            pending: BTreeMap::default(),
            redelivered: BTreeMap::default(),
            redelivery_queue: VecDeque::new(),
            flow: Flow { window, ..Flow::default() },
            waiting: VecDeque::new(),
            pin: None,
            last_request: ctx.now,
            active: false,
            ready: false,
            inactive_threshold: None,
            idle_since: None,
            delete_at: None,
            redeliver_at: None,
            heartbeat_at: None,
            replay_at: None,
            replay_waited: 0,
            rate_used: Time(0),
            held: None,
            resume_at: None,
            replay_until: 0,
            last_replayed: None,
            due: None,
            listeners: Vec::new(),
            listeners_version: None,
            config,
        };
        consumer.set_inactive_threshold(ctx);
        consumer.resume_at = consumer.config.pause_until.filter(|until| *until > ctx.now);
        consumer.heartbeat_at = consumer.heartbeat().map(|wait| ctx.now + wait);
        consumer
    }

    pub(crate) fn is_push(&self) -> bool {
        self.config.deliver_subject.is_some()
    }

    pub(crate) fn is_paused(&self, now: Time) -> bool {
        self.config.pause_until.is_some_and(|until| now < until)
    }

    /// How many messages it has not got yet.
    pub(crate) fn num_pending(&self) -> u64 {
        self.pending_count.max(0) as u64
    }

    /// Whether as many messages are open as may be.
    pub(crate) fn is_at_limit(&self) -> bool {
        self.config.max_ack_pending > 0 && self.pending.len() as i64 >= self.config.max_ack_pending
    }

    /// Takes the subjects that it wants from the configuration.
    pub(crate) fn set_filter(&mut self, stream_subjects: &[String]) {
        self.filter = Filter::new(self.config.filters().iter().map(String::as_str), stream_subjects);
    }

    /// Up to where it has come.
    pub(crate) fn delivered(&self) -> SequencePair {
        SequencePair { consumer: self.next_delivery - 1, stream: self.next_sequence.saturating_sub(1) }
    }

    /// `None` for one that lives in memory.
    pub(crate) fn save(&self) -> Option<Saved> {
        (!self.config.mem_storage && !self.config.direct).then(|| Saved {
            name: self.name.clone(),
            config: self.config.clone(),
            created: self.created,
            next_sequence: self.held.map_or(self.next_sequence, |(held, _)| held.min(self.next_sequence)),
            next_delivery: self.next_delivery,
            ack_floor: self.reported_ack_floor,
            pending: self.pending.clone(),
            redelivered: self.redelivered.clone(),
        })
    }

    /// Goes on where a saved one was.
    pub(crate) fn restore(&mut self, saved: Saved) {
        self.created = saved.created;
        self.next_sequence = saved.next_sequence;
        self.next_delivery = saved.next_delivery;
        (self.ack_floor, self.reported_ack_floor) = (saved.ack_floor, saved.ack_floor);
        self.pending = saved.pending;
        self.redelivered = saved.redelivered;
    }

    /// Marks the messages of a stream that are replayed at the speed at which they came.
    pub(crate) fn set_replay(&mut self, last: u64) {
        if self.config.replay_policy == ReplayPolicy::Original {
            self.replay_until = last;
        }
    }

    pub(crate) fn acks(&self) -> bool {
        self.config.ack_policy != AckPolicy::None
    }
}
