//! A stream: numbered messages under subjects, with limits.

pub(crate) mod check;
mod dedup;
pub(crate) mod info;
pub(crate) mod limits;
pub(crate) mod publish;
pub(crate) mod relations;
mod removal;
pub(crate) mod source_key;
pub(crate) mod transform;
pub(crate) mod ttl;
pub(crate) mod update;
pub(crate) mod upstream;

use std::collections::BTreeMap;

use self::dedup::DedupWindow;
use self::transform::TransformRule;
use self::upstream::Upstream;
use crate::base::Time;
use crate::jsapi::StreamConfig;
use crate::server::context::ServerContext;
use crate::server::jetstream::store::{Filter, Store};
use crate::server::keys::{ConsumerKey, SubscriptionKey};
use crate::wire::subject;

/// A stream and all that belongs to it.
pub(crate) struct Stream {
    pub(crate) config: StreamConfig,
    pub(crate) created: Time,
    /// Random; tells this stream from a former one of the same name.
    pub(crate) identity: String,
    pub(crate) store: Store,
    pub(crate) last_msg_id: String,
    pub(crate) dedup: DedupWindow,
    /// Its consumers by name.
    pub(crate) consumers: BTreeMap<String, ConsumerKey>,
    /// Applied to the subjects of incoming messages.
    pub(crate) subject_transform: Option<TransformRule>,
    pub(crate) republish: Option<TransformRule>,
    /// The stream that it mirrors, or those that it sources.
    pub(crate) upstreams: Vec<Upstream>,
    /// Its subscriptions, by subject.
    pub(crate) subscriptions: BTreeMap<String, SubscriptionKey>,
    /// When its timer fires.
    pub(crate) timer_due: Option<Time>,
    /// It may hold messages of subjects that it does not listen to: copied, transformed, or from before an update.
    has_foreign_subjects: bool,
    /// Messages up to this sequence never expire, so the next one to expire by age is behind them.
    pub(crate) never_expiring_up_to: u64,
}

/// What outlives the server of a stream.
#[derive(Clone, Debug)]
pub(crate) struct PersistedStream {
    pub(crate) config: StreamConfig,
    pub(crate) created: Time,
    pub(crate) store: Store,
    pub(crate) consumers: Vec<crate::server::jetstream::consumer::PersistedConsumer>,
}

impl Stream {
    pub(crate) fn new(config: StreamConfig, ctx: &mut ServerContext) -> Stream {
        let store = Store::new(config.storage, ctx.hash_seed, config.first_seq);
        Stream::with_store(config, ctx.now, store, ctx)
    }

    pub(crate) fn with_store(
        config: StreamConfig,
        created: Time,
        store: Store,
        ctx: &mut ServerContext,
    ) -> Stream {
        let mut stream = Stream {
            created,
            identity: ctx.ids.base62(8),
            store,
            last_msg_id: String::new(),
            dedup: DedupWindow::default(),
            consumers: BTreeMap::new(),
            subject_transform: None,
            republish: None,
            upstreams: Vec::new(),
            subscriptions: BTreeMap::new(),
            timer_due: None,
            has_foreign_subjects: false,
            never_expiring_up_to: 0,
            config,
        };
        stream.compile_transforms();
        stream.update_foreign_subjects(&StreamConfig::default());
        stream.rebuild_dedup(ctx.now);
        stream.set_upstreams(ctx);
        stream
    }

    pub(crate) fn config(&self) -> &StreamConfig {
        &self.config
    }

    /// Compiles the transforms of the configuration, which are valid.
    pub(crate) fn compile_transforms(&mut self) {
        let rule = |pair: Option<(&String, &String)>| {
            pair.and_then(|(source, destination)| TransformRule::new(source, destination).ok().flatten())
        };
        self.subject_transform =
            rule(self.config.subject_transform.as_ref().map(|pair| (&pair.src, &pair.dest)));
        self.republish = rule(self.config.republish.as_ref().map(|pair| (&pair.src, &pair.dest)));
    }

    /// Checks again for foreign subjects, if the configuration changed what matters for that.
    pub(crate) fn update_foreign_subjects(&mut self, old: &StreamConfig) {
        let StreamConfig { subjects, mirror, sources, subject_transform, .. } = &self.config;
        if (subjects, mirror, sources, subject_transform)
            == (&old.subjects, &old.mirror, &old.sources, &old.subject_transform)
        {
            return;
        }
        let is_own = |subject: &str| subjects.iter().any(|pattern| subject::matches(pattern, subject));
        self.has_foreign_subjects = mirror.is_some()
            || !sources.is_empty()
            || subject_transform.is_some()
            || self.store.totals(&Filter::all()).into_iter().any(|(subject, _)| !is_own(subject));
    }

    /// A filter of its messages; patterns that cover all its subjects select everything, unless there are foreign
    /// subjects.
    pub(crate) fn filter<'a>(&self, patterns: impl IntoIterator<Item = &'a str>) -> Filter {
        Filter::new(patterns, self.own_subjects())
    }

    /// The subjects of all its messages; empty if there may be foreign ones.
    pub(crate) fn own_subjects(&self) -> &[String] {
        if self.has_foreign_subjects { &[] } else { &self.config.subjects }
    }

    pub(crate) fn is_mirror(&self) -> bool {
        self.config.mirror.is_some()
    }

    /// Reads the message ids of the deduplication window from the stored messages.
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
