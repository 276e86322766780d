//! The whole Key/Value API of async-nats, against the server at `NATS_URL`. Every test has buckets of its own.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Debug;
use std::time::{Duration, Instant};

use async_nats::jetstream::kv::{Config, CreateErrorKind, Operation, Store, UpdateErrorKind, Watch};
use async_nats::jetstream::stream::{Placement, Republish, Source, StorageType, SubjectTransform};
use async_nats::jetstream::{self, context::CreateKeyValueErrorKind, context::KeyValueErrorKind, kv::Entry};
use async_nats::Client;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use tokio::time::{sleep, timeout};

/// How long anything may take that must happen.
const SOON: Duration = Duration::from_secs(5);

async fn connect() -> (Client, jetstream::Context) {
    let url = std::env::var("NATS_URL").expect("NATS_URL names the server");
    let client = async_nats::connect(url).await.unwrap();
    (client.clone(), jetstream::new(client))
}

fn named(bucket: &str) -> Config {
    Config { bucket: bucket.into(), ..Config::default() }
}

async fn create(config: Config) -> Store {
    connect().await.1.create_key_value(config).await.unwrap()
}

async fn put(kv: &Store, key: &str, value: &str) -> u64 {
    kv.put(key, Bytes::copy_from_slice(value.as_bytes())).await.unwrap()
}

/// An entry as one line: "3 PUT key=value", with a "*" once a watcher has seen all initial values.
fn written(entry: &Entry) -> String {
    let op = match entry.operation {
        Operation::Put => "PUT",
        Operation::Delete => "DEL",
        Operation::Purge => "PURGE",
    };
    let value = String::from_utf8_lossy(&entry.value);
    let seen = if entry.seen_current { "*" } else { "" };
    format!("{} {op} {}={value}{seen}", entry.revision, entry.key)
}

/// Wants a watcher's next entries, and no more for a moment.
async fn watched(watch: &mut Watch, want: &[&str]) {
    for (i, line) in want.iter().enumerate() {
        let Ok(entry) = timeout(SOON, watch.next()).await else {
            panic!("nothing came, want {line} after {:?}", &want[..i])
        };
        assert_eq!(written(&entry.unwrap().unwrap()), *line, "after {:?}", &want[..i]);
    }
    if let Ok(entry) = timeout(Duration::from_millis(50), watch.next()).await {
        panic!("have {entry:?}, want nothing more");
    }
}

async fn history(kv: &Store, key: &str) -> Vec<String> {
    let entries: Vec<Entry> = kv.history(key).await.unwrap().try_collect().await.unwrap();
    entries.iter().map(|entry| written(entry).replace('*', "")).collect()
}

async fn keys(kv: &Store) -> Vec<String> {
    kv.keys().await.unwrap().try_collect().await.unwrap()
}

/// What is stored now: a store's own status is that of when it was opened.
async fn values(kv: &Store) -> u64 {
    kv.stream.clone().info().await.unwrap().state.messages
}

async fn values_become(kv: &Store, want: u64) {
    let begin = Instant::now();
    while values(kv).await != want {
        assert!(begin.elapsed() < SOON, "{} values, want {want}", values(kv).await);
        sleep(Duration::from_millis(10)).await;
    }
}

/// Wants an error of the JetStream API somewhere below this one.
fn refused<T: Debug>(result: Result<T, impl Error + 'static>, code: u64, text: &str) {
    let error = result.expect_err("it is refused");
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(below) = source {
        said = format!("{said}: {below}");
        source = below.source();
    }
    assert!(said.contains(text) && said.contains(&code.to_string()), "have {said}, want {code} {text}");
}

#[tokio::test]
async fn create_with_every_option() {
    let config = Config {
        bucket: "every_option".into(),
        description: "what it is for".into(),
        max_value_size: 1000,
        history: 7,
        max_age: Duration::from_secs(3600),
        max_bytes: 100_000,
        storage: StorageType::Memory,
        num_replicas: 1,
        republish: Some(Republish { source: ">".into(), destination: "every.>".into(), headers_only: true }),
        compression: true,
        placement: Some(Placement { cluster: Some("here".into()), tags: vec!["a".into(), "b".into()] }),
        limit_markers: Some(Duration::from_secs(60)),
        ..Config::default()
    };
    let kv = create(config.clone()).await;
    put(&kv, "a", "1").await;
    put(&kv, "a", "2").await;
    let again = connect().await.1.get_key_value("every_option").await.unwrap();
    let status = again.status().await.unwrap();
    assert_eq!((status.bucket(), status.values(), status.history()), ("every_option", 2, 7));
    assert_eq!(status.max_age(), config.max_age);
    let have = &status.info.config;
    assert_eq!(have.name, "KV_every_option");
    assert_eq!(have.subjects, ["$KV.every_option.>"]);
    assert_eq!(have.description.as_deref(), Some("what it is for"));
    assert_eq!((have.max_message_size, have.max_bytes, have.num_replicas), (1000, 100_000, 1));
    assert_eq!(
        (have.storage, &have.republish, &have.placement),
        (config.storage, &config.republish, &config.placement)
    );
    assert_eq!((have.subject_delete_marker_ttl, have.allow_message_ttl), (config.limit_markers, true));
    assert_eq!((have.allow_direct, have.allow_rollup, have.deny_delete), (true, true, true));
    assert_eq!(have.compression, Some(jetstream::stream::Compression::S2));
    assert_eq!(status.info.state.bytes, 2 * ("$KV.every_option.a".len() as u64 + 17));
    create(config).await; // the same once more is no error
}

#[tokio::test]
async fn refused_buckets() {
    let (_, js) = connect().await;
    let kind = js.create_key_value(named("not.a.name")).await.unwrap_err().kind();
    assert_eq!(kind, CreateKeyValueErrorKind::InvalidStoreName);
    let kind = js.create_key_value(Config { history: 65, ..named("refused") }).await.unwrap_err().kind();
    assert_eq!(kind, CreateKeyValueErrorKind::TooLongHistory);
    let short = Config { max_age: Duration::from_millis(1), ..named("refused") };
    refused(js.create_key_value(short).await.map(drop), 10052, "max age needs to be >= 100ms");
    let many = Config { num_replicas: 3, ..named("refused") };
    refused(
        js.create_key_value(many).await.map(drop),
        10074,
        "replicas > 1 not supported in non-clustered mode",
    );
    create(named("refused")).await;
    let other = Config { history: 2, ..named("refused") };
    refused(js.create_key_value(other).await.map(drop), 10058, "stream name already in use");
    assert_eq!(js.get_key_value("nowhere").await.unwrap_err().kind(), KeyValueErrorKind::GetBucket);
    assert!(js.delete_key_value("nowhere").await.is_err());
}

#[tokio::test]
async fn update_of_a_bucket() {
    let (_, js) = connect().await;
    let kv = js.create_or_update_key_value(Config { history: 5, ..named("changing") }).await.unwrap();
    for value in ["1", "2", "3"] {
        put(&kv, "a", value).await;
    }
    js.update_key_value(Config { history: 2, description: "changed".into(), ..named("changing") })
        .await
        .unwrap();
    assert_eq!(history(&kv, "a").await, ["2 PUT a=2", "3 PUT a=3"]);
    js.create_or_update_key_value(named("changing")).await.unwrap();
    assert_eq!(history(&kv, "a").await, ["3 PUT a=3"]);
    let memory = Config { storage: StorageType::Memory, ..named("changing") };
    let text = "stream configuration update can not change storage type";
    refused(js.update_key_value(memory).await.map(drop), 10052, text);
}

#[tokio::test]
async fn buckets_are_listed_and_deleted() {
    let (_, js) = connect().await;
    for name in ["listed-a", "listed-b"] {
        put(&create(named(name)).await, "a", "1").await;
    }
    let listed = || async {
        let mut found = BTreeMap::new();
        let mut streams = js.streams();
        while let Some(info) = streams.try_next().await.unwrap() {
            if info.config.name.starts_with("KV_listed") {
                found.insert(info.config.name, info.state.messages);
            }
        }
        let names: Vec<String> = js.stream_names().try_collect().await.unwrap();
        assert!(found.keys().all(|name| names.contains(name)));
        Vec::from_iter(found)
    };
    assert_eq!(listed().await, [("KV_listed-a".into(), 1), ("KV_listed-b".into(), 1)]);
    js.delete_key_value("listed-a").await.unwrap();
    assert_eq!(listed().await, [("KV_listed-b".into(), 1)]);
}

#[tokio::test]
async fn put_and_get() {
    let kv = create(named("put_and_get")).await;
    assert_eq!(kv.get("a").await.unwrap(), None);
    assert_eq!(put(&kv, "a", "1").await, 1);
    assert_eq!(kv.put("b.c-d_e/f=", Bytes::from_static(b"\0\xff\r\n")).await.unwrap(), 2);
    assert_eq!(put(&kv, "a", "").await, 3);
    let entry = kv.entry("b.c-d_e/f=").await.unwrap().unwrap();
    assert_eq!((entry.bucket.as_str(), entry.key.as_str(), entry.revision), ("put_and_get", "b.c-d_e/f=", 2));
    assert_eq!((&entry.value[..], entry.operation), (&b"\0\xff\r\n"[..], Operation::Put));
    assert_eq!(kv.get("a").await.unwrap(), Some(Bytes::new()));
    for key in ["", ".a", "a.", "a b", "a*"] {
        assert!(kv.put(key, Bytes::new()).await.is_err(), "{key}");
    }
}

#[tokio::test]
async fn get_revision() {
    let kv = create(Config { history: 3, ..named("get_revision") }).await;
    for value in ["0", "1", "2", "3"] {
        put(&kv, "a", value).await;
    }
    put(&kv, "b", "5").await;
    let entry = kv.entry_for_revision("a", 2).await.unwrap().unwrap();
    assert_eq!((entry.revision, &entry.value[..]), (2, &b"1"[..]));
    for revision in [1, 6] {
        assert_eq!(kv.entry_for_revision("a", revision).await.unwrap(), None);
    }
}

#[tokio::test]
async fn create_a_key() {
    let kv = create(Config { history: 5, ..named("create_a_key") }).await;
    assert_eq!(kv.create("a", "1".into()).await.unwrap(), 1);
    assert_eq!(kv.create("a", "2".into()).await.unwrap_err().kind(), CreateErrorKind::AlreadyExists);
    kv.delete("a").await.unwrap();
    assert_eq!(kv.create("a", "3".into()).await.unwrap(), 3);
    kv.purge("a").await.unwrap();
    assert_eq!(kv.create("a", "5".into()).await.unwrap(), 5);
    assert_eq!(history(&kv, "a").await, ["4 PURGE a=", "5 PUT a=5"]);
}

#[tokio::test]
async fn update() {
    let kv = create(named("update")).await;
    assert_eq!(kv.update("a", "1".into(), 0).await.unwrap(), 1);
    assert_eq!(kv.update("a", "2".into(), 1).await.unwrap(), 2);
    for revision in [0, 1, 3] {
        let error = kv.update("a", "no".into(), revision).await.unwrap_err();
        assert_eq!(error.kind(), UpdateErrorKind::WrongLastRevision);
    }
    refused(kv.update("none", "no".into(), 7).await, 10071, "wrong last sequence: 0");
    assert_eq!(put(&kv, "a", "3").await, 3); // what is refused uses no revision
}

#[tokio::test]
async fn delete() {
    let kv = create(Config { history: 10, ..named("delete") }).await;
    put(&kv, "a", "1").await;
    kv.delete("a").await.unwrap();
    assert_eq!(kv.get("a").await.unwrap(), None);
    assert_eq!(kv.entry("a").await.unwrap().unwrap().operation, Operation::Delete);
    put(&kv, "a", "3").await;
    refused(kv.delete_expect_revision("a", Some(2)).await, 10071, "wrong last sequence: 3");
    kv.delete_expect_revision("a", Some(3)).await.unwrap();
    kv.delete("never").await.unwrap();
    assert_eq!(history(&kv, "a").await, ["1 PUT a=1", "2 DEL a=", "3 PUT a=3", "4 DEL a="]);
    assert_eq!(history(&kv, "never").await, ["5 DEL never="]);
}

#[tokio::test]
async fn purge() {
    let kv = create(Config { history: 10, ..named("purge") }).await;
    for key in ["a", "a", "b"] {
        put(&kv, key, "v").await;
    }
    refused(kv.purge_expect_revision("a", Some(1)).await, 10071, "wrong last sequence: 2");
    kv.purge_expect_revision("a", Some(2)).await.unwrap();
    kv.purge("b").await.unwrap();
    assert_eq!(history(&kv, "a").await, ["4 PURGE a="]);
    assert_eq!(values(&kv).await, 2);
    // This client has no call that purges deletes: it is the stream that is asked.
    let purged = kv.stream.purge().filter("$KV.purge.a").await.unwrap();
    assert_eq!((purged.success, purged.purged, values(&kv).await), (true, 1, 1));
}

#[tokio::test]
async fn history_of_keys() {
    let kv = create(Config { history: 3, ..named("history_of_keys") }).await;
    for value in ["0", "1", "2", "3"] {
        put(&kv, "a.x", value).await;
        put(&kv, "b", value).await;
    }
    assert_eq!(history(&kv, "a.x").await, ["3 PUT a.x=1", "5 PUT a.x=2", "7 PUT a.x=3"]);
    assert!(history(&kv, "none").await.is_empty());
    let entries: Vec<Entry> = kv.history("b").await.unwrap().try_collect().await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.delta).collect::<Vec<_>>(), [2, 1, 0]);
}

#[tokio::test]
async fn list_of_keys() {
    let kv = create(named("list_of_keys")).await;
    assert!(keys(&kv).await.is_empty());
    for key in ["b", "a.x", "a.y.z", "c", "d", "b"] {
        put(&kv, key, "1").await;
    }
    kv.purge("d").await.unwrap();
    kv.delete("c").await.unwrap();
    put(&kv, "e", "1").await; // this client ends a list at the last message, deleted or not
    assert_eq!(keys(&kv).await, ["a.x", "a.y.z", "b", "e"]); // by revision, not by name
}

#[tokio::test]
async fn limits() {
    let small = create(Config { max_value_size: 10, ..named("small_values") }).await;
    small.put("a", Bytes::from_static(&[0; 10])).await.unwrap();
    refused(
        small.put("a", Bytes::from_static(&[0; 11])).await,
        10054,
        "message size exceeds maximum allowed",
    );
    let full = create(Config { max_bytes: 200, ..named("small") }).await;
    full.put("a", Bytes::from_static(&[0; 100])).await.unwrap();
    refused(full.put("b", Bytes::from_static(&[0; 100])).await, 10077, "maximum bytes exceeded");
    let big = create(Config { storage: StorageType::Memory, ..named("big") }).await;
    let value = Bytes::from(vec![7; 1 << 20]);
    big.put("a", value.clone()).await.unwrap();
    assert_eq!(big.get("a").await.unwrap(), Some(value));
}

/// A bucket with a history: a=1, b=2, a=3, b deleted.
async fn written1to4(bucket: &str) -> Store {
    let kv = create(Config { history: 5, ..named(bucket) }).await;
    put(&kv, "a", "1").await;
    put(&kv, "b", "2").await;
    put(&kv, "a", "3").await;
    kv.delete("b").await.unwrap();
    kv
}

#[tokio::test]
async fn watch() {
    let kv = written1to4("watch").await;
    let mut fresh = kv.watch("a").await.unwrap();
    let mut all = kv.watch_all().await.unwrap();
    let mut with_last = kv.watch_with_history("a").await.unwrap();
    let mut resumed = kv.watch_from_revision("a", 2).await.unwrap();
    let mut all_resumed = kv.watch_all_from_revision(3).await.unwrap();
    let mut many = kv.watch_many(["a", "c.*"]).await.unwrap();
    let mut many_with_last = kv.watch_many_with_history(["b", "c.*"]).await.unwrap();
    watched(&mut fresh, &[]).await;
    watched(&mut all, &[]).await;
    watched(&mut with_last, &["3 PUT a=3*"]).await;
    watched(&mut resumed, &["3 PUT a=3*"]).await;
    watched(&mut all_resumed, &["3 PUT a=3", "4 DEL b=*"]).await;
    watched(&mut many, &[]).await;
    watched(&mut many_with_last, &["4 DEL b=*"]).await;
    put(&kv, "a", "5").await;
    put(&kv, "c.d", "6").await;
    kv.delete("b").await.unwrap();
    for watch in [&mut fresh, &mut with_last, &mut resumed] {
        watched(watch, &["5 PUT a=5*"]).await;
    }
    for watch in [&mut all, &mut all_resumed] {
        watched(watch, &["5 PUT a=5*", "6 PUT c.d=6*", "7 DEL b=*"]).await;
    }
    watched(&mut many, &["5 PUT a=5*", "6 PUT c.d=6*"]).await;
    watched(&mut many_with_last, &["6 PUT c.d=6*", "7 DEL b=*"]).await;
}

#[tokio::test]
async fn many_watchers() {
    let kv = create(Config { history: 10, ..named("many_watchers") }).await;
    let mut watchers = Vec::new();
    for i in 0..20 {
        let theirs = connect().await.1.get_key_value("many_watchers").await.unwrap();
        watchers.push(theirs.watch(format!("{}.>", i % 2)).await.unwrap());
    }
    // Until the server knows a subscription, it has nobody to deliver to.
    sleep(Duration::from_millis(50)).await;
    for i in 0..10 {
        put(&kv, &format!("{}.k", i % 2), &i.to_string()).await;
    }
    for (i, watcher) in watchers.iter_mut().enumerate() {
        let lines = (0..10).filter(|n| n % 2 == i % 2).map(|n| format!("{} PUT {}.k={n}*", n + 1, i % 2));
        let heard: Vec<_> = watcher.take(5).map(|entry| written(&entry.unwrap())).collect().await;
        // Which of the first are the last of those that waited is chance.
        assert_eq!(heard.join(" ").replace('*', ""), lines.collect::<Vec<_>>().join(" ").replace('*', ""));
    }
}

/// More than a megabyte makes the server ask for flow control.
#[tokio::test]
async fn watch_a_large_bucket() {
    const KEYS: u64 = 600;
    let kv = create(Config { storage: StorageType::Memory, ..named("large") }).await;
    let value = Bytes::from(vec![7; 10_000]);
    for i in 0..KEYS {
        kv.put(format!("key.{i}"), value.clone()).await.unwrap();
    }
    let mut watch = kv.watch_with_history(">").await.unwrap();
    for i in 1..=KEYS {
        let entry = timeout(SOON, watch.next()).await.unwrap().unwrap().unwrap();
        assert_eq!((entry.revision, entry.delta, entry.value.len()), (i, KEYS - i, value.len()));
        assert_eq!(entry.seen_current, i == KEYS);
    }
    assert_eq!(keys(&kv).await.len() as u64, KEYS);
}

#[tokio::test]
async fn bucket_ttl() {
    let kv = create(Config { max_age: Duration::from_millis(300), ..named("bucket_ttl") }).await;
    put(&kv, "a", "1").await;
    let mut watch = kv.watch_with_history("a").await.unwrap();
    watched(&mut watch, &["1 PUT a=1*"]).await;
    values_become(&kv, 0).await;
    watched(&mut watch, &[]).await; // it went silently
    assert_eq!(put(&kv, "a", "2").await, 2);
}

#[tokio::test]
async fn key_ttl() {
    let second = Duration::from_secs(1);
    let kv = create(Config { limit_markers: Some(second), ..named("key_ttl") }).await;
    let mut watch = kv.watch_all().await.unwrap();
    watched(&mut watch, &[]).await;
    kv.create_with_ttl("a", "1".into(), second).await.unwrap();
    put(&kv, "b", "2").await;
    watched(&mut watch, &["1 PUT a=1*", "2 PUT b=2*"]).await;
    sleep(second).await;
    watched(&mut watch, &["3 PURGE a=*"]).await; // the server's marker
    values_become(&kv, 1).await;
    assert_eq!(kv.create("a", "4".into()).await.unwrap(), 4);
}

#[tokio::test]
async fn purge_ttl() {
    let second = Duration::from_secs(1);
    let kv = create(Config { limit_markers: Some(second), ..named("purge_ttl") }).await;
    put(&kv, "a", "1").await;
    kv.purge_with_ttl("a", second).await.unwrap();
    assert_eq!(history(&kv, "a").await, ["2 PURGE a="]);
    values_become(&kv, 0).await;
    let without = create(named("no_ttls")).await;
    refused(without.create_with_ttl("a", "1".into(), second).await, 10166, "per-message TTL is disabled");
}

#[tokio::test]
async fn mirror() {
    let origin = create(named("origin")).await;
    put(&origin, "a", "1").await;
    let source = Source { name: "origin".into(), ..Source::default() };
    create(Config { mirror: Some(source), mirror_direct: true, ..named("mirror") }).await;
    let (_, js) = connect().await;
    let mirror = js.get_key_value("mirror").await.unwrap();
    values_become(&mirror, 1).await;
    put(&origin, "b", "2").await;
    values_become(&mirror, 2).await;
    let from = mirror.stream.clone().info().await.unwrap().mirror.clone().expect("a mirror says of what");
    assert_eq!((from.name.as_str(), from.lag), ("KV_origin", 0));
    assert_eq!(mirror.stream.direct_get(2).await.unwrap().subject.as_str(), "$KV.origin.b");
}

#[tokio::test]
async fn sources() {
    let mut sources = Vec::new();
    for name in ["north", "south"] {
        put(&create(Config { history: 3, ..named(name) }).await, name, "1").await;
        // This client leaves it to its caller to rename the keys.
        let transform =
            SubjectTransform { source: format!("$KV.{name}.>"), destination: "$KV.both.>".into() };
        sources.push(Source { name: name.into(), subject_transforms: vec![transform], ..Source::default() });
    }
    let both = create(Config { history: 2, sources: Some(sources), ..named("both") }).await;
    values_become(&both, 2).await;
    let mut found = keys(&both).await;
    found.sort();
    assert_eq!(found, ["north", "south"]);
    let (_, js) = connect().await;
    let south = js.get_key_value("south").await.unwrap();
    let mut watch = both.watch("south").await.unwrap();
    watched(&mut watch, &[]).await;
    put(&south, "south", "2").await;
    south.delete("south").await.unwrap();
    let heard: Vec<_> =
        watch.by_ref().take(2).map(|entry| written(&entry.unwrap()).replace('*', "")).collect().await;
    assert_eq!(heard, ["3 PUT south=2", "4 DEL south="]);
}

#[tokio::test]
async fn republish() {
    let (client, js) = connect().await;
    let republish = Some(Republish { source: ">".into(), destination: "news.>".into(), headers_only: false });
    let kv = js.create_key_value(Config { republish, ..named("republished") }).await.unwrap();
    let mut news = client.subscribe("news.>").await.unwrap();
    put(&kv, "a", "1").await;
    put(&kv, "a", "2").await;
    news.next().await.unwrap();
    let second = timeout(SOON, news.next()).await.unwrap().unwrap();
    assert_eq!((second.subject.as_str(), &second.payload[..]), ("news.$KV.republished.a", &b"2"[..]));
    let headers = second.headers.unwrap();
    let header = |name: &str| headers.get(name).unwrap().as_str();
    let have = ["Nats-Stream", "Nats-Subject", "Nats-Sequence", "Nats-Last-Sequence"].map(header);
    assert_eq!(have, ["KV_republished", "$KV.republished.a", "2", "1"]);
}
