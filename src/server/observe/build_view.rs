//! Makes the plain-data view of a server.

use crate::base::Time;
use crate::jsapi::kv;
use crate::server::connection::ConnId;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::consumer::Consumer;
use crate::server::jetstream::store::{Expiry, Record};
use crate::server::jetstream::stream::Stream;
use crate::server::observe::view::*;
use crate::server::protocol::router::Owner;
use crate::server::protocol::session::Session;
use crate::server::version::VERSION;
use crate::server::{Server, StreamWindow};
use crate::wire::Headers;

impl Server {
    /// A snapshot with the newest thousand subjects of every stream.
    pub fn view(&self) -> View {
        self.view_with(&|_| StreamWindow::newest(1000))
    }

    /// A snapshot with a part of every stream, which `window` chooses by the stream's name.
    pub fn view_with<'a>(&self, window: &dyn Fn(&str) -> StreamWindow<'a>) -> View {
        view(self, window)
    }

    /// One connection, if there is one of that number.
    pub fn connection(&self, connection: ConnId) -> Option<ConnectionView> {
        let session_key = self.session_keys.get(&connection)?;
        Some(connection_view(self, self.sessions.get(*session_key)?))
    }
}

fn view<'a>(server: &Server, window: &dyn Fn(&str) -> StreamWindow<'a>) -> View {
    let now = server.ctx.now;
    let streams = server.jetstream.iter().flat_map(JetStream::all);
    let streams = streams.map(|stream| stream_view(server, stream, window(&stream.config.name)));
    let mut connections: Vec<ConnectionView> =
        server.sessions.iter().map(|(_, session)| connection_view(server, session)).collect();
    connections.sort_by_key(|connection| connection.number);
    View {
        now,
        server: ServerView {
            id: server.id.clone(),
            name: server.ctx.server_name.clone(),
            version: VERSION,
            jetstream: server.jetstream.is_some(),
            started: server.started,
        },
        account: account_view(server),
        streams: streams.collect(),
        connections,
    }
}

fn account_view(server: &Server) -> AccountView {
    let js = server.jetstream.as_ref();
    let limit =
        |limit: fn(&crate::jsapi::AccountLimits) -> i64| js.map_or(-1, |js| limit(&js.config.account));
    AccountView {
        name: server.config.account.clone(),
        memory: js.map_or(0, |js| js.memory),
        storage: js.map_or(0, |js| js.storage),
        streams: js.map_or(0, |js| js.names.len()),
        consumers: js.map_or(0, |js| js.consumers.len()),
        max_memory: limit(|limits| limits.max_memory),
        max_storage: limit(|limits| limits.max_storage),
        max_streams: limit(|limits| limits.max_streams),
        max_consumers: limit(|limits| limits.max_consumers),
        api_total: js.map_or(0, |js| js.api_total),
        api_errors: js.map_or(0, |js| js.api_errors),
    }
}

fn stream_view(server: &Server, stream: &Stream, window: StreamWindow<'_>) -> StreamView {
    let store = &stream.store;
    // Of a key's subject only the key is looked at.
    let head = kv::bucket_of(&stream.config.name).map_or(0, |bucket| kv::subject_prefix(bucket).len());
    let found = || {
        store.newest_first().filter(|record| {
            record.subject_text().get(head..).is_some_and(|key| key.contains(window.find))
                && store.last_sequence_of(record.subject_text()) == Some(record.sequence)
        })
    };
    let mut subjects: Vec<SubjectView> = found()
        .skip(window.subjects.start)
        .take(window.subjects.len())
        .map(|last| SubjectView {
            subject: last.subject_text().to_owned(),
            revisions: store
                .of(last.subject_text())
                .map(|record| revision_view(server, stream, &record))
                .collect(),
        })
        .collect();
    subjects.reverse();
    let newest = store.newest_first().skip(window.messages.start).take(window.messages.len());
    let consumers = server.jetstream.iter().flat_map(|js| js.consumers_of(stream));
    StreamView {
        name: stream.config.name.clone(),
        created: stream.created,
        config: stream.config.clone(),
        messages: store.messages(),
        bytes: store.bytes(),
        first_sequence: store.first(),
        last_sequence: store.last(),
        first_time: store.first_time(),
        last_time: store.last_time(),
        subjects_total: store.subjects(),
        subjects_found: if window.find.is_empty() { store.subjects() } else { found().count() },
        subjects,
        newest: newest
            .map(|record| (record.subject_text().to_owned(), revision_view(server, stream, &record)))
            .collect(),
        consumers: consumers.map(|consumer| consumer_view(server, consumer)).collect(),
        next_end: stream.next_expiry_estimate(),
    }
}

fn revision_view(server: &Server, stream: &Stream, record: &Record<'_>) -> RevisionView {
    let author = usize::from(record.author).checked_sub(1).and_then(|at| server.authors.get(at).cloned());
    RevisionView {
        sequence: record.sequence,
        time: record.time,
        operation: Operation::of(record.headers),
        headers: Headers::decode(record.headers).map(|headers| headers.list).unwrap_or_default(),
        value: record.body.to_vec(),
        author,
        expires: expires(stream, record),
    }
}

fn expires(stream: &Stream, record: &Record<'_>) -> Option<Time> {
    let max_age = stream.config.max_age;
    let aged = (max_age.0 > 0).then(|| record.time + max_age.duration());
    match stream.store.expiry(record.sequence) {
        Expiry::Never => None,
        Expiry::At(own) => Some(aged.map_or(own, |aged| aged.min(own))),
        Expiry::ByAge => aged,
    }
}

fn consumer_view(server: &Server, consumer: &Consumer) -> ConsumerView {
    let listener = consumer.listeners.first().filter(|_| consumer.active);
    let session_key = listener.and_then(|key| match server.ctx.router.get(*key)?.owner {
        Owner::Session(session_key) => Some(session_key),
        Owner::Stream(_) => None,
    });
    ConsumerView {
        name: consumer.name.clone(),
        created: consumer.created,
        config: consumer.config.clone(),
        connection: session_key.and_then(|key| Some(server.sessions.get(key)?.id)),
        delivered: consumer.delivered().consumer,
        delivered_sequence: consumer.delivered().stream,
        ack_floor: consumer.reported_ack_floor.stream,
        ack_pending: consumer.pending.len(),
        redelivered: consumer.redelivered.len(),
        waiting: consumer.pull_requests.len(),
        pending: consumer.num_pending(),
        paused: consumer.is_paused(server.ctx.now),
        removal: consumer.delete_at.filter(|_| consumer.is_push() && !consumer.active),
    }
}

pub(crate) fn connection_view(server: &Server, session: &Session) -> ConnectionView {
    let subscriptions = session.subscriptions.values().filter_map(|key| server.ctx.router.get(*key));
    ConnectionView {
        id: session.id,
        number: session.client_id,
        ip: session.ip.clone(),
        user: session.user.as_ref().map(|user| user.name.clone()),
        name: session.connect.name.clone(),
        lang: session.connect.lang.clone(),
        version: session.connect.version.clone(),
        started: session.started,
        in_messages: session.traffic.in_messages,
        in_bytes: session.traffic.in_bytes,
        out_messages: session.traffic.out_messages,
        out_bytes: session.traffic.out_bytes,
        subscriptions: subscriptions
            .map(|subscription| SubscriptionView {
                sid: subscription.sid.to_string(),
                subject: subscription.subject.to_string(),
                queue: subscription.queue.as_deref().map(str::to_owned),
                delivered: subscription.delivered,
                max: subscription.max,
            })
            .collect(),
        last_activity: session.last_activity,
        round_trip: session.round_trip,
    }
}
