//! The functions of `jq` that look into values: as jaq has them for its own values, here for those that are paid for.

use jaq_core::native::{Fun, bome, run, unary, v};
use jaq_core::{Error, ValR};
use jaq_json::Val;
use jaq_std::ValT as _;

use super::allowance::spend;
use super::json;
use super::metered::Bounded;
use super::value::{Value, exhausted};

pub(super) fn functions() -> impl Iterator<Item = Fun<Bounded>> {
    let functions: [Fun<Bounded>; 7] = [
        run(("fromjson", v(0), |cv| match from_json(&cv.1) {
            Ok(values) => Box::new(values.into_iter().map(|value| value.map_err(Into::into))),
            Err(error) => bome(Err(error)),
        })),
        run(("tojson", v(0), |cv| bome(to_json(&cv.1)))),
        run(("length", v(0), |cv| bome(length(cv.1)))),
        run(("contains", v(1), |cv| {
            unary(cv, |value, part| contains(value.val(), part.val()).map(Value::from))
        })),
        run(("has", v(1), |cv| unary(cv, has))),
        run(("indices", v(1), |cv| unary(cv, indices))),
        run(("bsearch", v(1), |cv| unary(cv, bsearch))),
    ];
    functions.into_iter()
}

fn from_json(value: &Value) -> Result<Vec<ValR<Value>>, Error<Value>> {
    let text = value.as_utf8_bytes().ok_or_else(|| Error::typ(value.clone(), "string"))?;
    let fail = |wrong| Error::str(format!("cannot parse {value} as JSON: {wrong}"));
    Ok(json::values(text).map(|val| val.map(Value::measured).map_err(fail)).collect())
}

/// How much dearer a value is as JSON than as it is.
const TEXT_COST: u64 = 4;

fn to_json(value: &Value) -> ValR<Value> {
    if spend(TEXT_COST * value.size()) { Ok(Value::from(value.to_string())) } else { Err(exhausted()) }
}

fn length(value: Value) -> ValR<Value> {
    let count = match value.val() {
        Val::Null => 0,
        Val::TStr(text) => text.len() - text.iter().filter(|byte| **byte & 0xc0 == 0x80).count(),
        Val::BStr(bytes) => bytes.len(),
        Val::Arr(items) => items.len(),
        Val::Obj(items) => items.len(),
        Val::Num(_) if *value.val() < Val::from(0_isize) => return -value,
        Val::Num(_) => return Ok(value),
        Val::Bool(_) => return Err(Error::str(format!("{value} has no length"))),
    };
    Ok(Value::from(count))
}

/// Whether a value has another as a part, as `jq` means it.
fn contains(value: &Val, part: &Val) -> ValR<bool, Value> {
    if !spend(1) {
        return Err(exhausted());
    }
    match (value, part) {
        (Val::TStr(text), Val::TStr(part)) => {
            let is_paid = spend(text.len() as u64 / 16);
            if is_paid { Ok(memchr::memmem::find(text, part).is_some()) } else { Err(exhausted()) }
        }
        (Val::Arr(items), Val::Arr(parts)) => {
            all(parts.iter(), |part| any(items.iter(), |item| contains(item, part)))
        }
        (Val::Obj(items), Val::Obj(parts)) => {
            all(parts.iter(), |(key, part)| items.get(key).map_or(Ok(false), |item| contains(item, part)))
        }
        (value, part) => Ok(value == part),
    }
}

fn all<T>(items: impl IntoIterator<Item = T>, test: impl Fn(T) -> ValR<bool, Value>) -> ValR<bool, Value> {
    any(items, |item| test(item).map(|is_so| !is_so)).map(|found| !found)
}

fn any<T>(items: impl IntoIterator<Item = T>, test: impl Fn(T) -> ValR<bool, Value>) -> ValR<bool, Value> {
    for item in items {
        if test(item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has(value: Value, key: Value) -> ValR<Value> {
    let found = match (value.val(), key.val()) {
        (Val::Obj(items), key) => items.contains_key(key),
        (Val::Arr(items), Val::Num(_)) => {
            key.as_isize().and_then(|at| usize::try_from(at).ok()).is_some_and(|at| at < items.len())
        }
        _ => return Err(Error::index(value, key)),
    };
    Ok(Value::from(found))
}

fn indices(value: Value, part: Value) -> ValR<Value> {
    if !spend(value.size() + value.size().saturating_mul(part.size()) / 16) {
        return Err(exhausted());
    }
    let at = |at: usize| Value::from(at);
    Ok(match (value.val(), part.val()) {
        (Val::TStr(_), Val::TStr(part)) if part.is_empty() => Value::from_iter([]),
        (Val::TStr(text), Val::TStr(part)) => {
            let starts = (0..text.len()).filter(|at| text[*at] & 0xc0 != 0x80).enumerate();
            starts.filter(|(_, start)| text[*start..].starts_with(part)).map(|(index, _)| at(index)).collect()
        }
        (Val::Arr(_), Val::Arr(part)) if part.is_empty() => Value::from_iter([]),
        (Val::Arr(items), Val::Arr(part)) => {
            let windows = items.windows(part.len()).enumerate();
            windows.filter(|(_, window)| *window == &part[..]).map(|(index, _)| at(index)).collect()
        }
        (Val::Arr(items), part) => {
            items.iter().enumerate().filter(|(_, item)| *item == part).map(|(index, _)| at(index)).collect()
        }
        _ => return Err(Error::index(value, part)),
    })
}

fn bsearch(value: Value, wanted: Value) -> ValR<Value> {
    match value.val() {
        Val::Arr(items) => Ok(match items.binary_search(wanted.val()) {
            Ok(at) => Value::from(at as isize),
            Err(at) => Value::from(-1 - at as isize),
        }),
        _ => Err(Error::typ(value, "array")),
    }
}
