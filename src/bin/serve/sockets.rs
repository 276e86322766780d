//! Connections over TCP and WebSocket: bytes to the hub and back.

use std::rc::Rc;

use futures_util::{SinkExt, StreamExt};
use playground::nats_server::setup::Listen;
use playground::nats_server::startup_log::Level;
use playground::server::{ConnId, Input};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::spawn_local;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::facts::Facts;
use crate::hub::{Hub, Peer};
use crate::log::Log;
use crate::reason;

const READ_AT_ONCE: usize = 64 * 1024;

/// Listens somewhere, or says why not in the words of Go's library.
pub(crate) async fn bind(listen: &Listen) -> Result<TcpListener, String> {
    let port = if listen.port == -1 { 0 } else { listen.port };
    let Ok(port) = u16::try_from(port) else {
        return Err(format!("listen tcp: address {port}: invalid port"));
    };
    let Listen { host, .. } = listen;
    TcpListener::bind((host.as_str(), port)).await.map_err(|error| match error.raw_os_error() {
        None => format!("listen tcp: lookup {host}: no such host"),
        Some(_) => {
            let place = joined(host, i64::from(port));
            format!("listen tcp {place}: bind: {}", reason(&error))
        }
    })
}

/// `host:port`, with brackets around an address that has colons itself.
pub(crate) fn joined(host: &str, port: i64) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

pub(crate) fn port_of(listener: &TcpListener) -> u16 {
    listener.local_addr().map_or(0, |address| address.port())
}

/// Takes connections until the hub is over.
pub(crate) async fn accept(listener: TcpListener, hub: Hub) {
    while !hub.is_over() {
        let Ok((stream, _)) = listener.accept().await else { continue };
        spawn_local(talk(stream, hub.clone()));
    }
}

/// How a connection begins in the log, and the address of its client.
fn address(stream: &TcpStream) -> (String, String) {
    match stream.peer_addr() {
        Ok(address) => (address.ip().to_string(), address.to_string()),
        Err(_) => ("127.0.0.1".to_owned(), String::new()),
    }
}

async fn talk(stream: TcpStream, hub: Hub) {
    // A small answer must not wait for a larger one.
    let _ = stream.set_nodelay(true);
    let (ip, name) = address(&stream);
    let (id, peer) = hub.open(ip, name, false);
    let (mut reader, mut writer) = stream.into_split();
    let (for_writer, writers_hub) = (peer.clone(), hub.clone());
    let writing = spawn_local(async move {
        while let Some(bytes) = for_writer.next().await {
            if !in_time(&writers_hub, id, &for_writer, writer.write_all(&bytes)).await {
                break;
            }
            writers_hub.written(id, &for_writer, bytes.len());
        }
        // The other side may be gone already.
        let _ = writer.shutdown().await;
    });
    let mut buffer = vec![0; READ_AT_ONCE];
    while !peer.is_closing.get() {
        tokio::select! {
            read = reader.read(&mut buffer) => match read {
                Ok(count) if count > 0 => {
                    hub.give(id, Input::Bytes(&buffer[..count]));
                    hub.hold_back().await;
                }
                _ => break,
            },
            () = closing(&peer) => break,
        }
    }
    hub.give(id, Input::Closed);
    let _ = writing.await;
}

/// Writes something; `false` if that fails, takes too long, or is not wanted any more.
async fn in_time<E>(hub: &Hub, id: ConnId, peer: &Peer, write: impl Future<Output = Result<(), E>>) -> bool {
    tokio::select! {
        done = timeout(hub.write_deadline(), write) => match done {
            Ok(done) => done.is_ok(),
            Err(_) => {
                hub.cut(id, peer);
                false
            }
        },
        () = cut(peer) => false,
    }
}

/// Waits until what waits is not to be written any more.
async fn cut(peer: &Peer) {
    while !peer.is_cut.get() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Waits until the server has ended the connection.
async fn closing(peer: &Peer) {
    while !peer.is_closing.get() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Listens for clients that speak WebSocket. Returns the address.
pub(crate) async fn listen_websocket(listen: &Listen, hub: &Hub, log: &Rc<Log>) -> Result<String, String> {
    let listener = bind(listen).await;
    let listener = listener.map_err(|why| format!("Unable to listen for websocket connections: {why}"))?;
    let url = format!("ws://{}", joined(&listen.host, i64::from(port_of(&listener))));
    log.line(&(Level::Info, format!("Listening for websocket clients on {url}")));
    let warning = "Websocket not configured with TLS. DO NOT USE IN PRODUCTION!";
    log.line(&(Level::Warning, warning.to_owned()));
    let hub = hub.clone();
    spawn_local(async move {
        while !hub.is_over() {
            let Ok((stream, _)) = listener.accept().await else { continue };
            spawn_local(talk_websocket(stream, hub.clone()));
        }
    });
    Ok(url)
}

async fn talk_websocket(stream: TcpStream, hub: Hub) {
    let _ = stream.set_nodelay(true);
    let (ip, name) = address(&stream);
    let Ok(socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let (id, peer) = hub.open(ip, name, true);
    let (mut sink, mut source) = socket.split();
    let (for_writer, writers_hub) = (peer.clone(), hub.clone());
    let writing = spawn_local(async move {
        while let Some(bytes) = for_writer.next().await {
            let length = bytes.len();
            let sent = sink.send(Message::Binary(Bytes::from(bytes)));
            if !in_time(&writers_hub, id, &for_writer, sent).await {
                break;
            }
            writers_hub.written(id, &for_writer, length);
        }
        let _ = sink.close().await;
    });
    while !peer.is_closing.get() {
        tokio::select! {
            message = source.next() => match message {
                Some(Ok(Message::Binary(bytes))) => hub.give(id, Input::Bytes(&bytes)),
                Some(Ok(Message::Text(text))) => hub.give(id, Input::Bytes(text.as_bytes())),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            () = closing(&peer) => break,
        }
    }
    hub.give(id, Input::Closed);
    let _ = writing.await;
}

/// Listens for leaf nodes, and turns each away.
pub(crate) async fn listen_leafnodes(
    listen: &Listen,
    facts: &Facts,
    hub: &Hub,
    log: &Rc<Log>,
) -> Result<(), String> {
    let listener = bind(listen).await;
    let listener =
        listener.map_err(|why| format!("Error listening on leafnode port: {} - {why}", listen.port))?;
    let port = port_of(&listener);
    facts.learn(|setup| setup.leafnodes = Some(listen.on(port)));
    let place = joined(&listen.host, i64::from(port));
    log.info(format!("Listening for leafnode connections on {place}"));
    let (hub, log) = (hub.clone(), log.clone());
    spawn_local(async move {
        while !hub.is_over() {
            let Ok((mut stream, address)) = listener.accept().await else { continue };
            log.error(format!("{address} - a leaf node is not simulated"));
            // It may have gone by itself.
            let _ = stream.write_all(b"-ERR 'Leaf nodes are not simulated'\r\n").await;
        }
    });
    Ok(())
}

/// A connection within the program, for its own services.
pub(crate) fn internal(hub: &Hub) -> (ConnId, Rc<Peer>) {
    hub.open("127.0.0.1".to_owned(), String::new(), false)
}
