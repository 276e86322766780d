//! Fields about sizes, numbers and times.

use std::time::Duration;

use super::field::{duration, duration_or_seconds, error, integer, positive_or, size, string};
use crate::gofmt::Nanos;
use crate::nats_server::conf::Field;
use crate::nats_server::options::ServerOptions;

const DEFAULT_PING_MAX: usize = 2;

const MIN_LAME_DUCK_DURATION: Duration = Duration::from_secs(30);

/// `false` for a field of another section.
pub(super) fn apply_field(options: &mut ServerOptions, name: &str, field: &Field) -> Result<bool, String> {
    let config = &mut options.config;
    match name {
        "max_payload" => config.max_payload = size(field, config.max_payload)?,
        "max_control_line" => config.max_control_line = size(field, config.max_control_line)?,
        "max_pending" => config.max_pending = positive_or(integer(field)?, config.max_pending),
        "max_connections" | "max_conn" => config.max_connections = positive_or(integer(field)?, usize::MAX),
        "max_subscriptions" | "max_subs" => {
            config.max_subscriptions = usize::try_from(integer(field)?).ok().filter(|max| *max > 0);
        }
        "ping_max" => config.ping_max = positive_or(integer(field)?, DEFAULT_PING_MAX) as u32,
        "ping_interval" => {
            let interval = duration_or_seconds(field, &mut options.warnings)?;
            config.ping_interval = interval.unwrap_or(config.ping_interval);
        }
        "write_deadline" => {
            let deadline = duration_or_seconds(field, &mut options.warnings)?;
            options.write_deadline = deadline.unwrap_or(options.write_deadline);
        }
        "lame_duck_duration" => {
            let wait = duration(&string(field)?, name, field)?;
            if wait < MIN_LAME_DUCK_DURATION {
                let given = Nanos::from(wait);
                return error(field, format!("invalid lame_duck_duration of {given}, minimum is 30 seconds"));
            }
            options.lame_duck_duration = wait;
        }
        "lame_duck_grace_period" => options.lame_duck_grace = duration(&string(field)?, name, field)?,
        _ => return Ok(false),
    }
    Ok(true)
}
