//! Pictures of a server and events, made by hand from a few words.

use std::time::Duration;

use crate::base::Time;
use crate::jsapi::{ApiError, ConsumerConfig, StreamConfig};
use crate::server::event::{Event, EventKind, RemovalReason};
use crate::server::view::{
    AccountView, ConsumerView, Operation, RevisionView, ServerView, StreamView, SubjectView, View,
};
use crate::server::{ConnId, VERSION};

pub(super) const START: Time = Time::from_secs(1_795_395_600);

pub(super) fn server(jetstream: bool) -> View {
    View {
        now: START,
        server: ServerView {
            id: "NID".to_owned(),
            name: "NID".to_owned(),
            version: VERSION,
            jetstream,
            started: START,
        },
        account: AccountView {
            name: "$G".to_owned(),
            memory: 0,
            storage: 0,
            streams: 0,
            consumers: 0,
            max_memory: -1,
            max_storage: -1,
            max_streams: -1,
            max_consumers: -1,
            api_total: 0,
            api_errors: 0,
        },
        streams: Vec::new(),
        connections: Vec::new(),
    }
}

pub(super) fn bucket(name: &str) -> StreamView {
    StreamView {
        name: format!("KV_{name}"),
        created: START,
        config: StreamConfig { name: format!("KV_{name}"), ..StreamConfig::default() },
        messages: 0,
        bytes: 0,
        first_sequence: 0,
        last_sequence: 0,
        first_time: None,
        last_time: None,
        subjects_total: 0,
        subjects_found: 0,
        newest: Vec::new(),
        subjects: Vec::new(),
        consumers: Vec::new(),
        next_end: None,
    }
}

/// A server with JetStream, this bucket, and in it one entry of `k`, written on the condition of a revision.
pub(super) fn entry(operation: Operation, value: &str, sequence: u64, expected: Option<u64>) -> View {
    let header = |n: u64| ("nats-expected-last-subject-sequence".to_owned(), n.to_string());
    let mut bucket = bucket("b");
    bucket.subjects.push(SubjectView {
        subject: "$KV.b.k".to_owned(),
        revisions: vec![RevisionView {
            sequence,
            time: START,
            operation,
            headers: expected.map(header).into_iter().collect(),
            value: value.as_bytes().to_vec(),
            author: None,
            expires: Some(START + Duration::from_secs(30)),
        }],
    });
    let mut view = server(true);
    view.streams.push(bucket);
    view
}

pub(super) fn watched(connection: Option<ConnId>) -> View {
    let mut bucket = bucket("b");
    bucket.consumers.push(ConsumerView {
        name: "c".to_owned(),
        created: START,
        config: ConsumerConfig { deliver_subject: Some("_INBOX.x".to_owned()), ..ConsumerConfig::default() },
        connection,
        delivered: 0,
        delivered_sequence: 0,
        ack_floor: 0,
        ack_pending: 0,
        redelivered: 0,
        waiting: 0,
        pending: 0,
        paused: false,
        removal: None,
    });
    let mut view = server(true);
    view.streams.push(bucket);
    view
}

pub(super) fn event(kind: EventKind) -> Event {
    Event { time: START, connection: Some(ConnId(1)), client_id: 5, kind }
}

pub(super) fn called(subject: &str) -> Event {
    event(EventKind::ApiRequest { subject: subject.to_owned(), error: None })
}

/// A request that was answered with this error.
pub(super) fn failed(subject: &str, err_code: u16) -> Event {
    let error = ApiError { code: 400, err_code, description: String::new() };
    event(EventKind::ApiRequest { subject: subject.to_owned(), error: Some(error) })
}

pub(super) fn read(subject: &str, sequence: Option<u64>) -> Event {
    event(EventKind::Read { stream: "KV_b".to_owned(), subject: Some(subject.to_owned()), sequence })
}

/// A write that expected this revision.
pub(super) fn refused(subject: &str, expected: u64) -> Event {
    let error = ApiError { code: 400, err_code: 10071, description: String::new() };
    event(EventKind::PublishRejected {
        stream: "KV_b".to_owned(),
        subject: subject.to_owned(),
        expected: Some(expected),
        actual: Some(1),
        error,
    })
}

pub(super) fn removed(reason: RemovalReason) -> Event {
    event(EventKind::Removed {
        stream: "KV_b".to_owned(),
        subject: "$KV.b.k".to_owned(),
        sequence: 1,
        reason,
    })
}

pub(super) fn stored(operation: Operation) -> Event {
    event(EventKind::Stored {
        stream: "KV_b".to_owned(),
        subject: "$KV.b.k".to_owned(),
        sequence: 1,
        operation,
        expected: None,
    })
}

pub(super) fn delivered(subject: &str) -> Event {
    event(EventKind::Delivered {
        stream: "KV_b".to_owned(),
        consumer: "c".to_owned(),
        subject: subject.to_owned(),
        sequence: 1,
        operation: Operation::Put,
        pending: 0,
    })
}
