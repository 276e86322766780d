//! The page `/varz`: the server, its options, and its traffic.

use std::collections::BTreeMap;

use playground::base::Time;
use playground::gofmt::uptime;
use playground::gojson::is_default;
use playground::nats_server::ServerOptions;
use playground::server::{GIT_COMMIT, GO_VERSION, VERSION};
use serde::Serialize;

use super::context::MonitorContext;
use super::jsz::{JetStreamLimits, JetStreamSettings, JetStreamUsage};
use crate::machine;

#[derive(Serialize)]
pub(super) struct Varz {
    #[serde(flatten)]
    identity: Identity,
    cluster: Empty,
    gateway: Empty,
    leaf: LeafOptions,
    mqtt: Empty,
    websocket: WebsocketOptions,
    jetstream: JetStreamVarz,
    /// In seconds.
    tls_timeout: u64,
    /// In nanoseconds.
    write_deadline: u128,
    #[serde(flatten)]
    process: Process,
    #[serde(flatten)]
    traffic: Traffic,
    #[serde(flatten)]
    features: Features,
}

#[derive(Default, Serialize)]
struct Empty {}

/// Who the server is and how it is configured.
#[derive(Serialize)]
struct Identity {
    server_id: String,
    server_name: String,
    version: &'static str,
    proto: u64,
    git_commit: &'static str,
    go: &'static str,
    host: String,
    port: u16,
    #[serde(skip_serializing_if = "is_default")]
    auth_required: bool,
    /// -1 for no limit.
    max_connections: i64,
    #[serde(skip_serializing_if = "is_default")]
    max_subscriptions: usize,
    /// In nanoseconds.
    ping_interval: u128,
    ping_max: u32,
    http_host: String,
    http_port: i64,
    http_base_path: String,
    https_port: u64,
    /// In seconds.
    auth_timeout: f64,
    max_control_line: usize,
    max_payload: usize,
    max_pending: usize,
}

#[derive(Default, Serialize)]
struct LeafOptions {
    #[serde(skip_serializing_if = "is_default")]
    host: String,
    #[serde(skip_serializing_if = "is_default")]
    port: i64,
    #[serde(skip_serializing_if = "is_default")]
    auth_timeout: u64,
    #[serde(skip_serializing_if = "is_default")]
    tls_timeout: u64,
}

#[derive(Default, Serialize)]
struct WebsocketOptions {
    #[serde(skip_serializing_if = "is_default")]
    host: String,
    #[serde(skip_serializing_if = "is_default")]
    port: i64,
    #[serde(skip_serializing_if = "is_default")]
    handshake_timeout: u64,
    #[serde(skip_serializing_if = "is_default")]
    no_tls: bool,
}

#[derive(Default, Serialize)]
struct JetStreamVarz {
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<JetStreamSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stats: Option<JetStreamUsage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<JetStreamLimits>,
}

/// How long it runs, and what it takes of the machine.
#[derive(Serialize)]
struct Process {
    start: Time,
    now: Time,
    uptime: String,
    /// Bytes.
    mem: u64,
    cores: usize,
    gomaxprocs: usize,
    /// Percent of one processor.
    cpu: f64,
}

#[derive(Serialize)]
struct Traffic {
    connections: usize,
    total_connections: u64,
    routes: u64,
    remotes: u64,
    leafnodes: u64,
    in_msgs: u64,
    in_bytes: u64,
    in_client_msgs: u64,
    in_client_bytes: u64,
    out_msgs: u64,
    out_bytes: u64,
    out_client_msgs: u64,
    out_client_bytes: u64,
    slow_consumers: u64,
    stale_connections: u64,
    stalled_clients: u64,
    subscriptions: u64,
    http_req_stats: BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct Features {
    config_load_time: Time,
    config_digest: String,
    feature_flags: BTreeMap<&'static str, bool>,
    system_account: &'static str,
    slow_consumer_stats: CountsByKind,
    stale_connection_stats: CountsByKind,
    disk_io_wait_stats: DiskWaits,
}

/// Connections by what they lead to. This server has clients only.
#[derive(Default, Serialize)]
struct CountsByKind {
    clients: u64,
    routes: u64,
    gateways: u64,
    leafs: u64,
}

/// Waits for the disk, which are not measured.
#[derive(Default, Serialize)]
struct DiskWaits {
    waiters: u64,
    waits: u64,
    wait_time: u64,
    max_wait_time: u64,
}

const FEATURE_FLAGS: [(&str, bool); 4] = [
    ("js_ack_fc_v2", false),
    ("js_api_reply_v2", false),
    ("js_raft_delete_range", true),
    ("js_snapshot_sources", false),
];

pub(super) fn varz(context: &MonitorContext<'_>) -> Varz {
    let options = &context.options;
    Varz {
        identity: identity(context),
        cluster: Empty {},
        gateway: Empty {},
        leaf: leaf(options),
        mqtt: Empty {},
        websocket: websocket(options),
        jetstream: jetstream(context),
        tls_timeout: 2,
        write_deadline: options.write_deadline.as_nanos(),
        process: process(context),
        traffic: traffic(context),
        features: features(context),
    }
}

fn identity(context: &MonitorContext<'_>) -> Identity {
    let (server, options) = (&context.view.server, &context.options);
    let config = &options.config;
    let http = options.http.clone().unwrap_or_default();
    Identity {
        server_id: server.id.clone(),
        server_name: server.name.clone(),
        version: VERSION,
        proto: 1,
        git_commit: GIT_COMMIT,
        go: GO_VERSION,
        host: options.listen.host.clone(),
        port: config.port,
        auth_required: !config.auth.users.is_empty() || config.auth.token.is_some(),
        max_connections: if config.max_connections == usize::MAX {
            -1
        } else {
            config.max_connections as i64
        },
        max_subscriptions: config.max_subscriptions.unwrap_or_default(),
        ping_interval: config.ping_interval.as_nanos(),
        ping_max: config.ping_max,
        http_host: http.host,
        http_port: http.port,
        http_base_path: options.http_base_path.clone(),
        https_port: 0,
        auth_timeout: config.auth_timeout.as_secs_f64(),
        max_control_line: config.max_control_line,
        max_payload: config.max_payload,
        max_pending: config.max_pending,
    }
}

fn leaf(options: &ServerOptions) -> LeafOptions {
    options.leafnodes.as_ref().map_or_else(LeafOptions::default, |address| LeafOptions {
        host: address.host.clone(),
        port: address.port,
        auth_timeout: 2,
        tls_timeout: 2,
    })
}

fn websocket(options: &ServerOptions) -> WebsocketOptions {
    options.websocket.as_ref().map_or_else(WebsocketOptions::default, |address| WebsocketOptions {
        host: address.host.clone(),
        port: address.port,
        handshake_timeout: 2_000_000_000,
        no_tls: true,
    })
}

fn jetstream(context: &MonitorContext<'_>) -> JetStreamVarz {
    match context.options.config.jetstream {
        Some(_) => JetStreamVarz {
            config: Some(JetStreamSettings::new(context)),
            stats: Some(JetStreamUsage::new(context)),
            limits: Some(JetStreamLimits::default()),
        },
        None => JetStreamVarz::default(),
    }
}

fn process(context: &MonitorContext<'_>) -> Process {
    let (now, start) = (context.view.now, context.view.server.started);
    let usage = machine::usage(start);
    Process {
        start,
        now,
        uptime: uptime(now.since(start)),
        mem: usage.memory,
        cores: machine::cores(),
        gomaxprocs: machine::cores(),
        cpu: usage.cpu,
    }
}

fn traffic(context: &MonitorContext<'_>) -> Traffic {
    let in_msgs = context.sum(|connection| connection.in_messages);
    let in_bytes = context.sum(|connection| connection.in_bytes);
    let out_msgs = context.sum(|connection| connection.out_messages);
    let out_bytes = context.sum(|connection| connection.out_bytes);
    let history = context.server.history();
    let troubles = history.troubles();
    Traffic {
        connections: context.view.connections.len(),
        total_connections: history.opened(),
        routes: 0,
        remotes: 0,
        leafnodes: 0,
        in_msgs,
        in_bytes,
        in_client_msgs: in_msgs,
        in_client_bytes: in_bytes,
        out_msgs,
        out_bytes,
        out_client_msgs: out_msgs,
        out_client_bytes: out_bytes,
        slow_consumers: troubles.slow_consumers,
        stale_connections: troubles.stale_connections,
        stalled_clients: troubles.stalled_clients,
        subscriptions: context.all_subscriptions(),
        http_req_stats: context.state.requests().clone(),
    }
}

fn features(context: &MonitorContext<'_>) -> Features {
    let troubles = context.server.history().troubles();
    Features {
        config_load_time: context.state.config_loaded(),
        config_digest: context.state.digest().clone(),
        feature_flags: FEATURE_FLAGS.into(),
        system_account: "$SYS",
        slow_consumer_stats: CountsByKind { clients: troubles.slow_consumers, ..CountsByKind::default() },
        stale_connection_stats: CountsByKind {
            clients: troubles.stale_connections,
            ..CountsByKind::default()
        },
        disk_io_wait_stats: DiskWaits::default(),
    }
}
