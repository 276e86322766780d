//! `nats consumer pause` and `nats consumer resume`.

use std::time::Duration;

use super::pick;
use crate::base::Time;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_duration;
use crate::gofmt;
use crate::jsapi::ConsumerPauseRequest;

pub async fn pause(cmd: &RunningCommand) -> Outcome {
    let (jetstream, info) = pick::consumer(cmd).await?;
    let now = cmd.env.clock.now();
    let until = match cmd.text("until") {
        "" => {
            let default = cmd.time(now + Duration::from_secs(3600));
            let help =
                format!("Sets the time in either a duration like 1h30m or a timestamp like '{default}'");
            cmd.input(("Pause until (time or duration)", help.as_str()), Some(&default)).await?
        }
        given => given.to_owned(),
    };
    let until = time(&until, now)?;
    let (stream, name) = (&info.stream_name, &info.name);
    if !cmd.flag("force") {
        let question = format!("Really pause Consumer {stream} > {name} until {}", cmd.time(until));
        let sure = cmd.confirm(&question, false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let request = ConsumerPauseRequest { pause_until: Some(until) };
    let paused = manager::pause_consumer(&jetstream, stream, name, &request).await.map_err(Failure::api)?;
    if !paused.paused {
        return Err(Failure::error("consumer failed to pause, perhaps a time in the past was given"));
    }
    let (until, remaining) = (cmd.time(paused.pause_until), paused.pause_remaining.rounded_to_seconds());
    cmd.line(format!("Paused {stream} > {name} until {until} ({remaining})"));
    Ok(())
}

/// A date and time in UTC, or a duration from now on.
pub(super) fn time(text: &str, now: Time) -> Result<Time, Failure> {
    if let Ok(time) = gofmt::time::parse(&format!("{}Z", text.replacen(' ', "T", 1))) {
        return Ok(time);
    }
    match parse_duration(text) {
        Ok(nanos) => Ok(now + Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))),
        Err(_) => Err(Failure::error("could not parse the pause time as either timestamp or duration")),
    }
}

pub async fn resume(cmd: &RunningCommand) -> Outcome {
    let (jetstream, info) = pick::consumer(cmd).await?;
    let (stream, name) = (&info.stream_name, &info.name);
    if !info.paused {
        return Err(Failure::error("consumer is not paused"));
    }
    if !cmd.flag("force") {
        let sure = cmd.confirm(&format!("Really resume Consumer {stream} > {name}"), false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let request = ConsumerPauseRequest::default();
    manager::pause_consumer(&jetstream, stream, name, &request).await.map_err(Failure::api)?;
    let until = cmd.time(info.ts + info.pause_remaining.duration());
    cmd.line(format!("Consumer {stream} > {name} was resumed while previously paused until {until}"));
    Ok(())
}
