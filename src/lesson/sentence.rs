//! What a goal wants, and what is missing when it is not so, as a sentence in the learner's language.
//!
//! The sentences hold `code` in backquotes; [`inlines`](super::markdown::inlines) takes them apart.

use std::time::Duration;

use super::goal::{Goal, Key};
use super::progress::Facts;
use super::strings::{Pair, Strings};
use crate::server::view::{Operation, View};

/// The places in a sentence, and what to put there.
type Filling<'a> = Vec<(&'static str, String)>;

impl Goal {
    /// What the goal wants to be so, without a full stop.
    pub fn wanted(&self, strings: &Strings) -> String {
        fill(self.pair(strings).wanted, &self.filling())
    }

    /// What there is to do, for a goal that is not met.
    pub fn missing(&self, facts: &Facts, strings: &Strings) -> String {
        if let Some(terminal) = facts.terminals.iter().find(|terminal| terminal.asks) {
            return fill(strings.asking, &[("terminal", terminal.name.clone())]);
        }
        let Some(view) = facts.server else {
            return strings.no_server.to_owned();
        };
        if !view.server.jetstream && *self != Goal::AccountSeen {
            return strings.no_jetstream.to_owned();
        }
        let mut filling = self.filling();
        let template = match self.bucket() {
            Some(bucket) if view.bucket(bucket).is_none() && !matches!(self, Goal::BucketTtl { .. }) => {
                strings.no_bucket
            }
            _ => self.short_of(view, strings, &mut filling),
        };
        fill(template, &filling)
    }

    /// What is missing where server and bucket are there.
    fn short_of(&self, view: &View, strings: &Strings, filling: &mut Filling) -> &'static str {
        let found = self.key().and_then(|key| key.last(Some(view)));
        let value = found.filter(|last| last.operation == Operation::Put);
        let usual = self.pair(strings).missing;
        match self {
            Goal::BucketTtl { bucket, .. } if view.bucket(bucket).is_some() => strings.other_ttl,
            Goal::BucketAge { bucket, .. } => {
                let passed = view.bucket(bucket).map(|b| view.now.since(b.created)).unwrap_or_default();
                filling.push(("passed", short(passed)));
                usual
            }
            Goal::Value { .. } | Goal::Created { .. } => {
                let Some(last) = value else { return usual };
                filling.push(("found", String::from_utf8_lossy(&last.value).into_owned()));
                if matches!(self, Goal::Value { .. }) { strings.other_value } else { strings.must_go_first }
            }
            Goal::Updated { .. } => {
                let Some(last) = value else { return strings.nothing_to_update };
                filling.push(("found", last.sequence.to_string()));
                usual
            }
            Goal::Revision { .. } => {
                filling.push(("found", found.map_or(0, |last| last.sequence).to_string()));
                usual
            }
            Goal::Expired { .. } => {
                let Some(expires) = value.and_then(|last| last.expires) else { return usual };
                filling.push(("left", short(expires.since(view.now))));
                strings.lives_on
            }
            Goal::WatcherGone { .. } if !self.goes_from(Some(view), &[]) => strings.watcher_active.missing,
            _ => usual,
        }
    }

    fn pair(&self, strings: &Strings) -> Pair {
        match self {
            Goal::AccountSeen => strings.account_seen,
            Goal::JetStream => strings.jetstream,
            Goal::BucketExists { .. } => strings.bucket_exists,
            Goal::BucketGone { .. } => strings.bucket_gone,
            Goal::BucketTtl { .. } => strings.bucket_ttl,
            Goal::BucketAge { .. } => strings.bucket_age,
            Goal::Value { .. } => strings.value,
            Goal::Created { .. } => strings.created,
            Goal::Updated { .. } => strings.updated,
            Goal::Revision { .. } => strings.revision,
            Goal::Marker { purge: false, .. } => strings.deleted,
            Goal::Marker { purge: true, .. } => strings.purged,
            Goal::WatcherActive { .. } => strings.watcher_active,
            Goal::WatcherGone { .. } => strings.watcher_gone,
            Goal::Read { .. } => strings.read,
            Goal::Delivered { .. } => strings.delivered,
            Goal::Refused { .. } => strings.refused,
            Goal::Expired { .. } => strings.expired,
        }
    }

    fn key(&self) -> Option<&Key> {
        match self {
            Goal::Value { key, .. }
            | Goal::Created { key, .. }
            | Goal::Updated { key, .. }
            | Goal::Revision { key, .. }
            | Goal::Marker { key, .. }
            | Goal::Read { key }
            | Goal::Delivered { key }
            | Goal::Refused { key, .. }
            | Goal::Expired { key } => Some(key),
            _ => None,
        }
    }

    fn bucket(&self) -> Option<&str> {
        match self {
            Goal::BucketExists { bucket }
            | Goal::BucketGone { bucket }
            | Goal::BucketTtl { bucket, .. }
            | Goal::BucketAge { bucket, .. }
            | Goal::WatcherActive { bucket }
            | Goal::WatcherGone { bucket } => Some(bucket),
            _ => self.key().map(|key| key.bucket.as_str()),
        }
    }

    /// What the goal itself puts into its sentences.
    fn filling(&self) -> Filling<'_> {
        let mut filling = Vec::new();
        filling.extend(self.bucket().map(|bucket| ("bucket", bucket.to_owned())));
        filling.extend(self.key().map(|key| ("key", key.name.clone())));
        match self {
            Goal::BucketTtl { ttl, .. } => filling.push(("ttl", short(*ttl))),
            Goal::BucketAge { age, .. } => filling.push(("age", short(*age))),
            Goal::Value { value, .. } | Goal::Created { value, .. } | Goal::Updated { value, .. } => {
                filling.push(("value", value.clone()));
            }
            Goal::Revision { at_least, .. } => filling.push(("wanted", at_least.to_string())),
            Goal::Refused { code, .. } => filling.push(("code", code.to_string())),
            _ => {}
        }
        filling
    }
}

/// A duration in the largest units that fit, as in `1m30s`; parts of a second are rounded up.
fn short(duration: Duration) -> String {
    let seconds = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    let parts = [(seconds / 3600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')];
    let text: String =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// Puts the values into the places of a sentence. A value that holds `{...}` itself stays as it is.
fn fill(template: &str, values: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if let Some((_, value)) = values.iter().find(|(place, _)| *place == name) {
            // A backquote in a value would end the code that it stands in.
            out.push_str(&value.replace('`', "'"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
