//! The block `jetstream`.

use super::field::{boolean, enabled, error, string, unknown, unsupported};
use crate::nats_server::conf::{Field, Value};
use crate::nats_server::options::ServerOptions;
use crate::server::JetStreamConfig;

pub(super) fn jetstream(
    options: &mut ServerOptions,
    field: &Field,
    errors: &mut Vec<String>,
) -> Result<(), String> {
    let is_on = match &field.value {
        Value::Bool(is_on) => *is_on,
        Value::String(word) => enabled(field, word)?,
        Value::Map(fields) => block(options, field, fields, errors)?,
        other => {
            let given = other.go_type();
            return error(field, format!("Expected map, bool or string to define JetStream, got {given}"));
        }
    };
    match is_on {
        true => {
            options.config.jetstream.get_or_insert_default();
        }
        false => options.config.jetstream = None,
    }
    Ok(())
}

/// Whether the block leaves JetStream enabled.
fn block(
    options: &mut ServerOptions,
    block: &Field,
    fields: &[Field],
    errors: &mut Vec<String>,
) -> Result<bool, String> {
    let mut is_on = true;
    let mut config = JetStreamConfig::default();
    for field in fields {
        // An error about a value's type names the position of the block.
        let value = Field { position: block.position.clone(), ..field.clone() };
        match field.name.to_ascii_lowercase().as_str() {
            "enable" | "enabled" => is_on = boolean(&value)?,
            "store" | "store_dir" | "storedir" => store_dir(options, field, &value)?,
            "domain" => config.domain = string(&value)?,
            "max_memory_store" | "max_mem_store" | "max_mem" => {
                config.max_memory = storage(field, "max_mem_store")?;
            }
            "max_file_store" | "max_file" => config.max_storage = storage(field, "max_file_store")?,
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
            | "unique_tag" => errors.extend(unsupported(field).err()),
            _ => errors.extend(unknown(field).err()),
        }
    }
    options.config.jetstream = Some(config);
    Ok(is_on)
}

/// Sets the store folder, which must not be given twice. `value` is `field` with the position that a type error names.
pub(super) fn store_dir(options: &mut ServerOptions, field: &Field, value: &Field) -> Result<(), String> {
    if options.store_dir.is_some() {
        return error(field, "Duplicate 'store_dir' configuration");
    }
    options.store_dir = Some(string(value)?);
    Ok(())
}

/// Bytes; -1 for what the machine has.
fn storage(field: &Field, name: &str) -> Result<i64, String> {
    match &field.value {
        Value::Integer(bytes) => Ok(*bytes),
        _ => error(field, format!("{name} must be int64 or string")),
    }
}
