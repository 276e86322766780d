//! Identifiers and choices, all from the seed of the configuration.

use crate::base::Rng;

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

#[derive(Clone, Debug)]
pub(crate) struct IdGenerator(Rng);

impl IdGenerator {
    pub(crate) fn new(rng: Rng) -> IdGenerator {
        IdGenerator(rng)
    }

    /// `length` letters and digits.
    pub(crate) fn base62(&mut self, length: usize) -> String {
        self.0.text(BASE62, length)
    }

    /// A server's public key: `N` and 55 characters of base 32.
    pub(crate) fn server_id(&mut self) -> String {
        format!("N{}", self.0.text(BASE32, 55))
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0.below(limit)
    }
}
