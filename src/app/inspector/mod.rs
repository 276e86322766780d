//! Builds the inspector's model of the account from the server's view and what happened lately.

mod context;
mod filter;
mod streams;

pub(super) use context::InspectorContext;
pub(super) use filter::InspectorFilter;

use std::time::Duration;

use super::fact::Fact;
use super::model::{Bucket, Client, Inspector, Key, Operation, Revision, Server, Watcher};
use super::text;
use crate::base::Time;
use crate::server::view::{ConnectionView, ConsumerView, RevisionView, StreamView, SubjectView, View};

/// The account as it is shown; `view` is `None` while no server runs.
pub(super) fn inspector(view: Option<&View>, context: &InspectorContext<'_>) -> Inspector {
    let Some(view) = view else {
        let server = Server {
            running: false,
            jetstream: false,
            address: context.address.to_owned(),
            usage: Vec::new(),
        };
        let (buckets, streams) = (Vec::new(), Vec::new());
        return Inspector { server, buckets, streams, watchers: Vec::new(), clients: Vec::new() };
    };
    Inspector {
        server: server(view, context.address),
        buckets: view.buckets().map(|stream| bucket(stream, view.now, context)).collect(),
        streams: view
            .streams
            .iter()
            .filter(|stream| stream.bucket().is_none())
            .map(|stream| streams::stream(stream, context))
            .collect(),
        watchers: view
            .streams
            .iter()
            .flat_map(|stream| stream.watchers().map(move |consumer| (stream, consumer)))
            .map(|(stream, consumer)| watcher(stream, consumer, &view.connections, context))
            .collect(),
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
    let usage = vec![
        (Fact::Storage, text::bytes(account.storage)),
        (Fact::Memory, text::bytes(account.memory)),
        (Fact::Streams, account.streams.to_string()),
        (Fact::Consumers, account.consumers.to_string()),
        (Fact::ApiCalls, account.api_total.to_string()),
        (Fact::ApiErrors, account.api_errors.to_string()),
    ];
    Server { running: true, jetstream: view.server.jetstream, address: address.to_owned(), usage }
}

fn bucket(stream: &StreamView, now: Time, context: &InspectorContext<'_>) -> Bucket {
    let keys: Vec<Key> = stream.subjects.iter().map(|subject| key(stream, subject, now, context)).collect();
    let filter = context.filter.stream(&stream.name);
    Bucket {
        name: shown(stream.bucket().unwrap_or(&stream.name)),
        settings: streams::settings(stream),
        last_revision: stream.last_sequence,
        total: stream.subjects_total,
        more: keys.len() == filter.limit && keys.len() < stream.subjects_total,
        find: filter.find.clone(),
        beneath: streams::stream(stream, context),
        keys: keys.into(),
    }
}

fn key(stream: &StreamView, subject: &SubjectView, now: Time, context: &InspectorContext<'_>) -> Key {
    let last = subject.last();
    Key {
        name: shown(stream.key_of(&subject.subject).unwrap_or(&subject.subject)),
        value: (last.operation == Operation::Put).then(|| text::value(&last.value)),
        revisions: subject.revisions.iter().map(|stored| revision(&stream.name, stored, context)).collect(),
        left: last.expires.map(|time| text::duration(whole_seconds(time.since(now)))),
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

fn watcher(
    stream: &StreamView,
    consumer: &ConsumerView,
    connections: &[ConnectionView],
    context: &InspectorContext<'_>,
) -> Watcher {
    let terminal = context.terminal(consumer.connection);
    let filters = consumer.filters().iter().map(|filter| stream.key_of(filter).unwrap_or(filter));
    let filter = filters.collect::<Vec<_>>().join(", ");
    let name = terminal.as_ref().map(|(name, _)| name.clone());
    let client =
        || connections.iter().find(|other| Some(other.id) == consumer.connection).map(text::client_name);
    Watcher {
        terminal: name.or_else(client).unwrap_or_else(|| shown(&consumer.name)),
        badge: terminal.map(|(_, badge)| badge),
        bucket: shown(stream.bucket().unwrap_or(&stream.name)),
        filter: if filter.is_empty() { ">".to_owned() } else { shown(&filter) },
        deliveries: context.activity.deliveries(&stream.name, &consumer.name),
        at: consumer.delivered_sequence,
        pending: consumer.pending,
    }
}

/// A name as it is shown.
fn shown(name: &str) -> String {
    text::visible(name).into_owned()
}

/// Rounded up: nothing is left only when the time is over.
fn whole_seconds(left: Duration) -> Duration {
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}
