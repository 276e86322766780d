//! The operations that are measured, each through our client.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Poll, Waker};

use playground::base::Rng;
use playground::client::jetstream::Purge;
use playground::client::kv::{self, BucketConfig, Event, KeyValue, WatchOptions};
use playground::client::{Error, JetStream};

use crate::ground::Ground;
use crate::measure::{Report, Size, Stopwatch, memory, middle};

/// How much is done for a figure.
pub(crate) struct Effort {
    /// Operations in a batch, and batches.
    pub(crate) count: usize,
    pub(crate) batches: usize,
    /// How often a watcher is started.
    pub(crate) starts: usize,
}

impl Effort {
    pub(crate) fn in_memory(size: Size) -> Effort {
        // Batches are short, so that most of them pass without another program taking the processor.
        Effort { count: 200, batches: 301, starts: if size.revisions() > 200_000 { 3 } else { 9 } }
    }
}

pub(crate) const BUCKET: &str = "bucket";
pub(crate) const VALUE: &[u8] = &[b'v'; 64];

pub(crate) fn key(number: usize) -> String {
    format!("key.{number}")
}

/// A bucket with its keys, and what is known of them.
struct Desk {
    bucket: KeyValue,
    keys: Vec<String>,
    revisions: Vec<u64>,
    rng: Rng,
}

impl Desk {
    fn any(&mut self) -> usize {
        self.rng.below(self.keys.len() as u64) as usize
    }
}

/// Fills a bucket and measures everything on it.
pub(crate) async fn all(ground: &Ground, size: Size, effort: &Effort, report: &Report) -> Result<(), Error> {
    let jetstream = ground.connect().await?;
    let mut desk = fill(&jetstream, size, report).await?;
    put(&mut desk, effort, report).await?;
    get(&mut desk, effort, report).await?;
    update(&mut desk, effort, report).await?;
    create(&mut desk, effort, report).await?;
    for watchers in [1, 10, 100] {
        fan_out(ground, &desk, watchers, effort, report).await?;
    }
    start(&desk, effort, report).await
}

async fn fill(jetstream: &JetStream, size: Size, report: &Report) -> Result<Desk, Error> {
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
    report.tell("memory", (memory() - before) / size.revisions() as f64 - VALUE.len() as f64);
    Ok(Desk { bucket, keys, revisions, rng: Rng::new(7) })
}

async fn put(desk: &mut Desk, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("put") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..effort.count {
            let at = desk.any();
            desk.revisions[at] = desk.bucket.put(&desk.keys[at], VALUE).await?;
        }
        times.push(watch.seconds());
    }
    report.rate("put", effort.count, times);
    Ok(())
}

async fn get(desk: &mut Desk, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("get") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..effort.count {
            let at = desk.any();
            let entry = desk.bucket.get(&desk.keys[at]).await?;
            assert_eq!(entry.revision, desk.revisions[at]);
        }
        times.push(watch.seconds());
    }
    report.rate("get", effort.count, times);
    Ok(())
}

async fn update(desk: &mut Desk, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("cas") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..effort.count {
            let at = desk.any();
            desk.revisions[at] = desk.bucket.update(&desk.keys[at], VALUE, desk.revisions[at]).await?;
        }
        times.push(watch.seconds());
    }
    report.rate("cas", effort.count, times);
    Ok(())
}

/// New keys, which go again after each batch, so that the bucket keeps its size.
async fn create(desk: &mut Desk, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("create") {
        return Ok(());
    }
    let names: Vec<String> = (0..effort.count).map(|number| format!("new.{number}")).collect();
    let filter = format!("$KV.{BUCKET}.new.>");
    let mut times = Vec::new();
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for name in &names {
            desk.bucket.create(name, VALUE, None).await?;
        }
        times.push(watch.seconds());
        let purge = Purge { filter: Some(filter.clone()), ..Purge::default() };
        desk.bucket.jetstream().purge_stream(desk.bucket.stream(), &purge).await?;
    }
    report.rate("create", effort.count, times);
    Ok(())
}

/// What all watchers have seen together, and who waits for how much of it.
#[derive(Default)]
struct Seen {
    count: Cell<u64>,
    wanted: Cell<u64>,
    waiting: RefCell<Option<Waker>>,
}

impl Seen {
    fn add(&self) {
        self.count.set(self.count.get() + 1);
        if self.count.get() == self.wanted.get()
            && let Some(waker) = self.waiting.take()
        {
            waker.wake();
        }
    }

    async fn until(&self, wanted: u64) {
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

/// One put, then all watchers have it; each watcher is a program, and all share one connection.
async fn fan_out(
    ground: &Ground,
    desk: &Desk,
    watchers: u64,
    effort: &Effort,
    report: &Report,
) -> Result<(), Error> {
    let name = format!("fan {watchers}");
    if !report.wants(&name) {
        return Ok(());
    }
    let seen = Rc::new(Seen::default());
    for _ in 0..watchers {
        let options = WatchOptions { updates_only: true, ..WatchOptions::default() };
        let mut watcher = desk.bucket.watch(&["fan.>"], options).await?;
        let seen = seen.clone();
        (ground.spawn)(Box::pin(async move {
            while let Ok(Event::Entry(entry)) = watcher.next().await {
                seen.add();
                if entry.value().is_empty() {
                    break;
                }
            }
            watcher.stop().await;
            seen.add();
        }));
    }
    let count = (effort.count / watchers as usize).max(4);
    let (mut times, mut wanted) = (Vec::new(), 0);
    for _ in 0..effort.batches {
        let watch = Stopwatch::start();
        for _ in 0..count {
            desk.bucket.put("fan.key", VALUE).await?;
            wanted += watchers;
            seen.until(wanted).await;
        }
        times.push(watch.seconds());
    }
    report.rate(&name, count * watchers as usize, times);
    desk.bucket.put("fan.key", b"").await?;
    seen.until(wanted + 2 * watchers).await;
    desk.bucket.purge("fan.key", None, None).await
}

/// A watcher on all keys until it has caught up, and the list of keys.
async fn start(desk: &Desk, effort: &Effort, report: &Report) -> Result<(), Error> {
    if !report.wants("watch") {
        return Ok(());
    }
    let (mut watched, mut listed) = (Vec::new(), Vec::new());
    for _ in 0..effort.starts {
        let watch = Stopwatch::start();
        let mut watcher = desk.bucket.watch(&[], WatchOptions::default()).await?;
        let mut count = 0;
        while let Event::Entry(_) = watcher.next().await? {
            count += 1;
        }
        watched.push(watch.busy_seconds() * 1000.0);
        assert!(count >= desk.keys.len());
        watcher.stop().await;
        let watch = Stopwatch::start();
        let keys = desk.bucket.keys(&[]).await?;
        listed.push(watch.busy_seconds() * 1000.0);
        assert!(keys.len() >= desk.keys.len());
    }
    report.tell("watch", middle(watched));
    report.tell("list", middle(listed));
    Ok(())
}
