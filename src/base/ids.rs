//! Random numbers as a value, and the identifiers that are made from them.

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

    /// `length` letters and digits.
    pub fn base62(&mut self, length: usize) -> String {
        self.text(BASE62, length)
    }

    /// A server's identity, in the form of a public server key: `N` and 55 characters of base 32.
    pub fn server_id(&mut self) -> String {
        format!("N{}", self.text(BASE32, 55))
    }

    /// `length` characters of `alphabet`.
    fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let mut text = String::with_capacity(length);
        for _ in 0..length {
            text.push(char::from(alphabet[self.below(alphabet.len() as u64) as usize]));
        }
        text
    }
}

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The last token of a reply subject, which tells the answers to requests apart: eight letters and digits that look random.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReplyToken(u64);

impl ReplyToken {
    const BITS: u64 = (1 << 46) - 1;
    const FACTOR: u64 = 0x1e37_79b9_7f4b;

    /// The token of a request's number; numbers of up to 46 bits have different ones.
    pub fn of(number: u64) -> ReplyToken {
        let mixed = number.wrapping_mul(Self::FACTOR) & Self::BITS;
        // In two halves, since division of 32 bits is much faster, and both are done at once.
        let mut halves = [(mixed >> 23) as u32, mixed as u32 & ((1 << 23) - 1)];
        let mut digits = [0; 8];
        for place in 0..4 {
            for (half, left) in halves.iter_mut().enumerate() {
                digits[half * 4 + place] = BASE62[(*left % 62) as usize];
                *left /= 62;
            }
        }
        ReplyToken(u64::from_le_bytes(digits))
    }

    pub fn bytes(&self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    pub fn read(text: &[u8]) -> Option<ReplyToken> {
        text.try_into().ok().map(|bytes| ReplyToken(u64::from_le_bytes(bytes)))
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
        self.0.borrow_mut().base62(length)
    }

    /// A server's identity, in the form of a public server key: `N` and 55 characters of base 32.
    pub fn server_id(&self) -> String {
        self.0.borrow_mut().server_id()
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
    fn numbers_have_different_tokens() {
        let all: BTreeMap<ReplyToken, u64> = (0..5000)
            .chain([1 << 40, ReplyToken::BITS])
            .map(|number| (ReplyToken::of(number), number))
            .collect();
        assert_eq!(all.len(), 5002);
        for token in all.keys() {
            assert!(token.bytes().iter().all(u8::is_ascii_alphanumeric), "{token:?}");
            assert_eq!(ReplyToken::read(&token.bytes()), Some(*token));
        }
        assert_eq!([ReplyToken::read(b"1"), ReplyToken::read(b"abcdefghi")], [None, None]);
    }
}
