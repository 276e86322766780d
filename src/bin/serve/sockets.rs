//! Connections of clients over TCP and WebSocket.

use std::rc::Rc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use playground::nats_server::ListenAddress;
use playground::server::ConnId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::spawn_local;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::log::Log;
use crate::machine::go_error;
use crate::outbox::Outbox;
use crate::program_state::ProgramState;
use crate::server_handle::ServerHandle;

const READ_BUFFER: usize = 64 * 1024;

/// The longest message over WebSocket that is taken, in bytes: it is held until all of it is there. The real server takes
/// any, since it passes on each piece.
const MESSAGE_MAX: usize = 16 << 20;

/// How long a closed connection is still read. Otherwise, what is on its way here would reset the connection, and the
/// client could lose the last bytes that were written to it.
const LINGER: Duration = Duration::from_millis(50);

/// How long to wait after a connection could not be accepted.
const ACCEPT_RETRY: Duration = Duration::from_millis(10);

/// Binds a listener, or says in Go's words why that fails.
pub(crate) async fn bind(listen: &ListenAddress) -> Result<TcpListener, String> {
    let port = if listen.port == -1 { 0 } else { listen.port };
    let Ok(port) = u16::try_from(port) else {
        return Err(format!("listen tcp: address {port}: invalid port"));
    };
    let host = listen.host.as_str();
    TcpListener::bind((host, port)).await.map_err(|error| match error.raw_os_error() {
        None => format!("listen tcp: lookup {host}: no such host"),
        Some(_) => format!("listen tcp {}: bind: {}", host_port(host, port.into()), go_error(&error)),
    })
}

/// `host:port`, with brackets around an IPv6 address.
pub(crate) fn host_port(host: &str, port: i64) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

pub(crate) fn port_of(listener: &TcpListener) -> u16 {
    listener.local_addr().map_or(0, |address| address.port())
}

/// Calls `serve` with each connection until the server stops.
pub(crate) async fn accept<F>(listener: TcpListener, server: ServerHandle, serve: impl Fn(TcpStream) -> F)
where
    F: Future<Output = ()> + 'static,
{
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    spawn_local(serve(stream));
                }
                // Too many open files, perhaps: some may be closed soon.
                Err(_) => tokio::time::sleep(ACCEPT_RETRY).await,
            },
            () = server.stopped() => return,
        }
    }
}

/// Accepts clients over TCP until the server stops.
pub(crate) async fn accept_clients(listener: TcpListener, server: ServerHandle) {
    accept(listener, server.clone(), |stream| serve_tcp(stream, server.clone())).await;
}

/// The client's IP address, alone and with its port.
fn peer_address(stream: &TcpStream) -> (String, String) {
    match stream.peer_addr() {
        Ok(address) => (address.ip().to_string(), address.to_string()),
        Err(_) => ("127.0.0.1".to_owned(), String::new()),
    }
}

async fn serve_tcp(stream: TcpStream, server: ServerHandle) {
    // Without Nagle's algorithm, which delays small answers.
    let _ = stream.set_nodelay(true);
    let (ip, address) = peer_address(&stream);
    let (id, outbox) = server.open(ip, address, false);
    let (mut reader, mut writer) = stream.into_split();
    let writing = spawn_local({
        let (outbox, server) = (outbox.clone(), server.clone());
        async move {
            while let Some(bytes) = outbox.next().await {
                if !write_in_time(&server, &outbox, writer.write_all(&bytes)).await {
                    break;
                }
                server.written(id, &outbox, bytes.len());
            }
            // Fails if the client is gone.
            let _ = writer.shutdown().await;
        }
    });
    let mut buffer = vec![0; READ_BUFFER];
    loop {
        tokio::select! {
            read = reader.read(&mut buffer) => match read {
                Ok(count) if count > 0 => {
                    server.receive(id, &buffer[..count]);
                    server.stall().await;
                }
                _ => break,
            },
            () = outbox.closed() => break,
        }
    }
    server.closed(id);
    let _ = writing.await;
    let _ =
        timeout(LINGER, async { while reader.read(&mut buffer).await.is_ok_and(|count| count > 0) {} }).await;
}

/// Waits for a write. `false` if it fails, takes longer than the write deadline, or is no longer wanted.
async fn write_in_time<E>(
    server: &ServerHandle,
    outbox: &Outbox,
    write: impl Future<Output = Result<(), E>>,
) -> bool {
    tokio::select! {
        written = timeout(server.write_deadline(), write) => match written {
            Ok(result) => result.is_ok(),
            Err(_) => {
                server.write_timed_out(outbox);
                false
            }
        },
        () = outbox.aborted() => false,
    }
}

/// Listens for clients over WebSocket. Returns the URL.
pub(crate) async fn listen_websocket(
    listen: &ListenAddress,
    server: &ServerHandle,
    log: &Log,
) -> Result<String, String> {
    let listener =
        bind(listen).await.map_err(|error| format!("Unable to listen for websocket connections: {error}"))?;
    let url = format!("ws://{}", host_port(&listen.host, port_of(&listener).into()));
    log.info(format!("Listening for websocket clients on {url}"));
    log.warning("Websocket not configured with TLS. DO NOT USE IN PRODUCTION!");
    let server = server.clone();
    spawn_local(accept(listener, server.clone(), move |stream| serve_websocket(stream, server.clone())));
    Ok(url)
}

async fn serve_websocket(stream: TcpStream, server: ServerHandle) {
    let _ = stream.set_nodelay(true);
    let (ip, address) = peer_address(&stream);
    let config =
        WebSocketConfig::default().max_message_size(Some(MESSAGE_MAX)).max_frame_size(Some(MESSAGE_MAX));
    let accepted = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await;
    let Ok(socket) = accepted else { return };
    let (id, outbox) = server.open(ip, address, true);
    let (mut sink, mut source) = socket.split();
    let writing = spawn_local({
        let (outbox, server) = (outbox.clone(), server.clone());
        async move {
            while let Some(bytes) = outbox.next().await {
                let length = bytes.len();
                let sent = sink.send(Message::Binary(Bytes::from(bytes)));
                if !write_in_time(&server, &outbox, sent).await {
                    break;
                }
                server.written(id, &outbox, length);
            }
            let _ = sink.close().await;
        }
    });
    loop {
        tokio::select! {
            message = source.next() => match message {
                Some(Ok(message @ (Message::Binary(_) | Message::Text(_)))) => {
                    server.receive(id, &message.into_data());
                    server.stall().await;
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            () = outbox.closed() => break,
        }
    }
    server.closed(id);
    let _ = writing.await;
    let _ = timeout(LINGER, async { while let Some(Ok(_)) = source.next().await {} }).await;
}

/// Listens for leaf nodes, and rejects each.
pub(crate) async fn listen_leafnodes(
    listen: &ListenAddress,
    state: &ProgramState,
    server: &ServerHandle,
    log: &Rc<Log>,
) -> Result<(), String> {
    let listener = bind(listen)
        .await
        .map_err(|error| format!("Error listening on leafnode port: {} - {error}", listen.port))?;
    let port = port_of(&listener);
    state.set_port(|options| options.leafnodes = Some(listen.with_port(port)));
    log.info(format!("Listening for leafnode connections on {}", host_port(&listen.host, port.into())));
    let log = log.clone();
    spawn_local(accept(listener, server.clone(), move |stream| reject_leafnode(stream, log.clone())));
    Ok(())
}

async fn reject_leafnode(mut stream: TcpStream, log: Rc<Log>) {
    let (_, address) = peer_address(&stream);
    log.error(format!("{address} - a leaf node is not simulated"));
    // Fails if it is gone already.
    let _ = stream.write_all(b"-ERR 'Leaf nodes are not simulated'\r\n").await;
}

/// A connection of the program itself, for a service.
pub(crate) fn open_internal(server: &ServerHandle) -> (ConnId, Rc<Outbox>) {
    server.open("127.0.0.1".to_owned(), String::new(), false)
}
