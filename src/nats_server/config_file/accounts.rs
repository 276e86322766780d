//! The block `accounts`: one account, and that of the system, whose users are taken for users of the one account.

use super::auth::{add_user, users};
use super::field::{boolean, enabled, error, integer, unknown, unsupported};
use crate::jsapi::AccountLimits;
use crate::nats_server::conf::{Field, Value};
use crate::nats_server::options::ServerOptions;

/// `system` is the name of the system account, if the file gives it one.
pub(super) fn accounts(
    options: &mut ServerOptions,
    field: &Field,
    system: Option<&str>,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let mut limits = None;
    let mut is_first = true;
    for field in field.value.fields().iter().filter(|field| !field.is_used) {
        let Value::Map(fields) = &field.value else {
            return error(field, "Expected map entries for accounts");
        };
        let is_system = system == Some(&field.name) || field.name == "$SYS";
        if !is_system && !std::mem::take(&mut is_first) {
            return error(field, "a second account is not simulated");
        }
        if !is_system {
            options.config.account.clone_from(&field.name);
        }
        for field in fields {
            match field.name.to_ascii_lowercase().as_str() {
                "users" => {
                    for user in users(field, errors)? {
                        add_user(&mut options.config.auth, user, field)?;
                    }
                }
                "jetstream" if is_system => {}
                "jetstream" => limits = jetstream(field)?,
                "nkey"
                | "imports"
                | "exports"
                | "default_permissions"
                | "mappings"
                | "maps"
                | "limits"
                | "msg_trace"
                | "trace_dest" => errors.extend(unsupported(field).err()),
                _ => errors.extend(unknown(field).err()),
            }
        }
    }
    if let Some(limits) = limits {
        options.config.jetstream.get_or_insert_default().account = limits;
    }
    Ok(())
}

/// An account's limits; `None` if it may not use JetStream.
fn jetstream(field: &Field) -> Result<Option<AccountLimits>, String> {
    let mut limits = AccountLimits::default();
    match &field.value {
        Value::Bool(is_on) => return Ok(is_on.then_some(limits)),
        Value::String(word) => return Ok(enabled(field, word)?.then_some(limits)),
        _ => {}
    }
    for field in field.value.fields() {
        match field.name.to_ascii_lowercase().as_str() {
            "max_memory" | "max_mem" | "mem" | "memory" => limits.max_memory = integer(field)?,
            "max_store" | "max_file" | "max_disk" | "store" | "disk" => limits.max_storage = integer(field)?,
            "max_streams" | "streams" => limits.max_streams = integer(field)?,
            "max_consumers" | "consumers" => limits.max_consumers = integer(field)?,
            "max_bytes_required" | "max_stream_bytes" | "max_bytes" => {
                limits.max_bytes_required = boolean(field)?;
            }
            "mem_max_stream_bytes" | "memory_max_stream_bytes" => {
                limits.memory_max_stream_bytes = integer(field)?;
            }
            "disk_max_stream_bytes" | "store_max_stream_bytes" => {
                limits.storage_max_stream_bytes = integer(field)?;
            }
            "max_ack_pending" => limits.max_ack_pending = integer(field)?,
            _ => return unknown(field).map(|()| None),
        }
    }
    Ok(Some(limits))
}
