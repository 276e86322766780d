//! Measures time and memory, and prints figures, one a line.

use std::time::Instant;

/// How many keys a bucket has, and how many revisions of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) keys: usize,
    pub(crate) history: u8,
}

impl Size {
    /// Reads `1000x1`.
    pub(crate) fn parse(text: &str) -> Option<Size> {
        let (keys, history) = text.split_once('x')?;
        Some(Size { keys: keys.parse().ok()?, history: history.parse().ok()? })
    }

    pub(crate) fn revisions(self) -> usize {
        self.keys * usize::from(self.history)
    }
}

/// Prints figures, and knows which ones are wanted.
pub(crate) struct Report {
    only: String,
}

impl Report {
    pub(crate) fn new(only: &str) -> Report {
        Report { only: only.to_owned() }
    }

    pub(crate) fn only(&self) -> &str {
        &self.only
    }

    /// Whether a figure is wanted.
    pub(crate) fn wants(&self, name: &str) -> bool {
        name.starts_with(&self.only)
    }

    /// Prints one figure: of rates the operations a second, of times milliseconds, of memory bytes.
    pub(crate) fn record(&self, name: &str, value: f64) {
        println!("{name}\t{value}");
    }

    /// Prints the median rate of batches of `count` operations.
    pub(crate) fn rate(&self, name: &str, count: usize, seconds: Vec<f64>) {
        self.record(name, count as f64 / median(seconds));
    }
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    }
}

/// The mean of the middle half, for processor time that some systems report in steps of 4 ms only.
pub(crate) fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let quarter = values.len() / 4;
    let middle = &values[quarter..values.len() - quarter];
    middle.iter().sum::<f64>() / middle.len() as f64
}

/// Seconds that `work` takes.
pub(crate) fn time(work: impl FnOnce()) -> f64 {
    let watch = Stopwatch::start();
    work();
    watch.seconds()
}

pub(crate) struct Stopwatch {
    began: Instant,
    busy: Option<f64>,
}

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "a benchmark is about real time")]
    pub(crate) fn start() -> Stopwatch {
        Stopwatch { began: Instant::now(), busy: busy() }
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Seconds of processor time, which interruptions do not distort. Wall time where the system does not report it, or
    /// for less than 20 ms, where the steps are too coarse.
    pub(crate) fn busy_seconds(&self) -> f64 {
        let passed = self.seconds();
        match self.busy.zip(busy()) {
            Some((before, after)) if passed > 0.02 => after - before,
            _ => passed,
        }
    }
}

/// Processor time of this process's first thread, in seconds.
fn busy() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// Resident memory of this process, in bytes.
pub(crate) fn memory() -> f64 {
    #[cfg(target_os = "wasi")]
    return core::arch::wasm32::memory_size(0) as f64 * 65536.0;
    #[cfg(not(target_os = "wasi"))]
    {
        let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        text.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).unwrap_or(0.0) * 4096.0
    }
}
