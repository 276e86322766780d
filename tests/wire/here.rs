//! Our server in memory: no sockets, and time passes at once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Duration;

use playground::base::Time;
use playground::nats_server::{Flags, conf, resolve};
use playground::server::{ConnId, Input, Output, PersistedState, Server};

use crate::Peer;

pub(crate) struct InMemory {
    server: Server,
    now: Time,
    heard: BTreeMap<u64, Vec<u8>>,
    ended: Vec<u64>,
}

impl InMemory {
    pub(crate) fn start(config: &str) -> InMemory {
        let file = conf::parse(config, "server.conf", &()).expect("the configuration is understood");
        let flags = Flags { jetstream: true, ..Flags::default() };
        let options = resolve(&flags, Some(&file), 7).expect("the configuration is valid");
        let now = Time(1_795_395_723_123_456_789);
        let server = Server::new(options.config, PersistedState::default(), now);
        InMemory { server, now, heard: BTreeMap::new(), ended: Vec::new() }
    }

    fn poll(&mut self) {
        while let Some(output) = self.server.poll() {
            match output {
                Output::Bytes(id, bytes) => self.heard.entry(id.0).or_default().extend(bytes),
                Output::Close(id, _) => self.ended.push(id.0),
            }
        }
    }
}

impl Peer for InMemory {
    fn send(&mut self, name: char, bytes: &[u8]) {
        let id = ConnId(u64::from(u32::from(name)));
        if let Entry::Vacant(place) = self.heard.entry(id.0) {
            place.insert(Vec::new());
            self.server.handle(self.now, id, Input::Open { ip: "127.0.0.1".to_owned(), port: 50_000 });
        }
        self.server.handle(self.now, id, Input::Bytes(bytes));
        self.poll();
    }

    fn wait(&mut self, millis: u64) {
        let until = self.now + Duration::from_millis(millis);
        while let Some(due) = self.server.deadline().filter(|due| *due <= until) {
            self.server.tick(due);
            self.poll();
        }
        self.now = until;
        self.server.tick(until);
        self.poll();
    }

    fn heard(&mut self, name: char, _: Option<usize>) -> (Vec<u8>, bool) {
        let id = u64::from(u32::from(name));
        let ended = self.ended.contains(&id);
        (self.heard.get_mut(&id).map(std::mem::take).unwrap_or_default(), ended)
    }
}
