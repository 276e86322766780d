//! Identifiers and choices, all from the seed of the configuration.

use crate::base::Rng;

#[derive(Clone, Debug)]
pub(crate) struct IdGenerator(Rng);

impl IdGenerator {
    pub(crate) fn new(rng: Rng) -> IdGenerator {
        IdGenerator(rng)
    }

    /// `length` letters and digits.
    pub(crate) fn base62(&mut self, length: usize) -> String {
        self.0.base62(length)
    }

    /// A server's public key: `N` and 55 characters of base 32.
    pub(crate) fn server_id(&mut self) -> String {
        self.0.server_id()
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0.below(limit)
    }
}
