//! Keys that clients contend for, as the inspector shows them: locks, and values that several change.

use std::cmp::Reverse;

use super::context::InspectorContext;
use super::shown;
use crate::app::contention::{self, Access, KeyContention};
use crate::app::model::{ContendedKey, Contender, KeyAccess, Lock};
use crate::app::text;
use crate::base::Time;
use crate::server::view::{StreamView, View};

/// How many locks are shown, and how many other keys.
const MOST: usize = 5;

/// Locks, and other keys at which clients got in each other's way.
pub(super) fn contended_keys(view: &View, context: &InspectorContext<'_>) -> (Vec<Lock>, Vec<ContendedKey>) {
    let log = context.activity.contention();
    let keys = view
        .buckets()
        .flat_map(|stream| log.keys(&stream.name).map(move |(subject, key)| (stream, subject.as_str(), key)));
    let mut keys: Vec<(&StreamView, &str, &KeyContention)> = keys.collect();
    keys.sort_by_key(|(.., key)| Reverse(key.used));
    let (mut locks, mut others) = (Vec::new(), Vec::new());
    for (stream, subject, key) in keys {
        let bucket = shown(stream.bucket().unwrap_or(&stream.name));
        let name = shown(stream.key_of(subject).unwrap_or(subject));
        match key.lock.as_ref().filter(|lock| lock.is_shown()) {
            Some(it) if locks.len() < MOST => locks.push(lock(bucket, name, it, view.now, context)),
            None if key.is_contended() && others.len() < MOST => {
                let accesses = key.accesses.iter().map(|it| access(it, context)).collect();
                others.push(ContendedKey { bucket, key: name, accesses });
            }
            _ => {}
        }
    }
    (locks, others)
}

fn lock(
    bucket: String,
    key: String,
    lock: &contention::Lock,
    now: Time,
    context: &InspectorContext<'_>,
) -> Lock {
    let expires = lock.expires.filter(|_| lock.end.is_none());
    Lock {
        bucket,
        key,
        holder: contender(&lock.holder, context),
        since: text::time_of_day(lock.since, context.zone),
        revision: lock.revision,
        left: expires.map(|time| text::time_left(time.since(now))),
        end: lock.end.as_ref().map(|end| access(end, context)),
        refused: lock.refused.iter().map(|refused| access(refused, context)).collect(),
    }
}

fn access(access: &Access, context: &InspectorContext<'_>) -> KeyAccess {
    KeyAccess {
        number: access.number,
        who: access.contender.as_ref().map(|it| contender(it, context)),
        at: text::time_of_day(access.time, context.zone),
        kind: access.kind,
    }
}

fn contender(contender: &contention::Contender, context: &InspectorContext<'_>) -> Contender {
    let terminal = contender.terminal.and_then(|terminal| context.terminals.identity(terminal));
    Contender {
        name: terminal.map_or_else(|| contender.name.clone(), |terminal| terminal.name.to_owned()),
        badge: terminal.map(|terminal| terminal.badge),
    }
}
