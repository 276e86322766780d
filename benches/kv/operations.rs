//! The operations that are measured, each through our client.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Poll, Waker};

use playground::base::Rng;
use playground::client::kv::{self, BucketConfig, KeyValue, WatchEvent, WatchOptions};
use playground::client::{Error, JetStream};
use playground::jsapi::StreamPurgeRequest;

use crate::environment::Environment;
use crate::measure::{Report, Size, Stopwatch, memory, middle};

/// How often each operation is repeated.
pub(crate) struct Effort {
    /// Operations in a batch.
    pub(crate) count: usize,
    pub(crate) batches: usize,
    /// Starts of a watcher.
    pub(crate) starts: usize,
}

impl Effort {
    pub(crate) fn in_memory(size: Size) -> Effort {
        // Short batches: most of them are not interrupted by another process.
        Effort { count: 200, batches: 301, starts: if size.revisions() > 200_000 { 3 } else { 9 } }
    }
}

pub(crate) const BUCKET: &str = "bucket";
pub(crate) const VALUE: &[u8] = &[b'v'; 64];

pub(crate) fn key(number: usize) -> String {
    format!("key.{number}")
}

/// A bucket, its keys, and the last revision of each key.
struct Workload {
    bucket: KeyValue,
    keys: Vec<String>,
    revisions: Vec<u64>,
    rng: Rng,
}

impl Workload {
    fn random_key(&mut self) -> usize {
        self.rng.below(self.keys.len() as u64) as usize
    }
}

/// Fills a bucket and measures everything on it.
pub(crate) async fn all(
    environment: &Environment,
    size: Size,
    effort: &Effort,
    report: &Report,
) -> Result<(), Error> {
    let jetstream = environment.connect().await?;
    let mut load = fill(&jetstream, size, report).await?;
    put(&mut load, effort, report).await?;
    get(&mut load, effort, report).await?;
    update(&mut load, effort, report).await?;
    create(&mut load, effort, report).await?;
    for watchers in [1, 10, 100] {
        fan_out(environment, &load, watchers, effort, report).await?;
    }
    start(&load, effort, report).await
}

async fn fill(jetstream: &JetStream, size: Size, report: &Report) -> Result<Workload, Error> {
    let config = BucketConfig {
        bucket: BUCKET.to_owned(),
        history: size.history,
        memory: true,
        ..BucketConfig::default()
    };
    let bucket = kv::create_bucket(jetstream, &config).await?;
    let keys: Vec<String> = (0..size.keys).map(key).collect();
    let mut revisions = vec![0; size.keys];
    let (before, watch) = (memory(), Stopwatch::start());
    for _ in 0..size.history {
        for (key, revision) in keys.iter().zip(&mut revisions) {
            *revision = bucket.put(key, VALUE).await?;
        }
    }
    report.rate("fill", size.revisions(), vec![watch.busy_seconds()]);
    report.record("memory", (memory() - before) / size.revisions() as f64 - VALUE.len() as f64);
    Ok(Workload { bucket, keys, revisions, rng: Rng::new(7) })
}

async fn put(load: &mut Workload, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("put") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..effort.count {
            let at = load.random_key();
            load.revisions[at] = load.bucket.put(&load.keys[at], VALUE).await?;
        }
        times.push(watch.seconds());
    }
    report.rate("put", effort.count, times);
    Ok(())
}

async fn get(load: &mut Workload, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("get") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..effort.count {
            let at = load.random_key();
            let entry = load.bucket.get(&load.keys[at]).await?;
            assert_eq!(entry.revision, load.revisions[at]);
        }
        times.push(watch.seconds());
    }
    report.rate("get", effort.count, times);
    Ok(())
}

async fn update(load: &mut Workload, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("cas") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..effort.count {
            let at = load.random_key();
            load.revisions[at] = load.bucket.update(&load.keys[at], VALUE, load.revisions[at]).await?;
        }
        times.push(watch.seconds());
    }
    report.rate("cas", effort.count, times);
    Ok(())
}

/// Creates keys and purges them after each batch, so that the bucket keeps its size.
async fn create(load: &mut Workload, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("create") {
        return Ok(());
    }
    let names: Vec<String> = (0..effort.count).map(|number| format!("new.{number}")).collect();
    let filter = format!("$KV.{BUCKET}.new.>");
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for name in &names {
            load.bucket.create(name, VALUE, None).await?;
        }
        times.push(watch.seconds());
        let purge = StreamPurgeRequest { filter: filter.clone(), ..StreamPurgeRequest::default() };
        load.bucket.jetstream().purge_stream(load.bucket.stream(), &purge).await?;
    }
    report.rate("create", effort.count, times);
    Ok(())
}

/// What all watchers have deliveries together, and who waits for how much of it.
#[derive(Default)]
struct DeliveryCount {
    count: Cell<u64>,
    wanted: Cell<u64>,
    waiting: RefCell<Option<Waker>>,
}

impl DeliveryCount {
    fn add(&self) {
        self.count.set(self.count.get() + 1);
        if self.count.get() == self.wanted.get()
            && let Some(waker) = self.waiting.take()
        {
            waker.wake();
        }
    }

    async fn reach(&self, wanted: u64) {
        self.wanted.set(wanted);
        std::future::poll_fn(|context| {
            if self.count.get() >= wanted {
                return Poll::Ready(());
            }
            *self.waiting.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// Puts a value and waits until all watchers have received it. Each watcher is a task; all share one connection.
async fn fan_out(
    environment: &Environment,
    load: &Workload,
    watchers: u64,
    effort: &Effort,
    report: &Report,
) -> Result<(), Error> {
    let name = format!("fan {watchers}");
    if !report.wants(&name) {
        return Ok(());
    }
    let deliveries = Rc::new(DeliveryCount::default());
    for _ in 0..watchers {
        let options = WatchOptions { updates_only: true, ..WatchOptions::default() };
        let mut watcher = load.bucket.watch(&["fan.>"], options).await?;
        let deliveries = deliveries.clone();
        (environment.spawn)(Box::pin(async move {
            while let Ok(WatchEvent::Entry(entry)) = watcher.next().await {
                deliveries.add();
                if entry.value().is_empty() {
                    break;
                }
            }
            watcher.stop().await;
            deliveries.add();
        }));
    }
    let count = (effort.count / watchers as usize).max(4);
    let (mut times, mut wanted) = (Vec::new(), 0);
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..count {
            load.bucket.put("fan.key", VALUE).await?;
            wanted += watchers;
            deliveries.reach(wanted).await;
        }
        times.push(watch.seconds());
    }
    report.rate(&name, count * watchers as usize, times);
    load.bucket.put("fan.key", b"").await?;
    deliveries.reach(wanted + 2 * watchers).await;
    load.bucket.purge("fan.key", None, None).await
}

/// A watcher on all keys until it has caught up, and the list of keys.
async fn start(load: &Workload, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("watch") {
        return Ok(());
    }
    let (mut watched, mut listed) = (Vec::new(), Vec::new());
    for _ in 0..effort.starts {
        let watch = Stopwatch::start();
        let mut watcher = load.bucket.watch(&[], WatchOptions::default()).await?;
        let mut count = 0;
        while let WatchEvent::Entry(_) = watcher.next().await? {
            count += 1;
        }
        watched.push(watch.busy_seconds() * 1000.0);
        assert!(count >= load.keys.len());
        watcher.stop().await;
        let watch = Stopwatch::start();
        let keys = load.bucket.keys(&[]).await?;
        listed.push(watch.busy_seconds() * 1000.0);
        assert!(keys.len() >= load.keys.len());
    }
    report.record("watch", middle(watched));
    report.record("list", middle(listed));
    Ok(())
}
