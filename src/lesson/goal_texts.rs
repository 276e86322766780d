//! The sentences about goals, whatever the language.
//!
//! `{name}` in a sentence is a placeholder (see `sentence`), `\`code\`` is drawn as code.

/// What a goal wants, and what is missing when it is not so.
#[derive(Clone, Copy, Debug)]
pub struct GoalText {
    pub wanted: &'static str,
    pub missing: &'static str,
}

/// All sentences about goals in one language.
#[derive(Clone, Debug)]
pub struct GoalTexts {
    // What stands in the way of several goals.
    pub asking: &'static str,
    pub no_server: &'static str,
    pub no_jetstream: &'static str,
    pub no_bucket: &'static str,

    pub account_seen: GoalText,
    pub jetstream: GoalText,
    pub bucket_exists: GoalText,
    pub bucket_gone: GoalText,
    pub bucket_ttl: GoalText,
    pub other_ttl: &'static str,
    pub bucket_age: GoalText,
    pub value: GoalText,
    pub other_value: &'static str,
    pub created: GoalText,
    pub must_go_first: &'static str,
    pub updated: GoalText,
    pub nothing_to_update: &'static str,
    pub revision: GoalText,
    pub deleted: GoalText,
    pub purged: GoalText,
    pub watcher_active: GoalText,
    pub watcher_gone: GoalText,
    pub read: GoalText,
    pub delivered: GoalText,
    pub refused: GoalText,
    pub expired: GoalText,
    pub lives_on: &'static str,
}

pub(super) const fn text(wanted: &'static str, missing: &'static str) -> GoalText {
    GoalText { wanted, missing }
}
