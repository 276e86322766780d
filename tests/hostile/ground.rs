//! A server with a few connections that are given bytes, and what must hold whatever they are.

use std::time::Duration;

use playground::base::{Rng, Time};
use playground::jsapi::AccountLimits;
use playground::server::config::JetStreamConfig;
use playground::server::{Config, ConnId, EventLevel, Input, Output, PersistedState, Server};

use crate::memory::Mark;

/// What a server with the limits below may hold, with all that is around it.
const MEMORY_MAX: usize = 48 << 20;

/// What one input may make it say: that many connections with that much waiting each, a few times over.
const SAID_MAX: usize = 16 << 20;

pub(crate) struct Ground {
    server: Server,
    seed: u64,
    now: Time,
    open: Vec<u64>,
    next: u64,
    began: Mark,
    /// The most that was held.
    pub(crate) peak: usize,
    pub(crate) closed: u64,
    pub(crate) said: u64,
}

fn config(seed: u64) -> Config {
    let account = AccountLimits {
        max_streams: 24,
        max_consumers: 24,
        max_ack_pending: 1000,
        ..AccountLimits::default()
    };
    Config {
        jetstream: Some(JetStreamConfig {
            max_memory: 4 << 20,
            max_storage: 4 << 20,
            max_stored: u64::MAX,
            domain: if seed.is_multiple_of(2) { String::new() } else { "hub".to_owned() },
            account,
        }),
        max_payload: 4096,
        max_pending: 256 * 1024,
        max_subscriptions: Some(100),
        event_level: EventLevel::Wire,
        seed,
        ..Config::default()
    }
}

impl Ground {
    pub(crate) fn new(seed: u64) -> Ground {
        let now = Time::from_secs(1_000_000);
        let began = Mark::set();
        let server = Server::new(config(seed), PersistedState::default(), now);
        Ground { server, seed, now, open: Vec::new(), next: 0, began, peak: 0, closed: 0, said: 0 }
    }

    /// Another server on what this one leaves on its disk.
    pub(crate) fn restart(&mut self) {
        let empty = Server::new(config(self.seed), PersistedState::default(), self.now);
        let disk = std::mem::replace(&mut self.server, empty).shutdown();
        self.server = Server::new(config(self.seed), disk, self.now);
        self.open.clear();
    }

    /// Another server that knows of nothing.
    pub(crate) fn forget(&mut self) {
        self.server = Server::new(config(self.seed), PersistedState::default(), self.now);
        self.open.clear();
    }

    /// One of the connections; there are always some.
    pub(crate) fn connection(&mut self, rng: &mut Rng) -> ConnId {
        if self.open.len() < 8 {
            self.next += 1;
            self.server.handle(
                self.now,
                ConnId(self.next),
                Input::Open { ip: "127.0.0.1".to_owned(), port: 50_000 },
            );
            self.open.push(self.next);
        }
        ConnId(self.open[rng.below(self.open.len() as u64) as usize])
    }

    /// Gives the server something, lets some time pass, and hands to `hear` what it says.
    pub(crate) fn give(
        &mut self,
        connection: ConnId,
        inputs: &[Input<'_>],
        pass: Duration,
        hear: &mut dyn FnMut(&[u8]),
    ) {
        for input in inputs {
            self.server.handle(self.now, connection, input.clone());
        }
        if !pass.is_zero() {
            self.now = self.now + pass;
            self.server.tick(self.now);
        }
        if let Some(deadline) = self.server.deadline() {
            assert!(deadline > self.now, "overdue since {deadline}, it is {}", self.now);
        }
        let mut said = 0;
        while let Some(output) = self.server.poll() {
            match output {
                Output::Bytes(_, bytes) => {
                    said += bytes.len();
                    hear(&bytes);
                }
                Output::Close(connection, _) => {
                    self.closed += 1;
                    self.open.retain(|known| *known != connection.0);
                }
            }
        }
        assert!(said < SAID_MAX, "{said} bytes said at once");
        self.said += said as u64;
        let (held, _) = self.began.grown();
        self.peak = self.peak.max(held);
        assert!(held < MEMORY_MAX, "{held} bytes held");
    }

    /// Looks at the server as the page does.
    pub(crate) fn look(&mut self) {
        let _ = self.server.view();
        self.server.take_events();
    }
}
