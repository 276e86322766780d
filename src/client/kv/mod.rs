//! Key/Value: buckets over streams, as ADR-8 lays down and the official Go client does.

pub mod bucket;
pub mod entry;
pub mod key;
pub mod watch;

pub use bucket::{BucketConfig, create_bucket, delete_bucket, update_bucket};
pub use entry::{Entry, Operation};
pub use watch::{WatchEvent, WatchOptions, Watcher};

use std::future::Future;
use std::time::Duration;

use super::jetstream::{EXPECTED_LAST_SUBJECT_SEQUENCE, direct_get_subject, direct_message};
use super::{Error, JetStream, MessageSelector, PubAckFuture, StoredMessage};
use crate::jsapi::{Nanos, StreamInfo, StreamPurgeRequest, code, kv};
use crate::wire::headers::Block;

/// A bucket that a client has open.
#[derive(Clone)]
pub struct KeyValue {
    jetstream: JetStream,
    name: String,
    stream: String,
    /// What precedes keys in the subjects that are read.
    prefix: String,
    /// What precedes keys in the subjects that are written.
    put_prefix: String,
    /// What precedes keys in the subjects of direct gets, if the bucket allows these.
    direct_prefix: Option<String>,
}

/// Younger delete markers stay when deleted keys are removed.
const MARKER_AGE: Duration = Duration::from_secs(30 * 60);

impl KeyValue {
    /// Opens a bucket that exists.
    pub async fn open(jetstream: &JetStream, bucket: &str) -> Result<KeyValue, Error> {
        if !key::is_bucket(bucket) {
            return Err(Error::InvalidBucketName);
        }
        let info = match jetstream.stream_info(&kv::stream_of(bucket)).await {
            Err(Error::Api(error)) if error.err_code == code::STREAM_NOT_FOUND => {
                return Err(Error::BucketNotFound);
            }
            other => other?,
        };
        if info.config.max_msgs_per_subject < 1 {
            return Err(Error::NotABucket);
        }
        Ok(KeyValue::of(jetstream, &info))
    }

    /// The bucket that a stream is.
    pub fn of(jetstream: &JetStream, info: &StreamInfo) -> KeyValue {
        let name = kv::bucket_name(&info.config.name).to_owned();
        let mut prefix = kv::subject_prefix(&name);
        let mut put_prefix = prefix.clone();
        if let Some(mirror) = &info.config.mirror {
            put_prefix = kv::subject_prefix(kv::bucket_name(&mirror.name));
            if let Some(external) = mirror.external.as_ref().filter(|external| !external.api.is_empty()) {
                prefix = put_prefix.clone();
                put_prefix = format!("{}.{put_prefix}", external.api);
            }
        }
        let stream = info.config.name.clone();
        let direct_prefix = info.config.allow_direct.then(|| direct_get_subject(&stream, &prefix));
        KeyValue { jetstream: jetstream.clone(), name, stream, prefix, put_prefix, direct_prefix }
    }

    pub fn bucket(&self) -> &str {
        &self.name
    }

    pub fn stream(&self) -> &str {
        &self.stream
    }

    pub fn jetstream(&self) -> &JetStream {
        &self.jetstream
    }

    pub async fn status(&self) -> Result<StreamInfo, Error> {
        self.jetstream.stream_info(&self.stream).await
    }

    /// The newest value of a key. A deleted key is not found.
    pub fn get(&self, key: &str) -> impl Future<Output = Result<Entry, Error>> {
        self.latest(key, present)
    }

    /// The value that a key had at a revision of the bucket; 0 stands for the newest.
    pub async fn get_revision(&self, key: &str, revision: u64) -> Result<Entry, Error> {
        if revision == 0 {
            return self.get(key).await;
        }
        let subject = self.subject(key)?;
        let found = match self.direct_prefix {
            Some(_) => self.jetstream.direct_get(&self.stream, revision).await,
            None => self.jetstream.get_message(&self.stream, MessageSelector::Sequence(revision)).await,
        };
        if found.as_ref().is_ok_and(|message| message.subject() != subject) {
            return Err(Error::KeyNotFound);
        }
        self.entry(found).and_then(present)
    }

    /// Stores a value; the key's new revision.
    pub fn put<'a>(&'a self, key: &'a str, value: &'a [u8]) -> PubAckFuture<'a> {
        self.write(key, Vec::new(), value)
    }

    /// Stores a value under a key that has none. `ttl` frees it after a while.
    pub async fn create(&self, key: &str, value: &[u8], ttl: Option<Duration>) -> Result<u64, Error> {
        let refused = match self.write_expecting(key, value, 0, ttl).await {
            Ok(revision) => return Ok(revision),
            Err(error) => error,
        };
        if let Ok(marker) = self.latest(key, Ok).await
            && marker.operation != Operation::Put
        {
            return self.write_expecting(key, value, marker.revision, ttl).await;
        }
        Err(match refused {
            Error::NotStored(error) if error.is_wrong_last_sequence() => Error::KeyExists(error),
            other => other,
        })
    }

    /// Stores a value if the key's newest revision is still `revision`.
    pub async fn update(&self, key: &str, value: &[u8], revision: u64) -> Result<u64, Error> {
        self.write_expecting(key, value, revision, None).await.map_err(mismatch)
    }

    /// Marks a key as deleted and keeps its history. With a revision, only if that is still the newest.
    pub async fn delete(&self, key: &str, revision: Option<u64>) -> Result<(), Error> {
        let headers = expect(Block::default().with(kv::OPERATION, kv::DELETE), revision);
        self.write(key, headers.end(), b"").await.map(|_| ()).map_err(mismatch)
    }

    /// Replaces all revisions of a key by a marker, which `ttl` removes after a while.
    pub async fn purge(&self, key: &str, revision: Option<u64>, ttl: Option<Duration>) -> Result<(), Error> {
        let headers = Block::default().with(kv::OPERATION, kv::PURGE).with("Nats-Rollup", b"sub");
        let headers = time_to_live(expect(headers, revision), ttl);
        self.write(key, headers.end(), b"").await.map(|_| ()).map_err(mismatch)
    }

    /// All stored revisions of the keys that `filter` selects, oldest first.
    pub async fn history(&self, filter: &str) -> Result<Vec<Entry>, Error> {
        let options = WatchOptions { history: true, ..WatchOptions::default() };
        let entries = collect(self.watch(&[filter], options).await?).await?;
        if entries.is_empty() { Err(Error::KeyNotFound) } else { Ok(entries) }
    }

    /// The keys that have a value, in the order of their revisions. No filter selects all.
    pub async fn keys(&self, filters: &[&str]) -> Result<Vec<String>, Error> {
        let (mut keys, mut list) = (Vec::new(), self.list(filters).await?);
        while let WatchEvent::Entry(entry) = list.next().await? {
            keys.push(entry.key().to_owned());
        }
        list.stop().await;
        Ok(keys)
    }

    /// As [`KeyValue::keys`], one after the other as they come, until it has caught up.
    pub async fn list(&self, filters: &[&str]) -> Result<Watcher, Error> {
        let options = WatchOptions { ignore_deletes: true, headers_only: true, ..WatchOptions::default() };
        self.watch(filters, options).await
    }

    /// Follows the keys that any of `filters` selects; none of them selects all.
    pub async fn watch(&self, filters: &[&str], options: WatchOptions) -> Result<Watcher, Error> {
        Watcher::start(&self.jetstream, &self.stream, &self.prefix, filters, options).await
    }

    /// Removes deleted keys: the values before each marker, and the marker itself when it is older than `marker_age`, by
    /// default 30 minutes.
    pub async fn purge_deletes(&self, marker_age: Option<Duration>) -> Result<(), Error> {
        let limit = self.jetstream.connection().clock().now() - marker_age.unwrap_or(MARKER_AGE);
        let entries = collect(self.watch(&[], WatchOptions::default()).await?).await?;
        for marker in entries.iter().filter(|entry| entry.operation != Operation::Put) {
            let keep = u64::from(marker.created > limit);
            let filter = format!("{}{}", self.prefix, marker.key());
            let request = StreamPurgeRequest { filter, keep, ..StreamPurgeRequest::default() };
            self.jetstream.purge_stream(&self.stream, &request).await?;
        }
        Ok(())
    }

    fn subject(&self, key: &str) -> Result<String, Error> {
        if key::is_key(key) { Ok([&self.prefix, key].concat()) } else { Err(Error::InvalidKey) }
    }

    /// The newest revision of a key, as `check` lets it pass.
    async fn latest(&self, key: &str, check: fn(Entry) -> Result<Entry, Error>) -> Result<Entry, Error> {
        if !key::is_key(key) {
            return Err(Error::InvalidKey);
        }
        let found = match &self.direct_prefix {
            Some(prefix) => self.jetstream.direct_get_last(prefix, key).await.and_then(direct_message),
            None => {
                let last = MessageSelector::LastBySubject([&self.prefix, key]);
                // Boxed, so that the common case keeps a small future.
                Box::pin(self.jetstream.get_message(&self.stream, last)).await
            }
        };
        self.entry(found).and_then(check)
    }

    fn entry(&self, found: Result<StoredMessage, Error>) -> Result<Entry, Error> {
        match found {
            Ok(message) => Ok(Entry::stored(&self.prefix, message)),
            Err(Error::MessageNotFound) => Err(Error::KeyNotFound),
            Err(error) => Err(error),
        }
    }

    fn write_expecting<'a>(
        &'a self,
        key: &'a str,
        value: &'a [u8],
        revision: u64,
        ttl: Option<Duration>,
    ) -> PubAckFuture<'a> {
        let headers = time_to_live(expect(Block::default(), Some(revision)), ttl);
        self.write(key, headers.end(), value)
    }

    /// `headers` is an encoded block, empty for none.
    fn write<'a>(&'a self, key: &'a str, headers: Vec<u8>, value: &'a [u8]) -> PubAckFuture<'a> {
        match key::is_key(key) {
            true => self.jetstream.publish([&self.put_prefix, key], headers, value),
            false => PubAckFuture::failed(Error::InvalidKey),
        }
    }
}

/// Lets only entries pass that have a value.
fn present(entry: Entry) -> Result<Entry, Error> {
    if entry.operation == Operation::Put { Ok(entry) } else { Err(Error::KeyNotFound) }
}

/// All entries of a watcher until it has caught up.
async fn collect(mut watcher: Watcher) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    while let WatchEvent::Entry(entry) = watcher.next().await? {
        entries.push(entry);
    }
    watcher.stop().await;
    Ok(entries)
}

fn expect(headers: Block, revision: Option<u64>) -> Block {
    match revision {
        Some(revision) => {
            headers.with(EXPECTED_LAST_SUBJECT_SEQUENCE, itoa::Buffer::new().format(revision).as_bytes())
        }
        None => headers,
    }
}

fn time_to_live(headers: Block, ttl: Option<Duration>) -> Block {
    match ttl {
        Some(ttl) => headers.with("Nats-TTL", Nanos::from(ttl).to_string().as_bytes()),
        None => headers,
    }
}

fn mismatch(error: Error) -> Error {
    match error {
        Error::NotStored(error) if error.is_wrong_last_sequence() => Error::RevisionMismatch(error),
        other => other,
    }
}
