//! The block `permissions` of a user: where it may publish, subscribe and respond.

use super::field::{duration, error, integer};
use crate::gofmt;
use crate::nats_server::conf::{Field, Value};
use crate::server::config::{Permission, Responses, User};

#[derive(Clone, Default)]
pub(super) struct Permissions {
    publish: Permission,
    subscribe: Permission,
    responses: Option<Responses>,
}

impl Permissions {
    pub(super) fn grant_to(self, user: &mut User) {
        (user.publish, user.subscribe, user.responses) = (self.publish, self.subscribe, self.responses);
    }
}

pub(super) fn permissions(field: &Field, errors: &mut Vec<String>) -> Option<Permissions> {
    let Value::Map(fields) = &field.value else {
        errors.extend(error::<()>(field, "Expected permissions to be a map/struct").err());
        return None;
    };
    let mut permissions = Permissions::default();
    for field in fields {
        let result = match field.name.to_ascii_lowercase().as_str() {
            "pub" | "publish" | "import" => permission(field).map(|rule| permissions.publish = rule),
            "sub" | "subscribe" | "export" => permission(field).map(|rule| permissions.subscribe = rule),
            "publish_allow_responses" | "allow_responses" => {
                responses(field).map(|responses| permissions.responses = responses)
            }
            _ if field.is_used => Ok(()),
            _ => error(field, format!("Unknown field {} parsing permissions", gofmt::quote(&field.name))),
        };
        errors.extend(result.err());
    }
    Some(permissions)
}

fn permission(field: &Field) -> Result<Permission, String> {
    let Value::Map(fields) = &field.value else {
        return Ok(Permission { allow: subjects(field)?, deny: Vec::new() });
    };
    let mut rule = Permission::default();
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            "allow" => rule.allow = subjects(field)?,
            "deny" => rule.deny = subjects(field)?,
            _ if field.is_used => {}
            name => {
                return error(
                    field,
                    format!(
                        "Unknown field name \"{name}\" parsing subject permissions, only 'allow' or 'deny' are permitted"
                    ),
                );
            }
        }
    }
    Ok(rule)
}

fn subjects(field: &Field) -> Result<Vec<String>, String> {
    match &field.value {
        Value::String(_) | Value::List(_) => {
            let subjects: Option<Vec<String>> =
                field.value.items().iter().map(|item| item.string().map(str::to_owned)).collect();
            match subjects {
                Some(subjects) => Ok(subjects),
                None => error(field, "Subject in permissions array cannot be cast to string"),
            }
        }
        other => {
            let given = other.go_type();
            error(
                field,
                format!("Expected subject permissions to be a subject, or array of subjects, got {given}"),
            )
        }
    }
}

fn responses(field: &Field) -> Result<Option<Responses>, String> {
    let mut responses = Responses::default();
    let fields = match &field.value {
        Value::Bool(allowed) => return Ok(allowed.then_some(responses)),
        Value::Map(fields) => fields,
        _ => return error(field, "error parsing response permissions, expected a boolean or a map"),
    };
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            // 0 is the default, a negative number no limit.
            "max" | "max_msgs" | "max_messages" | "max_responses" => {
                let max = integer(field)?;
                if max != 0 {
                    responses.max = u64::try_from(max).ok();
                }
            }
            "expires" | "expiration" | "ttl" => {
                let Some(text) = field.value.string() else {
                    return error(field, "error parsing expires, not a duration string");
                };
                if text.starts_with('-') {
                    responses.expires = None;
                } else {
                    let expires = duration(text, "expires", field)?;
                    if !expires.is_zero() {
                        responses.expires = Some(expires);
                    }
                }
            }
            _ => return error(field, format!("Unknown field \"{}\" parsing permissions", field.name)),
        }
    }
    Ok(Some(responses))
}
