//! A mirrored stream or a source, as the copying stream sees it: how far the copy is, and its connection.

use super::Stream;
use super::source_key::{self, SourceKey};
use super::transform::TransformRule;
use crate::base::Time;
use crate::gofmt::Nanos;
use crate::jsapi::{ApiError, StreamSource, StreamSourceInfo};
use crate::server::context::ServerContext;
use crate::server::jetstream::store::Filter;
use crate::server::keys::StreamKey;

/// A mirrored stream, or one of the sources.
#[derive(Clone, Debug)]
pub(crate) struct Upstream {
    pub(crate) source: StreamSource,
    pub(crate) key: SourceKey,
    pub(crate) is_mirror: bool,
    pub(crate) filter: Filter,
    rules: Vec<TransformRule>,
    /// The last sequence of the other stream that was handled.
    pub(crate) position: u64,
    /// The last sequence of the other stream that was stored here.
    pub(crate) stored: u64,
    /// The stream that it is connected to.
    pub(crate) connected_to: Option<StreamKey>,
    pub(crate) lag: u64,
    pub(crate) last_message: Option<Time>,
    pub(crate) error: Option<ApiError>,
    /// When it tries to connect.
    pub(crate) connect_at: Option<Time>,
    pub(crate) fails: u32,
}

/// nats-server takes between 100 and 200 ms to set up a copy.
const SETUP_MILLIS: u64 = 100;
const SETUP_JITTER_MILLIS: u64 = 100;

/// Nanoseconds between heartbeats of the other stream.
const HEARTBEAT: u64 = 1_000_000_000;

impl Upstream {
    pub(crate) fn new(
        source: &StreamSource,
        is_mirror: bool,
        now: Time,
        ctx: &mut ServerContext,
    ) -> Upstream {
        let patterns: Vec<&str> = match source.subject_transforms.is_empty() {
            true => vec![&source.filter_subject],
            false => source.subject_transforms.iter().map(|transform| transform.src.as_str()).collect(),
        };
        let rules = source.subject_transforms.iter();
        let rules =
            rules.filter_map(|pair| TransformRule::new(&pair.src, &pair.dest).ok().flatten()).collect();
        let wait = Nanos::from_millis((SETUP_MILLIS + ctx.ids.below(SETUP_JITTER_MILLIS)) as i64);
        Upstream {
            key: SourceKey::of(source),
            is_mirror,
            filter: Filter::new(patterns, &[]),
            rules,
            position: 0,
            stored: 0,
            connected_to: None,
            lag: 0,
            last_message: None,
            error: None,
            connect_at: Some(now + wait.duration()),
            fails: 0,
            source: source.clone(),
        }
    }

    /// The subject under which a message of the other stream is stored here.
    pub(crate) fn rename(&self, subject: &str) -> String {
        self.rules.iter().find_map(|rule| rule.apply(subject)).unwrap_or_else(|| subject.to_owned())
    }

    /// Retries after a failed connection: later each time, by two minutes at most.
    pub(crate) fn retry(&mut self, now: Time, error: ApiError) {
        self.error = Some(error);
        self.connected_to = None;
        self.fails += 1;
        let wait = (2 + 10 * i64::from(self.fails)).min(122);
        self.connect_at = Some(now + Nanos::from_secs(wait).duration());
    }

    /// How long ago the other stream was heard from; -1 if never.
    fn active(&self, now: Time) -> Nanos {
        match self.last_message {
            None => Nanos(-1),
            Some(last) if self.connected_to.is_some() => {
                Nanos((now.since(last).as_nanos() as u64 % HEARTBEAT) as i64)
            }
            Some(last) => now.since(last).into(),
        }
    }

    /// Its information at `now`.
    pub(crate) fn info(&self, now: Time) -> StreamSourceInfo {
        // A mirror takes its filter over when it connects.
        let has_filter = !self.is_mirror || self.connected_to.is_some();
        StreamSourceInfo {
            name: self.source.name.clone(),
            external: self.source.external.clone(),
            lag: self.lag,
            seq: if self.is_mirror { 0 } else { self.stored },
            active: self.active(now),
            error: self.error.clone(),
            filter_subject: if has_filter { self.source.filter_subject.clone() } else { String::new() },
            subject_transforms: self.source.subject_transforms.clone(),
        }
    }
}

impl Stream {
    /// Takes mirror and sources from the configuration; those that were there keep their position.
    pub(crate) fn set_upstreams(&mut self, ctx: &mut ServerContext) {
        let now = ctx.now;
        let mut former = std::mem::take(&mut self.upstreams);
        let named = self.config.mirror.iter().map(|source| (source, true));
        let named: Vec<_> = named.chain(self.config.sources.iter().map(|source| (source, false))).collect();
        for (source, is_mirror) in named {
            let key = SourceKey::of(source);
            let kept =
                former.iter().position(|upstream| upstream.key == key && upstream.is_mirror == is_mirror);
            let upstream = match kept {
                Some(at) => former.remove(at),
                None => {
                    let mut upstream = Upstream::new(source, is_mirror, now, ctx);
                    upstream.position = if is_mirror { self.store.last() } else { self.sourced_up_to(&key) };
                    upstream.stored = upstream.position;
                    upstream
                }
            };
            self.upstreams.push(upstream);
        }
    }

    /// The last sequence of a source that is stored here, from the headers of the messages.
    fn sourced_up_to(&self, key: &SourceKey) -> u64 {
        let mut sequences = self.store.newest_first().filter_map(|record| {
            let header = crate::wire::headers::find(record.headers, source_key::HEADER)?;
            SourceKey::read(header).filter(|(of, _)| of == key).map(|(_, sequence)| sequence)
        });
        sequences.next().unwrap_or(0)
    }
}
