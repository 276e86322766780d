//! Builds the inspector's model of the account from the server's view and what happened lately.

mod contention;
mod context;
mod filter;
mod streams;
mod watchers;

pub(super) use context::InspectorContext;
pub(super) use filter::InspectorFilter;
pub(super) use streams::settings;

use super::fact::Fact;
use super::model::{Bucket, Client, Inspector, KeptStream, Key, ListWindow, Operation, Revision, Server};
use super::text;
use crate::base::Time;
use crate::jsapi::kv;
use crate::server::RestoredStream;
use crate::server::view::{RevisionView, StreamView, SubjectView, View};

/// How many revisions of a key are shown, of the newest: as many as a bucket can keep.
const REVISIONS: usize = 64;

/// The account as it is shown; `view` is `None` while no server runs, `kept` what servers that stopped have left.
pub(super) fn inspector(
    view: Option<&View>,
    kept: Vec<RestoredStream>,
    context: &InspectorContext<'_>,
) -> Inspector {
    let kept = kept.into_iter().map(kept_stream).collect();
    let Some(view) = view else {
        let server = Server {
            running: false,
            jetstream: false,
            address: context.address.to_owned(),
            usage: Vec::new(),
        };
        let (buckets, streams) = (Vec::new(), Vec::new());
        return Inspector {
            server,
            buckets,
            streams,
            kept,
            locks: Vec::new(),
            contended: Vec::new(),
            watchers: Vec::new(),
            clients: Vec::new(),
        };
    };
    let (locks, contended) = contention::contended_keys(view, context);
    Inspector {
        server: server(view, context.address),
        buckets: view.buckets().map(|stream| bucket(stream, view.now, context)).collect(),
        streams: view
            .streams
            .iter()
            .filter(|stream| stream.bucket().is_none())
            .map(|stream| streams::stream(stream, context))
            .collect(),
        kept,
        locks,
        contended,
        watchers: watchers::watchers(view, context),
        clients: view
            .connections
            .iter()
            .map(|connection| {
                let terminal = context.terminal(Some(connection.id));
                Client {
                    name: terminal
                        .as_ref()
                        .map_or_else(|| text::client_name(connection), |(name, _)| name.clone()),
                    badge: terminal.map(|(_, badge)| badge),
                    number: connection.number,
                    subscriptions: connection.subscriptions.len(),
                    messages: (connection.in_messages, connection.out_messages),
                }
            })
            .collect(),
    }
}

fn server(view: &View, address: &str) -> Server {
    let account = &view.account;
    let mut usage = vec![
        (Fact::Storage, text::bytes(account.storage)),
        (Fact::Memory, text::bytes(account.memory)),
        (Fact::Streams, account.streams.to_string()),
        (Fact::Consumers, account.consumers.to_string()),
        (Fact::ApiCalls, account.api_total.to_string()),
    ];
    // None are told only by being absent: a refused write is an error too, and no call of the API.
    usage.extend((account.api_errors > 0).then(|| (Fact::ApiErrors, account.api_errors.to_string())));
    Server { running: true, jetstream: view.server.jetstream, address: address.to_owned(), usage }
}

fn bucket(stream: &StreamView, now: Time, context: &InspectorContext<'_>) -> Bucket {
    let keys = stream.subjects.iter().rev().map(|subject| key(stream, subject, now, context));
    let filter = context.filter.stream(&stream.name);
    let expired = context.activity.expired(&stream.name).map(|(subject, time)| {
        let key = stream.key_of(subject).unwrap_or(subject);
        (text::visible(key).into_owned(), text::time_of_day(*time, context.zone))
    });
    Bucket {
        name: shown(stream.bucket().unwrap_or(&stream.name)),
        settings: streams::settings(stream),
        last_revision: stream.last_sequence,
        keys: ListWindow {
            first: filter.first_key(stream.subjects_found),
            rows: keys.collect(),
            total: stream.subjects_found,
        },
        find: filter.find.clone(),
        total: stream.subjects_total,
        expired: expired.collect(),
        beneath: streams::stream(stream, context),
    }
}

fn key(stream: &StreamView, subject: &SubjectView, now: Time, context: &InspectorContext<'_>) -> Key {
    let last = subject.last();
    let unshown = subject.revisions.len().saturating_sub(REVISIONS);
    let revisions = subject.revisions[unshown..].iter();
    let expired = (last.operation == Operation::Expired).then(|| text::time_of_day(last.time, context.zone));
    Key {
        name: shown(stream.key_of(&subject.subject).unwrap_or(&subject.subject)),
        value: (last.operation == Operation::Put).then(|| text::value(&last.value)),
        revisions: revisions.map(|stored| revision(&stream.name, stored, context)).collect(),
        left: last.expires.map(|time| text::time_left(time.since(now))),
        expired,
    }
}

fn revision(stream: &str, stored: &RevisionView, context: &InspectorContext<'_>) -> Revision {
    Revision {
        number: stored.sequence,
        operation: stored.operation,
        value: (stored.operation == Operation::Put).then(|| text::value(&stored.value)),
        author: context.author(stream, stored.sequence).or_else(|| Some(shown(stored.author.as_deref()?))),
        fresh: context.activity.is_fresh(stream, stored.sequence),
    }
}

fn kept_stream(kept: RestoredStream) -> KeptStream {
    let bucket = kv::bucket_of(&kept.stream);
    let name = shown(bucket.unwrap_or(&kept.stream));
    KeptStream { name, is_bucket: bucket.is_some(), messages: kept.messages }
}

/// A name as it is shown.
fn shown(name: &str) -> String {
    text::visible(name).into_owned()
}
