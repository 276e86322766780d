//! What all parts of the server share. A function takes the parts that it needs, or all of them where it needs most.

use crate::base::{Rng, Time};
use crate::server::config::Config;
use crate::server::hash_seed::HashSeed;
use crate::server::observe::event_log::EventLog;
use crate::server::protocol::outbox::Outbox;
use crate::server::protocol::router::Router;
use crate::server::timers::Timers;

pub(crate) struct ServerContext {
    pub(crate) now: Time,
    pub(crate) router: Router,
    pub(crate) outbox: Outbox,
    pub(crate) timers: Timers,
    pub(crate) events: EventLog,
    /// Identifiers and choices, all from the seed of the configuration.
    pub(crate) ids: Rng,
    pub(crate) hash_seed: HashSeed,
    /// The server's name, as in advisories and in stream information.
    pub(crate) server_name: String,
    /// The account that all clients are of.
    pub(crate) account: String,
    /// The number of the last client, or of what the server counts as one of its own.
    pub(crate) last_client_id: u64,
    /// The JetStream domain; empty where there is none.
    pub(crate) domain: String,
}

impl ServerContext {
    pub(crate) fn new(config: &Config, now: Time) -> ServerContext {
        let mut rng = Rng::new(config.seed);
        let hash_seed = HashSeed(rng.draw());
        ServerContext {
            now,
            router: Router::new(hash_seed),
            outbox: Outbox::default(),
            timers: Timers::default(),
            events: EventLog::new(config.event_level, now),
            ids: rng,
            hash_seed,
            server_name: String::new(),
            account: config.account.clone(),
            last_client_id: 4,
            domain: String::new(),
        }
    }

    /// Lets time pass; it never runs backwards.
    pub(crate) fn set_now(&mut self, now: Time) {
        self.now = self.now.max(now);
        self.events.set_now(self.now);
    }
}
