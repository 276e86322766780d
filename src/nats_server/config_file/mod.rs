//! The meaning of a configuration file: each field is checked and set in [`ServerOptions`], a file of this module for each
//! section. Error texts are those of nats-server.

mod accounts;
mod auth;
mod field;
mod jetstream;
mod limits;
mod listen;
mod log;
mod permissions;

use super::conf::{Field, Value};
use super::options::ServerOptions;
use field::{error, string, unknown, unsupported};

/// Fields that are not simulated; ignoring them would change what the server does.
const UNSUPPORTED: &[&str] = &[
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

/// Fields that make no difference to the simulated server.
const IGNORED: &[&str] = &[
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

/// Applies all fields of a file that was read from `path`.
///
/// # Errors
/// All warnings and errors, each with a line break at its end.
pub(super) fn apply(options: &mut ServerOptions, file: &Value, path: &str) -> Result<(), String> {
    if file.fields().is_empty() {
        options.warnings.push(format!("{path}: config has no values or is empty"));
    }
    let mut errors = Vec::new();
    for field in file.fields() {
        let result = match field.name.to_ascii_lowercase().as_str() {
            "authorization" => auth::authorization(options, field, &mut errors),
            "accounts" => {
                let system = file.get("system_account").or_else(|| file.get("system"));
                accounts::accounts(options, field, system.and_then(Value::string), &mut errors)
            }
            "jetstream" => jetstream::jetstream(options, field, &mut errors),
            "websocket" | "ws" => listen::websocket(options, field, &mut errors),
            "leafnodes" | "leaf" => listen::leafnodes(options, field, &mut errors),
            name => apply_field(options, name, field),
        };
        errors.extend(result.err());
    }
    if errors.is_empty() {
        return Ok(());
    }
    let lines = options.warnings.iter().chain(&errors);
    Err(lines.fold(String::new(), |all, line| all + line + "\n"))
}

/// Applies a field that is not a block; `name` is its name in lower case.
fn apply_field(options: &mut ServerOptions, name: &str, field: &Field) -> Result<(), String> {
    let is_applied = listen::apply_field(options, name, field)?
        || log::apply_field(options, name, field)?
        || limits::apply_field(options, name, field)?
        || apply_general_field(options, name, field)?;
    match name {
        _ if is_applied || IGNORED.contains(&name) => Ok(()),
        _ if UNSUPPORTED.contains(&name) => unsupported(field),
        _ => unknown(field),
    }
}

fn apply_general_field(options: &mut ServerOptions, name: &str, field: &Field) -> Result<bool, String> {
    match name {
        "server_name" => {
            let name = string(field)?;
            if name.contains(' ') {
                return error(field, "server name cannot contain spaces");
            }
            options.config.name = Some(name).filter(|name| !name.is_empty());
        }
        "no_auth_user" => {
            options.config.auth.no_auth_user = Some(string(field)?).filter(|name| !name.is_empty());
        }
        "system_account" | "system" => {
            string(field)?;
        }
        "store_dir" | "storedir" => jetstream::store_dir(options, field, field)?,
        "ports_file_dir" => options.ports_file_dir = Some(string(field)?),
        "pid_file" | "pidfile" => options.pid_file = Some(string(field)?),
        _ => return Ok(false),
    }
    Ok(true)
}
