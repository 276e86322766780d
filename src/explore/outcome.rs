//! How an order has ended.

use super::scenario::Scenario;
use crate::programs::Status;
use crate::server::view::{Operation, View};

/// How a client has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    With(Status),
    Died,
    /// It waits for ever.
    Waits,
}

/// What has come of an order: the keys and their values, and how each client has ended.
pub(super) fn outcome(scenario: &Scenario, view: &View, endings: &[Ending]) -> String {
    let mut parts = Vec::new();
    for bucket in view.buckets() {
        let name = bucket.bucket().unwrap_or_default();
        let mut keys: Vec<(&str, String)> = Vec::new();
        for subject in &bucket.subjects {
            let (Some(key), Some(last)) = (bucket.key_of(&subject.subject), subject.revisions.last()) else {
                continue;
            };
            if last.operation == Operation::Put {
                keys.push((key, String::from_utf8_lossy(&last.value).into_owned()));
            }
        }
        keys.sort();
        parts.extend(keys.into_iter().map(|(key, value)| format!("{name} > {key}: {value}")));
    }
    for (client, ending) in scenario.clients.iter().zip(endings) {
        parts.push(match ending {
            Ending::With(status) => format!("{} ends with {status}", client.name),
            Ending::Died => format!("{} died", client.name),
            Ending::Waits => format!("{} waits for ever", client.name),
        });
    }
    parts.join(", ")
}
