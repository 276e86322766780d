//! The configuration that is in force, and how often the monitor was asked.

use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;

use playground::base::Time;
use playground::nats_server::ServerOptions;

use crate::machine::now;

pub(crate) struct ProgramState {
    options: RefCell<ServerOptions>,
    /// Of the configuration file; empty without one.
    digest: RefCell<String>,
    config_loaded: Cell<Time>,
    /// Requests for each page of the monitor, by path.
    requests: RefCell<BTreeMap<String, u64>>,
}

impl ProgramState {
    pub(crate) fn new(options: ServerOptions, digest: &str) -> ProgramState {
        ProgramState {
            options: RefCell::new(options),
            digest: RefCell::new(digest.to_owned()),
            config_loaded: Cell::new(now()),
            requests: RefCell::default(),
        }
    }

    pub(crate) fn options(&self) -> ServerOptions {
        self.options.borrow().clone()
    }

    pub(crate) fn digest(&self) -> Ref<'_, String> {
        self.digest.borrow()
    }

    pub(crate) fn config_loaded(&self) -> Time {
        self.config_loaded.get()
    }

    /// Sets a port that was assigned when the program began to listen.
    pub(crate) fn set_port(&self, set: impl FnOnce(&mut ServerOptions)) {
        set(&mut self.options.borrow_mut());
    }

    /// Replaces the configuration.
    pub(crate) fn reload(&self, options: ServerOptions, digest: &str) {
        self.options.replace(options);
        self.digest.replace(digest.to_owned());
        self.config_loaded.set(now());
    }

    pub(crate) fn count_request(&self, path: &str) {
        *self.requests.borrow_mut().entry(path.to_owned()).or_default() += 1;
    }

    /// Takes back [`ProgramState::count_request`].
    pub(crate) fn uncount_request(&self, path: &str) {
        let mut requests = self.requests.borrow_mut();
        if let Some(count) = requests.get_mut(path) {
            *count -= 1;
            if *count == 0 {
                requests.remove(path);
            }
        }
    }

    pub(crate) fn requests(&self) -> Ref<'_, BTreeMap<String, u64>> {
        self.requests.borrow()
    }
}
