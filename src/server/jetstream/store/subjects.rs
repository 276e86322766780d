//! The sequences of each subject, which has a number.

use std::collections::VecDeque;

/// The sequences of one subject. The last two are kept apart from the list, so that a key with a history of one needs
/// no list, not even while its second message is stored before the first is removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequences {
    last: u64,
    /// 0 where there is only one.
    before: u64,
    #[expect(
        clippy::box_collection,
        reason = "most subjects of a bucket have no list, and there may be a million"
    )]
    older: Option<Box<VecDeque<u64>>>,
}

/// The sequences of all subjects, by number. The number of a subject without messages is used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subjects {
    /// In pieces, so that a list of a million does not have to be copied to grow.
    pieces: Vec<Vec<Sequences>>,
    free: Vec<u32>,
    count: usize,
}

const PIECE: usize = 1024;

impl Subjects {
    /// How many subjects have messages.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// A number for a subject whose first message is `sequence`.
    pub(crate) fn add(&mut self, sequence: u64) -> u32 {
        self.count += 1;
        let first = Sequences { last: sequence, before: 0, older: None };
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

    /// Adds a message of a known subject.
    pub(crate) fn push(&mut self, number: u32, sequence: u64) {
        let sequences = self.at_mut(number);
        if sequences.before != 0 {
            sequences.older.get_or_insert_default().push_back(sequences.before);
        }
        (sequences.before, sequences.last) = (sequences.last, sequence);
    }

    /// Removes a message. `true` if it was the subject's only one, so that its number is free.
    pub(crate) fn remove(&mut self, number: u32, sequence: u64) -> bool {
        let sequences = self.at_mut(number);
        let Sequences { last, before, older } = sequences;
        if sequence == *last && *before == 0 {
            self.count -= 1;
            self.free.push(number);
            return true;
        }
        if sequence == *last || sequence == *before {
            if sequence == *last {
                *last = *before;
            }
            *before = older.as_mut().and_then(|older| older.pop_back()).unwrap_or(0);
        } else if let Some(older) = older {
            if older.front() == Some(&sequence) {
                older.pop_front();
            } else if let Ok(at) = older.binary_search(&sequence) {
                older.remove(at);
            }
        }
        if older.as_ref().is_some_and(|older| older.is_empty()) {
            *older = None;
        }
        false
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
        1 + usize::from(self.before != 0) + self.older.as_ref().map_or(0, |older| older.len())
    }

    pub(crate) fn first(&self) -> u64 {
        let oldest = self.older.as_ref().and_then(|older| older.front().copied());
        oldest.or(self.before()).unwrap_or(self.last)
    }

    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    fn before(&self) -> Option<u64> {
        (self.before != 0).then_some(self.before)
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = u64> {
        let older = self.older.iter().flat_map(|older| older.iter().copied());
        older.chain(self.before()).chain(std::iter::once(self.last))
    }

    /// The first one that is not below `sequence`.
    pub(crate) fn next(&self, sequence: u64) -> Option<u64> {
        if let Some(older) = &self.older {
            let at = older.partition_point(|s| *s < sequence);
            if let Some(found) = older.get(at) {
                return Some(*found);
            }
        }
        self.before().filter(|before| *before >= sequence).or((self.last >= sequence).then_some(self.last))
    }

    /// The last one that is not above `sequence`.
    pub(crate) fn last_up_to(&self, sequence: u64) -> Option<u64> {
        if self.last <= sequence {
            return Some(self.last);
        }
        if let Some(before) = self.before().filter(|before| *before <= sequence) {
            return Some(before);
        }
        let older = self.older.as_ref()?;
        older.get(older.partition_point(|s| *s <= sequence).checked_sub(1)?).copied()
    }

    /// How many are not below `sequence`.
    pub(crate) fn count_from(&self, sequence: u64) -> u64 {
        let older =
            self.older.as_ref().map_or(0, |older| older.len() - older.partition_point(|s| *s < sequence));
        older as u64
            + u64::from(self.before().is_some_and(|before| before >= sequence))
            + u64::from(self.last >= sequence)
    }
}
