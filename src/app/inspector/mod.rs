//! The picture of the account: the server's view and its latest events in the words of the page.

pub(super) mod filter;
pub(super) mod streams;

use std::time::Duration;

use self::filter::Sight;
use super::model::{Bucket, Client, Key, Look, Operation, Picture, Revision, Seen, Server, Watcher};
use super::text;
use crate::base::Time;
use crate::server::view::{self, ConsumerView, RevisionView, StreamView, SubjectView, View};

/// What the picture needs to know besides the view.
pub(super) struct Around<'a> {
    pub(super) address: &'a str,
    /// Revisions from here on were written by the last command: a stream and its last sequence before it.
    pub(super) before: &'a dyn Fn(&str) -> u64,
    /// The terminal and its look behind a connection.
    pub(super) terminal: &'a dyn Fn(u64) -> Option<(String, Look)>,
    pub(super) sight: &'a Sight,
    /// The time of day.
    pub(super) time: &'a dyn Fn(Time) -> String,
    /// What a watcher was told lately: stream, consumer.
    pub(super) told: &'a dyn Fn(&str, &str) -> Vec<Seen>,
    /// The name of the terminal that wrote a sequence of a stream.
    pub(super) author: &'a dyn Fn(&str, u64) -> Option<String>,
}

pub(super) fn picture(view: Option<&View>, around: &Around<'_>) -> Picture {
    let Some(view) = view else {
        let server = Server {
            running: false,
            jetstream: false,
            address: around.address.to_owned(),
            usage: Vec::new(),
        };
        let (buckets, streams) = (Vec::new(), Vec::new());
        return Picture { server, buckets, streams, watchers: Vec::new(), clients: Vec::new() };
    };
    Picture {
        server: server(view, around.address),
        buckets: view.buckets().map(|stream| bucket(stream, view.now, around)).collect(),
        streams: view
            .streams
            .iter()
            .filter(|stream| stream.bucket().is_none())
            .map(|stream| streams::stream(stream, around))
            .collect(),
        watchers: view
            .streams
            .iter()
            .flat_map(|stream| stream.watchers().map(move |consumer| (stream, consumer)))
            .map(|(stream, consumer)| watcher(stream, consumer, &view.connections, around))
            .collect(),
        clients: view
            .connections
            .iter()
            .map(|connection| {
                let terminal = (around.terminal)(connection.id.0);
                Client {
                    name: terminal.as_ref().map_or_else(|| client_name(connection), |(name, _)| name.clone()),
                    look: terminal.map(|(_, look)| look),
                    number: connection.number,
                    subscriptions: connection.subscriptions.len(),
                    messages: (connection.in_messages, connection.out_messages),
                }
            })
            .collect(),
    }
}

pub(super) fn client_name(connection: &view::ConnectionView) -> String {
    if connection.name.is_empty() { format!("client {}", connection.number) } else { connection.name.clone() }
}

fn server(view: &View, address: &str) -> Server {
    let account = &view.account;
    let usage = vec![
        ("Storage", text::bytes(account.storage)),
        ("Memory", text::bytes(account.memory)),
        ("Streams", account.streams.to_string()),
        ("Consumers", account.consumers.to_string()),
        ("API calls", account.api_total.to_string()),
        ("API errors", account.api_errors.to_string()),
    ];
    Server { running: true, jetstream: view.server.jetstream, address: address.to_owned(), usage }
}

fn bucket(stream: &StreamView, now: Time, around: &Around<'_>) -> Bucket {
    let keys: Vec<Key> = stream.subjects.iter().map(|subject| key(stream, subject, now, around)).collect();
    let place = around.sight.of(&stream.name);
    Bucket {
        name: stream.bucket().unwrap_or(&stream.name).to_owned(),
        settings: streams::settings(stream),
        last_revision: stream.last_sequence,
        total: stream.subjects_total,
        more: keys.len() == place.limit && keys.len() < stream.subjects_total,
        find: place.find.clone(),
        beneath: streams::stream(stream, around),
        keys: keys.into(),
    }
}

fn key(stream: &StreamView, subject: &SubjectView, now: Time, around: &Around<'_>) -> Key {
    let last = subject.last();
    Key {
        name: stream.key_of(&subject.subject).unwrap_or(&subject.subject).to_owned(),
        value: (last.operation == view::Operation::Put).then(|| text::value(&last.value)),
        revisions: subject.revisions.iter().map(|stored| revision(&stream.name, stored, around)).collect(),
        left: last.expires.map(|time| text::duration(whole_seconds(time.since(now)))),
    }
}

fn revision(stream: &str, stored: &RevisionView, around: &Around<'_>) -> Revision {
    Revision {
        number: stored.sequence,
        operation: operation(stored.operation),
        value: (stored.operation == view::Operation::Put).then(|| text::value(&stored.value)),
        author: (around.author)(stream, stored.sequence).or_else(|| stored.author.clone()),
        fresh: stored.sequence > (around.before)(stream),
    }
}

pub(super) fn operation(operation: view::Operation) -> Operation {
    match operation {
        view::Operation::Put => Operation::Put,
        view::Operation::Delete => Operation::Delete,
        view::Operation::Purge => Operation::Purge,
        view::Operation::Expired => Operation::Expired,
    }
}

fn watcher(
    stream: &StreamView,
    consumer: &ConsumerView,
    connections: &[view::ConnectionView],
    around: &Around<'_>,
) -> Watcher {
    let terminal = consumer.connection.and_then(|connection| (around.terminal)(connection.0));
    let filters = consumer.filters().iter().map(|filter| stream.key_of(filter).unwrap_or(filter));
    let filter = filters.collect::<Vec<_>>().join(", ");
    let name = terminal.as_ref().map(|(name, _)| name.clone());
    let client = || connections.iter().find(|other| Some(other.id) == consumer.connection).map(client_name);
    Watcher {
        terminal: name.or_else(client).unwrap_or_else(|| consumer.name.clone()),
        look: terminal.map(|(_, look)| look),
        bucket: stream.bucket().unwrap_or(&stream.name).to_owned(),
        filter: if filter.is_empty() { ">".to_owned() } else { filter },
        seen: (around.told)(&stream.name, &consumer.name),
        at: consumer.delivered_sequence,
        pending: consumer.pending,
    }
}

/// Rounded up, so that what is left is not 0 before it is gone.
fn whole_seconds(left: Duration) -> Duration {
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}
