//! The waits between the deliveries of a message that is not acknowledged, from flags or answers.

use super::questions;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_duration;
use crate::gofmt::atoi;
use crate::jsapi::{AckPolicy, ConsumerConfig, Nanos};

/// More steps would not fit in a request.
const STEPS_MAX: u64 = 100_000;

/// Waits that grow by equal steps.
struct Policy {
    shortest: i64,
    longest: i64,
    steps: u64,
}

/// Sets the waits of a new consumer.
pub(super) async fn set(cmd: &RunningCommand, config: &mut ConsumerConfig) -> Outcome {
    let mode = cmd.text("backoff");
    config.backoff = match (mode, config.ack_policy) {
        ("", AckPolicy::None) => return Ok(()),
        ("", _) if cmd.flag("defaults") => return Ok(()),
        ("", _) => asked(cmd).await?,
        _ => given(cmd)?,
    };
    let has_acks = config.ack_policy != AckPolicy::None;
    if has_acks && config.max_deliver == -1 && !config.backoff.is_empty() {
        config.max_deliver = config.backoff.len() as i64 + 1;
    }
    Ok(())
}

/// The waits that the flags name.
pub(super) fn given(cmd: &RunningCommand) -> Result<Vec<Nanos>, Failure> {
    if cmd.text("backoff") == "none" {
        return Ok(Vec::new());
    }
    let policy = Policy {
        shortest: cmd.call.int("backoff-min"),
        longest: cmd.call.int("backoff-max"),
        steps: cmd.call.uint("backoff-steps"),
    };
    policy.waits()
}

async fn asked(cmd: &RunningCommand) -> Result<Vec<Nanos>, Failure> {
    let modes = ["linear", "none"].map(str::to_owned);
    if !cmd.confirm("Add a Retry Backoff Policy", false).await?
        || cmd.select_from(questions::BACKOFF, &modes, "none").await? == "none"
    {
        return Ok(Vec::new());
    }
    let duration = |typed: String| parse_duration(&typed).map_err(Failure::error);
    let shortest = duration(cmd.input(questions::SHORTEST, Some("1m")).await?)?;
    let longest = duration(cmd.input(questions::LONGEST, Some("10m")).await?)?;
    let steps = atoi(&cmd.input(questions::STEPS, Some("20")).await?).map_err(Failure::error)?;
    match u64::try_from(steps) {
        Ok(steps @ 1..) => Policy { shortest, longest, steps }.waits(),
        _ => Err(Failure::error("backoff steps must be > 0")),
    }
}

impl Policy {
    fn waits(&self) -> Result<Vec<Nanos>, Failure> {
        let Policy { shortest, longest, steps } = *self;
        let wrong = |why: &str| Failure::error(format!("could not determine backoff policy: {why}"));
        if steps == 0 || shortest == 0 || longest == 0 {
            return Err(wrong("required policy properties not supplied"));
        }
        let (shortest, longest) = (shortest.min(longest), shortest.max(longest));
        let step = (longest - shortest) / i64::try_from(steps).unwrap_or(i64::MAX);
        if longest > shortest && step == 0 {
            let range = format!("{} and {}", Nanos(shortest), Nanos(longest));
            return Err(wrong(&format!("step range between {range} is too small for {steps} steps")));
        }
        // Rounded to milliseconds, a half upwards.
        let rounded = |nanos: i64| (nanos + 500_000) / 1_000_000 * 1_000_000;
        Ok((0..steps.min(STEPS_MAX) as i64).map(|index| Nanos(shortest + rounded(step * index))).collect())
    }
}
