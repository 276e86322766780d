//! The targets, mostly ratios of figures within one run.

use crate::figures::Figures;

pub(crate) struct Target {
    pub(crate) title: &'static str,
    pub(crate) bound: Bound,
    /// `None` if it was not measured.
    pub(crate) value: fn(&Figures) -> Option<f64>,
}

#[derive(Clone, Copy)]
pub(crate) enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

use Bound::{AtLeast, AtMost};

const SMALL: &str = "1000x1";
const MIDDLE: &str = "100000x1";
const LARGE: &str = "1000000x1";
const DEEP: &str = "10000x64";

const fn target(title: &'static str, bound: Bound, value: fn(&Figures) -> Option<f64>) -> Target {
    Target { title, bound, value }
}

pub(crate) const TARGETS: &[Target] = &[
    target("put, native / real server, 1 k keys", AtLeast(100.0), |f| f.ratio(SMALL, "put", "put real")),
    target("get, native / real server, 1 k keys", AtLeast(100.0), |f| f.ratio(SMALL, "get", "get real")),
    target("put, wasm / real server, 1 k keys", AtLeast(100.0), |f| f.ratio(SMALL, "put wasm", "put real")),
    target("get, wasm / real server, 1 k keys", AtLeast(100.0), |f| f.ratio(SMALL, "get wasm", "get real")),
    target("put / codec and bare store, 1 k", AtLeast(0.5), |f| f.ratio(SMALL, "put", "bare put")),
    target("get / codec and bare store, 1 k", AtLeast(0.5), |f| f.ratio(SMALL, "get", "bare get")),
    target("put / codec and bare store, 1 k, wasm", AtLeast(0.5), |f| {
        f.ratio(SMALL, "put wasm", "bare put wasm")
    }),
    target("get / codec and bare store, 1 k, wasm", AtLeast(0.5), |f| {
        f.ratio(SMALL, "get wasm", "bare get wasm")
    }),
    target("put, 1 M keys / 1 k keys", AtLeast(0.2), |f| Some(f.of(LARGE, "put")? / f.of(SMALL, "put")?)),
    target("get, 1 M keys / 1 k keys", AtLeast(0.2), |f| Some(f.of(LARGE, "get")? / f.of(SMALL, "get")?)),
    target("put, wasm / native, 1 k", AtLeast(0.5), |f| f.ratio(SMALL, "put wasm", "put")),
    target("get, wasm / native, 1 k", AtLeast(0.5), |f| f.ratio(SMALL, "get wasm", "get")),
    target("put, wasm / native, 100 k", AtLeast(0.5), |f| f.ratio(MIDDLE, "put wasm", "put")),
    target("get, wasm / native, 100 k", AtLeast(0.5), |f| f.ratio(MIDDLE, "get wasm", "get")),
    target("a watcher over 100 k keys, wasm, ms", AtMost(60.0), |f| f.of(MIDDLE, "watch wasm")),
    target("bytes a revision, 100 k, wasm", AtMost(150.0), |f| f.of(MIDDLE, "memory wasm")),
    target("bytes a revision, 1 M, wasm", AtMost(150.0), |f| f.of(LARGE, "memory wasm")),
    target("bytes a revision, history 64, wasm", AtMost(100.0), |f| f.of(DEEP, "memory wasm")),
    target("a million keys with values, wasm, MB", AtMost(200.0), |f| {
        f.of(LARGE, "memory wasm").map(|beyond| beyond + 64.0)
    }),
    target("deliveries to 100 watchers / 170,000 a second", AtLeast(10.0), |f| {
        f.of(SMALL, "fan 100").map(|rate| rate / 170_000.0)
    }),
    target("deliveries to 100 watchers / the real server's", AtLeast(10.0), |f| {
        f.ratio(SMALL, "fan 100", "fan 100 real")
    }),
];
