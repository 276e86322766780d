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

/// A number in the form of eight random letters and digits, and back: as the replies to requests are told apart.
/// Numbers of up to 47 bits stay what they are.
#[derive(Clone, Copy, Debug)]
pub struct Scattered([u8; 8]);

impl Scattered {
    const BITS: u64 = (1 << 47) - 1;
    const FACTOR: u64 = 0x5e37_79b9_7f4b;

    /// Of an odd number in this many bits: each step doubles the bits that are right.
    const INVERSE: u64 = {
        let (mut inverse, mut step) = (1_u64, 0);
        while step < 6 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(Self::FACTOR.wrapping_mul(inverse)));
            step += 1;
        }
        inverse
    };

    pub fn of(number: u64) -> Scattered {
        let mut left = number.wrapping_mul(Self::FACTOR) & Self::BITS;
        let mut digits = [0; 8];
        for digit in digits.iter_mut().rev() {
            *digit = BASE62[(left % 62) as usize];
            left /= 62;
        }
        Scattered(digits)
    }

    pub fn text(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The number that such a text was made of.
    pub fn number(text: &str) -> Option<u64> {
        if text.len() != 8 {
            return None;
        }
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'A'..=b'Z' => Some(b - b'A' + 10),
            b'a'..=b'z' => Some(b - b'a' + 36),
            _ => None,
        };
        let all = text.bytes().try_fold(0, |all, b| Some(all * 62 + u64::from(digit(b)?)))?;
        Some(all.wrapping_mul(Self::INVERSE) & Self::BITS)
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
    use super::*;

    #[test]
    fn a_scattered_number_comes_back() {
        for number in (0..5000).chain([1 << 40, Scattered::BITS]) {
            let scattered = Scattered::of(number);
            assert!(scattered.text().bytes().all(|b| b.is_ascii_alphanumeric()), "{}", scattered.text());
            assert_eq!(Scattered::number(scattered.text()), Some(number));
        }
        assert_eq!(Scattered::number("1"), None);
        assert_eq!(Scattered::number("abcdefg*"), None);
    }
}
