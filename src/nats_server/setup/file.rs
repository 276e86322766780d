//! What the fields of a configuration file mean.

use std::time::Duration;

use super::auth;
use super::{Listen, Setup};
use crate::gofmt;
use crate::nats_server::conf::{Conf, Field};
use crate::server::config::JetStreamConfig;

/// Fields that ask for something that this server does not have, and cannot do without.
const REFUSED: &[&str] = &[
    "tls",
    "ocsp",
    "ocsp_cache",
    "https",
    "https_port",
    "cluster",
    "gateway",
    "mqtt",
    "mappings",
    "maps",
    "operator",
    "operators",
    "roots",
    "root",
    "root_operators",
    "root_operator",
    "resolver",
    "account_resolver",
    "accounts_resolver",
    "resolver_tls",
    "resolver_preload",
    "resolver_pinned_accounts",
    "trusted",
    "trusted_keys",
    "default_sentinel",
    "default_js_domain",
    "no_header_support",
    "proxy_protocol",
    "proxies",
    "syslog",
    "remote_syslog",
    "max_sub_tokens",
    "max_subscription_tokens",
];

/// Fields that change nothing here.
const HARMLESS: &[&str] = &[
    "allow_non_tls",
    "client_advertise",
    "connect_error_reports",
    "disable_sublist_cache",
    "feature_flags",
    "log_max_num",
    "log_size_limit",
    "logfile_max_num",
    "logfile_size_limit",
    "max_closed_clients",
    "no_fast_producer_stall",
    "no_sublist_cache",
    "no_sys_acc",
    "no_system",
    "no_system_account",
    "prof_block_rate",
    "prof_port",
    "reconnect_error_reports",
    "server_metadata",
    "server_tags",
    "write_timeout",
];

/// Reads a whole file. The error has a line for each field that is wrong.
pub(super) fn read(setup: &mut Setup, conf: &Conf, path: &str) -> Result<(), String> {
    if conf.fields().is_empty() {
        setup.warnings.push(format!("{path}: config has no values or is empty"));
    }
    let mut errors = Vec::new();
    for field in conf.fields() {
        let done = match field.name.to_ascii_lowercase().as_str() {
            "authorization" => auth::authorization(setup, field, &mut errors),
            "accounts" => {
                let system = conf.get("system_account").or_else(|| conf.get("system"));
                auth::accounts(setup, field, system.and_then(Conf::text), &mut errors)
            }
            "jetstream" => jetstream(setup, field, &mut errors),
            "websocket" | "ws" => websocket(setup, field, &mut errors),
            "leafnodes" | "leaf" => leafnodes(setup, field, &mut errors),
            name => one(setup, name, field),
        };
        errors.extend(done.err());
    }
    if errors.is_empty() {
        return Ok(());
    }
    let lines = setup.warnings.iter().chain(&errors);
    Err(lines.fold(String::new(), |all, line| all + line + "\n"))
}

fn one(setup: &mut Setup, name: &str, field: &Field) -> Result<(), String> {
    let Setup { config, .. } = setup;
    match name {
        "host" | "net" => setup.listen.host = text(field)?,
        "port" => setup.listen.port = number(field)?,
        "listen" => setup.listen = listen(field)?,
        "server_name" => {
            let name = text(field)?;
            if name.contains(' ') {
                return wrong(field, "server name cannot contain spaces");
            }
            config.name = Some(name).filter(|name| !name.is_empty());
        }
        "no_auth_user" => config.auth.no_auth_user = Some(text(field)?).filter(|name| !name.is_empty()),
        "system_account" | "system" => {
            text(field)?;
        }
        "http" => setup.http = Some(listen(field)?),
        "http_port" | "monitor_port" => {
            setup.http = Some(Listen { host: String::new(), port: number(field)? });
        }
        "http_base_path" => setup.http_base_path = text(field)?,
        "store_dir" | "storedir" => store_dir(setup, field, field)?,
        "ports_file_dir" => setup.ports_file_dir = Some(text(field)?),
        "pid_file" | "pidfile" => setup.pid_file = Some(text(field)?),
        "log_file" | "logfile" => setup.log_file = Some(text(field)?),
        "debug" => setup.debug = truth(field)?,
        "trace" | "trace_verbose" | "trace_headers" => setup.trace = truth(field)?,
        "logtime" => setup.log_time = truth(field)?,
        "logtime_utc" => setup.log_utc = truth(field)?,
        "max_traced_msg_len" => setup.max_traced = number(field)?.max(0) as usize,
        "max_payload" => config.max_payload = size(field, config.max_payload)?,
        "max_control_line" => config.max_control_line = size(field, config.max_control_line)?,
        "max_pending" => config.max_pending = whole(number(field)?, config.max_pending),
        "max_connections" | "max_conn" => {
            config.max_connections =
                usize::try_from(number(field)?).ok().filter(|n| *n > 0).unwrap_or(usize::MAX);
        }
        "max_subscriptions" | "max_subs" => {
            config.max_subscriptions = usize::try_from(number(field)?).ok().filter(|n| *n > 0);
        }
        "ping_max" => config.ping_max = whole(number(field)?, 2) as u32,
        "ping_interval" => {
            config.ping_interval = wait(field, &mut setup.warnings)?.unwrap_or(config.ping_interval);
        }
        "write_deadline" => {
            setup.write_deadline = wait(field, &mut setup.warnings)?.unwrap_or(setup.write_deadline);
        }
        "lame_duck_duration" => {
            let wait = duration(&text(field)?, name, field)?;
            if wait < Duration::from_secs(30) {
                let given = gofmt::Nanos::from(wait);
                let why = format!("invalid lame_duck_duration of {given}, minimum is 30 seconds");
                return wrong(field, &why);
            }
            setup.lame_duck_duration = wait;
        }
        "lame_duck_grace_period" => setup.lame_duck_grace = duration(&text(field)?, name, field)?,
        _ if HARMLESS.contains(&name) => {}
        _ if REFUSED.contains(&name) => return refused(field),
        _ => return unknown(field),
    }
    Ok(())
}

fn store_dir(setup: &mut Setup, field: &Field, value: &Field) -> Result<(), String> {
    if setup.store_dir.is_some() {
        return wrong(field, "Duplicate 'store_dir' configuration");
    }
    setup.store_dir = Some(text(value)?);
    Ok(())
}

fn jetstream(setup: &mut Setup, field: &Field, errors: &mut Vec<String>) -> Result<(), String> {
    let is_on = match &field.value {
        Conf::Truth(on) => *on,
        Conf::Text(word) => match word.to_ascii_lowercase().as_str() {
            "enabled" | "enable" => true,
            "disabled" | "disable" => false,
            _ => {
                let why = format!("Expected 'enabled' or 'disabled' for string value, got '{word}'");
                return wrong(field, &why);
            }
        },
        Conf::Map(fields) => {
            let mut is_on = true;
            let mut config = JetStreamConfig::default();
            let place = &field.at;
            for field in fields {
                // That it is of another type is told of the whole.
                let value = Field { at: place.clone(), ..field.clone() };
                match field.name.to_ascii_lowercase().as_str() {
                    "enable" | "enabled" => is_on = truth(&value)?,
                    "store" | "store_dir" | "storedir" => store_dir(setup, field, &value)?,
                    "domain" => config.domain = text(&value)?,
                    "max_memory_store" | "max_mem_store" | "max_mem" => {
                        config.max_memory = storage(field, "max_mem_store")?;
                    }
                    "max_file_store" | "max_file" => {
                        config.max_storage = storage(field, "max_file_store")?;
                    }
                    "sync"
                    | "sync_interval"
                    | "strict"
                    | "max_buffered_msgs"
                    | "max_buffered_size"
                    | "request_queue_limit"
                    | "info_queue_limit"
                    | "max_concurrent_io"
                    | "max_outstanding_catchup"
                    | "meta_compact"
                    | "meta_compact_size"
                    | "meta_compact_sync" => {}
                    "key"
                    | "ek"
                    | "encryption_key"
                    | "prev_key"
                    | "prev_ek"
                    | "prev_encryption_key"
                    | "cipher"
                    | "extension_hint"
                    | "limits"
                    | "tpm"
                    | "unique_tag" => {
                        errors.extend(refused(field).err());
                    }
                    _ => errors.extend(unknown(field).err()),
                }
            }
            setup.config.jetstream = Some(config);
            is_on
        }
        other => {
            let why = format!("Expected map, bool or string to define JetStream, got {}", other.go_type());
            return wrong(field, &why);
        }
    };
    match is_on {
        true => {
            setup.config.jetstream.get_or_insert_default();
        }
        false => setup.config.jetstream = None,
    }
    Ok(())
}

fn websocket(setup: &mut Setup, field: &Field, errors: &mut Vec<String>) -> Result<(), String> {
    let Conf::Map(fields) = &field.value else {
        return wrong(field, &format!("Expected websocket to be a map, got {}", field.value.go_type()));
    };
    let (mut place, mut no_tls) = (Listen::default(), false);
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            name if says_where(&mut place, name, field, errors)? => {}
            "no_tls" => no_tls = truth(field)?,
            "same_origin" | "compress" | "compression" => {
                truth(field)?;
            }
            "advertise" | "allowed_origins" | "allowed_origin" | "allow_origins" | "allow_origin"
            | "origins" | "origin" | "handshake_timeout" | "ping_interval" => {}
            "tls" | "authorization" | "authentication" | "jwt_cookie" | "user_cookie" | "pass_cookie"
            | "token_cookie" | "no_auth_user" | "headers" => errors.extend(refused(field).err()),
            _ => errors.extend(unknown(field).err()),
        }
    }
    (setup.websocket, setup.no_tls) = (Some(place), no_tls);
    Ok(())
}

/// Where leaf nodes may knock. None is let in, so that nothing else can be said of them.
fn leafnodes(setup: &mut Setup, field: &Field, errors: &mut Vec<String>) -> Result<(), String> {
    let Conf::Map(fields) = &field.value else {
        let given = field.value.go_type();
        return wrong(field, &format!("Expected map to define a leafnode, got {given}"));
    };
    let mut place = Listen::default();
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            name if says_where(&mut place, name, field, errors)? => {}
            "advertise" | "no_advertise" | "reconnect" | "reconnect_delay" | "reconnect_interval" => {}
            "remotes"
            | "authorization"
            | "tls"
            | "min_version"
            | "compression"
            | "isolate_leafnode_interest"
            | "isolate"
            | "write_deadline"
            | "write_timeout"
            | "proxy_required" => {
                errors.extend(refused(field).err());
            }
            _ => errors.extend(unknown(field).err()),
        }
    }
    setup.leafnodes = Some(place);
    Ok(())
}

/// Takes a field of a block that says where to listen; `false` for one that says something else.
fn says_where(
    place: &mut Listen,
    name: &str,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<bool, String> {
    match name {
        "listen" => match listen(field) {
            Ok(listen) => *place = listen,
            Err(why) => errors.push(why),
        },
        "host" | "net" => place.host = text(field)?,
        "port" => place.port = number(field)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `host:port`, or a port alone.
fn listen(field: &Field) -> Result<Listen, String> {
    match &field.value {
        Conf::Number(port) => Ok(Listen { host: String::new(), port: *port }),
        Conf::Text(text) => {
            let Some((host, port)) = text.rsplit_once(':') else {
                return wrong(field, &format!("could not parse address string {}", gofmt::quote(text)));
            };
            let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
            match port.parse() {
                Ok(port) => Ok(Listen { host, port }),
                Err(_) => wrong(field, &format!("could not parse port {}", gofmt::quote(port))),
            }
        }
        other => wrong(field, &format!("expected port or host:port, got {}", other.go_type())),
    }
}

/// Bytes; -1 for what the machine has.
fn storage(field: &Field, name: &str) -> Result<i64, String> {
    match &field.value {
        Conf::Number(bytes) => Ok(*bytes),
        _ => wrong(field, &format!("{name} must be int64 or string")),
    }
}

/// Bytes that fit into 32 bits; 0 for as many as usual.
fn size(field: &Field, usual: usize) -> Result<usize, String> {
    match number(field)? {
        bytes if bytes > i64::from(i32::MAX) => wrong(field, &format!("{} value is too big", field.name)),
        bytes => Ok(whole(bytes, usual)),
    }
}

fn whole(number: i64, usual: usize) -> usize {
    usize::try_from(number).ok().filter(|number| *number > 0).unwrap_or(usual)
}

/// `2m`, or seconds, which is warned of; `None` for as long as usual.
fn wait(field: &Field, warnings: &mut Vec<String>) -> Result<Option<Duration>, String> {
    let name = &field.name;
    let wait = match &field.value {
        Conf::Text(text) => duration(text, name, field)?,
        _ => {
            let seconds = number(field)?;
            let at = &field.at;
            warnings.push(format!(
                "{at}: invalid use of field \"{name}\": {name} should be converted to a duration"
            ));
            Duration::from_secs(seconds.max(0) as u64)
        }
    };
    Ok(Some(wait).filter(|wait| !wait.is_zero()))
}

pub(super) fn duration(text: &str, name: &str, field: &Field) -> Result<Duration, String> {
    match gofmt::parse_duration(text) {
        Ok(wait) => Ok(wait.duration()),
        Err(why) => wrong(field, &format!("error parsing {name}: {why}")),
    }
}

pub(super) fn text(field: &Field) -> Result<String, String> {
    match &field.value {
        Conf::Text(text) => Ok(text.clone()),
        _ => of_type(field, "string"),
    }
}

pub(super) fn number(field: &Field) -> Result<i64, String> {
    match field.value {
        Conf::Number(number) => Ok(number),
        _ => of_type(field, "int64"),
    }
}

pub(super) fn truth(field: &Field) -> Result<bool, String> {
    match field.value {
        Conf::Truth(truth) => Ok(truth),
        _ => of_type(field, "bool"),
    }
}

fn of_type<T>(field: &Field, wanted: &str) -> Result<T, String> {
    let given = field.value.go_type();
    wrong(field, &format!("interface conversion: interface {{}} is {given}, not {wanted}"))
}

pub(super) fn wrong<T>(field: &Field, why: &str) -> Result<T, String> {
    Err(format!("{}: {why}", field.at))
}

/// A name that the real server does not know either; it may be there for a variable.
pub(super) fn unknown(field: &Field) -> Result<(), String> {
    match field.is_used {
        true => Ok(()),
        false => wrong(field, &format!("unknown field {}", gofmt::quote(&field.name))),
    }
}

pub(super) fn refused(field: &Field) -> Result<(), String> {
    wrong(field, &format!("{} is not simulated", field.name))
}
