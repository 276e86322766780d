//! The monitoring port: `/varz`, `/healthz`, `/jsz` and `/connz`, as much as a harness reads of them.

use std::rc::Rc;

use playground::server::banner::Level;
use playground::server::setup::{Listen, Setup};
use playground::server::stream::config::Storage;
use playground::server::{API_LEVEL, GIT_COMMIT, GO_VERSION, VERSION, View};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_local;

use crate::hub::Hub;
use crate::log::Log;
use crate::{sockets, store};

/// Longest request that is read.
const REQUEST_MAX: usize = 16 * 1024;

/// Listens for monitors. Returns the address.
pub(crate) async fn listen(
    listen: &Listen,
    setup: &Setup,
    hub: &Hub,
    log: &Rc<Log>,
) -> std::io::Result<String> {
    let listener = sockets::bind(&listen.host, listen.port).await?;
    let port = sockets::port_of(&listener, listen.port);
    let url = format!("{}:{port}", listen.host);
    let facts = Rc::new(Facts::of(setup, &listen.host, port));
    log.line(&(Level::Info, format!("Starting http monitor on {url}")));
    let hub = hub.clone();
    spawn_local(async move {
        while !hub.is_over() {
            let Ok((stream, _)) = listener.accept().await else { continue };
            spawn_local(answer(stream, hub.clone(), facts.clone()));
        }
    });
    Ok(format!("http://{url}"))
}

/// What stays the same while the server runs.
struct Facts {
    /// Of `/varz`.
    server: Value,
    /// Of JetStream, where it is on.
    jetstream: Option<Value>,
}

impl Facts {
    fn of(setup: &Setup, http_host: &str, http_port: u16) -> Facts {
        let config = &setup.config;
        let server = json!({
            "version": VERSION,
            "proto": 1,
            "git_commit": GIT_COMMIT,
            "go": GO_VERSION,
            "host": setup.host,
            "port": config.port,
            "max_connections": config.max_connections,
            "ping_interval": config.ping_interval.as_nanos() as u64,
            "ping_max": config.ping_max,
            "http_host": http_host,
            "http_port": http_port,
            "http_base_path": "",
            "https_port": 0,
            "auth_timeout": config.auth_timeout.as_secs_f64(),
            "max_control_line": config.max_control_line,
            "max_payload": config.max_payload,
            "max_pending": config.max_pending,
            "write_deadline": setup.write_deadline.as_nanos() as u64,
            "cluster": {},
            "gateway": {},
            "leaf": {},
            "mqtt": {},
            "websocket": {},
            "system_account": "$SYS",
        });
        let jetstream = config.jetstream.as_ref().map(|jetstream| {
            json!({
                "max_memory": jetstream.max_memory,
                "max_storage": jetstream.max_storage,
                "store_dir": store::folder(setup),
                "sync_interval": 120_000_000_000_u64,
                "strict": true,
            })
        });
        Facts { server, jetstream }
    }
}

/// One object with the fields of both.
fn joined(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            one.extend(other);
            Value::Object(one)
        }
        (one, _) => one,
    }
}

async fn answer(mut stream: TcpStream, hub: Hub, facts: Rc<Facts>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") && request.len() < REQUEST_MAX {
        match stream.read(&mut buffer).await {
            Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&request);
    let path = text.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/");
    let (status, body) = match page(path, &hub, &facts) {
        Some(body) => ("200 OK", format!("{body:#}")),
        None => ("404 Not Found", format!("{path} is not simulated\n")),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // Whoever asked may have gone.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}

fn page(path: &str, hub: &Hub, facts: &Facts) -> Option<Value> {
    let view = hub.view();
    Some(match path {
        "/" | "/healthz" => json!({ "status": "ok" }),
        "/varz" => varz(&view, facts),
        "/jsz" => jsz(&view, facts),
        "/connz" => connz(&view),
        _ => return None,
    })
}

fn varz(view: &View, facts: &Facts) -> Value {
    let sum = |of: fn(&playground::server::view::ConnectionView) -> u64| {
        view.connections.iter().map(of).sum::<u64>()
    };
    let jetstream = match &facts.jetstream {
        None => json!({}),
        Some(config) => json!({ "config": config, "stats": usage(view), "limits": limits() }),
    };
    let now = json!({
        "server_id": view.server.id,
        "server_name": view.server.name,
        "start": view.server.started.rfc3339(),
        "now": view.now.rfc3339(),
        "uptime": format!("{}s", view.now.since(view.server.started).as_secs()),
        "connections": view.connections.len(),
        "in_msgs": sum(|c| c.in_messages),
        "in_bytes": sum(|c| c.in_bytes),
        "out_msgs": sum(|c| c.out_messages),
        "out_bytes": sum(|c| c.out_bytes),
        "subscriptions": view.connections.iter().map(|c| c.subscriptions.len()).sum::<usize>(),
        "jetstream": jetstream,
    });
    joined(facts.server.clone(), now)
}

/// What of its room JetStream takes.
fn usage(view: &View) -> Value {
    let account = &view.account;
    let reserved = |storage| {
        let kept = view.streams.iter().filter(|stream| stream.config.storage == storage);
        kept.map(|stream| stream.config.max_bytes.max(0)).sum::<i64>()
    };
    json!({
        "memory": account.memory,
        "storage": account.storage,
        "reserved_memory": reserved(Storage::Memory),
        "reserved_storage": reserved(Storage::File),
        "accounts": 1,
        "ha_assets": 0,
        "api": { "level": API_LEVEL, "total": account.api_total, "errors": account.api_errors },
    })
}

fn limits() -> Value {
    json!({ "default_max_consumers": 1000 })
}

fn jsz(view: &View, facts: &Facts) -> Value {
    let now = json!({ "server_id": view.server.id, "now": view.now.rfc3339() });
    let Some(config) = &facts.jetstream else {
        return joined(now, json!({ "disabled": true }));
    };
    let more = json!({
        "config": config,
        "limits": limits(),
        "streams": view.account.streams,
        "consumers": view.account.consumers,
        "messages": view.streams.iter().map(|stream| stream.messages).sum::<u64>(),
        "bytes": view.streams.iter().map(|stream| stream.bytes).sum::<u64>(),
        "total": 1,
    });
    joined(joined(usage(view), now), more)
}

fn connz(view: &View) -> Value {
    let connections: Vec<Value> = view
        .connections
        .iter()
        .map(|c| {
            json!({
                "cid": c.number,
                "kind": "Client",
                "type": "nats",
                "ip": c.ip,
                "start": c.started.rfc3339(),
                "last_activity": c.last_activity.rfc3339(),
                "in_msgs": c.in_messages,
                "out_msgs": c.out_messages,
                "in_bytes": c.in_bytes,
                "out_bytes": c.out_bytes,
                "subscriptions": c.subscriptions.len(),
                "name": c.name,
                "lang": c.lang,
                "version": c.version,
            })
        })
        .collect();
    json!({
        "server_id": view.server.id,
        "now": view.now.rfc3339(),
        "num_connections": connections.len(),
        "total": connections.len(),
        "offset": 0,
        "limit": 1024,
        "connections": connections,
    })
}
