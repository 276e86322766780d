//! Typed values of fields, and the errors that name a field's position.

use std::time::Duration;

use crate::gofmt;
use crate::nats_server::conf::{Field, Value};

pub(super) fn string(field: &Field) -> Result<String, String> {
    match &field.value {
        Value::String(text) => Ok(text.clone()),
        _ => type_error(field, "string"),
    }
}

pub(super) fn integer(field: &Field) -> Result<i64, String> {
    match field.value {
        Value::Integer(number) => Ok(number),
        _ => type_error(field, "int64"),
    }
}

pub(super) fn boolean(field: &Field) -> Result<bool, String> {
    match field.value {
        Value::Bool(value) => Ok(value),
        _ => type_error(field, "bool"),
    }
}

/// `enabled`, `disabled` and their short forms.
pub(super) fn enabled(field: &Field, word: &str) -> Result<bool, String> {
    match word.to_ascii_lowercase().as_str() {
        "enabled" | "enable" => Ok(true),
        "disabled" | "disable" => Ok(false),
        _ => error(field, format!("Expected 'enabled' or 'disabled' for string value, got '{word}'")),
    }
}

/// Bytes that fit into 32 bits; the default for 0.
pub(super) fn size(field: &Field, default: usize) -> Result<usize, String> {
    match integer(field)? {
        bytes if bytes > i64::from(i32::MAX) => error(field, format!("{} value is too big", field.name)),
        bytes => Ok(positive_or(bytes, default)),
    }
}

pub(super) fn positive_or(number: i64, default: usize) -> usize {
    usize::try_from(number).ok().filter(|number| *number > 0).unwrap_or(default)
}

/// Parses Go's form of a duration; `name` is how the error calls the field.
pub(super) fn duration(text: &str, name: &str, field: &Field) -> Result<Duration, String> {
    match gofmt::parse_duration(text) {
        Ok(duration) => Ok(duration.duration()),
        Err(reason) => error(field, format!("error parsing {name}: {reason}")),
    }
}

/// A duration, or a number of seconds, which is deprecated and adds a warning. `None` for 0: the default.
pub(super) fn duration_or_seconds(
    field: &Field,
    warnings: &mut Vec<String>,
) -> Result<Option<Duration>, String> {
    let name = &field.name;
    let duration = match &field.value {
        Value::String(text) => duration(text, name, field)?,
        _ => {
            let seconds = integer(field)?;
            warnings.push(format!(
                "{}: invalid use of field \"{name}\": {name} should be converted to a duration",
                field.position
            ));
            Duration::from_secs(seconds.max(0) as u64)
        }
    };
    Ok(Some(duration).filter(|duration| !duration.is_zero()))
}

pub(super) fn error<T>(field: &Field, reason: impl AsRef<str>) -> Result<T, String> {
    Err(format!("{}: {}", field.position, reason.as_ref()))
}

fn type_error<T>(field: &Field, wanted: &str) -> Result<T, String> {
    let given = field.value.go_type();
    error(field, format!("interface conversion: interface {{}} is {given}, not {wanted}"))
}

/// A field that nats-server does not know either. It may still serve as a variable.
pub(super) fn unknown(field: &Field) -> Result<(), String> {
    match field.is_used {
        true => Ok(()),
        false => error(field, format!("unknown field {}", gofmt::quote(&field.name))),
    }
}

pub(super) fn unsupported(field: &Field) -> Result<(), String> {
    error(field, format!("{} is not simulated", field.name))
}
