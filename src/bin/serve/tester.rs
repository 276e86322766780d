//! The service that nats.go's own tests ask for servers (`tester.create.server`), spoken over the server itself.
//!
//! Each server is one more hub with a listener of its own, dropped when it is destroyed.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground::base::Time;
use playground::nats_server::conf;
use playground::nats_server::options::Options;
use playground::nats_server::setup::{self, Listen, Setup};
use playground::server::{ConnId, Input, PersistedState};
use playground::wire::{ClientOp, Decoder, Limits, ServerOp, op};
use serde_json::{Value, json};
use tokio::task::{JoinHandle, spawn_local};

use crate::hub::{Hub, Peer};
use crate::log::Log;
use crate::{now, sockets};

struct Tester {
    hub: Hub,
    host: String,
    log: Rc<Log>,
    id: ConnId,
    made: BTreeMap<String, Made>,
    count: u64,
}

/// A server that was made for a test.
struct Made {
    hub: Hub,
    listening: JoinHandle<()>,
    port: u16,
    description: String,
}

const LIMITS: Limits = Limits { max_payload: 8 * 1024 * 1024, max_control_line: 64 * 1024 };

pub(crate) fn start(hub: &Hub, host: &str, log: &Rc<Log>) {
    let (id, peer) = sockets::internal(hub);
    let tester = Tester {
        hub: hub.clone(),
        host: host.to_owned(),
        log: log.clone(),
        id,
        made: BTreeMap::new(),
        count: 0,
    };
    spawn_local(tester.run(peer));
}

impl Tester {
    async fn run(mut self, peer: Rc<Peer>) {
        let hello = "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true,\"name\":\"tester\"}\r\nSUB tester.> 1\r\n";
        self.hub.give(self.id, Input::Bytes(hello.as_bytes()));
        let mut decoder = Decoder::default();
        while let Some(bytes) = peer.next().await {
            self.hub.written(self.id, &peer, bytes.len());
            decoder.push(&bytes);
            while let Ok(Some(op)) = decoder.server_op(LIMITS) {
                match op {
                    ServerOp::Ping => self.hub.give(self.id, Input::Bytes(b"PONG\r\n")),
                    ServerOp::Msg { message, .. } => {
                        let text = |name| String::from_utf8_lossy(name).into_owned();
                        let (subject, reply) = (text(message.subject), message.reply.map(text));
                        let body = message.body.to_vec();
                        self.serve(&subject, reply.as_deref(), &body).await;
                    }
                    _ => {}
                }
            }
        }
    }

    async fn serve(&mut self, subject: &str, reply: Option<&str>, body: &[u8]) {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        let answer = match subject {
            "tester.create.server" => self.create(&request).await,
            "tester.destroy" => self.destroy(&request),
            other => Err(format!("{other} is not simulated")),
        };
        let Some(reply) = reply else { return };
        let (headers, body) = match answer {
            Ok(value) => (Vec::new(), value.to_string()),
            Err(error) => {
                let block = format!(
                    "NATS/1.0\r\nNats-Service-Error: {error}\r\nNats-Service-Error-Code: 500\r\n\r\n"
                );
                (block.into_bytes(), String::new())
            }
        };
        let mut bytes = Vec::new();
        let message = op::Message { subject: reply, reply: None, headers: &headers, body: body.as_bytes() };
        ClientOp::Pub(message).encode(&mut bytes);
        self.hub.give(self.id, Input::Bytes(&bytes));
    }

    async fn create(&mut self, request: &Value) -> Result<Value, String> {
        let setup = self.setup(request)?;
        let listener = sockets::bind(&Listen { host: self.host.clone(), port: -1 }).await?;
        let port = sockets::port_of(&listener);
        let mut setup = setup;
        setup.config.port = port;
        let hub = Hub::start(&setup, PersistedState::default(), None, self.log.clone());
        let listening = spawn_local(sockets::accept(listener, hub.clone()));
        self.count += 1;
        let id = format!("i{}", self.count);
        let description = request["description"].as_str().unwrap_or_default().to_owned();
        let name = hub.name();
        self.made.insert(id.clone(), Made { hub, listening, port, description });
        let made = &self.made[&id];
        Ok(json!({
            "id": id,
            "kind": "server",
            "description": made.description,
            "servers": [{ "name": name, "cluster": "", "port": made.port, "ports": {}, "running": true }],
        }))
    }

    /// A setup like the service's own: users 1 to 5, and whoever gives no name is the first.
    fn setup(&self, request: &Value) -> Result<Setup, String> {
        let jetstream = request["jetstream"].as_bool().unwrap_or_default();
        let mut text = format!("jetstream: {jetstream}\n");
        let snippets = request["snippets"].as_object();
        for (name, body) in snippets.into_iter().flatten() {
            let body = body.as_str().unwrap_or_default();
            match name.as_str() {
                "top" | "accounts" | "authorization" => {
                    text.push_str(body);
                    text.push('\n');
                }
                "system_account" => {}
                other => return Err(format!("the snippet {other} is not simulated")),
            }
        }
        let conf = conf::parse(&text, "", &())?;
        let Time(seed) = now();
        setup::setup(&Options::default(), Some(&conf), seed ^ self.count)
    }

    fn destroy(&mut self, request: &Value) -> Result<Value, String> {
        let id = request["instance_id"].as_str().unwrap_or_default();
        let made = self.made.remove(id).ok_or_else(|| format!("no instance {id:?}"))?;
        made.listening.abort();
        made.hub.end();
        Ok(json!({ "destroyed": true }))
    }
}
