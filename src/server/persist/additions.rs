//! Changes since the state was persisted. They are appended to it, which is quicker than writing all of it again.

use std::collections::BTreeMap;

use super::PersistedState;
use super::file::{self, Sink, Source};
use crate::base::Time;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::headers::PublishHeaders;
use crate::server::jetstream::store::NewMessage;
use crate::server::jetstream::stream::{PersistedStream, Stream};

/// What has been persisted of each stream, by its name.
#[derive(Clone, Debug, Default)]
pub struct PersistCursor(BTreeMap<String, StreamMark>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StreamMark {
    created: Time,
    first: u64,
    last: u64,
    messages: u64,
    consumers: usize,
}

impl StreamMark {
    fn of(stream: &Stream) -> StreamMark {
        let store = &stream.store;
        StreamMark {
            created: stream.created,
            first: store.first(),
            last: store.last(),
            messages: store.messages(),
            consumers: stream.consumers.len(),
        }
    }
}

impl PersistCursor {
    /// Everything is persisted.
    pub(crate) fn all(jetstream: &JetStream) -> PersistCursor {
        let streams =
            jetstream.file_streams().map(|stream| (stream.config.name.clone(), StreamMark::of(stream)));
        PersistCursor(streams.collect())
    }
}

/// Writes what has changed since `known`, and moves `known` on; `None` if nothing has.
///
/// The format: whether streams were deleted, and if so the names of those left; then the first sequences of all changed
/// streams, and these streams as in a persisted state, but with their new messages only.
pub(crate) fn write(authors: &[String], jetstream: &JetStream, known: &mut PersistCursor) -> Option<Vec<u8>> {
    let mut changed = Vec::new();
    let mut there = 0;
    for stream in jetstream.file_streams() {
        there += 1;
        let (name, mark) = (&stream.config.name, StreamMark::of(stream));
        let old = known.0.get(name).filter(|old| old.created == mark.created);
        if old != Some(&mark) {
            changed.push((stream, old.map_or(0, |old| old.last + 1)));
            known.0.insert(name.clone(), mark);
        }
    }
    let have_gone = known.0.len() > there;
    if changed.is_empty() && !have_gone {
        return None;
    }
    let mut to = Sink(Vec::new());
    to.number(u64::from(have_gone));
    if have_gone {
        known.0.retain(|name, _| jetstream.file_streams().any(|stream| stream.config.name == *name));
        to.number(known.0.len() as u64);
        known.0.keys().for_each(|name| to.bytes(name.as_bytes()));
    }
    to.number(changed.len() as u64);
    changed.iter().for_each(|(stream, _)| to.number(stream.store.first()));
    let consumers: Vec<_> = changed.iter().map(|(stream, _)| jetstream.persisted_consumers(stream)).collect();
    let entries = changed.iter().zip(&consumers).map(|((stream, from), consumers)| file::StreamEntry {
        config: &stream.config,
        created: stream.created,
        store: &stream.store,
        from: *from,
        consumers,
    });
    to.bytes(&file::write(authors, entries));
    Some(to.0)
}

/// Applies what [`write`] wrote. `None` if the bytes are something else; some of them may have been applied then.
pub(super) fn add(disk: &mut PersistedState, bytes: &[u8], seed: u64) -> Option<()> {
    let mut from = Source(bytes);
    if from.number()? != 0 {
        let mut there = Vec::new();
        for _ in 0..from.number()? {
            there.push(from.text()?);
        }
        disk.streams.retain(|saved| there.contains(&saved.config.name.as_str()));
    }
    let mut firsts = Vec::new();
    for _ in 0..from.number()? {
        firsts.push(from.number()?);
    }
    let news = file::read(from.bytes()?, seed)?;
    disk.authors = news.authors;
    for (first, new) in firsts.into_iter().zip(news.streams) {
        match disk.streams.binary_search_by(|old| old.config.name.cmp(&new.config.name)) {
            Ok(at) if disk.streams[at].created == new.created => merge(&mut disk.streams[at], first, new),
            Ok(at) => disk.streams[at] = new,
            Err(at) => disk.streams.insert(at, new),
        }
    }
    Some(())
}

/// Stores new messages as they were stored at first: what they displaced then, they displace again.
fn merge(old: &mut PersistedStream, first: u64, new: PersistedStream) {
    for record in new.store.from(0) {
        old.store.skip_to(record.sequence.saturating_sub(1), record.time);
        let (_, number) = old.store.push(&NewMessage {
            time: record.time,
            author: record.author,
            subject: record.subject_text(),
            headers: record.headers,
            body: record.body,
            expiry: new.store.expiry(record.sequence),
        });
        let rolls_up =
            new.config.allow_rollup_hdrs && !PublishHeaders::read(record.headers).rollup.is_empty();
        let most = if rolls_up { 1 } else { new.config.max_msgs_per_subject };
        let most = usize::try_from(most).ok().filter(|most| *most > 0);
        while let Some(surplus) = most.and_then(|most| old.store.surplus(number, most)) {
            old.store.remove_known(number, surplus);
        }
    }
    old.store.compact(first);
    old.store.set_end(new.store.last(), new.store.last_time());
    (old.config, old.consumers) = (new.config, new.consumers);
}

#[cfg(test)]
mod tests {
    use super::super::PersistedState;
    use super::PersistCursor;
    use crate::base::Time;
    use crate::server::Server;
    use crate::server::config::{Config, JetStreamConfig};
    use crate::server::connection::{ConnId, Input};

    const CLIENT: ConnId = ConnId(1);

    fn say(server: &mut Server, now: Time, subject: &str, headers: &str, body: &str) {
        let head = if headers.is_empty() { String::new() } else { format!("NATS/1.0\r\n{headers}\r\n\r\n") };
        let (of_head, of_all) = (head.len(), head.len() + body.len());
        let text = format!("HPUB {subject} r {of_head} {of_all}\r\n{head}{body}\r\n");
        let text = if head.is_empty() { format!("PUB {subject} r {of_all}\r\n{body}\r\n") } else { text };
        server.handle(now, CLIENT, Input::Bytes(text.as_bytes()));
        while server.poll().is_some() {}
    }

    /// A persisted state with all changes applied is the state that the server would leave.
    #[test]
    fn additions_tell_what_came() {
        let config = Config {
            jetstream: Some(JetStreamConfig::default()),
            event_level: Default::default(),
            ..Config::default()
        };
        let mut now = Time(1_000_000_000);
        let mut server = Server::new(config, PersistedState::default(), now);
        server.handle(now, CLIENT, Input::Open { ip: "127.0.0.1".to_owned(), port: 50_000 });
        let hello = b"CONNECT {\"verbose\":false,\"headers\":true}\r\nSUB r 1\r\n";
        server.handle(now, CLIENT, Input::Bytes(hello));
        let bucket = |name: &str, more: &str| {
            format!(
                "{{\"name\":\"{name}\",\"subjects\":[\"{name}.>\"],\"max_msgs_per_subject\":2,\"allow_rollup_hdrs\":true{more}}}"
            )
        };
        let api = |what: &str| format!("$JS.API.{what}");
        let steps: Vec<(String, &str, String)> = vec![
            (api("STREAM.CREATE.A"), "", bucket("A", "")),
            (api("STREAM.CREATE.B"), "", bucket("B", ",\"max_msgs\":3,\"allow_msg_ttl\":true")),
            (api("STREAM.CREATE.M"), "", bucket("M", ",\"storage\":\"memory\"")),
            ("A.a".to_owned(), "", "1".to_owned()),
            ("A.a".to_owned(), "", "2".to_owned()),
            ("A.b".to_owned(), "X: y", "3".to_owned()),
            ("M.a".to_owned(), "", "4".to_owned()),
            ("A.a".to_owned(), "", "5".to_owned()),
            ("B.a".to_owned(), "Nats-TTL: 1h", "6".to_owned()),
            ("B.b".to_owned(), "", "7".to_owned()),
            ("A.a".to_owned(), "KV-Operation: PURGE\r\nNats-Rollup: sub", String::new()),
            (
                api("CONSUMER.CREATE.A.c"),
                "",
                "{\"stream_name\":\"A\",\"config\":{\"durable_name\":\"c\"}}".to_owned(),
            ),
            ("B.c".to_owned(), "", "8".to_owned()),
            ("B.d".to_owned(), "", "9".to_owned()),
            (api("STREAM.DELETE.A"), "", String::new()),
            (api("STREAM.CREATE.A"), "", bucket("A", "")),
            ("A.z".to_owned(), "", "10".to_owned()),
            (api("STREAM.PURGE.B"), "", String::new()),
            ("B.e".to_owned(), "Nats-Rollup: all", "11".to_owned()),
            (api("STREAM.DELETE.B"), "", String::new()),
        ];
        for every in 1..steps.len() {
            now = now + std::time::Duration::from_secs(1);
            let mut known = server.persist_cursor();
            let mut disk = server
                .persisted_bytes()
                .and_then(|bytes| PersistedState::from_bytes(&bytes, 7))
                .unwrap_or_default();
            for (at, (subject, headers, body)) in steps.iter().enumerate() {
                now = now + std::time::Duration::from_millis(1);
                say(&mut server, now, subject, headers, body);
                if at % every == every - 1 || at + 1 == steps.len() {
                    let more = server.persist_changes(&mut known);
                    more.iter().for_each(|more| disk.add(more, 7).expect("what was written"));
                    let left =
                        server.persisted_bytes().and_then(|bytes| PersistedState::from_bytes(&bytes, 7));
                    let [got, want] = [disk.clone(), left.unwrap_or_default()]
                        .map(|disk| String::from_utf8_lossy(&disk.to_bytes()).into_owned());
                    assert_eq!(got, want, "every {every} steps, after {subject} {headers}");
                    assert_eq!(server.persist_changes(&mut known), None);
                }
            }
            say(&mut server, now, &api("STREAM.DELETE.A"), "", "");
            say(&mut server, now, &api("STREAM.DELETE.M"), "", "");
        }
        let mut disk = PersistedState::default();
        assert!(disk.add(b"something else", 7).is_none());
        assert!(PersistCursor::default().0.is_empty());
    }
}
