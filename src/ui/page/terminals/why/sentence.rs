//! The sentence that says why a command failed.

use crate::app::Cause;
use crate::ui::page::widgets::operation_word;
use crate::ui::words::Words;

pub(super) fn sentence(words: Words, cause: &Cause) -> String {
    match cause {
        Cause::Exists { key, actual } => words.why_exists(key, *actual),
        Cause::Later { key, expected, actual } => words.why_later(key, *expected, *actual),
        Cause::Sooner { key, expected, actual } => words.why_sooner(key, *expected, *actual),
        Cause::OfOtherKey { key, expected, other, actual: Some(actual) } => {
            words.why_of_other_key(key, *expected, other, *actual)
        }
        Cause::OfOtherKey { key, expected, other, actual: None } => {
            words.why_of_other_key_without_value(key, *expected, other)
        }
        Cause::Unwritten { key, expected, last, actual: Some(actual) } => {
            words.why_unwritten(key, *expected, *last, *actual)
        }
        Cause::Unwritten { key, expected, last, actual: None } => {
            words.why_unwritten_without_value(key, *expected, *last)
        }
        Cause::Missing { key, expected } => words.why_missing(key, *expected),
        Cause::Never { key } => words.why_never(key),
        Cause::Gone { key, operation } => words.why_gone(key, operation_word(*operation)),
        Cause::GoneSince { key, expected, operation } => {
            words.why_gone_since(key, *expected, operation_word(*operation))
        }
        Cause::Expired { key, at } => words.why_expired(key, at),
        Cause::NoRevision { key } => words.why_no_revision(key),
        Cause::NoBucket { others } if others.is_empty() => words.why_no_bucket_at_all().to_owned(),
        Cause::NoBucket { others } => words.why_no_bucket(&others.join(", ")),
        Cause::NoJetStream => words.why_no_jetstream().to_owned(),
        Cause::NoServer => words.why_no_server().to_owned(),
        Cause::NoResponders => words.why_nobody().to_owned(),
        Cause::InvalidKey => words.why_key().to_owned(),
        Cause::InvalidBucketName => words.why_bucket_name().to_owned(),
        Cause::Api(code) => words.why_api((*code).into()),
    }
}
