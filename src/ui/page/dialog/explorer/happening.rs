//! What happens in a step of an order, as a sentence.

use crate::app::model::Operation;
use crate::explore::{FaultKind, Happening, Told};
use crate::ui::words::Words;

/// What has happened, and to whom where that is not the client of the step.
pub(super) fn told(words: Words, told: &Told, clients: &[String]) -> String {
    let sentence = match &told.rule {
        Some(rule) => words.rule_breaks_here(rule),
        None => happened(words, &told.happening),
    };
    match told.client.and_then(|client| clients.get(client)) {
        Some(name) => words.told_of(name, &sentence),
        None => sentence,
    }
}

fn happened(words: Words, happening: &Happening) -> String {
    let name = |bucket: &str, key: &str| format!("{bucket} > {key}");
    match happening {
        Happening::Read { bucket, key, revision } => words.happens_read(&name(bucket, key), *revision),
        Happening::NotFound { bucket, key: Some(key) } => words.happens_not_found(&name(bucket, key)),
        Happening::NotFound { bucket, key: None } => words.happens_not_found(bucket),
        Happening::Wrote { bucket, key, revision, operation, unread } => {
            let name = name(bucket, key);
            match (operation, unread) {
                (Operation::Put, Some(unread)) => words.happens_overwrote(&name, *revision, *unread),
                (Operation::Put, None) => words.happens_wrote(&name, *revision),
                (_, Some(unread)) => words.happens_removed_unread(&name, *revision, *unread),
                (_, None) => words.happens_removed(&name, *revision),
            }
        }
        Happening::Refused { bucket, key, expected: 0, .. } => {
            words.happens_refused_create(&name(bucket, key))
        }
        Happening::Refused { bucket, key, expected, actual } => match actual {
            None => words.happens_refused(&name(bucket, key), *expected),
            Some(0) => words.happens_refused_gone(&name(bucket, key), *expected),
            Some(actual) => words.happens_refused_at(&name(bucket, key), *expected, *actual),
        },
        Happening::Expired { bucket, key, revision } => words.happens_expired(&name(bucket, key), *revision),
        Happening::Delivered { bucket, key, revision } => {
            words.happens_delivered(&name(bucket, key), *revision)
        }
        Happening::Entered(section) => words.happens_entered(section),
        Happening::Left(section) => words.happens_left(section),
        Happening::Struck(FaultKind::Pause(time)) => words.happens_paused(&format!("{time:?}")),
        Happening::Struck(FaultKind::Death) => words.happens_died().to_owned(),
        Happening::Struck(FaultKind::LostReply) => words.happens_reply_lost().to_owned(),
        Happening::Resumed => words.happens_resumed().to_owned(),
        Happening::NoEnd => words.happens_no_end().to_owned(),
        // A rule that breaks is told by its text.
        Happening::Broke(_) => String::new(),
    }
}
