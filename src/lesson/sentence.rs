//! What a goal wants, and what is missing while it is not met, as a sentence in the learner's language.
//!
//! Sentences have `code` in backquotes; [`code_spans`] splits them for drawing.

use std::time::Duration;

use super::goal::{ConditionalWrite, Goal, Key, WatchStart};
use super::markdown::Inline;
use super::world_state::{ContentionKind, WorldState};
use crate::server::view::{Operation, View};
use crate::texts::{Argument, Language};

/// The values of a sentence's arguments, by name.
type Values = Vec<(&'static str, String)>;

impl Goal {
    /// What the goal wants to be so, without a full stop.
    pub fn wanted(&self, language: Language) -> String {
        say(language, self.text_id(), self.values())
    }

    /// What there is to do, for a goal that is not met. `expired` are keys whose values came to the end of their lives since the
    /// step began.
    pub fn missing(&self, state: &WorldState, expired: &[Key], language: Language) -> String {
        if let Some(terminal) = state.terminals.iter().find(|terminal| terminal.asks) {
            return say(language, "goal_asking", vec![("terminal", terminal.name.clone())]);
        }
        let Some(view) = state.server else {
            return say(language, "goal_no_server", Vec::new());
        };
        if !view.server.jetstream && *self != Goal::AccountSeen {
            return say(language, "goal_no_jetstream", Vec::new());
        }
        let mut values = self.values();
        let text_id = match self.bucket() {
            Some(bucket) if view.bucket(bucket).is_none() && !self.is_about_config() => {
                "goal_no_bucket".to_owned()
            }
            _ => self
                .missing_in(view, expired, &mut values)
                .map_or_else(|| format!("{}.missing", self.text_id()), str::to_owned),
        };
        say(language, &text_id, values)
    }

    /// The text about what is missing where server and bucket exist, if it is not the usual one of the goal. Adds the values
    /// that only this sentence needs.
    fn missing_in(&self, view: &View, expired: &[Key], values: &mut Values) -> Option<&'static str> {
        let found = self.key().and_then(|key| key.last(Some(view)));
        let has_expired = self.key().is_some_and(|key| expired.contains(key));
        let value = found.filter(|last| last.operation == Operation::Put);
        match self {
            Goal::BucketTtl { bucket, .. } if view.bucket(bucket).is_some() => Some("goal_other_ttl"),
            Goal::BucketHistory { bucket, .. } if view.bucket(bucket).is_some() => Some("goal_other_history"),
            Goal::BucketMarkerTtl { bucket, .. } if view.bucket(bucket).is_some() => {
                Some("goal_other_marker_ttl")
            }
            Goal::BucketAge { bucket, .. } => {
                let passed = view.bucket(bucket).map(|b| view.now.since(b.created)).unwrap_or_default();
                values.push(("passed", short(passed)));
                None
            }
            Goal::Value { .. } | Goal::Created { .. } => {
                values.push(("found", String::from_utf8_lossy(&value?.value).into_owned()));
                Some(if matches!(self, Goal::Value { .. }) {
                    "goal_other_value"
                } else {
                    "goal_must_go_first"
                })
            }
            Goal::Updated { value: wanted, .. } => {
                let Some(last) = value else {
                    return Some(if has_expired { "goal_lost" } else { "goal_nothing_to_update" });
                };
                if has_expired && last.value != wanted.as_bytes() {
                    values.push(("found", String::from_utf8_lossy(&last.value).into_owned()));
                    return Some("goal_taken");
                }
                values.push(("found", last.sequence.to_string()));
                None
            }
            Goal::Entries { key, .. } => {
                let found = view.bucket(&key.bucket).and_then(|bucket| bucket.key(&key.name));
                values.push(("found", found.map_or(0, |key| key.revisions.len()).to_string()));
                None
            }
            Goal::Revision { .. } => {
                values.push(("found", found.map_or(0, |last| last.sequence).to_string()));
                None
            }
            Goal::Expired { .. } => {
                values.push(("left", short(value?.expires?.since(view.now))));
                Some("goal_lives_on")
            }
            Goal::WatcherGone { .. } if !self.was_present(Some(view), &[]) => {
                Some("goal_watcher_active.missing")
            }
            _ => None,
        }
    }

    /// Whether it wants a bucket of a certain configuration.
    fn is_about_config(&self) -> bool {
        matches!(
            self,
            Goal::BucketTtl { .. }
                | Goal::BucketHistory { .. }
                | Goal::BucketMarkerTtl { .. }
                | Goal::BucketMaxSize { .. }
                | Goal::BucketMaxValueSize { .. }
                | Goal::BucketMirrors { .. }
                | Goal::BucketSources { .. }
        )
    }

    /// The text about what the goal wants; its attribute `missing` is about what is missing.
    fn text_id(&self) -> &'static str {
        match self {
            Goal::AccountSeen => "goal_account_seen",
            Goal::JetStream => "goal_jetstream",
            Goal::BucketExists { .. } => "goal_bucket_exists",
            Goal::BucketGone { .. } => "goal_bucket_gone",
            Goal::BucketTtl { .. } => "goal_bucket_ttl",
            Goal::BucketHistory { .. } => "goal_bucket_history",
            Goal::BucketMarkerTtl { .. } => "goal_bucket_marker_ttl",
            Goal::BucketMaxSize { .. } => "goal_bucket_max_size",
            Goal::BucketMaxValueSize { .. } => "goal_bucket_max_value_size",
            Goal::BucketMirrors { .. } => "goal_bucket_mirrors",
            Goal::BucketSources { .. } => "goal_bucket_sources",
            Goal::BucketAge { .. } => "goal_bucket_age",
            Goal::Value { .. } => "goal_value",
            Goal::Created { .. } => "goal_created",
            Goal::Updated { .. } => "goal_updated",
            Goal::Revision { .. } => "goal_revision",
            Goal::Marker { purge: false, .. } => "goal_deleted",
            Goal::Marker { purge: true, .. } => "goal_purged",
            Goal::Entries { .. } => "goal_entries",
            Goal::WatcherActive { start: None, .. } => "goal_watcher_active",
            Goal::WatcherActive { start: Some(WatchStart::History), .. } => "goal_watcher_history",
            Goal::WatcherActive { start: Some(WatchStart::Updates), .. } => "goal_watcher_updates",
            Goal::WatcherActive { start: Some(WatchStart::Revision(_)), .. } => "goal_watcher_revision",
            Goal::WatcherGone { .. } => "goal_watcher_gone",
            Goal::Read { revision: None, .. } => "goal_read",
            Goal::Read { revision: Some(_), .. } => "goal_read_revision",
            Goal::NotFound { .. } => "goal_not_found",
            Goal::DeliveredMarker { purge: false, .. } => "goal_delivered_delete",
            Goal::DeliveredMarker { purge: true, .. } => "goal_delivered_purge",
            Goal::Delivered { value: None, .. } => "goal_delivered",
            Goal::Delivered { value: Some(_), .. } => "goal_delivered_value",
            Goal::Refused { write: ConditionalWrite::Create, .. } => "goal_refused_create",
            Goal::Refused { write: ConditionalWrite::Update, .. } => "goal_refused_update",
            Goal::RefusedWithError { .. } => "goal_refused_with_error",
            Goal::Requested { code: None, .. } => "goal_requested",
            Goal::Requested { code: Some(_), .. } => "goal_requested_in_vain",
            Goal::MessageRead { .. } => "goal_message_read",
            Goal::Expired { .. } => "goal_expired",
            Goal::Contended { kind: ContentionKind::SharedRead, .. } => "goal_shared_read",
            Goal::Contended { kind: ContentionKind::LostUpdate, .. } => "goal_lost_update",
            Goal::Contended { kind: ContentionKind::Retried, .. } => "goal_retried",
        }
    }

    /// The values that all sentences of the goal may use.
    fn values(&self) -> Values {
        let mut values = Vec::new();
        values.extend(self.bucket().map(|bucket| ("bucket", bucket.to_owned())));
        values.extend(self.key().map(|key| ("key", key.name.clone())));
        match self {
            Goal::BucketTtl { ttl, .. } | Goal::BucketMarkerTtl { ttl, .. } => {
                values.push(("ttl", short(*ttl)))
            }
            Goal::BucketAge { age, .. } => values.push(("age", short(*age))),
            Goal::Value { value, .. }
            | Goal::Created { value, .. }
            | Goal::Updated { value, .. }
            | Goal::Delivered { value: Some(value), .. } => {
                values.push(("value", value.clone()));
            }
            Goal::BucketMaxSize { bytes, .. } => values.push(("bytes", bytes.to_string())),
            Goal::BucketMaxValueSize { bytes, .. } => values.push(("bytes", bytes.to_string())),
            Goal::BucketMirrors { origin, .. } | Goal::BucketSources { origin, .. } => {
                values.push(("origin", origin.clone()));
            }
            Goal::RefusedWithError { code, .. } => values.push(("code", code.to_string())),
            Goal::Requested { subject, code } => {
                values.push(("subject", subject.clone()));
                values.extend(code.map(|code| ("code", code.to_string())));
            }
            Goal::MessageRead { stream, subject } => {
                values.extend([("stream", stream.clone()), ("subject", subject.clone())]);
            }
            Goal::BucketHistory { entries, .. } => values.push(("entries", entries.to_string())),
            Goal::Entries { count, .. } => values.push(("wanted", count.to_string())),
            Goal::Read { revision: Some(revision), .. }
            | Goal::WatcherActive { start: Some(WatchStart::Revision(revision)), .. } => {
                values.push(("revision", revision.to_string()));
            }
            Goal::Revision { at_least, .. } => values.push(("wanted", at_least.to_string())),
            _ => {}
        }
        values
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

/// A sentence with its values.
fn say(language: Language, text_id: &str, values: Values) -> String {
    // A backquote in a value would end the code span around it.
    let values = values.into_iter().map(|(name, value)| (name, Argument::from(value.replace('`', "'"))));
    language.format(text_id, values).unwrap_or_else(|| text_id.to_owned())
}

/// Splits a sentence at its backquotes: text and code by turns.
pub fn code_spans(sentence: &str) -> Vec<Inline> {
    let parts = sentence.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    let spans = parts.map(|(index, part)| match index % 2 {
        0 => Inline::Text(part.to_owned()),
        _ => Inline::Code(part.to_owned()),
    });
    spans.collect()
}
