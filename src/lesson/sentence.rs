//! What a goal wants, and what is missing while it is not met, as a sentence in the learner's language.
//!
//! Sentences have `code` in backquotes; [`code_spans`] splits them for drawing.

use std::time::Duration;

use super::goal::Goal;
use super::goal_texts::{GoalText, GoalTexts};
use super::markdown::Inline;
use super::world_state::WorldState;
use crate::server::view::{Operation, View};

/// The values of a sentence's placeholders, by name.
type Values = Vec<(&'static str, String)>;

impl Goal {
    /// What the goal wants to be so, without a full stop.
    pub fn wanted(&self, texts: &GoalTexts) -> String {
        fill(self.text(texts).wanted, &self.values())
    }

    /// What there is to do, for a goal that is not met.
    pub fn missing(&self, state: &WorldState, texts: &GoalTexts) -> String {
        if let Some(terminal) = state.terminals.iter().find(|terminal| terminal.asks) {
            return fill(texts.asking, &[("terminal", terminal.name.clone())]);
        }
        let Some(view) = state.server else {
            return texts.no_server.to_owned();
        };
        if !view.server.jetstream && *self != Goal::AccountSeen {
            return texts.no_jetstream.to_owned();
        }
        let mut values = self.values();
        let template = match self.bucket() {
            Some(bucket) if view.bucket(bucket).is_none() && !matches!(self, Goal::BucketTtl { .. }) => {
                texts.no_bucket
            }
            _ => self.missing_in(view, texts, &mut values),
        };
        fill(template, &values)
    }

    /// The template of what is missing where server and bucket exist. Adds the values that only it needs.
    fn missing_in(&self, view: &View, texts: &GoalTexts, values: &mut Values) -> &'static str {
        let found = self.key().and_then(|key| key.last(Some(view)));
        let value = found.filter(|last| last.operation == Operation::Put);
        let usual = self.text(texts).missing;
        match self {
            Goal::BucketTtl { bucket, .. } if view.bucket(bucket).is_some() => texts.other_ttl,
            Goal::BucketAge { bucket, .. } => {
                let passed = view.bucket(bucket).map(|b| view.now.since(b.created)).unwrap_or_default();
                values.push(("passed", short(passed)));
                usual
            }
            Goal::Value { .. } | Goal::Created { .. } => {
                let Some(last) = value else { return usual };
                values.push(("found", String::from_utf8_lossy(&last.value).into_owned()));
                if matches!(self, Goal::Value { .. }) { texts.other_value } else { texts.must_go_first }
            }
            Goal::Updated { .. } => {
                let Some(last) = value else { return texts.nothing_to_update };
                values.push(("found", last.sequence.to_string()));
                usual
            }
            Goal::Revision { .. } => {
                values.push(("found", found.map_or(0, |last| last.sequence).to_string()));
                usual
            }
            Goal::Expired { .. } => {
                let Some(expires) = value.and_then(|last| last.expires) else { return usual };
                values.push(("left", short(expires.since(view.now))));
                texts.lives_on
            }
            Goal::WatcherGone { .. } if !self.was_present(Some(view), &[]) => texts.watcher_active.missing,
            _ => usual,
        }
    }

    fn text(&self, texts: &GoalTexts) -> GoalText {
        match self {
            Goal::AccountSeen => texts.account_seen,
            Goal::JetStream => texts.jetstream,
            Goal::BucketExists { .. } => texts.bucket_exists,
            Goal::BucketGone { .. } => texts.bucket_gone,
            Goal::BucketTtl { .. } => texts.bucket_ttl,
            Goal::BucketAge { .. } => texts.bucket_age,
            Goal::Value { .. } => texts.value,
            Goal::Created { .. } => texts.created,
            Goal::Updated { .. } => texts.updated,
            Goal::Revision { .. } => texts.revision,
            Goal::Marker { purge: false, .. } => texts.deleted,
            Goal::Marker { purge: true, .. } => texts.purged,
            Goal::WatcherActive { .. } => texts.watcher_active,
            Goal::WatcherGone { .. } => texts.watcher_gone,
            Goal::Read { .. } => texts.read,
            Goal::Delivered { .. } => texts.delivered,
            Goal::Refused { .. } => texts.refused,
            Goal::Expired { .. } => texts.expired,
        }
    }

    /// The values that all sentences of the goal may use.
    fn values(&self) -> Values {
        let mut values = Vec::new();
        values.extend(self.bucket().map(|bucket| ("bucket", bucket.to_owned())));
        values.extend(self.key().map(|key| ("key", key.name.clone())));
        match self {
            Goal::BucketTtl { ttl, .. } => values.push(("ttl", short(*ttl))),
            Goal::BucketAge { age, .. } => values.push(("age", short(*age))),
            Goal::Value { value, .. } | Goal::Created { value, .. } | Goal::Updated { value, .. } => {
                values.push(("value", value.clone()));
            }
            Goal::Revision { at_least, .. } => values.push(("wanted", at_least.to_string())),
            Goal::Refused { code, .. } => values.push(("code", code.to_string())),
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

/// Replaces the `{placeholders}` of a template. Values are not searched for placeholders.
fn fill(template: &str, values: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if let Some((_, value)) = values.iter().find(|(placeholder, _)| *placeholder == name) {
            // A backquote in a value would end the code span around it.
            out.push_str(&value.replace('`', "'"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
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
