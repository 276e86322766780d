//! The monitoring port: `/varz`, `/healthz`, `/jsz` and `/connz`, as much as a harness reads of them.

use std::rc::Rc;

use playground::server::banner::Level;
use playground::server::setup::Listen;
use playground::server::{GIT_COMMIT, GO_VERSION, VERSION, View};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_local;

use crate::hub::Hub;
use crate::log::Log;
use crate::sockets;

/// Longest request that is read.
const REQUEST_MAX: usize = 16 * 1024;

/// Listens for monitors. Returns the address.
pub(crate) async fn listen(listen: &Listen, hub: &Hub, log: &Rc<Log>) -> std::io::Result<String> {
    let listener = sockets::bind(&listen.host, listen.port).await?;
    let url = format!("{}:{}", listen.host, sockets::port_of(&listener, listen.port));
    log.line(&(Level::Info, format!("Starting http monitor on {url}")));
    let hub = hub.clone();
    spawn_local(async move {
        while !hub.is_over() {
            let Ok((stream, _)) = listener.accept().await else { continue };
            spawn_local(answer(stream, hub.clone()));
        }
    });
    Ok(format!("http://{url}"))
}

async fn answer(mut stream: TcpStream, hub: Hub) {
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
    let (status, body) = match page(path, &hub) {
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

fn page(path: &str, hub: &Hub) -> Option<Value> {
    let view = hub.view();
    Some(match path {
        "/" | "/healthz" => json!({ "status": "ok" }),
        "/varz" => varz(&view),
        "/jsz" => jsz(&view),
        "/connz" => connz(&view),
        _ => return None,
    })
}

fn varz(view: &View) -> Value {
    let sum = |of: fn(&playground::server::view::ConnectionView) -> u64| {
        view.connections.iter().map(of).sum::<u64>()
    };
    json!({
        "server_id": view.server.id,
        "server_name": view.server.name,
        "version": VERSION,
        "proto": 1,
        "git_commit": GIT_COMMIT,
        "go": GO_VERSION,
        "start": view.server.started.rfc3339(),
        "now": view.now.rfc3339(),
        "connections": view.connections.len(),
        "in_msgs": sum(|c| c.in_messages),
        "in_bytes": sum(|c| c.in_bytes),
        "out_msgs": sum(|c| c.out_messages),
        "out_bytes": sum(|c| c.out_bytes),
        "subscriptions": view.connections.iter().map(|c| c.subscriptions.len()).sum::<usize>(),
        "jetstream": if view.server.jetstream { jsz(view) } else { json!({}) },
    })
}

fn jsz(view: &View) -> Value {
    let account = &view.account;
    json!({
        "server_id": view.server.id,
        "now": view.now.rfc3339(),
        "disabled": !view.server.jetstream,
        "memory": account.memory,
        "storage": account.storage,
        "accounts": usize::from(view.server.jetstream),
        "api": { "total": account.api_total, "errors": account.api_errors },
        "streams": account.streams,
        "consumers": account.consumers,
        "messages": view.streams.iter().map(|stream| stream.messages).sum::<u64>(),
        "bytes": view.streams.iter().map(|stream| stream.bytes).sum::<u64>(),
    })
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
