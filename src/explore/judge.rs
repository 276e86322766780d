//! Whether the rules hold in an order, as far as it has come.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use super::happening::Happening;
use super::outcome::Ending;
use super::rule::{Key, Rule, RuleKind};
use crate::server::view::{Operation, View};

/// What the rules remember of an order.
#[derive(Clone, Default)]
pub(super) struct Observed {
    /// For each client the last revision of each key that it knows.
    known: BTreeMap<(usize, String, String), u64>,
    /// Each key's last revision, and who wrote it; none by whom where it has no value.
    last: BTreeMap<(String, String), (u64, Option<usize>)>,
    /// The indices of the rules that are broken.
    pub(super) broken: BTreeSet<usize>,
}

/// What rules are judged by at a moment.
pub(super) struct Moment<'a> {
    pub(super) view: &'a View,
    /// The sections that each client is inside of.
    pub(super) inside: Vec<BTreeSet<String>>,
}

impl Observed {
    /// Takes something that a client has done, or nobody. Returns the rules that it breaks.
    pub(super) fn take(
        &mut self,
        rules: &[Rule],
        client: Option<usize>,
        happening: &Happening,
    ) -> Vec<usize> {
        let mut broken = Vec::new();
        match happening {
            Happening::Wrote { bucket, key, revision, operation, unread } => {
                let key = (bucket.clone(), key.clone());
                if unread.is_some() {
                    broken = indices(rules, |kind| matches!(kind, RuleKind::NoUpdateLost(it) if it.is(&key)));
                }
                let value_of = (*operation == Operation::Put).then(|| client.unwrap_or(usize::MAX));
                self.learn(client, &key, *revision);
                self.last.insert(key, (*revision, value_of));
            }
            Happening::Read { bucket, key, revision } => {
                let key = (bucket.clone(), key.clone());
                if self.last.get(&key).is_some_and(|(last, _)| last > revision) {
                    broken = indices(rules, |kind| matches!(kind, RuleKind::Linearizable(it) if it.is(&key)));
                }
                self.learn(client, &key, *revision);
            }
            Happening::Refused { bucket, key, actual: Some(actual), .. } => {
                self.learn(client, &(bucket.clone(), key.clone()), *actual);
            }
            Happening::Delivered { bucket, key, revision } => {
                self.learn(client, &(bucket.clone(), key.clone()), *revision);
            }
            Happening::Expired { bucket, key, .. } => {
                if let Some((_, value_of)) = self.last.get_mut(&(bucket.clone(), key.clone())) {
                    *value_of = None;
                }
            }
            _ => {}
        }
        self.note(broken)
    }

    /// The revision that a client replaces when it writes a key, if it does not know of it.
    pub(super) fn unread(&self, client: usize, bucket: &str, name: &str) -> Option<u64> {
        let key = (bucket.to_owned(), name.to_owned());
        let (last, writer) = *self.last.get(&key)?;
        (writer.is_some() && !self.knows(client, &key, last)).then_some(last)
    }

    /// The rules that are broken from this moment on.
    pub(super) fn judge(&mut self, rules: &[Rule], moment: &Moment<'_>) -> Vec<usize> {
        let broken = indices(rules, |kind| match kind {
            RuleKind::AtMost { count, section } => {
                moment.inside.iter().filter(|inside| inside.contains(section)).count() > *count
            }
            RuleKind::Always(goal) => goal.holds(Some(moment.view)) == Some(false),
            _ => false,
        });
        self.note(broken)
    }

    /// The rules that are broken by how it ended.
    pub(super) fn judge_end(&mut self, rules: &[Rule], view: &View, endings: &[Ending]) -> Vec<usize> {
        let broken = indices(rules, |kind| match kind {
            RuleKind::AtEnd(goal) => goal.holds(Some(view)) == Some(false),
            RuleKind::ExactlyEnd { count, status } => {
                endings.iter().filter(|ending| **ending == Ending::With(*status)).count() != *count
            }
            RuleKind::EveryClientEnds => endings.contains(&Ending::Waits),
            _ => false,
        });
        self.note(broken)
    }

    /// Those that were not broken before.
    fn note(&mut self, broken: Vec<usize>) -> Vec<usize> {
        broken.into_iter().filter(|rule| self.broken.insert(*rule)).collect()
    }

    fn knows(&self, client: usize, (bucket, name): &(String, String), revision: u64) -> bool {
        self.known.get(&(client, bucket.clone(), name.clone())).is_some_and(|known| *known >= revision)
    }

    fn learn(&mut self, client: Option<usize>, (bucket, name): &(String, String), revision: u64) {
        if let Some(client) = client {
            let known = self.known.entry((client, bucket.clone(), name.clone())).or_default();
            *known = revision.max(*known);
        }
    }

    /// What these rules may still come to depends on this.
    pub(super) fn hash_into(&self, rules: &[Rule], hasher: &mut impl Hasher) {
        self.broken.hash(hasher);
        for rule in rules {
            if let RuleKind::NoUpdateLost(key) = &rule.kind {
                let id = (key.bucket.clone(), key.name.clone());
                let last = self.last.get(&id).copied();
                last.hash(hasher);
                let known =
                    self.known.iter().filter(|((_, bucket, name), _)| (bucket, name) == (&id.0, &id.1));
                for ((client, ..), revision) in known {
                    // All that counts is whether it is the last one.
                    (client, last.is_some_and(|(last, _)| *revision >= last)).hash(hasher);
                }
            }
        }
    }
}

impl Key {
    fn is(&self, (bucket, name): &(String, String)) -> bool {
        self.bucket == *bucket && self.name == *name
    }
}

fn indices(rules: &[Rule], is_such: impl Fn(&RuleKind) -> bool) -> Vec<usize> {
    rules.iter().enumerate().filter(|(_, rule)| is_such(&rule.kind)).map(|(index, _)| index).collect()
}
