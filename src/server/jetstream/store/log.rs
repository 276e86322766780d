//! The messages of a stream by sequence, packed into segments.
//!
//! A segment holds the messages of a range of sequences one behind the other. A removed message leaves a hole; when
//! holes are a third of a segment it is packed, and an empty segment is removed. So the size follows what is stored,
//! not the distance between the oldest message and the newest.

use std::cell::Cell;

use crate::base::Time;

/// A message as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    pub(crate) sequence: u64,
    pub(crate) time: Time,
    /// The number of the subject in the store's index.
    pub(crate) subject_number: u32,
    /// The position of its author's name in the list of authors, plus one; 0 for the server.
    pub(crate) author: u16,
    /// UTF-8, but read byte by byte.
    pub(crate) subject: &'a [u8],
    pub(crate) headers: &'a [u8],
    pub(crate) body: &'a [u8],
}

impl<'a> Record<'a> {
    pub(crate) fn subject_text(&self) -> &'a str {
        std::str::from_utf8(self.subject).unwrap_or_default()
    }
}

/// What is known of a message without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordSummary {
    /// Bytes of subject, headers and body.
    pub(crate) length: usize,
    pub(crate) has_headers: bool,
    /// It has a time to live of its own.
    pub(crate) marked: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    /// Sorted by first sequence, which stands beside each segment so that a search touches little memory.
    segments: Vec<(u64, Box<Segment>)>,
    /// The index of the segment that was found last, where the next message usually is too.
    recent: Cell<usize>,
}

#[derive(Clone, Debug, Default)]
struct Segment {
    first: u64,
    /// Sequences relative to `first` in ascending order; empty while they are 0, 1, 2 and so on.
    steps: Vec<u16>,
    /// Where each message begins in `bytes`, with the flags below.
    starts: Vec<u32>,
    bytes: Vec<u8>,
    live: u32,
    hole_bytes: usize,
}

const REMOVED: u32 = 1 << 31;
const HAS_HEADERS: u32 = 1 << 30;
const MARKED: u32 = 1 << 29;
const START: u32 = MARKED - 1;

/// Most messages and bytes of a segment; a larger message has one to itself.
const SEGMENT_MESSAGES: usize = 512;
const SEGMENT_BYTES: usize = 64 * 1024;

/// Bytes of time, subject number, author, and the lengths of subject and headers.
const HEAD: usize = 8 + 4 + 2 + 2 + 2;

/// Longest subject and longest headers that a record can hold.
pub(crate) const FIELD_MAX: usize = u16::MAX as usize;

impl Log {
    /// Appends a message; its sequence must be the highest so far.
    pub(crate) fn push(&mut self, record: &Record<'_>, marked: bool) {
        let length = HEAD + record.subject.len() + record.headers.len() + record.body.len();
        if let Some((_, segment)) = self.segments.last_mut() {
            if segment.takes(record.sequence, length) {
                return segment.push(record, marked);
            }
            segment.seal();
        }
        let mut segment = Box::new(Segment { first: record.sequence, ..Segment::default() });
        segment.push(record, marked);
        self.segments.push((record.sequence, segment));
    }

    /// The index of the segment that has a sequence, if any has.
    fn find(&self, sequence: u64) -> Option<usize> {
        let begins_by = |place: usize| self.segments.get(place).map(|(first, _)| *first <= sequence);
        let recent = self.recent.get();
        if begins_by(recent) == Some(true) && begins_by(recent + 1) != Some(true) {
            return Some(recent);
        }
        let place = self.segments.partition_point(|(first, _)| *first <= sequence).checked_sub(1)?;
        self.recent.set(place);
        Some(place)
    }

    /// The segments from the one with a sequence on.
    fn segments_from(&self, sequence: u64) -> &[(u64, Box<Segment>)] {
        &self.segments[self.find(sequence).unwrap_or(0)..]
    }

    pub(crate) fn get(&self, sequence: u64) -> Option<Record<'_>> {
        let (_, segment) = &self.segments[self.find(sequence)?];
        segment.record(segment.place(sequence)?)
    }

    /// Whether a message has this subject, without reading the rest of it.
    pub(crate) fn is_on(&self, sequence: u64, subject: &str) -> bool {
        self.bytes(sequence).is_some_and(|bytes| {
            let end = HEAD + subject.len();
            bytes.get(HEAD..end) == Some(subject.as_bytes())
                && bytes[14..16] == (subject.len() as u16).to_le_bytes()
        })
    }

    fn bytes(&self, sequence: u64) -> Option<&[u8]> {
        let (_, segment) = &self.segments[self.find(sequence)?];
        segment.bytes.get(segment.range(segment.place(sequence)?)?)
    }

    pub(crate) fn facts(&self, sequence: u64) -> Option<RecordSummary> {
        let (_, segment) = &self.segments[self.find(sequence)?];
        segment.facts(segment.place(sequence)?)
    }

    /// Removes a message.
    pub(crate) fn remove(&mut self, sequence: u64) -> Option<RecordSummary> {
        let at = self.find(sequence)?;
        let is_open = at + 1 == self.segments.len();
        let (_, segment) = &mut self.segments[at];
        let place = segment.place(sequence)?;
        let facts = segment.facts(place)?;
        segment.starts[place] |= REMOVED;
        segment.live -= 1;
        segment.hole_bytes += HEAD + facts.length;
        if segment.live == 0 {
            self.segments.remove(at);
        } else if segment.hole_bytes * 3 > segment.bytes.len() && !is_open {
            segment.pack();
        }
        Some(facts)
    }

    pub(crate) fn clear(&mut self) {
        self.segments.clear();
    }

    pub(crate) fn first(&self) -> Option<Record<'_>> {
        self.from(0).next()
    }

    /// All messages from a sequence on, in order.
    pub(crate) fn from(&self, sequence: u64) -> impl Iterator<Item = Record<'_>> {
        self.segments_from(sequence).iter().flat_map(move |(_, segment)| segment.from(sequence))
    }

    /// All messages up to a sequence, the highest first.
    pub(crate) fn back_from(&self, sequence: u64) -> impl Iterator<Item = Record<'_>> {
        let end = self.find(sequence).map_or(0, |at| at + 1);
        self.segments[..end].iter().rev().flat_map(move |(_, segment)| {
            let end = segment.starts.len();
            let places = (0..end).rev().filter(move |place| segment.sequence(*place) <= sequence);
            places.filter_map(|place| segment.record(place))
        })
    }

    /// How many messages there are from a sequence on.
    pub(crate) fn count_from(&self, sequence: u64) -> u64 {
        let counts = self.segments_from(sequence).iter().map(|(first, segment)| {
            if *first >= sequence {
                return u64::from(segment.live);
            }
            let places = segment.place_from(sequence)..segment.starts.len();
            places.filter(|place| segment.starts[*place] & REMOVED == 0).count() as u64
        });
        counts.sum()
    }

    /// The first message that is not older than `time`; times grow with the sequence.
    pub(crate) fn since(&self, time: Time) -> Option<Record<'_>> {
        let mut start = 0;
        for (first, segment) in &self.segments {
            if segment.from(0).next().is_some_and(|record| record.time >= time) {
                break;
            }
            start = *first;
        }
        self.from(start).find(|record| record.time >= time)
    }
}

impl Segment {
    /// Whether the next message belongs here.
    fn takes(&self, sequence: u64, length: usize) -> bool {
        self.steps.is_empty()
            && sequence == self.first + self.starts.len() as u64
            && self.starts.len() < SEGMENT_MESSAGES
            && self.bytes.len() + length <= SEGMENT_BYTES
    }

    fn push(&mut self, record: &Record<'_>, marked: bool) {
        let mut start = self.bytes.len() as u32;
        if !record.headers.is_empty() {
            start |= HAS_HEADERS;
        }
        if marked {
            start |= MARKED;
        }
        self.starts.push(start);
        self.live += 1;
        let mut head = [0; HEAD];
        head[..8].copy_from_slice(&record.time.nanos().to_le_bytes());
        head[8..12].copy_from_slice(&record.subject_number.to_le_bytes());
        head[12..14].copy_from_slice(&record.author.to_le_bytes());
        head[14..16].copy_from_slice(&(record.subject.len() as u16).to_le_bytes());
        head[16..].copy_from_slice(&(record.headers.len() as u16).to_le_bytes());
        self.bytes.extend_from_slice(&head);
        self.bytes.extend_from_slice(record.subject);
        if !record.headers.is_empty() {
            self.bytes.extend_from_slice(record.headers);
        }
        self.bytes.extend_from_slice(record.body);
    }

    fn sequence(&self, place: usize) -> u64 {
        self.first + self.steps.get(place).map_or(place as u64, |step| u64::from(*step))
    }

    /// The index of the first message at `sequence` or behind it.
    fn place_from(&self, sequence: u64) -> usize {
        let step = sequence.saturating_sub(self.first);
        match self.steps.is_empty() {
            true => usize::try_from(step).map_or(self.starts.len(), |place| place.min(self.starts.len())),
            false => self.steps.partition_point(|s| u64::from(*s) < step),
        }
    }

    fn place(&self, sequence: u64) -> Option<usize> {
        let place = self.place_from(sequence);
        (place < self.starts.len() && self.sequence(place) == sequence).then_some(place)
    }

    /// Where a message's bytes are, unless it was removed.
    fn range(&self, place: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(place)?;
        if start & REMOVED != 0 {
            return None;
        }
        let end = self.starts.get(place + 1).map_or(self.bytes.len(), |next| (next & START) as usize);
        Some((start & START) as usize..end)
    }

    fn facts(&self, place: usize) -> Option<RecordSummary> {
        let start = *self.starts.get(place)?;
        let length = self.range(place)?.len() - HEAD;
        Some(RecordSummary { length, has_headers: start & HAS_HEADERS != 0, marked: start & MARKED != 0 })
    }

    fn record(&self, place: usize) -> Option<Record<'_>> {
        let bytes = self.bytes.get(self.range(place)?)?;
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let two = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let (subject, rest) = rest.split_at_checked(usize::from(two(14)))?;
        let (headers, body) = rest.split_at_checked(usize::from(two(16)))?;
        Some(Record {
            sequence: self.sequence(place),
            time: Time(u64::from_le_bytes(head[..8].try_into().ok()?)),
            subject_number: u32::from_le_bytes(head[8..12].try_into().ok()?),
            author: two(12),
            subject,
            headers,
            body,
        })
    }

    fn from(&self, sequence: u64) -> impl Iterator<Item = Record<'_>> {
        (self.place_from(sequence)..self.starts.len()).filter_map(|place| self.record(place))
    }

    /// Closes the segment for new messages: gives back reserved memory, and packs it if it has many holes.
    fn seal(&mut self) {
        if self.hole_bytes * 3 > self.bytes.len() {
            return self.pack();
        }
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// Rewrites the segment without its holes.
    fn pack(&mut self) {
        let live = self.live as usize;
        let mut packed = Segment { first: self.first, live: self.live, ..Segment::default() };
        packed.bytes.reserve_exact(self.bytes.len() - self.hole_bytes);
        packed.starts.reserve_exact(live);
        packed.steps.reserve_exact(live);
        for place in 0..self.starts.len() {
            let Some(range) = self.range(place) else { continue };
            packed.steps.push((self.sequence(place) - self.first) as u16);
            packed.starts.push(packed.bytes.len() as u32 | (self.starts[place] & (HAS_HEADERS | MARKED)));
            packed.bytes.extend_from_slice(&self.bytes[range]);
        }
        *self = packed;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::Rng;

    fn record<'a>(sequence: u64, subject: &'a str, body: &'a [u8]) -> Record<'a> {
        Record {
            sequence,
            time: Time(sequence * 10),
            subject_number: 1,
            author: 2,
            subject: subject.as_bytes(),
            headers: b"",
            body,
        }
    }

    #[test]
    fn it_agrees_with_a_plain_map() {
        let mut rng = Rng::new(1);
        let (mut log, mut plain) = (Log::default(), BTreeMap::new());
        let mut next = 5;
        for _ in 0..20_000 {
            if rng.below(10) < 6 {
                next += if rng.below(50) == 0 { 3 } else { 1 };
                let body = vec![b'x'; rng.below(300) as usize];
                log.push(&record(next, "a.b", &body), false);
                plain.insert(next, body);
            } else if let Some(sequence) = plain.range(rng.below(next + 1)..).next().map(|(s, _)| *s) {
                let length = plain.remove(&sequence).map(|body| body.len() + 3);
                assert_eq!(log.remove(sequence).map(|facts| facts.length), length);
                assert_eq!(log.remove(sequence), None);
            }
            let at = rng.below(next + 2);
            assert_eq!(log.get(at).map(|r| r.body.to_vec()), plain.get(&at).cloned());
        }
        assert_eq!(log.from(0).count(), plain.len());
        assert_eq!(log.count_from(next / 2), plain.range(next / 2..).count() as u64);
        assert!(log.from(next / 3).map(|r| r.sequence).eq(plain.range(next / 3..).map(|(s, _)| *s)));
        assert!(
            log.back_from(next / 3).map(|r| r.sequence).eq(plain.range(..=next / 3).rev().map(|(s, _)| *s))
        );
    }

    #[test]
    fn one_old_message_does_not_keep_the_rest() {
        let mut log = Log::default();
        log.push(&record(1, "old", b"v"), false);
        for sequence in 2..1_000_000 {
            log.push(&record(sequence, "hot", b"value"), false);
            if sequence > 2 {
                log.remove(sequence - 1);
            }
        }
        assert!(log.segments.len() <= 2, "{} segments", log.segments.len());
        assert_eq!(log.from(0).map(|r| r.sequence).collect::<Vec<_>>(), [1, 999_999]);
    }

    #[test]
    fn times_are_found() {
        let mut log = Log::default();
        for sequence in 1..2000 {
            log.push(&record(sequence, "a", b""), false);
        }
        assert_eq!(log.since(Time(0)).map(|r| r.sequence), Some(1));
        assert_eq!(log.since(Time(9_995)).map(|r| r.sequence), Some(1000));
        assert_eq!(log.since(Time(20_000)), None);
    }
}
