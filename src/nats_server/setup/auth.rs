//! Who may come in and what he may do, as a configuration file says it.

use std::time::Duration;

use super::Setup;
use super::file::{duration, number, refused, text, truth, unknown, wrong};
use crate::gofmt;
use crate::nats_server::conf::{Conf, Field};
use crate::server::config::{JetStreamConfig, Permission, Responses, User};

pub(super) fn authorization(
    setup: &mut Setup,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let Conf::Map(fields) = &field.value else {
        let given = field.value.go_type();
        let why = format!("interface conversion: interface {{}} is {given}, not map[string]interface {{}}");
        return wrong(field, &why);
    };
    let (mut name, mut password, mut token) = (String::new(), String::new(), None);
    let (mut list, mut usual) = (None, None);
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            "user" | "username" => name = text(field)?,
            "pass" | "password" => password = text(field)?,
            "token" => token = Some(text(field)?).filter(|token| !token.is_empty()),
            "timeout" => setup.config.auth_timeout = timeout(field)?,
            "users" => list = Some(users(field, errors)?),
            "default_permission" | "default_permissions" | "permissions" => {
                usual = permissions(field, errors);
            }
            "auth_callout" | "auth_hook" | "proxy_required" => errors.extend(refused(field).err()),
            _ => errors.extend(unknown(field).err()),
        }
    }
    let auth = &mut setup.config.auth;
    if (!name.is_empty() || !password.is_empty()) && token.is_some() {
        return wrong(field, "Cannot have a user/pass and token");
    }
    if list.is_some() || !auth.users.is_empty() {
        if !name.is_empty() {
            return wrong(field, "Can not have a single user/pass and a users array");
        }
        if token.is_some() {
            return wrong(field, "Can not have a token and a users array");
        }
    }
    if !name.is_empty() {
        auth.is_single = true;
        auth.users.push(User { name, password, ..User::default() });
    }
    auth.token = token;
    for mut user in list.unwrap_or_default() {
        if auth.user(&user.name).is_some() {
            return wrong(field, &format!("Duplicate user {} detected", gofmt::quote(&user.name)));
        }
        if let Some(usual) = usual.as_ref().filter(|_| !user.is_limited()) {
            let (name, password) = (user.name, user.password);
            user = User { name, password, ..usual.clone() };
        }
        auth.users.push(user);
    }
    Ok(())
}

/// Seconds, or a text with a unit; 0 for as long as usual.
fn timeout(field: &Field) -> Result<Duration, String> {
    let wait = match &field.value {
        Conf::Number(seconds) => Duration::from_secs((*seconds).max(0) as u64),
        Conf::Fraction(seconds) => Duration::try_from_secs_f64(*seconds).unwrap_or_default(),
        Conf::Text(text) => gofmt::parse_duration(text)
            .map(gofmt::Nanos::duration)
            .map_err(|why| format!("{}: error parsing authorization config, 'timeout' {why}", field.at))?,
        _ => return wrong(field, "error parsing authorization config, 'timeout' wrong type"),
    };
    Ok(if wait.is_zero() { Duration::from_secs(2) } else { wait })
}

fn users(field: &Field, errors: &mut Vec<String>) -> Result<Vec<User>, String> {
    let Conf::List(items) = &field.value else {
        return wrong(field, "Expected users field to be an array");
    };
    let mut users = Vec::new();
    for item in items {
        let mut user = User::default();
        for field in item.fields() {
            match field.name.to_ascii_lowercase().as_str() {
                "user" | "username" => user.name = text(field)?,
                "pass" | "password" => user.password = text(field)?,
                "permission" | "permissions" | "authorization" => {
                    if let Some(given) = permissions(field, errors) {
                        let (name, password) = (user.name, user.password);
                        user = User { name, password, ..given };
                    }
                }
                "nkey" => return refused(field).map(|()| users),
                "allowed_connection_types" | "connection_types" | "clients" | "proxy_required" => {
                    errors.extend(refused(field).err());
                }
                _ => errors.extend(unknown(field).err()),
            }
        }
        if user.name.is_empty() {
            let at = item.fields().last().unwrap_or(field);
            return wrong(at, "User entry requires a user");
        }
        users.push(user);
    }
    Ok(users)
}

/// A user with nothing but these permissions.
fn permissions(field: &Field, errors: &mut Vec<String>) -> Option<User> {
    let Conf::Map(fields) = &field.value else {
        errors.extend(wrong::<()>(field, "Expected permissions to be a map/struct").err());
        return None;
    };
    let mut user = User::default();
    for field in fields {
        let done = match field.name.to_ascii_lowercase().as_str() {
            "pub" | "publish" | "import" => permission(field).map(|rule| user.publish = rule),
            "sub" | "subscribe" | "export" => permission(field).map(|rule| user.subscribe = rule),
            "publish_allow_responses" | "allow_responses" => {
                responses(field).map(|responses| user.responses = responses)
            }
            _ if field.is_used => Ok(()),
            _ => wrong(field, &format!("Unknown field {} parsing permissions", gofmt::quote(&field.name))),
        };
        errors.extend(done.err());
    }
    Some(user)
}

fn permission(field: &Field) -> Result<Permission, String> {
    let Conf::Map(fields) = &field.value else {
        return Ok(Permission { allow: subjects(field)?, deny: Vec::new() });
    };
    let mut rule = Permission::default();
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            "allow" => rule.allow = subjects(field)?,
            "deny" => rule.deny = subjects(field)?,
            _ if field.is_used => {}
            name => {
                let why = format!(
                    "Unknown field name \"{name}\" parsing subject permissions, only 'allow' or 'deny' are permitted"
                );
                return wrong(field, &why);
            }
        }
    }
    Ok(rule)
}

fn subjects(field: &Field) -> Result<Vec<String>, String> {
    match &field.value {
        Conf::Text(_) | Conf::List(_) => {
            let words: Option<Vec<String>> =
                field.value.items().iter().map(|item| item.text().map(str::to_owned)).collect();
            words.ok_or(format!("{}: Subject in permissions array cannot be cast to string", field.at))
        }
        other => {
            let given = other.go_type();
            let why =
                format!("Expected subject permissions to be a subject, or array of subjects, got {given}");
            wrong(field, &why)
        }
    }
}

fn responses(field: &Field) -> Result<Option<Responses>, String> {
    let mut responses = Responses::default();
    let fields = match &field.value {
        Conf::Truth(allowed) => return Ok(allowed.then_some(responses)),
        Conf::Map(fields) => fields,
        _ => {
            return wrong(field, "error parsing response permissions, expected a boolean or a map");
        }
    };
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            "max" | "max_msgs" | "max_messages" | "max_responses" => {
                let max = number(field)?;
                if max != 0 {
                    responses.max = u64::try_from(max).ok();
                }
            }
            "expires" | "expiration" | "ttl" => {
                let Some(text) = field.value.text() else {
                    return wrong(field, "error parsing expires, not a duration string");
                };
                let is_none = text.starts_with('-');
                let wait = if is_none { Duration::ZERO } else { duration(text, "expires", field)? };
                if is_none || !wait.is_zero() {
                    responses.expires = Some(wait).filter(|_| !is_none);
                }
            }
            _ => {
                let why = format!("Unknown field \"{}\" parsing permissions", field.name);
                return wrong(field, &why);
            }
        }
    }
    Ok(Some(responses))
}

/// One account, and that of the system, whose users may come in as those of the other.
pub(super) fn accounts(
    setup: &mut Setup,
    field: &Field,
    system: Option<&str>,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let mut jetstream = None;
    let mut is_first = true;
    for field in field.value.fields().iter().filter(|field| !field.is_used) {
        let Conf::Map(fields) = &field.value else {
            return wrong(field, "Expected map entries for accounts");
        };
        let is_system = system == Some(&field.name) || field.name == "$SYS";
        if !is_system && !std::mem::take(&mut is_first) {
            return wrong(field, "a second account is not simulated");
        }
        if !is_system {
            setup.config.account.clone_from(&field.name);
        }
        for field in fields {
            match field.name.to_ascii_lowercase().as_str() {
                "users" => {
                    for user in users(field, errors)? {
                        if setup.config.auth.user(&user.name).is_some() {
                            let why = format!("Duplicate user {} detected", gofmt::quote(&user.name));
                            return wrong(field, &why);
                        }
                        setup.config.auth.users.push(user);
                    }
                }
                "jetstream" if is_system => {}
                "jetstream" => jetstream = Some(account_jetstream(field)?),
                "nkey"
                | "imports"
                | "exports"
                | "default_permissions"
                | "mappings"
                | "maps"
                | "limits"
                | "msg_trace"
                | "trace_dest" => errors.extend(refused(field).err()),
                _ => errors.extend(unknown(field).err()),
            }
        }
    }
    if let Some(account) = jetstream.flatten() {
        setup.config.jetstream.get_or_insert_default().account = account.account;
    }
    Ok(())
}

/// The limits of an account, `None` where it may not use JetStream.
fn account_jetstream(field: &Field) -> Result<Option<JetStreamConfig>, String> {
    let mut config = JetStreamConfig::default();
    match &field.value {
        Conf::Truth(on) => return Ok(on.then_some(config)),
        Conf::Text(word) => match word.to_ascii_lowercase().as_str() {
            "enabled" | "enable" => return Ok(Some(config)),
            "disabled" | "disable" => return Ok(None),
            _ => {
                let why = format!("Expected 'enabled' or 'disabled' for string value, got '{word}'");
                return wrong(field, &why);
            }
        },
        _ => {}
    }
    for field in field.value.fields() {
        let limits = &mut config.account;
        match field.name.to_ascii_lowercase().as_str() {
            "max_memory" | "max_mem" | "mem" | "memory" => limits.max_memory = number(field)?,
            "max_store" | "max_file" | "max_disk" | "store" | "disk" => limits.max_storage = number(field)?,
            "max_streams" | "streams" => limits.max_streams = number(field)?,
            "max_consumers" | "consumers" => limits.max_consumers = number(field)?,
            "max_bytes_required" | "max_stream_bytes" | "max_bytes" => {
                limits.max_bytes_required = truth(field)?;
            }
            "mem_max_stream_bytes" | "memory_max_stream_bytes" => {
                limits.memory_max_stream_bytes = number(field)?;
            }
            "disk_max_stream_bytes" | "store_max_stream_bytes" => {
                limits.storage_max_stream_bytes = number(field)?;
            }
            "max_ack_pending" => limits.max_ack_pending = number(field)?,
            _ => return unknown(field).map(|()| None),
        }
    }
    Ok(Some(config))
}
