//! Fields about the log.

use super::field::{boolean, integer, string};
use crate::nats_server::conf::Field;
use crate::nats_server::options::ServerOptions;

/// `false` for a field of another section.
pub(super) fn apply_field(options: &mut ServerOptions, name: &str, field: &Field) -> Result<bool, String> {
    match name {
        "log_file" | "logfile" => options.log_file = Some(string(field)?),
        "debug" => options.debug = boolean(field)?,
        "trace" | "trace_verbose" | "trace_headers" => options.trace = boolean(field)?,
        "logtime" => options.log_time = boolean(field)?,
        "logtime_utc" => options.log_utc = boolean(field)?,
        "max_traced_msg_len" => options.max_traced = integer(field)?.max(0) as usize,
        _ => return Ok(false),
    }
    Ok(true)
}
