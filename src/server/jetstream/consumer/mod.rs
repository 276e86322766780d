//! A consumer: a position in a stream, and the state of its deliveries.

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

use self::request::PullRequest;
use crate::base::Time;
use crate::jsapi::{AckPolicy, ConsumerConfig, ReplayPolicy};
use crate::server::context::ServerContext;
use crate::server::jetstream::store::Filter;
use crate::server::keys::{StreamKey, SubscriptionKey};
use crate::wire::ack_subject;

/// A sequence among the consumer's deliveries, and the stream's sequence that belongs to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SequencePair {
    pub(crate) consumer: u64,
    pub(crate) stream: u64,
}

/// A message that was delivered and is not acknowledged yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    /// The consumer sequence of its first delivery.
    pub(crate) delivery: u64,
    pub(crate) time: Time,
}

/// The last message of each subject, with which a consumer of policy `last_per_subject` begins.
#[derive(Clone, Debug)]
pub(crate) struct SkipList {
    pub(crate) sequences: VecDeque<u64>,
    /// After them, delivery goes on behind this sequence.
    pub(crate) resume: u64,
}

/// Flow control: bytes on their way to a client that confirms what it got.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// Bytes that may be on their way; 0 without flow control.
    pub(crate) window: usize,
    pub(crate) out: usize,
    /// The bytes that the open flow control request covers, and its reply subject.
    pub(crate) asked: usize,
    pub(crate) request: Option<String>,
}

/// The client that gets all messages of a `pinned_client` consumer.
#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub(crate) id: String,
    pub(crate) group: String,
    pub(crate) since: Time,
    /// The client has to request messages again before.
    pub(crate) until: Time,
}

pub(crate) struct Consumer {
    /// Consumers are numbered as they are created.
    pub(crate) creation_order: u64,
    pub(crate) stream: StreamKey,
    pub(crate) stream_name: String,
    pub(crate) name: String,
    /// `$JS.ACK.<stream>.<consumer>`, with which ack subjects begin.
    ack_prefix: String,
    pub(crate) created: Time,
    pub(crate) config: ConsumerConfig,
    pub(crate) filter: Filter,
    /// The stream sequence from which the next message is searched.
    pub(crate) next_sequence: u64,
    /// The consumer sequence of the next delivery, from 1 on.
    next_delivery: u64,
    pub(crate) ack_floor: SequencePair,
    /// The ack floor that is reported and persisted: unlike the other, it moves only by acknowledgements and purges.
    pub(crate) reported_ack_floor: SequencePair,
    last_delivery: Option<Time>,
    last_ack: Option<Time>,
    /// Messages that it has not delivered yet. As in nats-server, removed messages can make it wrong, even negative.
    pub(crate) pending_count: i64,
    /// The last stream sequence that `pending_count` includes.
    counted_to: u64,
    skip_list: Option<SkipList>,
    pub(crate) pending: BTreeMap<u64, Pending>,
    /// How often messages that were delivered more than once were delivered.
    pub(crate) redelivered: BTreeMap<u64, u64>,
    redelivery_queue: VecDeque<u64>,
    pub(crate) flow: Flow,
    pub(crate) pull_requests: VecDeque<PullRequest>,
    pin: Option<Pin>,
    last_request: Time,
    /// Somebody listens to the deliver subject.
    pub(crate) active: bool,
    /// It is queued for a turn to deliver.
    pub(crate) ready: bool,
    /// How long it is kept while nobody uses it; `None` for ever.
    pub(crate) inactive_threshold: Option<Duration>,
    /// Since when nobody listens to a push consumer.
    pub(crate) idle_since: Option<Time>,
    pub(crate) delete_at: Option<Time>,
    pub(crate) redeliver_at: Option<Time>,
    pub(crate) heartbeat_at: Option<Time>,
    /// The next message waits until then, because of the replay policy or the rate limit.
    pub(crate) replay_at: Option<Time>,
    /// The message that has waited for the replay policy.
    replay_waited: u64,
    /// When the delivered bytes would have been sent at the rate limit.
    rate_used: Time,
    /// The sequence of the message that waits for the rate limit, and its number of deliveries then.
    pub(crate) rate_limited: Option<(u64, u64)>,
    /// When its pause ends.
    pub(crate) resume_at: Option<Time>,
    replay_until: u64,
    last_replayed: Option<Time>,
    /// When its timer fires.
    pub(crate) timer_due: Option<Time>,
    /// Subscriptions to the deliver subject, as of this version of the router. Without a version, messages have to be
    /// routed.
    pub(crate) listeners: Vec<SubscriptionKey>,
    pub(crate) listeners_version: Option<u64>,
}

/// What outlives the server of a consumer.
#[derive(Clone, Debug)]
pub(crate) struct PersistedConsumer {
    pub(crate) name: String,
    pub(crate) config: ConsumerConfig,
    pub(crate) created: Time,
    pub(crate) next_sequence: u64,
    pub(crate) next_delivery: u64,
    pub(crate) ack_floor: SequencePair,
    pub(crate) pending: BTreeMap<u64, Pending>,
    pub(crate) redelivered: BTreeMap<u64, u64>,
}

/// How long an unused ephemeral consumer is kept by default; up to [`INACTIVE_JITTER_MILLIS`] are added at random.
pub(crate) const DEFAULT_INACTIVE_THRESHOLD: Duration = Duration::from_secs(5);
const INACTIVE_JITTER_MILLIS: u64 = 900;

/// The largest flow control window in bytes; the first one is a sixteenth of it.
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
            ack_prefix: format!("{}{stream_name}.{name}", ack_subject::PREFIX),
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
            pull_requests: VecDeque::new(),
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
            rate_limited: None,
            resume_at: None,
            replay_until: 0,
            last_replayed: None,
            timer_due: None,
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

    /// Messages that it has not delivered yet.
    pub(crate) fn num_pending(&self) -> u64 {
        self.pending_count.max(0) as u64
    }

    /// Whether `max_ack_pending` messages are pending.
    pub(crate) fn is_at_limit(&self) -> bool {
        self.config.max_ack_pending > 0 && self.pending.len() as i64 >= self.config.max_ack_pending
    }

    /// Takes the filter from the configuration.
    pub(crate) fn set_filter(&mut self, stream_subjects: &[String]) {
        self.filter = Filter::new(self.config.filters().iter().map(String::as_str), stream_subjects);
    }

    /// The last delivery.
    pub(crate) fn delivered(&self) -> SequencePair {
        SequencePair { consumer: self.next_delivery - 1, stream: self.next_sequence.saturating_sub(1) }
    }

    /// What is persisted; `None` for a consumer in memory.
    pub(crate) fn save(&self) -> Option<PersistedConsumer> {
        (!self.config.mem_storage && !self.config.direct).then(|| PersistedConsumer {
            name: self.name.clone(),
            config: self.config.clone(),
            created: self.created,
            next_sequence: self
                .rate_limited
                .map_or(self.next_sequence, |(held, _)| held.min(self.next_sequence)),
            next_delivery: self.next_delivery,
            ack_floor: self.reported_ack_floor,
            pending: self.pending.clone(),
            redelivered: self.redelivered.clone(),
        })
    }

    /// Continues from a persisted state.
    pub(crate) fn restore(&mut self, saved: PersistedConsumer) {
        self.created = saved.created;
        self.next_sequence = saved.next_sequence;
        self.next_delivery = saved.next_delivery;
        (self.ack_floor, self.reported_ack_floor) = (saved.ack_floor, saved.ack_floor);
        self.pending = saved.pending;
        self.redelivered = saved.redelivered;
    }

    /// With replay policy `original`, messages up to `last` are delivered at the speed at which they were stored.
    pub(crate) fn set_replay(&mut self, last: u64) {
        if self.config.replay_policy == ReplayPolicy::Original {
            self.replay_until = last;
        }
    }

    pub(crate) fn acks(&self) -> bool {
        self.config.ack_policy != AckPolicy::None
    }
}
