//! Which messages each subject has: a number for every subject, and its sequences in order.

use std::collections::VecDeque;

/// The sequences of one subject. `last` is kept apart, so that a subject with one message needs no list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequences {
    last: u64,
    #[expect(
        clippy::box_collection,
        reason = "most subjects of a bucket have no list, and there may be a million"
    )]
    older: Option<Box<VecDeque<u64>>>,
}

/// The sequences of all subjects, by number. Numbers of subjects without messages are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subjects {
    /// In pieces, since one list of a million would have to be copied each time that it grows.
    pieces: Vec<Vec<Sequences>>,
    free: Vec<u32>,
    count: usize,
    /// The list of a subject that needs it no more: a bucket with a history of one makes and drops one with each put.
    spare: Option<Older>,
}

type Older = Box<VecDeque<u64>>;

const PIECE: usize = 1024;

impl Subjects {
    /// How many subjects have messages.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// A number for a subject whose first message is `sequence`.
    pub(crate) fn add(&mut self, sequence: u64) -> u32 {
        self.count += 1;
        let first = Sequences { last: sequence, older: None };
        if let Some(number) = self.free.pop() {
            *self.at_mut(number) = first;
            return number;
        }
        if self.pieces.last().is_none_or(|piece| piece.len() == PIECE) {
            self.pieces.push(Vec::with_capacity(if self.pieces.is_empty() { 16 } else { PIECE }));
        }
        let pieces = self.pieces.len();
        let piece = self.pieces.last_mut().expect("a piece was just added");
        piece.push(first);
        ((pieces - 1) * PIECE + piece.len() - 1) as u32
    }

    pub(crate) fn get(&self, number: u32) -> &Sequences {
        &self.pieces[number as usize / PIECE][number as usize % PIECE]
    }

    /// Notes a further message of a subject.
    pub(crate) fn push(&mut self, number: u32, sequence: u64) {
        let Subjects { pieces, spare, .. } = self;
        let sequences = &mut pieces[number as usize / PIECE][number as usize % PIECE];
        let last = std::mem::replace(&mut sequences.last, sequence);
        sequences.older.get_or_insert_with(|| spare.take().unwrap_or_default()).push_back(last);
    }

    /// Notes that a message is gone. `true` when it was the subject's last one and its number is free.
    pub(crate) fn remove(&mut self, number: u32, sequence: u64) -> bool {
        let sequences = self.at_mut(number);
        if let Some(older) = &mut sequences.older {
            if sequence == sequences.last {
                sequences.last = older.pop_back().expect("the list of older ones is never empty");
            } else if older.front() == Some(&sequence) {
                older.pop_front();
            } else if let Ok(at) = older.binary_search(&sequence) {
                older.remove(at);
            }
            if older.is_empty() {
                self.spare = sequences.older.take();
            }
            return false;
        }
        if sequence != sequences.last {
            return false;
        }
        self.count -= 1;
        self.free.push(number);
        true
    }

    pub(crate) fn clear(&mut self) {
        *self = Subjects::default();
    }

    fn at_mut(&mut self, number: u32) -> &mut Sequences {
        &mut self.pieces[number as usize / PIECE][number as usize % PIECE]
    }
}

impl Sequences {
    pub(crate) fn len(&self) -> usize {
        1 + self.older.as_ref().map_or(0, |older| older.len())
    }

    pub(crate) fn first(&self) -> u64 {
        self.older.as_ref().and_then(|older| older.front().copied()).unwrap_or(self.last)
    }

    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = u64> {
        self.older.iter().flat_map(|older| older.iter().copied()).chain(std::iter::once(self.last))
    }

    /// The first one that is not below `sequence`.
    pub(crate) fn next(&self, sequence: u64) -> Option<u64> {
        if let Some(older) = &self.older {
            let at = older.partition_point(|s| *s < sequence);
            if let Some(found) = older.get(at) {
                return Some(*found);
            }
        }
        (self.last >= sequence).then_some(self.last)
    }

    /// The last one that is not above `sequence`.
    pub(crate) fn last_up_to(&self, sequence: u64) -> Option<u64> {
        if self.last <= sequence {
            return Some(self.last);
        }
        let older = self.older.as_ref()?;
        older.get(older.partition_point(|s| *s <= sequence).checked_sub(1)?).copied()
    }

    /// How many are not below `sequence`.
    pub(crate) fn count_from(&self, sequence: u64) -> u64 {
        let older =
            self.older.as_ref().map_or(0, |older| older.len() - older.partition_point(|s| *s < sequence));
        older as u64 + u64::from(self.last >= sequence)
    }
}
