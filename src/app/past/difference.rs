//! What differs between two moments of a world: a pure function of what both were.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::snapshot::Snapshot;
use crate::app::fact::Fact;
use crate::app::inspector::settings;
use crate::app::text;
use crate::jsapi::kv;
use crate::server::view::{ConsumerView, Operation, StreamView, SubjectView, View};

/// What has changed, as one line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub item: Item,
    /// `None` where it was not there.
    pub before: Option<State>,
    pub after: Option<State>,
}

/// What differs between two moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub list: Vec<Change>,
    /// How many there are besides those in the list.
    pub more: usize,
}

/// Something that can change. Names are as they are shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    Server,
    Terminal(String),
    Bucket(String),
    Stream(String),
    Key {
        bucket: String,
        key: String,
    },
    /// Somebody who is told what changes in a bucket or stream.
    Watcher {
        of: String,
        /// What it is told of; empty for everything.
        filter: String,
        /// The terminal that it runs in.
        who: Option<String>,
    },
}

/// What it was like at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    There,
    Revision {
        number: u64,
        operation: Operation,
        value: String,
    },
    /// Older than what was looked at, or not there.
    Older,
    /// How many messages a stream that is no bucket holds, and the sequence of the last.
    Messages {
        count: u64,
        last: u64,
    },
    /// The settings that differ.
    Settings(Vec<(Fact, String)>),
}

/// What differs between two moments of one world, with no more than so many lines in the list.
pub fn difference(before: &Snapshot, after: &Snapshot, most: usize) -> Changes {
    let mut changes = Vec::new();
    terminals(before, after, &mut changes);
    match (&before.view, &after.view) {
        (Some(old), Some(new)) if Rc::ptr_eq(old, new) => {}
        (old, new) => {
            if old.is_some() != new.is_some() {
                let state = |is_there: bool| is_there.then_some(State::There);
                changes.push(change(Item::Server, state(old.is_some()), state(new.is_some())));
            }
            streams(old.as_deref(), new.as_deref(), &mut changes);
            watchers(before, after, &mut changes);
        }
    }
    let more = changes.len().saturating_sub(most);
    changes.truncate(most);
    Changes { list: changes, more }
}

fn change(item: Item, before: Option<State>, after: Option<State>) -> Change {
    Change { item, before, after }
}

fn shown(name: &str) -> String {
    text::visible(name).into_owned()
}

fn terminals(before: &Snapshot, after: &Snapshot, changes: &mut Vec<Change>) {
    let (old, new) = (&before.terminals, &after.terminals);
    let gone = old.iter().filter(|name| !new.contains(name));
    changes.extend(gone.map(|name| change(Item::Terminal(name.clone()), Some(State::There), None)));
    let come = new.iter().filter(|name| !old.contains(name));
    changes.extend(come.map(|name| change(Item::Terminal(name.clone()), None, Some(State::There))));
}

fn streams(old: Option<&View>, new: Option<&View>, changes: &mut Vec<Change>) {
    let names = |view: Option<&View>| -> BTreeSet<String> {
        view.into_iter().flat_map(|view| &view.streams).map(|stream| stream.name.clone()).collect()
    };
    for name in &names(old) | &names(new) {
        let [old, new] = [old, new].map(|view| view?.stream(&name));
        stream(old, new, changes);
    }
}

fn stream(old: Option<&StreamView>, new: Option<&StreamView>, changes: &mut Vec<Change>) {
    let Some(name) = old.or(new).map(|stream| &stream.name) else { return };
    let item = match kv::bucket_of(name) {
        Some(bucket) => Item::Bucket(shown(bucket)),
        None => Item::Stream(shown(name)),
    };
    let is_same = |old: &StreamView| new.is_some_and(|new| new.created == old.created);
    let known = old.filter(|old| is_same(old));
    match (known, new) {
        (Some(old), Some(new)) => changes.extend(changed_settings(&item, old, new)),
        _ => {
            let there = |stream: Option<&StreamView>| stream.map(|_| State::There);
            changes.push(change(item.clone(), there(old), there(new)));
        }
    }
    let Some(new) = new else { return };
    if new.bucket().is_some() {
        keys(known, new, changes);
    } else if known.is_none_or(|old| messages(old) != messages(new)) && (known.is_some() || new.messages > 0)
    {
        changes.push(change(item, known.map(messages), Some(messages(new))));
    }
}

fn messages(stream: &StreamView) -> State {
    State::Messages { count: stream.messages, last: stream.last_sequence }
}

fn changed_settings(item: &Item, old: &StreamView, new: &StreamView) -> Option<Change> {
    if old.config == new.config {
        return None;
    }
    // What it holds is no setting.
    let of = |stream: &StreamView| -> Vec<(Fact, String)> {
        settings(stream).into_iter().filter(|(fact, _)| !matches!(fact, Fact::Values | Fact::Size)).collect()
    };
    let (old, new) = (of(old), of(new));
    let only = |these: &[(Fact, String)], those: &[(Fact, String)]| {
        State::Settings(these.iter().filter(|it| !those.contains(it)).cloned().collect())
    };
    Some(change(item.clone(), Some(only(&old, &new)), Some(only(&new, &old))))
}

/// What has changed of the keys of a bucket. Both views may have only those that changed last: what is missing in one of them
/// may be older than all that it has.
fn keys(old: Option<&StreamView>, new: &StreamView, changes: &mut Vec<Change>) {
    let held = |stream: &StreamView| (stream.last_sequence, stream.first_sequence, stream.messages);
    if old.is_some_and(|old| held(old) == held(new)) {
        return;
    }
    let known: BTreeMap<&str, &SubjectView> =
        old.into_iter().flat_map(|old| &old.subjects).map(|subject| (&*subject.subject, subject)).collect();
    let left: BTreeSet<&str> = new.subjects.iter().map(|subject| &*subject.subject).collect();
    let item = |subject: &str| Item::Key {
        bucket: shown(new.bucket().unwrap_or_default()),
        key: shown(new.key_of(subject).unwrap_or(subject)),
    };
    let oldest_seen = if is_whole(new) { 0 } else { new.subjects.first().map_or(0, |it| it.last().sequence) };
    for subject in old.into_iter().flat_map(|old| &old.subjects) {
        if !left.contains(&*subject.subject) && subject.last().sequence >= oldest_seen {
            changes.push(change(item(&subject.subject), Some(revision(subject)), None));
        }
    }
    for subject in &new.subjects {
        let before = known.get(&*subject.subject).copied();
        if before.is_some_and(|before| before.last().sequence == subject.last().sequence) {
            continue;
        }
        let before = match (before, old) {
            (Some(before), _) => Some(revision(before)),
            (None, Some(old)) if !is_whole(old) => {
                if subject.last().sequence <= old.last_sequence {
                    // It has only come into what is seen, since others are gone.
                    continue;
                }
                Some(State::Older)
            }
            (None, _) => None,
        };
        changes.push(change(item(&subject.subject), before, Some(revision(subject))));
    }
}

/// Whether all of its subjects are in the view.
fn is_whole(stream: &StreamView) -> bool {
    stream.subjects.len() == stream.subjects_total
}

fn revision(subject: &SubjectView) -> State {
    let last = subject.last();
    let value = if last.operation == Operation::Put { text::value(&last.value) } else { String::new() };
    State::Revision { number: last.sequence, operation: last.operation, value }
}

fn watchers(before: &Snapshot, after: &Snapshot, changes: &mut Vec<Change>) {
    let (old, new) = (all_watchers(before), all_watchers(after));
    let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    changes.extend(gone.map(|(_, item)| change(item.clone(), Some(State::There), None)));
    let come = new.iter().filter(|(name, _)| !old.contains_key(*name));
    changes.extend(come.map(|(_, item)| change(item.clone(), None, Some(State::There))));
}

/// Those that somebody listens to, by the names of their stream and consumer.
fn all_watchers(snapshot: &Snapshot) -> BTreeMap<(String, String), Item> {
    let streams = snapshot.view.iter().flat_map(|view| &view.streams);
    let watchers = streams.flat_map(|stream| stream.watchers().map(move |watcher| (stream, watcher)));
    watchers
        .filter(|(_, watcher)| watcher.removal.is_none())
        .map(|(stream, consumer)| {
            let who = consumer.connection.and_then(|connection| snapshot.owners.get(&connection).cloned());
            let of = shown(stream.bucket().unwrap_or(&stream.name));
            let item = Item::Watcher { of, filter: filter(stream, consumer), who };
            ((stream.name.clone(), consumer.name.clone()), item)
        })
        .collect()
}

/// What a watcher is told of; empty for everything.
fn filter(stream: &StreamView, consumer: &ConsumerView) -> String {
    let subjects = consumer.filters().iter();
    let names: Vec<&str> = subjects.map(|subject| stream.key_of(subject).unwrap_or(subject)).collect();
    if names == [">"] { String::new() } else { shown(&names.join(", ")) }
}
