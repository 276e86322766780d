//! The values of a query of `jq`: those of jaq, with how large and how deep they are. Whoever makes one pays for it first.

use std::cmp::Ordering;
use std::fmt;

use jaq_core::val::Range;
use jaq_core::{Error, ValR};
use jaq_json::{Num, Val};
use jaq_std::ValT as _;

use super::allowance::{exhaust, spend};

/// Units that a value may have: one for each value in it, wherever else that stands too, and for some bytes of a text.
pub(super) const SIZE_MAX: u64 = 500_000;
pub(super) const BYTES_PER_UNIT: u64 = 32;

/// Bytes of a text and items of a list that are copied or compared for a unit.
const COPIED_BYTES_PER_UNIT: u64 = 128;
pub(super) const ITEMS_PER_UNIT: u64 = 4;

/// How deep a value may be. Values are printed, compared and given up by recursion.
pub(super) const DEPTH_MAX: u32 = 256;

/// Bits of an exact whole number; a larger one is rounded, as all are in `jq`.
const EXACT_BITS_MAX: u64 = 1024;

/// A value, its size in units and its depth.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) val: Val,
    pub(super) size: u64,
    pub(super) depth: u32,
}

impl Value {
    pub(super) fn val(&self) -> &Val {
        &self.val
    }

    /// In units.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn into_val(self) -> Val {
        self.val
    }

    /// A value that something else has made, which is paid for.
    pub(super) fn measured(val: Val) -> Value {
        let (size, depth) = measure(&val);
        spend(size);
        Value { val, size, depth }.bounded()
    }

    /// Is given up, and the query with it, if it is too large.
    pub(super) fn bounded(self) -> Value {
        if self.size > SIZE_MAX || self.depth > DEPTH_MAX {
            exhaust();
            return Value { val: Val::Null, size: 1, depth: 0 };
        }
        self
    }

    /// Units of a text or a list without what the items hold: what copying it costs.
    pub(super) fn copy_cost(&self) -> u64 {
        match &self.val {
            Val::TStr(bytes) | Val::BStr(bytes) if bytes.is_unique() => 1,
            Val::TStr(bytes) | Val::BStr(bytes) => bytes.len() as u64 / COPIED_BYTES_PER_UNIT,
            Val::Arr(items) if std::rc::Rc::strong_count(items) > 1 => items.len() as u64 / ITEMS_PER_UNIT,
            Val::Obj(items) if std::rc::Rc::strong_count(items) > 1 => items.len() as u64,
            _ => 1,
        }
    }

    /// What an operation gives on two values, if it costs no more than is left. `size` is that of what comes of it.
    pub(super) fn operate(
        self,
        other: Value,
        size: u64,
        operation: impl FnOnce(Val, Val) -> ValR<Val>,
    ) -> ValR<Value> {
        if size > SIZE_MAX {
            exhaust();
        }
        if !spend(self.copy_cost() + other.size.min(size)) {
            return Err(exhausted());
        }
        let depth = self.depth.max(other.depth);
        match operation(self.val, other.val).map_err(failed)? {
            Val::Num(number) => Ok(Value::from_number(number)),
            val => Ok(Value { val, size, depth: depth + 1 }.bounded()),
        }
    }

    pub(super) fn from_number(number: Num) -> Value {
        let number = match number {
            Num::BigInt(whole) if whole.bits() > EXACT_BITS_MAX => {
                return Value::from(Val::Num(Num::BigInt(whole)).as_f64().unwrap_or(f64::INFINITY));
            }
            number => number,
        };
        Value { val: Val::Num(number), size: 1, depth: 0 }
    }
}

/// Units and depth of a value. Stops where it is too large or too deep.
fn measure(val: &Val) -> (u64, u32) {
    let mut size = 0;
    let depth = add_measure(val, 0, &mut size);
    (size, depth)
}

fn add_measure(val: &Val, above: u32, size: &mut u64) -> u32 {
    *size += 1;
    if above > DEPTH_MAX || *size > SIZE_MAX {
        return 0;
    }
    match val {
        Val::Null | Val::Bool(_) => 0,
        Val::Num(number) => {
            *size += match number {
                Num::BigInt(whole) => whole.bits() / 64,
                Num::Dec(digits) => digits.len() as u64 / BYTES_PER_UNIT,
                Num::Int(_) | Num::Float(_) => 0,
            };
            0
        }
        Val::TStr(bytes) | Val::BStr(bytes) => {
            *size += bytes.len() as u64 / BYTES_PER_UNIT;
            0
        }
        Val::Arr(items) => 1 + items.iter().map(|item| add_measure(item, above + 1, size)).max().unwrap_or(0),
        Val::Obj(items) => {
            let both = items.iter().flat_map(|(key, item)| [key, item]);
            1 + both.map(|item| add_measure(item, above + 1, size)).max().unwrap_or(0)
        }
    }
}

/// The error once nothing is left, or a value is too large.
pub(super) fn exhausted() -> Error<Value> {
    Error::str("so much work is not simulated")
}

/// An error of jaq's values as one of ours.
pub(super) fn failed(error: Error<Val>) -> Error<Value> {
    Error::new(Value::measured(error.into_val()))
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        spend(self.size.min(other.size) / ITEMS_PER_UNIT);
        self.val == other.val
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Value) -> Ordering {
        spend(self.size.min(other.size) / ITEMS_PER_UNIT);
        self.val.cmp(&other.val)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.val.fmt(f)
    }
}

/// Values without parts.
macro_rules! from_plain {
    ($($plain:ty),*) => {$(
        impl From<$plain> for Value {
            fn from(plain: $plain) -> Value {
                Value { val: Val::from(plain), size: 1, depth: 0 }
            }
        }
    )*};
}

from_plain!(bool, isize, usize, f64);

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::measured(Val::from(text))
    }
}

impl From<Range<Value>> for Value {
    fn from(range: Range<Value>) -> Value {
        let val = |bound: Option<Value>| bound.map(Value::into_val);
        Value::measured(Val::from(val(range.start)..val(range.end)))
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<T: IntoIterator<Item = Value>>(items: T) -> Value {
        let (mut size, mut depth) = (1, 0);
        let paid = items.into_iter().take_while(|item| {
            size += item.size;
            depth = depth.max(item.depth);
            spend(1) && size <= SIZE_MAX
        });
        let val = paid.map(Value::into_val).collect();
        Value { val, size, depth: depth + 1 }.bounded()
    }
}

impl jaq_std::ValT for Value {
    fn into_seq<S: FromIterator<Value>>(self) -> Result<S, Value> {
        match self.val.into_seq::<Vec<Val>>() {
            Ok(items) => Ok(items.into_iter().map(Value::measured).collect()),
            Err(val) => Err(Value { val, ..self }),
        }
    }

    fn is_int(&self) -> bool {
        self.val.is_int()
    }

    fn as_isize(&self) -> Option<isize> {
        self.val.as_isize()
    }

    fn as_f64(&self) -> Option<f64> {
        self.val.as_f64()
    }

    fn is_utf8_str(&self) -> bool {
        self.val.is_utf8_str()
    }

    fn as_bytes(&self) -> Option<&[u8]> {
        spend(self.size);
        self.val.as_bytes()
    }

    fn as_sub_str(&self, sub: &[u8]) -> Value {
        Value::measured(self.val.as_sub_str(sub))
    }

    fn from_utf8_bytes(bytes: impl AsRef<[u8]> + Send + 'static) -> Value {
        Value::measured(Val::from_utf8_bytes(bytes))
    }
}
