//! Seeded hashes, so that nobody can choose names that collide.

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HashSeed(pub(crate) u64);

impl HashSeed {
    /// The hash of a name that stands below `parent`.
    pub(crate) fn hash(self, parent: u64, name: &[u8]) -> u64 {
        let mut state = self.0 ^ parent.rotate_left(32);
        let mut words = name.chunks_exact(8);
        for word in &mut words {
            state = mix(state, u64::from_le_bytes(word.try_into().expect("eight bytes")));
        }
        let tail = words.remainder().iter().fold(0, |tail, byte| tail << 8 | u64::from(*byte));
        mix(state, tail ^ ((name.len() as u64) << 56))
    }
}

fn mix(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd1b5_4a32_d192_ed03;
    (product as u64) ^ ((product >> 64) as u64)
}
