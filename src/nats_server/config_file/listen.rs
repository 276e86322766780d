//! Where to listen: for clients, for the monitor, and the blocks `websocket` and `leafnodes`.

use super::field::{boolean, error, integer, string, unknown, unsupported};
use crate::gofmt::quote;
use crate::nats_server::conf::{Field, Value};
use crate::nats_server::options::{ListenAddress, ServerOptions};

/// `false` for a field of another section.
pub(super) fn apply_field(options: &mut ServerOptions, name: &str, field: &Field) -> Result<bool, String> {
    match name {
        "host" | "net" => options.listen.host = string(field)?,
        "port" => options.listen.port = integer(field)?,
        "listen" => options.listen = address(field)?,
        "http" => options.http = Some(address(field)?),
        "http_port" | "monitor_port" => {
            options.http = Some(ListenAddress { host: String::new(), port: integer(field)? });
        }
        "http_base_path" => options.http_base_path = string(field)?,
        _ => return Ok(false),
    }
    Ok(true)
}

pub(super) fn websocket(
    options: &mut ServerOptions,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let Value::Map(fields) = &field.value else {
        return error(field, format!("Expected websocket to be a map, got {}", field.value.go_type()));
    };
    let (mut address, mut no_tls) = (ListenAddress::default(), false);
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            name if apply_address(&mut address, name, field, errors)? => {}
            "no_tls" => no_tls = boolean(field)?,
            "same_origin" | "compress" | "compression" => {
                boolean(field)?;
            }
            "advertise" | "allowed_origins" | "allowed_origin" | "allow_origins" | "allow_origin"
            | "origins" | "origin" | "handshake_timeout" | "ping_interval" => {}
            "tls" | "authorization" | "authentication" | "jwt_cookie" | "user_cookie" | "pass_cookie"
            | "token_cookie" | "no_auth_user" | "headers" => errors.extend(unsupported(field).err()),
            _ => errors.extend(unknown(field).err()),
        }
    }
    (options.websocket, options.no_tls) = (Some(address), no_tls);
    Ok(())
}

/// Leaf nodes are always rejected, so that only their listener can be configured.
pub(super) fn leafnodes(
    options: &mut ServerOptions,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let Value::Map(fields) = &field.value else {
        let given = field.value.go_type();
        return error(field, format!("Expected map to define a leafnode, got {given}"));
    };
    let mut address = ListenAddress::default();
    for field in fields {
        match field.name.to_ascii_lowercase().as_str() {
            name if apply_address(&mut address, name, field, errors)? => {}
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
                errors.extend(unsupported(field).err());
            }
            _ => errors.extend(unknown(field).err()),
        }
    }
    options.leafnodes = Some(address);
    Ok(())
}

/// Applies a field of a block if it is about the address; `false` if not.
fn apply_address(
    listen: &mut ListenAddress,
    name: &str,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<bool, String> {
    match name {
        "listen" => match address(field) {
            Ok(address) => *listen = address,
            Err(error) => errors.push(error),
        },
        "host" | "net" => listen.host = string(field)?,
        "port" => listen.port = integer(field)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `host:port`, or a port alone.
fn address(field: &Field) -> Result<ListenAddress, String> {
    match &field.value {
        Value::Integer(port) => Ok(ListenAddress { host: String::new(), port: *port }),
        Value::String(text) => {
            let Some((host, port)) = text.rsplit_once(':') else {
                return error(field, format!("could not parse address string {}", quote(text)));
            };
            let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
            match port.parse() {
                Ok(port) => Ok(ListenAddress { host, port }),
                Err(_) => error(field, format!("could not parse port {}", quote(port))),
            }
        }
        other => error(field, format!("expected port or host:port, got {}", other.go_type())),
    }
}
