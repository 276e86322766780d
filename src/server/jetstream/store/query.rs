//! Queries by sequence, subject and time.

use std::collections::BTreeMap;

use super::{Expiry, Filter, Record, Store, own_expiry};
use crate::base::Time;
use crate::jsapi::StorageType;
use crate::wire::subject;

/// A prefix behind which subjects differ, where a half wildcard acts as a whole one.
struct Fork {
    way: String,
    /// Whether several tokens may follow.
    deep: bool,
}

impl Fork {
    fn leads_to(&self, subject: &str) -> bool {
        let rest = subject.strip_prefix(&self.way);
        rest.is_some_and(|rest| self.deep || !rest.is_empty() && !rest.contains('.'))
    }
}

impl Store {
    pub(crate) fn get(&self, sequence: u64) -> Option<Record<'_>> {
        self.log.get(sequence)
    }

    /// All messages from a sequence on.
    pub(crate) fn from(&self, sequence: u64) -> impl Iterator<Item = Record<'_>> {
        self.log.from(sequence)
    }

    /// How many messages there are from a sequence on.
    pub(crate) fn count_from(&self, sequence: u64) -> u64 {
        self.log.count_from(sequence)
    }

    /// All messages, newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = Record<'_>> {
        self.log.back_from(self.last)
    }

    /// The last message of a subject, or of all that a pattern selects.
    pub(crate) fn last_of(&self, wanted: &str) -> Option<Record<'_>> {
        if !subject::has_wildcard(wanted) {
            return self.get(self.sequences(wanted)?.last());
        }
        let filter = Filter::one(wanted);
        self.newest_first().find(|record| filter.selects(record))
    }

    pub(crate) fn last_sequence_of(&self, subject: &str) -> Option<u64> {
        Some(self.sequences(subject)?.last())
    }

    pub(crate) fn first_sequence_of(&self, subject: &str) -> Option<u64> {
        Some(self.sequences(subject)?.first())
    }

    /// How many messages a subject has.
    pub(crate) fn count_of(&self, subject: &str) -> usize {
        self.sequences(subject).map_or(0, super::Sequences::len)
    }

    /// The messages of one subject, oldest first.
    pub(crate) fn of(&self, subject: &str) -> impl DoubleEndedIterator<Item = Record<'_>> {
        let sequences = self.sequences(subject).into_iter().flat_map(super::Sequences::iter);
        sequences.filter_map(|sequence| self.get(sequence))
    }

    /// The first message from a sequence on that a filter selects.
    pub(crate) fn next(&self, filter: &Filter, from: u64) -> Option<Record<'_>> {
        if from > self.last {
            return None;
        }
        if let Some(subject) = filter.literal() {
            return self.get(self.sequences(subject)?.next(from)?);
        }
        // Usually it is the next message.
        let is_wanted = |record: &Record<'_>| filter.selects(record);
        self.log.get(from).filter(is_wanted).or_else(|| self.log.from(from + 1).find(is_wanted))
    }

    /// How many messages from a sequence on a filter selects.
    pub(crate) fn count(&self, filter: &Filter, from: u64) -> u64 {
        if filter.is_all() {
            return if from <= self.first { self.messages } else { self.log.count_from(from) };
        }
        match filter.literal() {
            Some(subject) => self.sequences(subject).map_or(0, |sequences| sequences.count_from(from)),
            None => self.log.from(from).filter(|record| filter.selects(record)).count() as u64,
        }
    }

    /// How many selected subjects have their last message at a sequence or above.
    pub(crate) fn count_last(&self, filter: &Filter, from: u64) -> u64 {
        if filter.is_all() && from <= self.first {
            return self.subjects.len() as u64;
        }
        match filter.literal() {
            Some(subject) => self.last_sequence_of(subject).is_some_and(|last| last >= from).into(),
            None => self.lasts(filter, from).count() as u64,
        }
    }

    /// The last message of every subject that a filter selects, in order of sequence, from a sequence on.
    pub(crate) fn lasts(&self, filter: &Filter, from: u64) -> impl Iterator<Item = Record<'_>> {
        let forks = self.forks(filter);
        self.log.from(from).filter(move |record| {
            self.subjects.get(record.subject_number).last() == record.sequence
                && (filter.selects(record) || forks.iter().any(|fork| fork.leads_to(record.subject_text())))
        })
    }

    /// Prefixes where nats-server takes a half wildcard for a whole one: it searches its tree of subjects piece by
    /// piece, and where subjects differ just before the `*` of `a.b*`, the piece is a `*` alone.
    fn forks(&self, filter: &Filter) -> Vec<Fork> {
        let mut forks = Vec::new();
        for (stem, deep) in filter.half_wild() {
            let mut next = BTreeMap::new();
            for record in self.log.from(0) {
                let Some(end) = subject::stem_end(stem, record.subject_text()) else { continue };
                let (way, after) = (&record.subject_text()[..end], record.subject.get(end).copied());
                if *next.entry(way).or_insert(after) != after
                    && !forks.iter().any(|fork: &Fork| fork.way == way)
                {
                    forks.push(Fork { way: way.to_owned(), deep });
                }
            }
        }
        forks
    }

    /// As [`Store::lasts`], of the messages up to a sequence.
    pub(crate) fn lasts_up_to(&self, filter: &Filter, up_to: u64) -> Vec<u64> {
        // In files, nats-server looks for the block of that very sequence.
        if self.storage == StorageType::File && up_to > self.last() {
            return Vec::new();
        }
        let of_subject = |record: &Record<'_>| {
            self.subjects.get(record.subject_number).last_up_to(up_to) == Some(record.sequence)
        };
        let records = self.log.from(0).take_while(|record| record.sequence <= up_to);
        let forks = self.forks(filter);
        let lasts = records.filter(|record| {
            let selected =
                filter.selects(record) || forks.iter().any(|fork| fork.leads_to(record.subject_text()));
            selected && of_subject(record)
        });
        lasts.map(|record| record.sequence).collect()
    }

    /// How many messages each subject that a filter selects has, sorted by subject.
    pub(crate) fn totals(&self, filter: &Filter) -> Vec<(&str, u64)> {
        let total = |record: Record<'_>| self.subjects.get(record.subject_number).len() as u64;
        // In memory, nats-server filters the subjects of its tree a second time.
        let selected = |record: &Record<'_>| self.storage == StorageType::File || filter.selects(record);
        let mut totals: Vec<_> = self
            .lasts(filter, 0)
            .filter(selected)
            .map(|record| (record.subject_text(), total(record)))
            .collect();
        totals.sort();
        totals
    }

    /// The sequence of the first message that is not older than `time`, or that of the next message.
    pub(crate) fn sequence_at(&self, time: Time) -> u64 {
        self.log.since(time).map_or(self.last + 1, |record| record.sequence)
    }

    pub(crate) fn first_time(&self) -> Option<Time> {
        self.log.first().map(|record| record.time)
    }

    /// How many sequences between the first and the last message have no message.
    pub(crate) fn num_deleted(&self) -> u64 {
        if self.messages == 0 { 0 } else { (self.last - self.first + 1).saturating_sub(self.messages) }
    }

    /// Sequences between the first and the last message without one, at most `limit`.
    pub(crate) fn deleted_sequences(&self, limit: usize) -> Vec<u64> {
        let mut expected = self.first;
        let mut list = Vec::new();
        for sequence in self.log.from(0).map(|record| record.sequence).chain([self.last + 1]) {
            let room = limit - list.len();
            list.extend((expected..sequence).take(room));
            expected = sequence + 1;
            if list.len() >= limit || self.messages == 0 {
                break;
            }
        }
        list
    }

    /// When a message expires.
    pub(crate) fn expiry(&self, sequence: u64) -> Expiry {
        match self.log.facts(sequence).is_some_and(|facts| facts.marked) {
            true => self.get(sequence).map_or(Expiry::Never, |record| own_expiry(&record)),
            false => Expiry::ByAge,
        }
    }
}
