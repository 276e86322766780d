//! The operators of `jq` on values: what each costs and how large its result is is known before it is made.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use jaq_core::ValR;
use jaq_json::Val;
use jaq_std::ValT as _;

use super::allowance::spend;
use super::value::{BYTES_PER_UNIT, SIZE_MAX, Value, exhausted, failed};

impl Add for Value {
    type Output = ValR<Value>;
    fn add(self, other: Value) -> ValR<Value> {
        let size = self.size() + other.size();
        self.operate(other, size, Val::add)
    }
}

impl Sub for Value {
    type Output = ValR<Value>;
    fn sub(self, other: Value) -> ValR<Value> {
        let size = self.size();
        spend(other.size());
        self.operate(other, size, Val::sub)
    }
}

impl Mul for Value {
    type Output = ValR<Value>;
    fn mul(self, other: Value) -> ValR<Value> {
        let bytes = |value: &Value| match value.val() {
            Val::TStr(bytes) | Val::BStr(bytes) => Some(bytes.len() as f64),
            _ => None,
        };
        let size = match (bytes(&self), bytes(&other), self.val(), other.val()) {
            (Some(bytes), None, _, times @ Val::Num(_)) | (None, Some(bytes), times @ Val::Num(_), _) => {
                1 + (bytes * times.as_f64().unwrap_or(0.0).max(0.0)) as u64 / BYTES_PER_UNIT
            }
            _ => self.size() + other.size(),
        };
        if !spend(size) {
            return Err(exhausted());
        }
        self.operate(other, size, Val::mul)
    }
}

impl Div for Value {
    type Output = ValR<Value>;
    fn div(self, other: Value) -> ValR<Value> {
        // Each byte of a text may become a text.
        let size = match self.val() {
            Val::TStr(bytes) | Val::BStr(bytes) => 1 + bytes.len() as u64,
            _ => self.size(),
        };
        if !spend(size) {
            return Err(exhausted());
        }
        let whole = self.operate(other, size.min(SIZE_MAX), Val::div)?;
        Ok(Value::measured(whole.into_val()))
    }
}

impl Rem for Value {
    type Output = ValR<Value>;
    fn rem(self, other: Value) -> ValR<Value> {
        let size = self.size();
        self.operate(other, size, Val::rem)
    }
}

impl Neg for Value {
    type Output = ValR<Value>;
    fn neg(self) -> ValR<Value> {
        (-self.into_val()).map(Value::measured).map_err(failed)
    }
}
