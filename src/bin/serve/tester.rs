//! The service from which nats.go's own tests request servers (`tester.create.server`), offered by the server itself.
//!
//! Each requested server runs in this process with a listener of its own.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground::base::Time;
use playground::nats_server::{Flags, ListenAddress, ServerOptions, conf, resolve};
use playground::server::{ConnId, PersistedState};
use playground::wire::{ClientOp, Decoder, Limits, ServerOp, op};
use serde_json::{Value, json};
use tokio::task::{JoinHandle, spawn_local};

use crate::log::Log;
use crate::machine::now;
use crate::outbox::Outbox;
use crate::server_handle::ServerHandle;
use crate::sockets;

struct Tester {
    server: ServerHandle,
    host: String,
    log: Rc<Log>,
    id: ConnId,
    instances: BTreeMap<String, Instance>,
    created: u64,
}

/// A server that was created for a test.
struct Instance {
    server: ServerHandle,
    listening: JoinHandle<()>,
}

const LIMITS: Limits = Limits { max_payload: 8 * 1024 * 1024, max_control_line: 64 * 1024 };

pub(crate) fn start(server: &ServerHandle, host: &str, log: &Rc<Log>) {
    let (id, outbox) = sockets::open_internal(server);
    let tester = Tester {
        server: server.clone(),
        host: host.to_owned(),
        log: log.clone(),
        id,
        instances: BTreeMap::new(),
        created: 0,
    };
    spawn_local(tester.run(outbox));
}

impl Tester {
    async fn run(mut self, outbox: Rc<Outbox>) {
        let connect = "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true,\"name\":\"tester\"}\r\nSUB tester.> 1\r\n";
        self.server.receive(self.id, connect.as_bytes());
        let mut decoder = Decoder::default();
        while let Some(bytes) = outbox.next().await {
            self.server.written(self.id, &outbox, bytes.len());
            decoder.push(&bytes);
            while let Ok(Some(op)) = decoder.server_op(LIMITS) {
                match op {
                    ServerOp::Ping => self.server.receive(self.id, b"PONG\r\n"),
                    ServerOp::Msg { message, .. } => {
                        let text = |name| String::from_utf8_lossy(name).into_owned();
                        let (subject, reply) = (text(message.subject), message.reply.map(text));
                        let body = message.body.to_vec();
                        self.answer(&subject, reply.as_deref(), &body).await;
                    }
                    _ => {}
                }
            }
        }
    }

    async fn answer(&mut self, subject: &str, reply: Option<&str>, body: &[u8]) {
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
        self.server.receive(self.id, &bytes);
    }

    async fn create(&mut self, request: &Value) -> Result<Value, String> {
        let mut options = self.options(request)?;
        let listener = sockets::bind(&ListenAddress { host: self.host.clone(), port: -1 }).await?;
        let port = sockets::port_of(&listener);
        options.config.port = port;
        let server = ServerHandle::start(&options, PersistedState::default(), None, self.log.clone());
        let listening = spawn_local(sockets::accept_clients(listener, server.clone()));
        self.created += 1;
        let id = format!("i{}", self.created);
        let name = server.name();
        self.instances.insert(id.clone(), Instance { server, listening });
        Ok(json!({
            "id": id,
            "kind": "server",
            "description": request["description"].as_str().unwrap_or_default(),
            "servers": [{ "name": name, "cluster": "", "port": port, "ports": {}, "running": true }],
        }))
    }

    /// Options like those of the real service: the request's snippets of a configuration file.
    fn options(&self, request: &Value) -> Result<ServerOptions, String> {
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
        resolve(&Flags::default(), Some(&conf), seed ^ self.created)
    }

    fn destroy(&mut self, request: &Value) -> Result<Value, String> {
        let id = request["instance_id"].as_str().unwrap_or_default();
        let instance = self.instances.remove(id).ok_or_else(|| format!("no instance {id:?}"))?;
        instance.listening.abort();
        instance.server.stop();
        Ok(json!({ "destroyed": true }))
    }
}
