//! How an order has ended.

use std::fmt;

use super::scenario::Scenario;
use crate::programs::Status;
use crate::server::view::{Operation, View};

/// What has come of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// The keys that have a value, without their revisions: those tell of the order, not of what came of it.
    pub values: Vec<KeyValue>,
    /// The clients, each with how it has ended.
    pub endings: Vec<(String, Ending)>,
}

/// How a client has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    With(Status),
    Died,
    /// It waits for ever.
    Waits,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyValue {
    pub bucket: String,
    pub key: String,
    pub value: String,
    /// 0 where it does not matter.
    pub revision: u64,
}

impl Outcome {
    pub(super) fn of(scenario: &Scenario, view: &View, endings: Vec<Ending>) -> Outcome {
        let values = keys(view).into_iter().map(|it| KeyValue { revision: 0, ..it }).collect();
        let names = scenario.clients.iter().map(|client| client.name.clone());
        Outcome { values, endings: names.zip(endings).collect() }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.values.iter().map(ToString::to_string);
        let endings = self.endings.iter().map(|(name, ending)| match ending {
            Ending::With(status) => format!("{name} ends with {status}"),
            Ending::Died => format!("{name} died"),
            Ending::Waits => format!("{name} waits for ever"),
        });
        let parts: Vec<String> = values.chain(endings).collect();
        out.write_str(&parts.join(", "))
    }
}

impl fmt::Display for KeyValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} > {}: {}", self.bucket, self.key, self.value)
    }
}

/// The keys that have a value, by bucket and name.
pub(super) fn keys(view: &View) -> Vec<KeyValue> {
    let mut all = Vec::new();
    for bucket in view.buckets() {
        let name = bucket.bucket().unwrap_or_default();
        let mut keys = Vec::new();
        for subject in &bucket.subjects {
            let (Some(key), Some(last)) = (bucket.key_of(&subject.subject), subject.revisions.last()) else {
                continue;
            };
            if last.operation == Operation::Put {
                keys.push(KeyValue {
                    bucket: name.to_owned(),
                    key: key.to_owned(),
                    value: String::from_utf8_lossy(&last.value).into_owned(),
                    revision: last.sequence,
                });
            }
        }
        keys.sort();
        all.extend(keys);
    }
    all
}
