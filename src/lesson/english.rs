//! The sentences about goals in English.

use super::goal_texts::{GoalTexts, text};

pub(super) const GOAL_TEXTS: GoalTexts = GoalTexts {
    asking: "The terminal `{terminal}` is waiting for an answer: type `y` and press Enter.",
    no_server: "No server is running: type `nats-server -js` in the terminal `server`.",
    no_jetstream: "The server runs without JetStream: stop it with Ctrl-C in the terminal `server`, then type \
        `nats-server -js` there.",
    no_bucket: "There is no bucket `{bucket}` yet: `nats kv add {bucket}` makes one.",
    account_seen: text(
        "Somebody has asked about the account",
        "Nobody has asked about the account yet: run `nats account info`.",
    ),
    jetstream: text("A server with JetStream is running", ""),
    bucket_exists: text("There is a bucket `{bucket}`", ""),
    bucket_gone: text(
        "The bucket `{bucket}` is gone",
        "The bucket `{bucket}` is still there: run `nats kv rm {bucket}` and answer `y`.",
    ),
    bucket_ttl: text(
        "Values in `{bucket}` live for {ttl}",
        "There is no bucket `{bucket}` yet: run `nats kv add {bucket} --ttl {ttl}`.",
    ),
    other_ttl: "The values in `{bucket}` do not live for {ttl}: remove the bucket with `nats kv rm {bucket}`, then \
        run `nats kv add {bucket} --ttl {ttl}`.",
    bucket_age: text(
        "The bucket `{bucket}` is at least {age} old",
        "The bucket `{bucket}` is only {passed} old, not {age}: let time pass.",
    ),
    value: text(
        "`{key}` in `{bucket}` has the value `{value}`",
        "`{key}` has no value yet: run `nats kv put {bucket} {key} {value}`.",
    ),
    other_value: "`{key}` has the value `{found}`, not `{value}`: run `nats kv put {bucket} {key} {value}`.",
    created: text(
        "`{key}` in `{bucket}` was created with the value `{value}`",
        "Nobody holds `{key}` yet: run `nats kv create {bucket} {key} {value}`.",
    ),
    must_go_first: "`{key}` has the value `{found}`, and must be deleted or expire before it can be created as `{value}`.",
    updated: text(
        "`{key}` in `{bucket}` was updated to `{value}`",
        "`{key}` is at revision {found}, and not updated yet: run `nats kv update {bucket} {key} {value} {found}`.",
    ),
    nothing_to_update: "`{key}` has no value to update, it may have expired: run `nats kv create {bucket} {key} \
        {value}` first.",
    revision: text(
        "`{key}` in `{bucket}` is at revision {wanted} or later",
        "`{key}` is at revision {found}, and should come to {wanted}.",
    ),
    deleted: text(
        "`{key}` in `{bucket}` has a delete marker",
        "`{key}` is not deleted yet: run `nats kv del {bucket} {key}` and answer `y`.",
    ),
    purged: text(
        "`{key}` in `{bucket}` has a purge marker",
        "`{key}` is not purged yet: run `nats kv purge {bucket} {key}` and answer `y`.",
    ),
    watcher_active: text(
        "Somebody is watching `{bucket}`",
        "Nobody is watching `{bucket}` yet: run `nats kv watch {bucket}`.",
    ),
    watcher_gone: text(
        "Nobody is watching `{bucket}` any more",
        "Somebody is still watching `{bucket}`: press Ctrl-C in that terminal.",
    ),
    read: text(
        "Somebody has read `{key}` in `{bucket}`",
        "Nobody has read `{key}` yet: run `nats kv get {bucket} {key}`.",
    ),
    delivered: text(
        "A watcher or a history has shown `{key}` in `{bucket}`",
        "No watcher and no history has shown `{key}` yet: change it while `nats kv watch {bucket}` runs, or run \
        `nats kv history {bucket} {key}`.",
    ),
    refused: text(
        "A write to `{key}` in `{bucket}` was refused with error {code}",
        "No write to `{key}` has been refused with error {code} yet.",
    ),
    expired: text(
        "`{key}` in `{bucket}` has expired",
        "`{key}` has not expired: nothing in `{bucket}` that could.",
    ),
    lives_on: "`{key}` has {left} to live: let time pass.",
};
