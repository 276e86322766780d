//! The lower bounds: the protocol's bytes alone, and a plain store with the same bookkeeping.
//!
//! The codec encodes a request as the client does, decodes it as the server does, and does the same with the answer. The
//! store keeps revisions by sequence, an index of keys, and for each key its sequences, trimmed to its history.

use std::collections::{HashMap, VecDeque};
use std::hint::black_box;

use playground::base::{Rng, Time};
use playground::gofmt;
use playground::wire::{ClientOp, Decoder, Headers, Limits, ServerOp, headers, op};

use crate::measure::{Report, Size, time};
use crate::operations::{BUCKET, VALUE, key};

const LIMITS: Limits = Limits { max_payload: 1 << 20, max_control_line: 4096 };
const REPLY: &str = "_INBOX.0123456789abcdefghijkl.01234567";
const BATCH: usize = 500;
const BATCHES: usize = 301;

pub(crate) fn measure(size: Size, report: &mut Report) {
    let subjects: Vec<String> =
        (0..size.keys).map(|number| format!("$KV.{BUCKET}.{}", key(number))).collect();
    let mut bench = Bench { subjects: &subjects, rng: Rng::new(7), report, store: Store::new(size.history) };
    let mut wire = Wire::default();
    for _ in 0..size.history {
        for subject in &subjects {
            let _ = bench.store.put(subject, VALUE, None);
        }
    }
    bench.run("codec put", |_, subject| wire.put(subject, None, |_, _| Ok(1)));
    bench.run("codec get", |_, subject| wire.get(subject, |_| Some((1, VALUE))));
    bench.run("store put", |store, subject| store.put(subject, VALUE, None).unwrap_or(0));
    bench.run("store get", |store, subject| store.get(subject).map_or(0, |(sequence, _)| sequence));
    bench.run("bare put", |store, subject| {
        wire.put(subject, None, |subject, expected| store.put(subject, VALUE, expected))
    });
    bench.run("bare get", |store, subject| wire.get(subject, |subject| store.get(subject)));
    bench.run("bare cas", |store, subject| {
        let last = store.get(subject).map_or(0, |(sequence, _)| sequence);
        wire.put(subject, Some(last), |subject, expected| store.put(subject, VALUE, expected))
    });
}

struct Bench<'a> {
    subjects: &'a [String],
    rng: Rng,
    report: &'a Report,
    store: Store,
}

impl Bench<'_> {
    fn run(&mut self, name: &str, mut work: impl FnMut(&mut Store, &str) -> u64) {
        if !self.report.wants(name) {
            return;
        }
        let batch = |_| {
            time(|| {
                for _ in 0..BATCH {
                    let at = self.rng.below(self.subjects.len() as u64) as usize;
                    black_box(work(&mut self.store, &self.subjects[at]));
                }
            })
        };
        let times = (0..BATCHES).map(batch).collect();
        self.report.rate(name, BATCH, times);
    }
}

/// Both ends of a pipe.
#[derive(Default)]
struct Wire {
    to_server: Vec<u8>,
    to_client: Vec<u8>,
    server: Decoder,
    client: Decoder,
}

impl Wire {
    /// A put there and its acknowledgement back; the sequence as the client reads it.
    fn put(
        &mut self,
        subject: &str,
        expected: Option<u64>,
        store: impl FnOnce(&str, Option<u64>) -> Result<u64, u64>,
    ) -> u64 {
        let name = "Nats-Expected-Last-Subject-Sequence";
        let block =
            expected.map_or(Vec::new(), |expected| Headers::new().with(name, expected.to_string()).encode());
        let message = op::Message { subject, reply: Some(REPLY), headers: &block, body: VALUE };
        let ack = |message: &op::Message<'_>| {
            let expected = headers::find(message.headers, name).map(digits);
            let sequence = store(message.subject, expected).unwrap_or_else(|last| last);
            (Vec::new(), format!("{{\"stream\":\"KV_{BUCKET}\",\"seq\":{sequence}}}").into_bytes())
        };
        self.exchange(message, ack, |answer| {
            let at = answer.body.windows(6).position(|six| six == b"\"seq\":").unwrap_or(0);
            digits(&answer.body[at + 6..])
        })
    }

    /// A direct get there and the message back; its sequence as the client reads it.
    fn get<'s>(&mut self, subject: &str, store: impl FnOnce(&str) -> Option<(u64, &'s [u8])>) -> u64 {
        let prefix = format!("$JS.API.DIRECT.GET.KV_{BUCKET}.");
        let call = format!("{prefix}{subject}");
        let message = op::Message { subject: call.as_str(), reply: Some(REPLY), headers: b"", body: b"" };
        let find = |message: &op::Message<'_>| {
            let subject = &message.subject[prefix.len()..];
            let (sequence, value) = store(subject).unwrap_or((0, b""));
            let headers = Headers::new()
                .with("Nats-Stream", BUCKET)
                .with("Nats-Subject", subject)
                .with("Nats-Sequence", sequence.to_string())
                .with("Nats-Time-Stamp", Time::from_secs(1_700_000_000).rfc3339());
            (headers.encode(), value.to_vec())
        };
        self.exchange(message, find, |answer| {
            let all = Headers::decode(answer.headers).unwrap_or_default();
            black_box(all.get("Nats-Time-Stamp").and_then(|text| gofmt::time::parse(text).ok()));
            all.get("Nats-Sequence").map_or(0, |text| digits(text.as_bytes()))
        })
    }

    fn exchange(
        &mut self,
        request: op::Message<'_>,
        answer: impl FnOnce(&op::Message<'_>) -> (Vec<u8>, Vec<u8>),
        read: impl FnOnce(&op::Message<'_, &[u8]>) -> u64,
    ) -> u64 {
        self.to_server.clear();
        ClientOp::Pub(request).encode(&mut self.to_server);
        self.server.push(&self.to_server);
        let Ok(Some(ClientOp::Pub(heard))) = self.server.client_op(LIMITS) else { return 0 };
        let (block, body) = answer(&heard);
        let message = op::Message {
            subject: heard.reply.unwrap_or_default(),
            reply: None,
            headers: &block,
            body: &body,
        };
        self.to_client.clear();
        ServerOp::Msg { sid: b"1", message: message.bytes() }.encode(&mut self.to_client);
        self.client.push(&self.to_client);
        let Ok(Some(ServerOp::Msg { message, .. })) = self.client.server_op(LIMITS) else { return 0 };
        read(&message)
    }
}

fn digits(text: &[u8]) -> u64 {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |value, digit| value * 10 + u64::from(digit - b'0'))
}

/// Revisions by sequence from `base + 1` on, and of each key its sequences.
struct Store {
    history: usize,
    base: u64,
    log: VecDeque<Option<Revision>>,
    index: HashMap<Box<str>, u32>,
    keys: Vec<VecDeque<u64>>,
}

struct Revision {
    time: u64,
    key: u32,
    value: Box<[u8]>,
}

impl Store {
    fn new(history: u8) -> Store {
        let (log, index, keys) = (VecDeque::new(), HashMap::new(), Vec::new());
        Store { history: usize::from(history), base: 0, log, index, keys }
    }

    /// The new sequence, or the key's last one where another was expected.
    fn put(&mut self, subject: &str, value: &[u8], expected: Option<u64>) -> Result<u64, u64> {
        let key = match self.index.get(subject) {
            Some(key) => *key,
            None => {
                self.index.insert(subject.into(), self.keys.len() as u32);
                self.keys.push(VecDeque::new());
                (self.keys.len() - 1) as u32
            }
        };
        let sequences = &mut self.keys[key as usize];
        let last = sequences.back().copied().unwrap_or(0);
        if expected.is_some_and(|expected| expected != last) {
            return Err(last);
        }
        self.log.push_back(Some(Revision { time: last, key, value: value.into() }));
        let sequence = self.base + self.log.len() as u64;
        sequences.push_back(sequence);
        if sequences.len() > self.history
            && let Some(oldest) = sequences.pop_front()
        {
            self.log[(oldest - self.base - 1) as usize] = None;
            while let Some(None) = self.log.front() {
                self.log.pop_front();
                self.base += 1;
            }
        }
        Ok(sequence)
    }

    fn get(&self, subject: &str) -> Option<(u64, &[u8])> {
        let sequence = *self.keys[*self.index.get(subject)? as usize].back()?;
        let revision = self.log.get((sequence - self.base - 1) as usize)?.as_ref()?;
        black_box((revision.time, revision.key));
        Some((sequence, &revision.value))
    }
}
