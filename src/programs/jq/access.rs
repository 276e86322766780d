//! How a query of `jq` looks into values and changes parts of them, and what that costs.

use std::cell::{Cell, RefCell};

use jaq_core::box_iter::box_once;
use jaq_core::path::Opt;
use jaq_core::val::Range;
use jaq_core::{Error, Exn, ValR, ValT, ValX};
use jaq_json::Val;

use super::allowance::spend;
use super::value::{ITEMS_PER_UNIT, Value, exhausted, failed};

impl Value {
    /// What comes of this value when `new` is what its parts become.
    fn changed<'a, I: Iterator<Item = ValX<'a, Value>>>(
        self,
        parts: Parts<'_>,
        opt: Opt,
        new: impl Fn(Value) -> I,
    ) -> ValX<'a, Value> {
        if !spend(self.copy_cost()) {
            return Err(Exn::from(exhausted()));
        }
        let (size, depth, error) = (Cell::new(self.size), Cell::new(self.depth), RefCell::new(None));
        let (size, depth, error) = (&size, &depth, &error);
        let of_vals = |val: Val| {
            new(Value::measured(val)).map(|result| match result {
                Ok(part) => {
                    size.set(size.get() + part.size);
                    depth.set(depth.get().max(part.depth + 1));
                    Ok(part.val)
                }
                Err(exn) => {
                    *error.borrow_mut() = Some(exn);
                    Err(Exn::from(Error::new(Val::Null)))
                }
            })
        };
        let changed = match parts {
            Parts::All => self.val.map_values(opt, of_vals),
            Parts::At(index) => self.val.map_index(&index.val, opt, of_vals),
            Parts::Range(start, end) => {
                let val = |bound: Option<&Value>| bound.map(|value| value.val.clone());
                let (start, end) = (val(start), val(end));
                self.val.map_range(start.as_ref()..end.as_ref(), opt, of_vals)
            }
        };
        match (error.take(), changed) {
            (Some(exn), _) => Err(exn),
            (None, Ok(val)) => Ok(Value { val, size: size.get(), depth: depth.get() }.bounded()),
            (None, Err(exn)) => Err(Exn::from(exn.get_err().map_or_else(|_| exhausted(), failed))),
        }
    }
}

/// Which parts of a value are changed.
enum Parts<'b> {
    All,
    At(&'b Value),
    Range(Option<&'b Value>, Option<&'b Value>),
}

impl ValT for Value {
    fn from_num(digits: &str) -> ValR<Value> {
        match Val::from_num(digits).map_err(failed)? {
            Val::Num(number) => Ok(Value::from_number(number)),
            val => Ok(Value::measured(val)),
        }
    }

    fn from_map<I: IntoIterator<Item = (Value, Value)>>(items: I) -> ValR<Value> {
        let (mut size, mut depth) = (1, 0);
        let items = items.into_iter().map(|(key, item)| {
            size += key.size + item.size;
            depth = depth.max(key.depth).max(item.depth);
            (key.val, item.val)
        });
        let val = Val::from_map(items.collect::<Vec<_>>()).map_err(failed)?;
        if !spend(size.min(4)) {
            return Err(exhausted());
        }
        Ok(Value { val, size, depth: depth + 1 }.bounded())
    }

    fn key_values(self) -> Box<dyn Iterator<Item = ValR<(Value, Value), Value>>> {
        if !spend(self.copy_cost()) {
            return box_once(Err(exhausted()));
        }
        Box::new(self.val.key_values().map(|item| {
            let (key, item) = item.map_err(failed)?;
            let both = (Value::measured(key), Value::measured(item));
            if spend(1) { Ok(both) } else { Err(exhausted()) }
        }))
    }

    fn values(self) -> Box<dyn Iterator<Item = ValR<Value>>> {
        if !spend(self.copy_cost()) {
            return box_once(Err(exhausted()));
        }
        Box::new(self.val.values().map(|item| {
            let item = Value::measured(item.map_err(failed)?);
            if spend(1) { Ok(item) } else { Err(exhausted()) }
        }))
    }

    fn index(self, index: &Value) -> ValR<Value> {
        if matches!(index.val, Val::Arr(_)) && !spend(self.size) {
            return Err(exhausted());
        }
        self.val.index(&index.val).map(Value::measured).map_err(failed)
    }

    fn range(self, range: Range<&Value>) -> ValR<Value> {
        if !spend(self.size / ITEMS_PER_UNIT) {
            return Err(exhausted());
        }
        let val = |bound: Option<&'_ Value>| bound.map(|value| value.val.clone());
        let (start, end) = (val(range.start), val(range.end));
        self.val.range(start.as_ref()..end.as_ref()).map(Value::measured).map_err(failed)
    }

    fn map_values<'a, I: Iterator<Item = ValX<'a, Value>>>(
        self,
        opt: Opt,
        f: impl Fn(Value) -> I,
    ) -> ValX<'a, Value> {
        self.changed(Parts::All, opt, f)
    }

    fn map_index<'a, I: Iterator<Item = ValX<'a, Value>>>(
        self,
        index: &Value,
        opt: Opt,
        f: impl Fn(Value) -> I,
    ) -> ValX<'a, Value> {
        self.changed(Parts::At(index), opt, f)
    }

    fn map_range<'a, I: Iterator<Item = ValX<'a, Value>>>(
        self,
        range: Range<&Value>,
        opt: Opt,
        f: impl Fn(Value) -> I,
    ) -> ValX<'a, Value> {
        self.changed(Parts::Range(range.start, range.end), opt, f)
    }

    fn as_bool(&self) -> bool {
        self.val.as_bool()
    }

    fn into_string(self) -> Value {
        if !spend(self.size) {
            return Value::from(false);
        }
        Value::measured(self.val.into_string())
    }
}
