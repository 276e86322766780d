//! Our client against the real `nats-server`, which is started from PATH (or from `NATS_SERVER`), and against ours:
//! whatever is done, the same comes of it.

mod bridge;
mod here;
mod model;
#[path = "../common/program.rs"]
mod program;

use std::time::Duration;

use playground::base::{Clock, Ids};
use playground::client::kv::{self, BucketConfig, KeyValue, Operation, WatchEvent, WatchOptions};
use playground::client::{Address, Connection, Dial, Error, JetStream, Options};
use program::Program;

fn real_server() -> Program {
    Program::start(&std::env::var("NATS_SERVER").unwrap_or_else(|_| "nats-server".to_owned()), "")
}

/// Runs `test` as a client of a real server, and again in the simulated world; what came of it is the same.
fn on_both<T: PartialEq + std::fmt::Debug + 'static>(
    test: impl AsyncFn(JetStream) -> Result<T, Error> + Copy + 'static,
) {
    let server = real_server();
    let real = Address::parse(&format!("nats://127.0.0.1:{}", server.port)).expect("an address");
    let outcome = bridge::run(Duration::from_secs(60), move |bridge, clock, ids| {
        Box::pin(async move { test(connect(&bridge, &clock, &ids, real).await?).await })
    });
    let here = Address::parse(Address::DEFAULT_URL).expect("an address");
    let simulated = here::run(move |dial, clock, ids| {
        Box::pin(async move { test(connect(&*dial, &clock, &ids, here).await?).await })
    });
    assert!(matches!(outcome, Some(Ok(_))), "the real server: {outcome:?}");
    assert_eq!(simulated, outcome, "simulated and real");
}

async fn connect(dial: &dyn Dial, clock: &Clock, ids: &Ids, address: Address) -> Result<JetStream, Error> {
    let connection = Connection::connect(dial, clock, ids, &Options::new(address)).await?;
    Ok(JetStream::new(&connection))
}

async fn bucket(jetstream: &JetStream, name: &str, history: u8) -> Result<KeyValue, Error> {
    let config = BucketConfig { bucket: name.to_owned(), history, ..BucketConfig::default() };
    kv::create_bucket(jetstream, &config).await
}

#[test]
fn values_are_written_read_and_compared() {
    on_both(async |jetstream| {
        let bucket = bucket(&jetstream, "b", 5).await?;
        assert_eq!(bucket.put("a", b"1").await?, 1);
        assert_eq!(bucket.put("a", b"2").await?, 2);
        assert_eq!(bucket.get("a").await?.value(), b"2");
        assert_eq!(bucket.get_revision("a", 1).await?.value(), b"1");
        assert_eq!(bucket.get("none").await, Err(Error::KeyNotFound));
        let wrong = bucket.update("a", b"3", 1).await.expect_err("the revision is 2");
        assert_eq!(
            wrong.to_string(),
            "nats: nats: API error: code=400 err_code=10071 description=wrong last sequence: 2: nats: key revision mismatch"
        );
        assert_eq!(bucket.update("a", b"3", 2).await?, 3);
        let taken = bucket.create("a", b"4", None).await.expect_err("the key is there");
        assert!(taken.to_string().ends_with("wrong last sequence: 3: key exists"), "{taken}");
        bucket.delete("a", None).await?;
        assert_eq!(bucket.get("a").await, Err(Error::KeyNotFound));
        assert_eq!(bucket.create("a", b"5", None).await?, 5);
        bucket.purge("a", None, None).await?;
        let history = bucket.history("a").await?;
        assert_eq!(history.iter().map(|entry| entry.operation).collect::<Vec<_>>(), [Operation::Purge]);
        Ok(())
    });
}

#[test]
fn a_watcher_catches_up_and_follows() {
    on_both(async |jetstream| {
        let bucket = bucket(&jetstream, "b", 1).await?;
        bucket.put("a", b"1").await?;
        bucket.put("b.c", b"2").await?;
        assert_eq!(bucket.keys(&[]).await?, ["a", "b.c"]);
        assert_eq!(bucket.keys(&["b.*", "x"]).await?, ["b.c"]);
        let mut watcher = bucket.watch(&[], WatchOptions::default()).await?;
        for want in ["a", "b.c"] {
            let WatchEvent::Entry(entry) = watcher.next().await? else { panic!("not yet caught up") };
            assert_eq!(entry.key(), want);
        }
        assert_eq!(watcher.next().await?, WatchEvent::CaughtUp);
        bucket.delete("a", None).await?;
        let WatchEvent::Entry(entry) = watcher.next().await? else { panic!("caught up only once") };
        assert_eq!((entry.key(), entry.operation, entry.revision), ("a", Operation::Delete, 3));
        watcher.stop().await;
        let conflict = WatchOptions { history: true, updates_only: true, ..WatchOptions::default() };
        assert_eq!(bucket.watch(&[], conflict).await.err(), Some(Error::UpdatesWithHistory));
        Ok(())
    });
}

#[test]
fn buckets_are_made_changed_listed_and_removed() {
    on_both(async |jetstream| {
        let mut config = BucketConfig { bucket: "b".to_owned(), history: 3, ..BucketConfig::default() };
        kv::create_bucket(&jetstream, &config).await?;
        kv::create_bucket(&jetstream, &config).await?;
        config.history = 4;
        assert_eq!(
            kv::create_bucket(&jetstream, &config).await.err(),
            Some(Error::BucketExists("b".to_owned()))
        );
        kv::update_bucket(&jetstream, &config).await?;
        let open = KeyValue::open(&jetstream, "b").await?;
        assert_eq!(open.status().await?.config.max_msgs_per_subject, 4);
        assert_eq!(jetstream.stream_names(Some("$KV.*.>")).await?, ["KV_b"]);
        assert_eq!(jetstream.account_info().await?.streams, 1);
        kv::delete_bucket(&jetstream, "b").await?;
        assert_eq!(KeyValue::open(&jetstream, "b").await.err(), Some(Error::BucketNotFound));
        assert_eq!(kv::delete_bucket(&jetstream, "b").await, Err(Error::BucketMissing("b".to_owned())));
        Ok(())
    });
}

/// Random operations; `REAL_SEED` says where they begin, and `REAL_RUNS` how many there are.
#[test]
fn random_operations_come_out_the_same() {
    let setting =
        |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (seed, runs) = (setting("REAL_SEED", 1), setting("REAL_RUNS", 40));
    println!("{runs} runs of 60 operations from seed {seed}");
    let server = real_server();
    for seed in seed..seed + runs {
        let real = Address::parse(&format!("nats://127.0.0.1:{}", server.port)).expect("an address");
        let there = bridge::run(Duration::from_secs(60), move |bridge, clock, ids| {
            Box::pin(async move { model::play(connect(&bridge, &clock, &ids, real).await?, seed, 60).await })
        });
        let own = Address::parse(Address::DEFAULT_URL).expect("an address");
        let here = here::run(move |dial, clock, ids| {
            Box::pin(async move { model::play(connect(&*dial, &clock, &ids, own).await?, seed, 60).await })
        });
        let (Some(Ok(there)), Some(Ok(here))) = (&there, &here) else {
            panic!("seed {seed}: {there:?} {here:?}")
        };
        if let Some(at) = there.iter().zip(here).position(|(there, here)| there != here) {
            let before = there[..at].join("\n");
            panic!("seed {seed}\n{before}\nreal:      {}\nsimulated: {}", there[at], here[at]);
        }
        assert_eq!(there.len(), here.len(), "seed {seed}");
    }
}
