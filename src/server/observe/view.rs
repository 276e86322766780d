//! What a person may look at: a snapshot of the whole server as plain, comparable values.
//!
//! The inspector, lesson goals and the explorer read only these; nobody else reaches into streams.

use std::ops::Range;
use std::time::Duration;

use crate::base::Time;
use crate::jsapi::{ConsumerConfig, StreamConfig, kv};
use crate::server::connection::ConnId;
pub use crate::server::observe::operation::Operation;

/// Everything at one moment. Streams are sorted by name, connections by their number.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub now: Time,
    pub server: ServerView,
    pub account: AccountView,
    pub streams: Vec<StreamView>,
    pub connections: Vec<ConnectionView>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ServerView {
    pub id: String,
    pub name: String,
    pub version: &'static str,
    pub jetstream: bool,
    pub started: Time,
}

/// Usage and limits of the account. A limit of -1 is none.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountView {
    pub name: String,
    /// Bytes of streams in memory and in files, as the real stores count them.
    pub memory: u64,
    pub storage: u64,
    pub streams: usize,
    pub consumers: usize,
    pub max_memory: i64,
    pub max_storage: i64,
    pub max_streams: i64,
    pub max_consumers: i64,
    /// Calls of the JetStream API so far, and how many of them were answered with an error.
    pub api_total: u64,
    pub api_errors: u64,
}

/// A stream, and if its name begins with `KV_` a bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamView {
    pub name: String,
    pub created: Time,
    pub config: StreamConfig,
    pub messages: u64,
    pub bytes: u64,
    pub first_sequence: u64,
    pub last_sequence: u64,
    pub first_time: Option<Time>,
    pub last_time: Option<Time>,
    /// How many subjects hold messages.
    pub subjects_total: usize,
    /// How many of them are such as the window wants; `subjects` are those in the window.
    pub subjects_found: usize,
    /// In order of their last sequence, as `nats kv ls` lists keys.
    pub subjects: Vec<SubjectView>,
    /// The messages in the window, newest first, each with its subject.
    pub newest: Vec<(String, RevisionView)>,
    pub consumers: Vec<ConsumerView>,
    /// When the next message comes to its end by age or by its own time to live.
    pub next_end: Option<Time>,
}

/// All that is stored under one subject; in a bucket, a key.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectView {
    pub subject: String,
    /// Oldest first; never empty.
    pub revisions: Vec<RevisionView>,
}

/// One stored message.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionView {
    pub sequence: u64,
    pub time: Time,
    pub operation: Operation,
    pub headers: Vec<(String, String)>,
    pub value: Vec<u8>,
    /// The name that the writing connection gave itself, or `client <number>`; `None` for what the server wrote.
    pub author: Option<String>,
    /// When it will expire by its own time to live or by the stream's maximum age, whichever is first.
    pub expires: Option<Time>,
}

/// A consumer; a watcher, a key listing and a history are consumers.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerView {
    pub name: String,
    pub created: Time,
    pub config: ConsumerConfig,
    /// The connection that listens on the deliver subject, or that asked last.
    pub connection: Option<ConnId>,
    /// Of the last delivery: how many there have been, and the stream's sequence.
    pub delivered: u64,
    pub delivered_sequence: u64,
    /// Everything up to here is acknowledged.
    pub ack_floor: u64,
    pub ack_pending: usize,
    pub redelivered: usize,
    pub waiting: usize,
    pub pending: u64,
    pub paused: bool,
    /// When the server removes it, if nobody listens again until then.
    pub removal: Option<Time>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionView {
    pub id: ConnId,
    /// The server's own number for it: `client_id` in INFO.
    pub number: u64,
    pub ip: String,
    pub user: Option<String>,
    /// As given in CONNECT; empty before that and where none was given.
    pub name: String,
    pub lang: String,
    pub version: String,
    pub started: Time,
    /// Messages and bytes of payload that came from the client, and went to it.
    pub in_messages: u64,
    pub in_bytes: u64,
    pub out_messages: u64,
    pub out_bytes: u64,
    pub subscriptions: Vec<SubscriptionView>,
    pub last_activity: Time,
    pub round_trip: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionView {
    pub sid: String,
    pub subject: String,
    pub queue: Option<String>,
    pub delivered: u64,
    /// After so many messages it ends by itself.
    pub max: Option<u64>,
}

/// Which part of a stream a snapshot holds, so that a window on a million keys costs what it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamWindow<'a> {
    /// Which of its subjects, counted from the one that changed last.
    pub subjects: Range<usize>,
    /// What their names have to contain.
    pub find: &'a str,
    /// Which of its messages, counted from the newest.
    pub messages: Range<usize>,
}

impl StreamWindow<'_> {
    /// As many subjects at most, those that changed last, and no messages.
    pub fn newest(subjects: usize) -> Self {
        StreamWindow { subjects: 0..subjects, ..StreamWindow::default() }
    }
}

impl View {
    pub fn stream(&self, name: &str) -> Option<&StreamView> {
        self.streams.iter().find(|stream| stream.name == name)
    }

    /// The bucket's stream.
    pub fn bucket(&self, bucket: &str) -> Option<&StreamView> {
        self.buckets().find(|stream| stream.bucket() == Some(bucket))
    }

    pub fn buckets(&self) -> impl Iterator<Item = &StreamView> {
        self.streams.iter().filter(|stream| stream.bucket().is_some())
    }
}

impl StreamView {
    /// The bucket's name where the stream is one.
    pub fn bucket(&self) -> Option<&str> {
        kv::bucket_of(&self.name)
    }

    /// The key that a subject stands for in this bucket.
    pub fn key_of<'a>(&self, subject: &'a str) -> Option<&'a str> {
        kv::key_of(subject, self.bucket()?)
    }

    /// What is stored of a key.
    pub fn key(&self, key: &str) -> Option<&SubjectView> {
        self.subjects.iter().find(|subject| self.key_of(&subject.subject) == Some(key))
    }

    /// The key's newest value, unless it is deleted.
    pub fn value(&self, key: &str) -> Option<&[u8]> {
        let last = self.key(key)?.last();
        (last.operation == Operation::Put).then_some(&last.value)
    }

    /// Consumers that somebody listens to now.
    pub fn watchers(&self) -> impl Iterator<Item = &ConsumerView> {
        self.consumers.iter().filter(|consumer| consumer.config.deliver_subject.is_some())
    }
}

impl SubjectView {
    /// The newest revision.
    pub fn last(&self) -> &RevisionView {
        self.revisions.last().expect("a subject without messages is not listed")
    }
}

impl ConsumerView {
    /// The subjects that it wants; none for all.
    pub fn filters(&self) -> &[String] {
        self.config.filters()
    }
}
