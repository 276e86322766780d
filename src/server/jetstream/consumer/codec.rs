//! A consumer's configuration as JSON, in the real server's field order.

use super::config::*;
use crate::server::jetstream::stream::codec::{cannot, metadata, word};
use crate::server::json::{Json, Problem, Set, Writer};

pub(crate) const DELIVER_POLICIES: &[(&str, DeliverPolicy)] = &[
    ("all", DeliverPolicy::All),
    ("undefined", DeliverPolicy::All),
    ("last", DeliverPolicy::Last),
    ("new", DeliverPolicy::New),
    ("by_start_sequence", DeliverPolicy::ByStartSequence),
    ("by_start_time", DeliverPolicy::ByStartTime),
    ("last_per_subject", DeliverPolicy::LastPerSubject),
];
pub(crate) const ACK_POLICIES: &[(&str, AckPolicy)] = &[
    ("none", AckPolicy::None),
    ("all", AckPolicy::All),
    ("explicit", AckPolicy::Explicit),
    ("flow_control", AckPolicy::FlowControl),
];
pub(crate) const REPLAY_POLICIES: &[(&str, ReplayPolicy)] =
    &[("instant", ReplayPolicy::Instant), ("original", ReplayPolicy::Original)];
pub(crate) const PRIORITY_POLICIES: &[(&str, PriorityPolicy)] = &[
    ("none", PriorityPolicy::None),
    ("overflow", PriorityPolicy::Overflow),
    ("pinned_client", PriorityPolicy::PinnedClient),
    ("prioritized", PriorityPolicy::Prioritized),
];
const ACTIONS: &[(&str, Action)] =
    &[("", Action::CreateOrUpdate), ("create", Action::Create), ("update", Action::Update)];

/// What a request to create a consumer insists on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Action {
    #[default]
    CreateOrUpdate,
    Create,
    Update,
}

/// A request to create or update a consumer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) stream: String,
    pub(crate) config: ConsumerConfig,
    pub(crate) action: Action,
    pub(crate) pedantic: bool,
}

pub(crate) fn decode_request(json: &Json<'_>, request: &mut Request) -> Set {
    json.fields("server.CreateConsumerRequest", &mut |name, value| {
        match name {
            "stream_name" => value.text(&mut request.stream),
            "config" => value.fields("server.ConsumerConfig", &mut |name, value| {
                decode_policy(name, value, &mut request.config)
            }),
            "action" => {
                value.choice(ACTIONS, &mut request.action, |json| format!("unknown consumer action: {json}"))
            }
            "pedantic" => value.truth(&mut request.pedantic),
            _ => return Ok(false),
        }?;
        Ok(true)
    })
}

fn decode_policy(name: &str, value: &Json<'_>, config: &mut ConsumerConfig) -> Result<bool, Problem> {
    match name {
        "durable_name" => value.text_or_none(&mut config.durable),
        "name" => value.text_or_none(&mut config.name),
        "description" => value.text(&mut config.description),
        "deliver_policy" => value.choice(DELIVER_POLICIES, &mut config.deliver_policy, cannot),
        "opt_start_seq" => value.unsigned(&mut config.opt_start_seq),
        "opt_start_time" => value.time(&mut config.opt_start_time),
        "ack_policy" => value.choice(ACK_POLICIES, &mut config.ack_policy, cannot),
        "ack_wait" => value.nanos(&mut config.ack_wait),
        "max_deliver" => value.int(&mut config.max_deliver),
        "backoff" => {
            config.backoff.clear();
            value.items("[]time.Duration", &mut |item| {
                let mut wait = Default::default();
                item.nanos(&mut wait)?;
                config.backoff.push(wait);
                Ok(())
            })
        }
        "filter_subject" => value.text_or_none(&mut config.filter_subject),
        "filter_subjects" => value.texts(&mut config.filter_subjects),
        "replay_policy" => value.choice(REPLAY_POLICIES, &mut config.replay_policy, cannot),
        "rate_limit_bps" => value.unsigned(&mut config.rate_limit_bps),
        "sample_freq" => value.text(&mut config.sample_freq),
        "max_waiting" => value.int(&mut config.max_waiting),
        "max_ack_pending" => value.int(&mut config.max_ack_pending),
        "flow_control" => value.truth(&mut config.flow_control),
        "headers_only" => value.truth(&mut config.headers_only),
        _ => return decode_mode(name, value, config),
    }?;
    Ok(true)
}

fn decode_mode(name: &str, value: &Json<'_>, config: &mut ConsumerConfig) -> Result<bool, Problem> {
    match name {
        "max_batch" => value.int(&mut config.max_batch),
        "max_expires" => value.nanos(&mut config.max_expires),
        "max_bytes" => value.int(&mut config.max_bytes),
        "deliver_subject" => value.text_or_none(&mut config.deliver_subject),
        "deliver_group" => value.text_or_none(&mut config.deliver_group),
        "idle_heartbeat" => value.nanos(&mut config.idle_heartbeat),
        "inactive_threshold" => value.nanos(&mut config.inactive_threshold),
        "num_replicas" => value.int(&mut config.replicas),
        "mem_storage" => value.truth(&mut config.memory_storage),
        "direct" => value.truth(&mut config.direct),
        "sourcing" => value.truth(&mut config.sourcing),
        "metadata" => value.map(&mut config.metadata),
        "pause_until" => value.time(&mut config.pause_until),
        "priority_groups" => value.texts(&mut config.priority_groups),
        "priority_policy" => value.choice(PRIORITY_POLICIES, &mut config.priority_policy, |json| {
            format!("unknown priority policy: {json}")
        }),
        "priority_timeout" => value.nanos(&mut config.priority_timeout),
        _ => return Ok(false),
    }?;
    Ok(true)
}

/// Writes the configuration as the field `config`. `told` adds the server's version and API level.
pub(crate) fn encode(json: &mut Writer, config: &ConsumerConfig, told: bool) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    json.open_field("config");
    json.text_if_any("durable_name", &text(&config.durable));
    json.text_if_any("name", &text(&config.name));
    json.text_if_any("description", &config.description);
    json.text("deliver_policy", word(DELIVER_POLICIES, &config.deliver_policy));
    json.number_if_any("opt_start_seq", config.opt_start_seq);
    if config.opt_start_time.is_some() {
        json.time("opt_start_time", config.opt_start_time);
    }
    json.text("ack_policy", word(ACK_POLICIES, &config.ack_policy));
    json.number_if_any("ack_wait", config.ack_wait);
    json.number_if_any("max_deliver", config.max_deliver);
    if !config.backoff.is_empty() {
        json.open_list("backoff");
        for wait in &config.backoff {
            json.number_item(wait.0);
        }
        json.close_list();
    }
    json.text_if_any("filter_subject", &text(&config.filter_subject));
    json.texts_if_any("filter_subjects", &config.filter_subjects);
    json.text("replay_policy", word(REPLAY_POLICIES, &config.replay_policy));
    json.number_if_any("rate_limit_bps", config.rate_limit_bps);
    json.text_if_any("sample_freq", &config.sample_freq);
    json.number_if_any("max_waiting", config.max_waiting);
    json.number_if_any("max_ack_pending", config.max_ack_pending);
    json.truth_if("flow_control", config.flow_control);
    json.truth_if("headers_only", config.headers_only);
    json.number_if_any("max_batch", config.max_batch);
    json.number_if_any("max_expires", config.max_expires);
    json.number_if_any("max_bytes", config.max_bytes);
    json.text_if_any("deliver_subject", &text(&config.deliver_subject));
    json.text_if_any("deliver_group", &text(&config.deliver_group));
    json.number_if_any("idle_heartbeat", config.idle_heartbeat);
    json.number_if_any("inactive_threshold", config.inactive_threshold);
    json.number("num_replicas", config.replicas);
    json.truth_if("mem_storage", config.memory_storage);
    json.truth_if("direct", config.direct);
    json.truth_if("sourcing", config.sourcing);
    metadata(json, &config.metadata, told);
    if config.pause_until.is_some() {
        json.time("pause_until", config.pause_until);
    }
    json.texts_if_any("priority_groups", &config.priority_groups);
    if config.priority_policy != PriorityPolicy::None {
        json.text("priority_policy", word(PRIORITY_POLICIES, &config.priority_policy));
    }
    json.number_if_any("priority_timeout", config.priority_timeout);
    json.close();
}
