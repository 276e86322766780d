//! A stream: numbered messages under subjects, with limits.

pub(crate) mod check;
mod dedup;
pub(crate) mod info;
pub(crate) mod limits;
pub(crate) mod relations;
pub(crate) mod replication;
pub(crate) mod transform;
pub(crate) mod ttl;
pub(crate) mod update;

use std::collections::BTreeMap;

use self::dedup::Dedup;
use self::replication::Feed;
use self::transform::Rule;
use crate::base::Time;
use crate::jsapi::StreamConfig;
use crate::server::context::Desk;
use crate::server::jetstream::store::{Filter, Store};
use crate::server::protocol::router::SubNumber;
use crate::wire::subject;

/// A stream and all that belongs to it.
pub(crate) struct Stream {
    /// No other stream ever has it.
    pub(crate) number: u64,
    pub(crate) config: StreamConfig,
    pub(crate) created: Time,
    /// Tells this stream from another one of the same name.
    pub(crate) identity: String,
    pub(crate) store: Store,
    pub(crate) last_msg_id: String,
    pub(crate) dedup: Dedup,
    /// The places of its consumers, by name.
    pub(crate) consumers: BTreeMap<String, u32>,
    /// What is done to the subject of a message that comes in.
    pub(crate) input: Option<Rule>,
    pub(crate) republish: Option<Rule>,
    /// The stream that it mirrors, or those that it sources from.
    pub(crate) feeds: Vec<Feed>,
    /// Its subscriptions, by subject.
    pub(crate) subscriptions: BTreeMap<String, SubNumber>,
    /// When it wants to be asked.
    pub(crate) due: Option<Time>,
    /// Messages may lie under subjects that it does not listen to: copied, renamed, or from before an update.
    strangers: bool,
    /// Up to here all messages never end, so that the next one to end by age is behind them.
    pub(crate) ageless: u64,
}

/// What of a stream outlives the server.
#[derive(Clone, Debug)]
pub(crate) struct Saved {
    pub(crate) config: StreamConfig,
    pub(crate) created: Time,
    pub(crate) store: Store,
    pub(crate) consumers: Vec<crate::server::jetstream::consumer::Saved>,
}

impl Stream {
    pub(crate) fn new(number: u64, config: StreamConfig, desk: &mut Desk) -> Stream {
        let store = Store::new(config.storage, desk.seed, config.first_seq);
        Stream::with_store(number, config, desk.now, store, desk)
    }

    pub(crate) fn with_store(
        number: u64,
        config: StreamConfig,
        created: Time,
        store: Store,
        desk: &mut Desk,
    ) -> Stream {
        let mut stream = Stream {
            number,
            created,
            identity: desk.name(8),
            store,
            last_msg_id: String::new(),
            dedup: Dedup::default(),
            consumers: BTreeMap::new(),
            input: None,
            republish: None,
            feeds: Vec::new(),
            subscriptions: BTreeMap::new(),
            due: None,
            strangers: false,
            ageless: 0,
            config,
        };
        stream.set_rules();
        stream.look_for_strangers(&StreamConfig::default());
        stream.rebuild_dedup(desk.now);
        stream.set_feeds(desk);
        stream
    }

    pub(crate) fn config(&self) -> &StreamConfig {
        &self.config
    }

    /// Makes the rules that the configuration names. They were checked before.
    pub(crate) fn set_rules(&mut self) {
        let rule = |pair: Option<(&String, &String)>| {
            pair.and_then(|(source, destination)| Rule::new(source, destination).ok().flatten())
        };
        self.input = rule(self.config.subject_transform.as_ref().map(|pair| (&pair.src, &pair.dest)));
        self.republish = rule(self.config.republish.as_ref().map(|pair| (&pair.src, &pair.dest)));
    }

    /// Looks again whether it has strangers, if that may have changed with its configuration.
    pub(crate) fn look_for_strangers(&mut self, old: &StreamConfig) {
        let StreamConfig { subjects, mirror, sources, subject_transform, .. } = &self.config;
        if (subjects, mirror, sources, subject_transform)
            == (&old.subjects, &old.mirror, &old.sources, &old.subject_transform)
        {
            return;
        }
        let is_own = |subject: &str| subjects.iter().any(|pattern| subject::matches(pattern, subject));
        self.strangers = mirror.is_some()
            || !sources.is_empty()
            || subject_transform.is_some()
            || self.store.totals(&Filter::all()).into_iter().any(|(subject, _)| !is_own(subject));
    }

    /// A filter of its messages. One that covers all it listens to is the same as everything, unless there are
    /// strangers.
    pub(crate) fn filter<'a>(&self, patterns: impl IntoIterator<Item = &'a str>) -> Filter {
        Filter::new(patterns, self.own_subjects())
    }

    /// The subjects that all its messages lie under; none if that is not known.
    pub(crate) fn own_subjects(&self) -> &[String] {
        if self.strangers { &[] } else { &self.config.subjects }
    }

    pub(crate) fn is_mirror(&self) -> bool {
        self.config.mirror.is_some()
    }

    /// Reads the message ids that still count from the messages of the window.
    fn rebuild_dedup(&mut self, now: Time) {
        let window = self.config.duplicate_window;
        if window.0 <= 0 {
            return;
        }
        let start = self.store.sequence_at(now - window.duration());
        for record in self.store.from(start) {
            if let Some(id) = crate::wire::headers::find(record.headers, "Nats-Msg-Id") {
                self.dedup.add(&String::from_utf8_lossy(id), record.sequence, record.time);
            }
        }
        let last = self.store.get(self.store.last());
        let id = last.and_then(|record| crate::wire::headers::find(record.headers, "Nats-Msg-Id"));
        self.last_msg_id = id.map(|id| String::from_utf8_lossy(id).into_owned()).unwrap_or_default();
    }
}
