//! Chance as a value, and the identifiers that are made from it.

use std::cell::RefCell;
use std::rc::Rc;

/// A small, quick generator (SplitMix64): enough for names and orders, not for secrets.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 for a limit of 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(limit)) >> 64) as u64
    }

    /// `length` characters of `alphabet`.
    pub fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let mut text = String::with_capacity(length);
        for _ in 0..length {
            text.push(char::from(alphabet[self.below(alphabet.len() as u64) as usize]));
        }
        text
    }
}

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Eight letters and digits that look as if drawn by chance: as the replies to requests are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scattered(u64);

impl Scattered {
    const BITS: u64 = (1 << 46) - 1;
    const FACTOR: u64 = 0x1e37_79b9_7f4b;

    /// Each number has its own, up to 46 bits.
    pub fn of(number: u64) -> Scattered {
        let scattered = number.wrapping_mul(Self::FACTOR) & Self::BITS;
        // Two halves, since 32 bits are divided far sooner, and both at once.
        let mut halves = [(scattered >> 23) as u32, scattered as u32 & ((1 << 23) - 1)];
        let mut digits = [0; 8];
        for place in 0..4 {
            for (half, left) in halves.iter_mut().enumerate() {
                digits[half * 4 + place] = BASE62[(*left % 62) as usize];
                *left /= 62;
            }
        }
        Scattered(u64::from_le_bytes(digits))
    }

    pub fn bytes(&self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    pub fn read(text: &[u8]) -> Option<Scattered> {
        text.try_into().ok().map(|bytes| Scattered(u64::from_le_bytes(bytes)))
    }
}

/// A shared source of identifiers.
#[derive(Clone, Debug)]
pub struct Ids(Rc<RefCell<Rng>>);

impl Ids {
    pub fn new(seed: u64) -> Ids {
        Ids(Rc::new(RefCell::new(Rng::new(seed))))
    }

    /// A unique name of 22 characters, in the form of NATS' nuid.
    pub fn nuid(&self) -> String {
        self.short(22)
    }

    /// A name of `length` letters and digits.
    pub fn short(&self, length: usize) -> String {
        self.0.borrow_mut().text(BASE62, length)
    }

    /// A server's identity, in the form of a public server key: `N` and 55 characters of base 32.
    pub fn server_id(&self) -> String {
        format!("N{}", self.0.borrow_mut().text(BASE32, 55))
    }

    /// A number below `limit`.
    pub fn below(&self, limit: u64) -> u64 {
        self.0.borrow_mut().below(limit)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn scattered_numbers_are_told_apart() {
        let all: BTreeMap<Scattered, u64> = (0..5000)
            .chain([1 << 40, Scattered::BITS])
            .map(|number| (Scattered::of(number), number))
            .collect();
        assert_eq!(all.len(), 5002);
        for scattered in all.keys() {
            assert!(scattered.bytes().iter().all(u8::is_ascii_alphanumeric), "{scattered:?}");
            assert_eq!(Scattered::read(&scattered.bytes()), Some(*scattered));
        }
        assert_eq!([Scattered::read(b"1"), Scattered::read(b"abcdefghi")], [None, None]);
    }
}
