//! A hash index from names to numbers that does not keep the names: whoever owns them compares.
//!
//! One small table serves the subjects of a store and the tokens of the router. It costs eight bytes a slot, is never
//! iterated, and its seed makes it hard to choose names that collide.

/// Where names are hashed from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    /// The hash of a name that stands below `parent`.
    pub(crate) fn hash(self, parent: u32, name: &[u8]) -> u32 {
        let mut state = self.0 ^ (u64::from(parent) << 32);
        let mut words = name.chunks_exact(8);
        for word in &mut words {
            state = mix(state, u64::from_le_bytes(word.try_into().expect("eight bytes")));
        }
        let tail = words.remainder().iter().fold(0, |tail, byte| tail << 8 | u64::from(*byte));
        state = mix(state, tail ^ ((name.len() as u64) << 56));
        (state ^ (state >> 32)) as u32
    }
}

fn mix(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd1b5_4a32_d192_ed03;
    (product as u64) ^ ((product >> 64) as u64)
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u32,
    /// The number plus one; 0 for an empty slot.
    number: u32,
}

/// Open addressing with linear probing; removal closes the gap, so that there are no tombstones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    slots: Vec<Slot>,
    count: usize,
}

impl Names {
    pub(crate) fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            let number = slot.number.checked_sub(1)?;
            if slot.hash == hash && is_it(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a number; its name must not be in the index.
    pub(crate) fn insert(&mut self, hash: u32, number: u32) {
        if self.count * 8 >= self.slots.len() * 7 {
            self.resize((self.slots.len() * 2).max(8));
        }
        self.count += 1;
        self.place(Slot { hash, number: number + 1 });
    }

    pub(crate) fn remove(&mut self, hash: u32, number: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut hole = hash as usize & mask;
        loop {
            match self.slots.get(hole) {
                Some(slot) if slot.number == number + 1 => break,
                Some(slot) if slot.number != 0 => hole = (hole + 1) & mask,
                _ => return,
            }
        }
        self.count -= 1;
        let mut next = (hole + 1) & mask;
        while self.slots[next].number != 0 {
            let home = self.slots[next].hash as usize & mask;
            // It may move into the hole only if that is not before its home.
            if (next.wrapping_sub(home) & mask) >= (next.wrapping_sub(hole) & mask) {
                self.slots[hole] = self.slots[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        self.slots[hole] = Slot::default();
        if self.slots.len() > 1024 && self.count * 8 < self.slots.len() {
            self.resize(self.slots.len() / 2);
        }
    }

    fn place(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = slot.hash as usize & mask;
        while self.slots[at].number != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn resize(&mut self, size: usize) {
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            self.place(slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rng;

    #[test]
    fn it_agrees_with_a_plain_map() {
        let (mut rng, seed) = (Rng::new(7), Seed(42));
        let names: Vec<String> = (0..500).map(|i| format!("name.{i}")).collect();
        let mut index = Names::default();
        let mut present = [false; 500];
        for _ in 0..20_000 {
            let i = rng.below(500) as usize;
            let hash = seed.hash(3, names[i].as_bytes());
            let found = index.find(hash, |n| names[n as usize] == names[i]);
            assert_eq!(found, present[i].then_some(i as u32));
            if present[i] {
                index.remove(hash, i as u32);
            } else {
                index.insert(hash, i as u32);
            }
            present[i] = !present[i];
        }
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        let mut index = Names::default();
        assert_eq!(index.find(5, |_| true), None);
        index.remove(5, 1);
    }
}
