//! What the program knows of itself beside its server: how it was set up, and what it takes of the machine.

use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;

use playground::base::Time;
use playground::nats_server::setup::Setup;

use crate::now;

pub(crate) struct Facts {
    setup: RefCell<Setup>,
    digest: RefCell<String>,
    /// When the configuration was read.
    pub(crate) loaded: Cell<Time>,
    /// How often each page of the monitor was asked for.
    pub(crate) asked: RefCell<BTreeMap<String, u64>>,
}

impl Facts {
    pub(crate) fn new(setup: Setup, digest: &str) -> Facts {
        Facts {
            setup: RefCell::new(setup),
            digest: RefCell::new(digest.to_owned()),
            loaded: Cell::new(now()),
            asked: RefCell::default(),
        }
    }

    pub(crate) fn setup(&self) -> Setup {
        self.setup.borrow().clone()
    }

    pub(crate) fn digest(&self) -> Ref<'_, String> {
        self.digest.borrow()
    }

    /// What is known only once it runs.
    pub(crate) fn learn(&self, tell: impl FnOnce(&mut Setup)) {
        tell(&mut self.setup.borrow_mut());
    }

    /// Another setup is in force from now on.
    pub(crate) fn change(&self, setup: Setup, digest: &str) {
        self.setup.replace(setup);
        self.digest.replace(digest.to_owned());
        self.loaded.set(now());
    }
}

/// Bytes of memory, and hundredths of a processor since the start, as far as the system tells.
pub(crate) fn usage(started: Time) -> (u64, f64) {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    // Ticks of a hundredth second, as user and in the kernel, behind the name in brackets.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split(' ').skip(12).take(2);
    let ticks: f64 = fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    let seconds = now().since(started).as_secs_f64().max(0.01);
    (pages * 4096, (ticks / seconds * 10.0).round() / 10.0)
}

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
