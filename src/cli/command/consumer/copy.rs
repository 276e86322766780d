//! `nats consumer copy`: creates a consumer with the settings of another one, and some changes.

use super::{add, backoff, info, max_pending};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_duration;
use crate::gofmt::quote;
use crate::jsapi::{ConsumerAction, ConsumerConfig, Nanos, ReplayPolicy};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let (stream, source) = (cmd.text("stream"), cmd.text("source"));
    let found = manager::consumer_info(&jetstream, stream, source).await;
    let found = found.map_err(|error| Failure::api(error).within("could not load source Consumer"))?;
    let mut config = changed(cmd, found.config.unwrap_or_default())?;
    config.durable_name = Some(cmd.text("destination").to_owned()).filter(|_| !cmd.flag("ephemeral"));
    config.name = config.durable_name.clone().or(config.name);
    let name = config.name.get_or_insert_with(|| cmd.env.ids.short(8));
    if name.contains(['>', '*', '.', ' ', '/', '\\', '\0']) {
        let wrong = format!("{} is not a valid consumer name", quote(name));
        return Err(Failure::error(wrong).within("Consumer creation failed"));
    }
    let created = manager::create_consumer(&jetstream, stream, &config, ConsumerAction::CreateOrUpdate).await;
    let created = created.map_err(|error| Failure::api(error).within("Consumer creation failed"))?;
    if config.durable_name.is_some() {
        info::show(cmd, &created, false);
    }
    Ok(())
}

/// A configuration with what was given in place of what was there.
fn changed(cmd: &RunningCommand, mut config: ConsumerConfig) -> Result<ConsumerConfig, Failure> {
    let text = |name: &str| Some(cmd.text(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let positive = |name: &str| Some(cmd.call.int(name)).filter(|number| *number > 0);
    config.ack_wait = positive("wait").map_or(config.ack_wait, Nanos);
    match cmd.call.int("sample") {
        -1 => {}
        percent => config.sample_freq = add::sample_freq(percent)?,
    }
    if let Some(policy) = text("deliver") {
        add::set_start(cmd, &mut config, &policy)?;
    }
    config.deliver_subject = text("target").or(config.deliver_subject);
    if cmd.flag("pull") {
        config.deliver_subject = None;
        config.max_waiting = cmd.call.int("max-waiting");
    }
    if let Some(policy) = text("ack") {
        config.ack_policy = add::ack_policy(&policy);
    }
    // The real command does not take away what there was of the other kind.
    let mut filters = cmd.call.texts("filter");
    match filters.len() {
        0 => {}
        1 => config.filter_subject = filters.pop().filter(|filter| !filter.is_empty()),
        _ => config.filter_subjects = filters,
    }
    if let Some(policy) = text("replay") {
        let is_instant = policy == "instant";
        config.replay_policy = if is_instant { ReplayPolicy::Instant } else { ReplayPolicy::Original };
    }
    if cmd.call.int("max-deliver") != 0 {
        config.max_deliver = cmd.call.int("max-deliver");
    }
    if cmd.call.uint("bps") != 0 {
        config.rate_limit_bps = cmd.call.uint("bps");
    }
    if max_pending(cmd) != -1 {
        config.max_ack_pending = max_pending(cmd);
    }
    if let Some(heartbeat) = text("heartbeat").filter(|text| text != "-1") {
        let nanos = parse_duration(&heartbeat);
        let nanos = nanos.map_err(|why| Failure::error(why).within("Invalid heartbeat duration"))?;
        config.idle_heartbeat = Nanos(nanos);
    }
    config.description = text("description").unwrap_or(config.description);
    if cmd.call.given("flow-control") {
        config.flow_control = cmd.flag("flow-control");
    }
    if config.deliver_subject.is_none() {
        (config.idle_heartbeat, config.flow_control) = (Nanos::ZERO, false);
    }
    let group = text("deliver-group").filter(|group| group != "_unset_");
    config.deliver_group = group.filter(|_| text("target").is_some());
    config.inactive_threshold = positive("inactive-threshold").map_or(config.inactive_threshold, Nanos);
    config.max_expires = positive("max-pull-expire").map_or(config.max_expires, Nanos);
    config.max_batch = positive("max-pull-batch").unwrap_or(config.max_batch);
    config.max_bytes = positive("max-pull-bytes").unwrap_or(config.max_bytes);
    if text("backoff").is_some() {
        config.backoff = backoff::given(cmd)?;
    }
    if cmd.call.given("headers-only") {
        config.headers_only = cmd.flag("headers-only");
    }
    Ok(config)
}
