//! A hash index from subjects to their numbers. It does not keep the subjects, which stand in the messages: its user
//! compares them.

use hashbrown::HashTable;

/// A larger table gives memory back when most of it is empty.
const SHRINK_ABOVE: usize = 1024;

#[derive(Clone, Debug, Default)]
pub(super) struct SubjectIndex(HashTable<Entry>);

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Half of the hash: enough to tell subjects apart, so that few have to be read again, and to grow without them.
    hash: u32,
    number: u32,
}

impl Entry {
    /// The hash for the table, which needs both its lowest and its highest bits.
    fn table_hash(&self) -> u64 {
        u64::from(self.hash) << 32 | u64::from(self.hash)
    }
}

impl SubjectIndex {
    /// The number of the subject with this hash, as `has_subject` decides.
    pub(super) fn find(&self, hash: u64, has_subject: impl Fn(u32) -> bool) -> Option<u32> {
        let wanted = Entry { hash: hash as u32, number: 0 };
        let found =
            self.0.find(wanted.table_hash(), |entry| entry.hash == wanted.hash && has_subject(entry.number));
        found.map(|entry| entry.number)
    }

    /// Adds a subject that is not in the index.
    pub(super) fn insert(&mut self, hash: u64, number: u32) {
        let entry = Entry { hash: hash as u32, number };
        self.0.insert_unique(entry.table_hash(), entry, Entry::table_hash);
    }

    pub(super) fn remove(&mut self, hash: u64, number: u32) {
        let entry = Entry { hash: hash as u32, number };
        if let Ok(entry) = self.0.find_entry(entry.table_hash(), |entry| entry.number == number) {
            entry.remove();
        }
        if self.0.capacity() > SHRINK_ABOVE && self.0.len() < self.0.capacity() / 8 {
            self.0.shrink_to(self.0.len() * 2, Entry::table_hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colliding_subjects_are_told_apart() {
        let mut index = SubjectIndex::default();
        (0..3).for_each(|number| index.insert(7, number));
        assert_eq!(index.find(7, |number| number == 2), Some(2));
        index.remove(7, 2);
        assert_eq!(index.find(7, |number| number == 2), None);
        assert_eq!(index.find(7, |number| number == 1), Some(1));
    }
}
