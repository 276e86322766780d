//! The server, its accounts, and what it has none of: routes, gateways and leaf nodes.

use playground::base::json::Writer;
use playground::gofmt::uptime;
use playground::nats_server::setup::Setup;
use playground::server::view::ConnectionView;
use playground::server::{API_LEVEL, DOMAIN_SUBJECTS, GIT_COMMIT, GO_VERSION, VERSION, strip_domain};

use super::Scene;
use crate::facts;

/// Subscriptions of the server's own: in the system's account, and in the other, without JetStream and with it.
const OF_SYSTEM: u64 = 56;
const OF_ACCOUNT: [u64; 2] = [4, 5];
/// And where JetStream listens.
const OF_JETSTREAM: u64 = 2;

impl Scene<'_> {
    pub(super) fn stamp(&self, json: &mut Writer) {
        json.text("server_id", &self.view.server.id);
        json.time("now", Some(self.view.now));
    }

    fn sum(&self, of: fn(&ConnectionView) -> u64) -> u64 {
        let gone: u64 = self.hub.gone(|gone| gone.iter().map(|gone| of(&gone.view)).sum());
        gone + self.view.connections.iter().map(of).sum::<u64>()
    }

    /// Subscriptions of the one account: of its clients, and those that the server has there.
    fn subscriptions(&self) -> u64 {
        let own: usize = self.view.connections.iter().map(|c| c.subscriptions.len()).sum();
        own as u64 + OF_ACCOUNT[usize::from(self.view.server.jetstream)]
    }

    pub(super) fn all_subscriptions(&self) -> u64 {
        let jetstream = if self.view.server.jetstream { OF_JETSTREAM } else { 0 };
        self.subscriptions() + OF_SYSTEM + jetstream
    }
}

pub(super) fn root(base: &str) -> String {
    let pages = [
        ("varz", "General"),
        ("jsz", "JetStream"),
        ("connz", "Connections"),
        ("accountz", "Accounts"),
        ("accstatz", "Account Stats"),
        ("subsz", "Subscriptions"),
        ("routez", "Routes"),
        ("leafz", "LeafNodes"),
        ("gatewayz", "Gateways"),
        ("raftz", "Raft Groups"),
        ("healthz", "Health Probe"),
    ];
    let base = base.trim_end_matches('/');
    let links: Vec<String> =
        pages.iter().map(|(page, name)| format!("<p><a href=.{base}/{page}>{name}</a></p>")).collect();
    format!(
        "<html lang=\"en\">\n<head><title>nats-server {VERSION}</title></head>\n<body>\n{}\n</body>\n</html>\n",
        links.join("\n")
    )
}

pub(super) fn varz(scene: &Scene<'_>, json: &mut Writer) {
    let setup = scene.facts.setup();
    identity(scene, &setup, json);
    for name in ["cluster", "gateway"] {
        json.open_field(name);
        json.close();
    }
    json.open_field("leaf");
    if let Some(leafnodes) = &setup.leafnodes {
        json.text("host", &leafnodes.host);
        json.number("port", leafnodes.port);
        json.number("auth_timeout", 2);
        json.number("tls_timeout", 2);
    }
    json.close();
    json.open_field("mqtt");
    json.close();
    json.open_field("websocket");
    if let Some(websocket) = &setup.websocket {
        json.text("host", &websocket.host);
        json.number("port", websocket.port);
        json.number("handshake_timeout", 2_000_000_000);
        json.truth_if("no_tls", true);
    }
    json.close();
    json.open_field("jetstream");
    if setup.config.jetstream.is_some() {
        super::streams::settings(scene, json);
        json.open_field("stats");
        super::streams::usage(scene, json);
        json.close();
        super::streams::limits(json);
    }
    json.close();
    json.number("tls_timeout", 2);
    json.number("write_deadline", setup.write_deadline.as_nanos() as i128);
    process(scene, json);
    traffic(scene, json);
    features(scene, json);
}

/// Who the server is and what it was told.
fn identity(scene: &Scene<'_>, setup: &Setup, json: &mut Writer) {
    let (view, config) = (&scene.view, &setup.config);
    json.text("server_id", &view.server.id);
    json.text("server_name", &view.server.name);
    json.text("version", VERSION);
    json.number("proto", 1);
    json.text("git_commit", GIT_COMMIT);
    json.text("go", GO_VERSION);
    json.text("host", &setup.listen.host);
    json.number("port", config.port);
    json.truth_if("auth_required", !config.auth.users.is_empty() || config.auth.token.is_some());
    let connections = if config.max_connections == usize::MAX { -1 } else { config.max_connections as i128 };
    json.number("max_connections", connections);
    json.number_if_any("max_subscriptions", config.max_subscriptions.unwrap_or_default() as i128);
    json.number("ping_interval", config.ping_interval.as_nanos() as i128);
    json.number("ping_max", config.ping_max);
    let http = setup.http.clone().unwrap_or_default();
    json.text("http_host", &http.host);
    json.number("http_port", http.port);
    json.text("http_base_path", &setup.http_base_path);
    json.number("https_port", 0);
    json.name("auth_timeout");
    json.plain_value(&config.auth_timeout.as_secs_f64());
    json.number("max_control_line", config.max_control_line as i128);
    json.number("max_payload", config.max_payload as i128);
    json.number("max_pending", config.max_pending as i128);
}

/// How long it runs, and what it takes of the machine.
fn process(scene: &Scene<'_>, json: &mut Writer) {
    let view = &scene.view;
    json.time("start", Some(view.server.started));
    json.time("now", Some(view.now));
    json.text("uptime", &uptime(view.now.since(view.server.started)));
    let (memory, processor) = facts::usage(view.server.started);
    json.number("mem", memory);
    json.number("cores", facts::cores() as i128);
    json.number("gomaxprocs", facts::cores() as i128);
    json.name("cpu");
    json.plain_value(&processor);
}

fn traffic(scene: &Scene<'_>, json: &mut Writer) {
    let Scene { view, hub, facts, .. } = scene;
    json.number("connections", view.connections.len() as i128);
    json.number("total_connections", hub.opened());
    for name in ["routes", "remotes", "leafnodes"] {
        json.number(name, 0);
    }
    let traffic = [
        ("in_msgs", "in_client_msgs", scene.sum(|c| c.in_messages)),
        ("in_bytes", "in_client_bytes", scene.sum(|c| c.in_bytes)),
        ("out_msgs", "out_client_msgs", scene.sum(|c| c.out_messages)),
        ("out_bytes", "out_client_bytes", scene.sum(|c| c.out_bytes)),
    ];
    for two in traffic.chunks_exact(2) {
        two.iter().for_each(|(name, _, number)| json.number(name, *number));
        two.iter().for_each(|(_, name, number)| json.number(name, *number));
    }
    let [slow, stale, stalled] = hub.troubles();
    json.number("slow_consumers", slow);
    json.number("stale_connections", stale);
    json.number("stalled_clients", stalled);
    json.number("subscriptions", scene.all_subscriptions());
    json.open_field("http_req_stats");
    facts.asked.borrow().iter().for_each(|(page, count)| json.number(page, *count));
    json.close();
}

fn features(scene: &Scene<'_>, json: &mut Writer) {
    let Scene { hub, facts, .. } = scene;
    let [slow, stale, _] = hub.troubles();
    json.time("config_load_time", Some(facts.loaded.get()));
    json.text("config_digest", &facts.digest());
    json.open_field("feature_flags");
    for (name, on) in [
        ("js_ack_fc_v2", false),
        ("js_api_reply_v2", false),
        ("js_raft_delete_range", true),
        ("js_snapshot_sources", false),
    ] {
        json.truth(name, on);
    }
    json.close();
    json.text("system_account", "$SYS");
    for (name, clients) in [("slow_consumer_stats", slow), ("stale_connection_stats", stale)] {
        json.open_field(name);
        json.number("clients", clients);
        ["routes", "gateways", "leafs"].iter().for_each(|name| json.number(name, 0));
        json.close();
    }
    json.open_field("disk_io_wait_stats");
    ["waiters", "waits", "wait_time", "max_wait_time"].iter().for_each(|name| json.number(name, 0));
    json.close();
}

pub(super) fn routez(scene: &Scene<'_>, json: &mut Writer) {
    json.text("server_id", &scene.view.server.id);
    json.text("server_name", &scene.view.server.name);
    json.time("now", Some(scene.view.now));
    json.number("num_routes", 0);
    json.open_list("routes");
    json.close_list();
}

pub(super) fn gatewayz(scene: &Scene<'_>, json: &mut Writer) {
    scene.stamp(json);
    for name in ["outbound_gateways", "inbound_gateways"] {
        json.open_field(name);
        json.close();
    }
}

pub(super) fn leafz(scene: &Scene<'_>, json: &mut Writer) {
    scene.stamp(json);
    json.number("leafnodes", 0);
    json.open_list("leafs");
    json.close_list();
}

/// Services of the system's account that the other one has: subject, as it is called there, and whether it is told who asks.
const IMPORTS: [(&str, &str, bool); 5] = [
    ("$SYS.REQ.ACCOUNT.{}.CONNZ", "$SYS.REQ.ACCOUNT.PING.CONNZ", false),
    ("$SYS.REQ.ACCOUNT.{}.CONNZ", "$SYS.REQ.SERVER.PING.CONNZ", false),
    ("$SYS.REQ.ACCOUNT.{}.STATZ", "$SYS.REQ.ACCOUNT.PING.STATZ", false),
    ("$SYS.REQ.USER.{}.INFO", "$SYS.REQ.USER.INFO", true),
    ("$JS.API.>", "$JS.API.>", true),
];

pub(super) fn accountz(scene: &Scene<'_>, json: &mut Writer) -> Result<(), (u16, String)> {
    let account = &scene.view.account.name;
    scene.stamp(json);
    json.text("system_account", "$SYS");
    let Some(wanted) = scene.query.text("acc") else {
        let mut all = vec!["$G", "$SYS", account];
        all.sort_unstable();
        all.dedup();
        json.texts("accounts", &all);
        return Ok(());
    };
    if wanted != account {
        let what = if wanted == "$SYS" { "is not simulated" } else { "does not exist" };
        return Err((400, format!("Account {wanted} {what}")));
    }
    let has_jetstream = scene.view.server.jetstream;
    json.open_field("account_detail");
    json.text("account_name", account);
    json.time("update_time", Some(scene.view.server.started));
    json.truth("expired", false);
    json.truth("complete", true);
    json.truth("jetstream_enabled", has_jetstream);
    json.number("leafnode_connections", 0);
    json.number("client_connections", scene.view.connections.len() as i128);
    json.number("subscriptions", scene.subscriptions());
    let setup = scene.facts.setup();
    let domain = setup.config.domain();
    if !domain.is_empty() {
        mappings(domain, json);
    }
    json.open_list("imports");
    for (subject, to, share) in &IMPORTS[..OF_ACCOUNT[usize::from(has_jetstream)] as usize] {
        json.open();
        json.text("subject", &subject.replace("{}", account));
        json.text("account", "$SYS");
        json.text("to", to);
        json.text("local_subject", to);
        json.text("type", "service");
        json.truth("invalid", false);
        json.truth("share", *share);
        json.truth("tracking", false);
        json.close();
    }
    json.close_list();
    json.text("name_tag", account);
    json.open_field("sublist_stats");
    sublist(scene.subscriptions(), json);
    json.close();
    json.close();
    Ok(())
}

/// What stands for what where there is a domain.
fn mappings(domain: &str, json: &mut Writer) {
    json.open_field("mappings");
    for subject in DOMAIN_SUBJECTS.map(|below| format!("$JS.{domain}.API.{below}")) {
        json.open_list(&subject);
        json.open();
        json.text("subject", &strip_domain(domain, &subject).unwrap_or_default());
        json.number("weight", 100);
        json.close();
        json.close_list();
    }
    json.close();
}

/// How subscriptions are found. Nothing is remembered of what was found before.
pub(super) fn sublist(subscriptions: u64, json: &mut Writer) {
    json.number("num_subscriptions", subscriptions);
    json.number("num_cache", 0);
    json.number("num_inserts", subscriptions);
    for name in ["num_removes", "num_matches", "cache_hit_rate", "max_fanout", "avg_fanout"] {
        json.number(name, 0);
    }
}

pub(super) fn accstatz(scene: &Scene<'_>, json: &mut Writer) -> Result<(), (u16, String)> {
    let connections = scene.view.connections.len() as u64;
    let all = scene.query.truth("unused")?;
    scene.stamp(json);
    json.open_list("account_statz");
    if connections > 0 || all {
        let sent = [scene.sum(|c| c.out_messages), scene.sum(|c| c.out_bytes)];
        let received = [scene.sum(|c| c.in_messages), scene.sum(|c| c.in_bytes)];
        statz(&scene.view.account.name, connections, scene.subscriptions(), [sent, received], json);
    }
    if all {
        statz("$SYS", 0, OF_SYSTEM, [[0; 2]; 2], json);
    }
    json.close_list();
    Ok(())
}

/// `traffic` is what was sent and what was received, each as messages and bytes.
fn statz(account: &str, connections: u64, subscriptions: u64, traffic: [[u64; 2]; 2], json: &mut Writer) {
    json.open();
    json.text("acc", account);
    json.text("name", account);
    json.number("conns", connections);
    json.number("leafnodes", 0);
    json.number("total_conns", connections);
    json.number("num_subscriptions", subscriptions);
    for (name, [messages, bytes]) in ["sent", "received"].iter().zip(traffic) {
        json.open_field(name);
        json.number("msgs", messages);
        json.number("bytes", bytes);
        for name in ["gateways", "routes", "leafs"] {
            json.open_field(name);
            json.number("msgs", 0);
            json.number("bytes", 0);
            json.close();
        }
        json.close();
    }
    json.number("slow_consumers", 0);
    json.close();
}

pub(super) fn api(total: u64, errors: u64, json: &mut Writer) {
    json.open_field("api");
    json.number("level", API_LEVEL);
    json.number("total", total);
    json.number("errors", errors);
    json.close();
}
