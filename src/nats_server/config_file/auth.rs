//! The block `authorization`, and lists of users.

use std::time::Duration;

use super::field::{error, string, unknown, unsupported};
use super::permissions::permissions;
use crate::gofmt;
use crate::nats_server::conf::{Field, Value};
use crate::nats_server::options::ServerOptions;
use crate::server::User;
use crate::server::config::Auth;

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(2);

pub(super) fn authorization(
    options: &mut ServerOptions,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let Value::Map(fields) = &field.value else {
        let given = field.value.go_type();
        return error(
            field,
            format!("interface conversion: interface {{}} is {given}, not map[string]interface {{}}"),
        );
    };
    let (mut name, mut password, mut token) = (String::new(), String::new(), None);
    let (mut list, mut default_permissions) = (None, None);
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            "user" | "username" => name = string(field)?,
            "pass" | "password" => password = string(field)?,
            "token" => token = Some(string(field)?).filter(|token| !token.is_empty()),
            "timeout" => options.config.auth_timeout = timeout(field)?,
            "users" => list = Some(users(field, errors)?),
            "default_permission" | "default_permissions" | "permissions" => {
                default_permissions = permissions(field, errors);
            }
            "auth_callout" | "auth_hook" | "proxy_required" => errors.extend(unsupported(field).err()),
            _ => errors.extend(unknown(field).err()),
        }
    }
    let auth = &mut options.config.auth;
    if (!name.is_empty() || !password.is_empty()) && token.is_some() {
        return error(field, "Cannot have a user/pass and token");
    }
    if list.is_some() || !auth.users.is_empty() {
        if !name.is_empty() {
            return error(field, "Can not have a single user/pass and a users array");
        }
        if token.is_some() {
            return error(field, "Can not have a token and a users array");
        }
    }
    if !name.is_empty() {
        auth.is_single = true;
        auth.users.push(User { name, password, ..User::default() });
    }
    auth.token = token;
    for mut user in list.unwrap_or_default() {
        if let Some(permissions) = default_permissions.as_ref().filter(|_| !user.is_limited()) {
            permissions.clone().grant_to(&mut user);
        }
        add_user(auth, user, field)?;
    }
    Ok(())
}

/// Adds a user of a list that `field` is the position of.
pub(super) fn add_user(auth: &mut Auth, user: User, field: &Field) -> Result<(), String> {
    if auth.user(&user.name).is_some() {
        return error(field, format!("Duplicate user {} detected", gofmt::quote(&user.name)));
    }
    auth.users.push(user);
    Ok(())
}

/// Seconds, or a text with a unit; 0 for the default.
fn timeout(field: &Field) -> Result<Duration, String> {
    let timeout = match &field.value {
        Value::Integer(seconds) => Duration::from_secs((*seconds).max(0) as u64),
        Value::Float(seconds) => Duration::try_from_secs_f64(*seconds).unwrap_or_default(),
        Value::String(text) => match gofmt::parse_duration(text) {
            Ok(timeout) => timeout.duration(),
            Err(reason) => {
                return error(field, format!("error parsing authorization config, 'timeout' {reason}"));
            }
        },
        _ => return error(field, "error parsing authorization config, 'timeout' wrong type"),
    };
    Ok(if timeout.is_zero() { DEFAULT_TIMEOUT } else { timeout })
}

pub(super) fn users(field: &Field, errors: &mut Vec<String>) -> Result<Vec<User>, String> {
    let Value::List(items) = &field.value else {
        return error(field, "Expected users field to be an array");
    };
    let mut users = Vec::new();
    for item in items {
        let mut user = User::default();
        for field in item.fields() {
            match field.name.to_ascii_lowercase().as_str() {
                "user" | "username" => user.name = string(field)?,
                "pass" | "password" => user.password = string(field)?,
                "permission" | "permissions" | "authorization" => {
                    if let Some(permissions) = permissions(field, errors) {
                        permissions.grant_to(&mut user);
                    }
                }
                "nkey" => return unsupported(field).map(|()| users),
                "allowed_connection_types" | "connection_types" | "clients" | "proxy_required" => {
                    errors.extend(unsupported(field).err());
                }
                _ => errors.extend(unknown(field).err()),
            }
        }
        if user.name.is_empty() {
            let last = item.fields().last().unwrap_or(field);
            return error(last, "User entry requires a user");
        }
        users.push(user);
    }
    Ok(users)
}
