//! Defaults and checks of a consumer's configuration, in the order of nats-server.

use crate::gofmt::{Nanos, atoi};
use crate::jsapi::{
    AccountLimits, AckPolicy, ApiError, ConsumerConfig, DeliverPolicy, PriorityPolicy, RetentionPolicy,
    StreamConfig,
};
use crate::server::jetstream::api_error::{self, invalid_config};
use crate::server::jetstream::asset_name::is_asset_name;
use crate::wire::subject;

const DESCRIPTION_MAX: usize = 4 * 1024;
const METADATA_MAX: usize = 128 * 1024;
const WAITING_DEFAULT: i64 = 512;
const ACK_PENDING_DEFAULT: i64 = 1000;
const ACK_WAIT_DEFAULT: Nanos = Nanos::from_secs(30);
const FLOW_HEARTBEAT: Nanos = Nanos::from_secs(1);
const PIN_DEFAULT: Nanos = Nanos::from_secs(120);

/// Fills in defaults. `pedantic` refuses what would have to be changed.
pub(crate) fn fill(
    config: &mut ConsumerConfig,
    stream: &StreamConfig,
    limits: &AccountLimits,
    pedantic: bool,
) -> Result<(), ApiError> {
    floors(config, pedantic)?;
    if config.deliver_subject.is_none() && config.max_waiting == 0 {
        config.max_waiting = WAITING_DEFAULT;
    }
    if config.ack_wait.is_zero() && matches!(config.ack_policy, AckPolicy::Explicit | AckPolicy::All) {
        config.ack_wait = ACK_WAIT_DEFAULT;
    }
    if let Some(first) = config.backoff.first() {
        if pedantic && config.ack_wait != *first {
            return Err(api_error::PEDANTIC.with_detail("first backoff value has to equal batch AckWait"));
        }
        config.ack_wait = *first;
    }
    let of_stream = &stream.consumer_limits;
    if config.max_ack_pending == 0 {
        if pedantic && of_stream.max_ack_pending > 0 {
            let why = "max_ack_pending must be set if it's configured in stream limits";
            return Err(api_error::PEDANTIC.with_detail(why));
        }
        config.max_ack_pending = of_stream.max_ack_pending;
    }
    if config.inactive_threshold.is_zero() {
        if pedantic && of_stream.inactive_threshold > Nanos::ZERO {
            let why = "inactive_threshold must be set if it's configured in stream limits";
            return Err(api_error::PEDANTIC.with_detail(why));
        }
        config.inactive_threshold = of_stream.inactive_threshold;
    }
    if config.max_ack_pending == 0 && config.ack_policy != AckPolicy::None {
        config.max_ack_pending = match limits.max_ack_pending {
            limit if limit > 0 => limit.min(ACK_PENDING_DEFAULT),
            _ => ACK_PENDING_DEFAULT,
        };
    }
    if config.priority_policy == PriorityPolicy::PinnedClient && config.priority_timeout.is_zero() {
        config.priority_timeout = PIN_DEFAULT;
    }
    if config.ack_policy == AckPolicy::FlowControl && !pedantic {
        config.flow_control = true;
        config.idle_heartbeat = FLOW_HEARTBEAT;
    }
    Ok(())
}

fn floors(config: &mut ConsumerConfig, pedantic: bool) -> Result<(), ApiError> {
    let complain = |text: &str| Err(api_error::PEDANTIC.with_detail(text));
    if config.max_deliver == 0 || config.max_deliver < -1 {
        if pedantic && config.max_deliver < -1 {
            return complain("max_deliver must be set to -1");
        }
        config.max_deliver = -1;
    }
    if config.max_ack_pending < -1 {
        if pedantic {
            return complain("max_ack_pending must be set to -1");
        }
        config.max_ack_pending = -1;
    }
    for (name, number) in [
        ("max_waiting", &mut config.max_waiting),
        ("max_batch", &mut config.max_batch),
        ("max_expires", &mut config.max_expires.0),
        ("max_bytes", &mut config.max_bytes),
        ("idle_heartbeat", &mut config.idle_heartbeat.0),
        ("inactive_threshold", &mut config.inactive_threshold.0),
        ("priority_timeout", &mut config.priority_timeout.0),
    ] {
        if *number < 0 {
            if pedantic {
                return complain(&format!("{name} must not be negative"));
            }
            *number = 0;
        }
    }
    Ok(())
}

/// Checks a configuration that has its defaults.
pub(crate) fn check(
    config: &ConsumerConfig,
    stream: &StreamConfig,
    limits: &AccountLimits,
) -> Result<(), ApiError> {
    let bad_name = |name: &Option<String>| name.as_ref().is_some_and(|name| !is_asset_name(name));
    if bad_name(&config.name) {
        return invalid_config("consumer name can not contain '.', '*', '>', '\\', '/'");
    }
    if bad_name(&config.durable_name) {
        return invalid_config("consumer durable name can not contain '.', '*', '>', '\\', '/'");
    }
    if config.num_replicas > stream.num_replicas {
        return Err(api_error::CONSUMER_REPLICAS_EXCEEDS_STREAM.into());
    }
    if config.num_replicas < 0 {
        return Err(api_error::REPLICAS_COUNT_CANNOT_BE_NEGATIVE.into());
    }
    if config.backoff.iter().any(|wait| *wait < Nanos::ZERO) {
        return Err(api_error::CONSUMER_BACK_OFF_NEGATIVE.into());
    }
    if config.ack_wait < Nanos::ZERO {
        return Err(api_error::CONSUMER_ACK_WAIT_NEGATIVE.into());
    }
    if config.ack_policy == AckPolicy::FlowControl {
        flow_control_acks(config)?;
    }
    backoff_fits(config)?;
    if config.description.len() > DESCRIPTION_MAX {
        return Err(api_error::CONSUMER_DESCRIPTION_TOO_LONG.with_detail(DESCRIPTION_MAX));
    }
    match &config.deliver_subject {
        Some(deliver) => push(config, stream, deliver)?,
        None => pull(config, stream)?,
    }
    limits_fit(config, stream, limits)?;
    filters(config)?;
    start(config)?;
    rest(config)
}

/// Also checked when a consumer is updated.
pub(crate) fn backoff_fits(config: &ConsumerConfig) -> Result<(), ApiError> {
    let count = config.backoff.len() as i64;
    if count > 0 && config.max_deliver != -1 && count > config.max_deliver {
        return Err(api_error::CONSUMER_MAX_DELIVER_BACKOFF.into());
    }
    Ok(())
}

fn flow_control_acks(config: &ConsumerConfig) -> Result<(), ApiError> {
    if config.deliver_subject.is_none() {
        return Err(api_error::CONSUMER_ACK_FC_REQUIRES_PUSH.into());
    }
    if !config.flow_control {
        return Err(api_error::CONSUMER_ACK_FC_REQUIRES_FC.into());
    }
    if config.idle_heartbeat != FLOW_HEARTBEAT {
        return invalid_config("flow control ack policy heartbeat needs to be 1s");
    }
    if config.max_ack_pending <= 0 {
        return Err(api_error::CONSUMER_ACK_FC_REQUIRES_MAX_ACK_PENDING.into());
    }
    if !config.ack_wait.is_zero() || !config.backoff.is_empty() {
        return Err(api_error::CONSUMER_ACK_FC_REQUIRES_NO_ACK_WAIT.into());
    }
    if config.max_deliver > 0 {
        return Err(api_error::CONSUMER_ACK_FC_REQUIRES_NO_MAX_DELIVER.into());
    }
    Ok(())
}

fn push(config: &ConsumerConfig, stream: &StreamConfig, deliver: &str) -> Result<(), ApiError> {
    if subject::has_wildcard(deliver) {
        return Err(api_error::CONSUMER_DELIVER_TO_WILDCARDS.into());
    }
    if !subject::is_pattern(deliver) {
        return Err(api_error::CONSUMER_INVALID_DELIVER_SUBJECT.into());
    }
    if stream.subjects.iter().any(|of_stream| subject::covers(of_stream, deliver)) {
        return Err(api_error::CONSUMER_DELIVER_CYCLE.into());
    }
    if config.max_waiting != 0 {
        return Err(api_error::CONSUMER_PUSH_MAX_WAITING.into());
    }
    if config.max_ack_pending > 0 && config.ack_policy == AckPolicy::None {
        return Err(api_error::CONSUMER_MAX_PENDING_ACK_POLICY_REQUIRED.into());
    }
    if config.idle_heartbeat > Nanos::ZERO && config.idle_heartbeat < Nanos::from_millis(100) {
        return Err(api_error::CONSUMER_SMALL_HEARTBEAT.into());
    }
    Ok(())
}

fn pull(config: &ConsumerConfig, stream: &StreamConfig) -> Result<(), ApiError> {
    if config.ack_policy == AckPolicy::None && stream.retention == RetentionPolicy::WorkQueue {
        return Err(api_error::CONSUMER_PULL_REQUIRES_ACK.into());
    }
    if config.rate_limit_bps > 0 {
        return Err(api_error::CONSUMER_PULL_WITH_RATE_LIMIT.into());
    }
    if config.idle_heartbeat > Nanos::ZERO {
        return Err(api_error::CONSUMER_HB_REQUIRES_PUSH.into());
    }
    if config.flow_control {
        return Err(api_error::CONSUMER_FC_REQUIRES_PUSH.into());
    }
    if !config.max_expires.is_zero() && config.max_expires < Nanos::from_millis(1) {
        return Err(api_error::CONSUMER_MAX_REQUEST_EXPIRES_TOO_SMALL.into());
    }
    if config.direct {
        return Err(api_error::CONSUMER_DIRECT_REQUIRES_PUSH.into());
    }
    Ok(())
}

fn limits_fit(
    config: &ConsumerConfig,
    stream: &StreamConfig,
    limits: &AccountLimits,
) -> Result<(), ApiError> {
    let of_stream = &stream.consumer_limits;
    for limit in [limits.max_ack_pending, of_stream.max_ack_pending] {
        if limit > 0 && config.max_ack_pending > limit {
            return Err(api_error::CONSUMER_MAX_PENDING_ACK_EXCESS.with_detail(limit));
        }
    }
    let threshold = of_stream.inactive_threshold;
    if threshold > Nanos::ZERO && config.inactive_threshold > threshold {
        return Err(api_error::CONSUMER_INACTIVE_THRESHOLD_EXCESS.with_detail(threshold));
    }
    if config.direct && config.durable_name.is_some() {
        return Err(api_error::CONSUMER_DIRECT_REQUIRES_EPHEMERAL.into());
    }
    Ok(())
}

fn filters(config: &ConsumerConfig) -> Result<(), ApiError> {
    if config.filter_subject.is_some() && !config.filter_subjects.is_empty() {
        return Err(api_error::CONSUMER_DUPLICATE_FILTER_SUBJECTS.into());
    }
    if config.filter_subjects.iter().any(String::is_empty) {
        return Err(api_error::CONSUMER_EMPTY_FILTER.into());
    }
    let filters = config.filters();
    for (at, filter) in filters.iter().enumerate() {
        if !subject::is_pattern(filter) {
            return invalid_config("invalid subject");
        }
        let mut others = filters.iter().enumerate().filter(|(other, _)| *other != at);
        if others.any(|(_, other)| subject::covers(other, filter)) {
            return Err(api_error::CONSUMER_OVERLAPPING_SUBJECT_FILTERS.into());
        }
    }
    Ok(())
}

fn start(config: &ConsumerConfig) -> Result<(), ApiError> {
    let (sequence, time) = (config.opt_start_seq > 0, config.opt_start_time.is_some());
    let (name, wants_sequence, wants_time) = match config.deliver_policy {
        DeliverPolicy::All => ("all", false, false),
        DeliverPolicy::Last => ("last", false, false),
        DeliverPolicy::LastPerSubject => ("last per subject", false, false),
        DeliverPolicy::New => ("new", false, false),
        DeliverPolicy::ByStartSequence => ("by start sequence", true, false),
        DeliverPolicy::ByStartTime => ("by start time", false, true),
    };
    let complain = |what: String| Err(api_error::CONSUMER_INVALID_POLICY.with_detail(what));
    let missing = |what: &str| {
        complain(format!("consumer delivery policy is deliver {name}, but optional {what} is not set"))
    };
    let surplus = |what: &str| {
        complain(format!("consumer delivery policy is deliver {name}, but optional start {what} is also set"))
    };
    match config.deliver_policy {
        _ if wants_sequence && !sequence => missing("start sequence"),
        _ if wants_time && !time => missing("start time"),
        _ if sequence && !wants_sequence => surplus(if wants_time { "start sequence" } else { "sequence" }),
        _ if time && !wants_time => surplus("time"),
        DeliverPolicy::LastPerSubject if config.filters().is_empty() => missing("filter subject"),
        _ => Ok(()),
    }
}

fn rest(config: &ConsumerConfig) -> Result<(), ApiError> {
    if !config.sample_freq.is_empty() {
        let number = config.sample_freq.strip_suffix('%').unwrap_or(&config.sample_freq);
        let wrong = match atoi(number) {
            Ok(0..) => None,
            Ok(_) => Some("<nil>".to_owned()),
            Err(error) => Some(error),
        };
        if let Some(why) = wrong {
            return Err(api_error::CONSUMER_INVALID_SAMPLING.with_detail(why));
        }
    }
    if config.flow_control && config.idle_heartbeat.is_zero() {
        return Err(api_error::CONSUMER_WITH_FLOW_CONTROL_NEEDS_HEARTBEATS.into());
    }
    if config.durable_name.is_some() && config.name.is_some() && config.name != config.durable_name {
        return Err(api_error::CONSUMER_CREATE_DURABLE_AND_NAME_MISMATCH.into());
    }
    if config.metadata.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>() > METADATA_MAX {
        return Err(api_error::CONSUMER_METADATA_LENGTH.with_detail(format!("{}KB", METADATA_MAX / 1024)));
    }
    priorities(config)
}

fn priorities(config: &ConsumerConfig) -> Result<(), ApiError> {
    if config.priority_policy == PriorityPolicy::None {
        if !config.priority_groups.is_empty() {
            return Err(api_error::CONSUMER_PRIORITY_GROUP_WITH_POLICY_NONE.into());
        }
        if config.priority_timeout > Nanos::ZERO {
            return Err(api_error::CONSUMER_PINNED_TTL_WITHOUT_PRIORITY_POLICY_NONE.into());
        }
        return Ok(());
    }
    if config.deliver_subject.is_some() {
        return Err(api_error::CONSUMER_PUSH_WITH_PRIORITY_GROUP.into());
    }
    if config.priority_groups.is_empty() {
        return Err(api_error::CONSUMER_PRIORITY_POLICY_WITHOUT_GROUP.into());
    }
    for group in &config.priority_groups {
        if group.is_empty() {
            return Err(api_error::CONSUMER_EMPTY_GROUP_NAME.into());
        }
        group_name(group)?;
    }
    Ok(())
}

pub(crate) fn group_name(group: &str) -> Result<(), ApiError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_/=".contains(c);
    match !group.is_empty() && group.len() <= 16 && group.chars().all(fits) {
        true => Ok(()),
        false => Err(api_error::CONSUMER_INVALID_GROUP_NAME.into()),
    }
}

/// Checks the change of a consumer's configuration.
pub(crate) fn check_update(
    old: &ConsumerConfig,
    new: &ConsumerConfig,
    somebody_listens: bool,
) -> Result<(), ApiError> {
    let complain = |what: &str| Err(api_error::CONSUMER_CREATE.with_detail(what));
    for (differs, what) in [
        (old.deliver_policy != new.deliver_policy, "deliver policy"),
        (old.mem_storage != new.mem_storage, "storage type"),
        (old.direct != new.direct, "direct"),
        (old.sourcing != new.sourcing, "sourcing"),
        (old.opt_start_seq != new.opt_start_seq, "start sequence"),
        (old.opt_start_time != new.opt_start_time, "start time"),
        (old.ack_policy != new.ack_policy, "ack policy"),
        (old.replay_policy != new.replay_policy, "replay policy"),
        (old.idle_heartbeat != new.idle_heartbeat, "heart beats"),
        (old.flow_control != new.flow_control, "flow control"),
    ] {
        if differs {
            return complain(&format!("{what} can not be updated"));
        }
    }
    if old.deliver_subject != new.deliver_subject {
        if old.deliver_subject.is_none() {
            return complain("can not update pull consumer to push based");
        }
        if new.deliver_subject.is_none() {
            return complain("can not update push consumer to pull based");
        }
        if somebody_listens {
            return Err(api_error::CONSUMER_NAME_EXIST.into());
        }
    }
    if old.max_waiting != new.max_waiting {
        return complain("max waiting can not be updated");
    }
    backoff_fits(new)
}
