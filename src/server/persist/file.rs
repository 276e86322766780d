//! The persisted state as bytes: numbers in seven bits a byte, texts after their length, configurations as JSON.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::PersistedState;
use crate::base::Time;
use crate::gojson;
use crate::jsapi::StreamConfig;
use crate::server::hash_seed::HashSeed;
use crate::server::jetstream::consumer::{Pending, PersistedConsumer, SequencePair};
use crate::server::jetstream::store::{Expiry, FIELD_MAX, NewMessage, SEQUENCE_MAX, Store};
use crate::server::jetstream::stream::PersistedStream;

/// The bytes that the format and its version begin with.
const MARK: &[u8] = b"nats-kv-playground disk 3\n";

/// A stream to be written.
pub(super) struct StreamEntry<'a> {
    pub(super) config: &'a StreamConfig,
    pub(super) created: Time,
    pub(super) store: &'a Store,
    /// The first sequence that is written.
    pub(super) from: u64,
    pub(super) consumers: &'a [PersistedConsumer],
}

pub(super) fn write<'a>(
    authors: &[String],
    streams: impl ExactSizeIterator<Item = StreamEntry<'a>>,
) -> Vec<u8> {
    let mut to = Sink(MARK.to_vec());
    to.number(authors.len() as u64);
    authors.iter().for_each(|author| to.bytes(author.as_bytes()));
    to.number(streams.len() as u64);
    streams.for_each(|entry| write_stream(&mut to, entry));
    to.0
}

fn write_stream(to: &mut Sink, entry: StreamEntry<'_>) {
    let StreamEntry { config, created, store, from, consumers } = entry;
    to.config(config);
    to.number(created.0);
    to.number(store.first());
    to.number(store.last());
    to.time(store.last_time());
    to.number(store.count_from(from));
    for record in store.from(from) {
        to.number(record.sequence);
        to.number(record.time.0);
        to.number(u64::from(record.author));
        to.bytes(record.subject);
        to.bytes(record.headers);
        to.bytes(record.body);
        match store.expiry(record.sequence) {
            Expiry::ByAge => to.number(0),
            Expiry::Never => {
                to.number(1);
                to.time(None);
            }
            Expiry::At(end) => {
                to.number(1);
                to.time(Some(end));
            }
        }
    }
    to.number(consumers.len() as u64);
    consumers.iter().for_each(|consumer| write_consumer(to, consumer));
}

fn write_consumer(to: &mut Sink, saved: &PersistedConsumer) {
    to.bytes(saved.name.as_bytes());
    to.config(&saved.config);
    for number in [
        saved.created.0,
        saved.next_sequence,
        saved.next_delivery,
        saved.ack_floor.consumer,
        saved.ack_floor.stream,
        saved.pending.len() as u64,
    ] {
        to.number(number);
    }
    for (sequence, pending) in saved.pending.iter() {
        to.number(*sequence);
        to.number(pending.delivery);
        to.number(pending.time.0);
    }
    to.number(saved.redelivered.len() as u64);
    for (sequence, times) in saved.redelivered.iter() {
        to.number(*sequence);
        to.number(*times);
    }
}

pub(super) fn read(bytes: &[u8], seed: u64) -> Option<PersistedState> {
    let mut from = Source(bytes.strip_prefix(MARK)?);
    let mut disk = PersistedState::default();
    for _ in 0..from.number()? {
        disk.authors.push(from.text()?.to_owned());
    }
    for _ in 0..from.number()? {
        disk.streams.push(read_stream(&mut from, HashSeed(seed))?);
    }
    from.0.is_empty().then_some(disk)
}

fn read_stream(from: &mut Source<'_>, seed: HashSeed) -> Option<PersistedStream> {
    let config: StreamConfig = from.config()?;
    let created = Time(from.number()?);
    let (first, last, last_time) = (from.number()?, from.number()?, from.time()?);
    if first == 0 && last > 0 || first > last.checked_add(1)? {
        return None;
    }
    let mut store = Store::new(config.storage, seed, first);
    for _ in 0..from.number()? {
        let sequence = from.number()?;
        let time = Time(from.number()?);
        let new = NewMessage {
            time,
            author: u16::try_from(from.number()?).ok()?,
            subject: from.text()?,
            headers: from.bytes()?,
            body: from.bytes()?,
            expiry: from.expiry()?,
        };
        let fits = new.subject.len() <= FIELD_MAX && new.headers.len() <= FIELD_MAX;
        if !fits || sequence <= store.last() || sequence > last {
            return None;
        }
        store.skip_to(sequence - 1, time);
        store.push(&new);
    }
    store.set_end(last, last_time);
    let mut consumers = Vec::new();
    for _ in 0..from.number()? {
        consumers.push(read_consumer(from)?);
    }
    Some(PersistedStream { config, created, store, consumers })
}

fn read_consumer(from: &mut Source<'_>) -> Option<PersistedConsumer> {
    let name = from.text()?.to_owned();
    let config = from.config()?;
    let mut saved = PersistedConsumer {
        name,
        config,
        created: Time(from.number()?),
        next_sequence: from.count_from_one()?,
        next_delivery: from.count_from_one()?,
        // The first one is as a client said, so it may be any number.
        ack_floor: SequencePair { consumer: from.number()?, stream: from.number()?.min(SEQUENCE_MAX) },
        pending: BTreeMap::default(),
        redelivered: BTreeMap::default(),
    };
    for _ in 0..from.number()? {
        let sequence = from.count_from_one()?;
        let pending = Pending { delivery: from.count_from_one()?, time: Time(from.number()?) };
        saved.pending.insert(sequence, pending);
    }
    for _ in 0..from.number()? {
        saved.redelivered.insert(from.count_from_one()?, from.count_from_one()?);
    }
    Some(saved)
}

pub(super) struct Sink(pub(super) Vec<u8>);

impl Sink {
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn time(&mut self, time: Option<Time>) {
        self.number(time.map_or(0, |time| time.0 + 1));
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn config(&mut self, config: &impl Serialize) {
        self.bytes(&gojson::to_vec(&Configured { config }));
    }
}

/// A configuration as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Configured<T> {
    config: T,
}

pub(super) struct Source<'a>(pub(super) &'a [u8]);

impl<'a> Source<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A sequence or a number of deliveries; such ones can be counted on from.
    fn count_from_one(&mut self) -> Option<u64> {
        self.number().filter(|number| (1..=SEQUENCE_MAX + 1).contains(number))
    }

    fn time(&mut self) -> Option<Option<Time>> {
        Some(self.number()?.checked_sub(1).map(Time))
    }

    fn expiry(&mut self) -> Option<Expiry> {
        if self.number()? == 0 {
            return Some(Expiry::ByAge);
        }
        Some(self.time()?.map_or(Expiry::Never, Expiry::At))
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn config<T: DeserializeOwned + Default>(&mut self) -> Option<T> {
        gojson::from_request::<Configured<T>>(self.bytes()?).ok().map(|configured| configured.config)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_begin_with_one_and_have_an_end() {
        let read = |number| {
            let mut to = Sink(Vec::new());
            to.number(number);
            Source(&to.0).count_from_one()
        };
        assert_eq!(read(1), Some(1));
        assert_eq!(read(SEQUENCE_MAX), Some(SEQUENCE_MAX));
        assert_eq!([0, u64::MAX].map(read), [None, None]);
    }
}
