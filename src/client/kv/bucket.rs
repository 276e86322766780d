//! Making, changing and removing buckets.

use std::collections::BTreeMap;

use super::{KeyValue, key};
use crate::client::{Error, JetStream};
use crate::jsapi::{
    DiscardPolicy, Nanos, Placement, Republish, RetentionPolicy, StorageType, StoreCompression, StreamConfig,
    StreamInfo, StreamSource, SubjectTransform, code, kv,
};

/// The settings of a bucket. Sizes are bytes; 0 stands for no limit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BucketConfig {
    pub bucket: String,
    pub description: String,
    /// Revisions kept of each key, 1 to 64; 0 stands for 1.
    pub history: u8,
    pub ttl: Nanos,
    /// How long the markers live that the server leaves where a key expired (ADR-48); 0 for no markers.
    pub limit_marker_ttl: Nanos,
    pub max_bytes: i64,
    pub max_value_size: i32,
    pub memory: bool,
    pub replicas: i64,
    pub placement: Option<Placement>,
    pub republish: Option<Republish>,
    pub mirror: Option<StreamSource>,
    pub sources: Vec<StreamSource>,
    pub compression: bool,
    pub metadata: BTreeMap<String, String>,
}

/// The most revisions that a bucket keeps of a key.
pub const MAX_HISTORY: u8 = 64;

/// How long the server remembers message ids, unless values live shorter.
const DUPLICATE_WINDOW: Nanos = Nanos::from_secs(120);

/// Creates a bucket; one of the same settings may exist.
pub async fn create_bucket(jetstream: &JetStream, config: &BucketConfig) -> Result<KeyValue, Error> {
    let wanted = stream_config(jetstream, config).await?;
    let info = match jetstream.create_stream(&wanted).await {
        Err(Error::Api(error)) if error.err_code == code::STREAM_NAME_IN_USE => {
            match update_legacy_bucket(jetstream, &wanted).await {
                Some(info) => info?,
                None => return Err(Error::BucketExists(config.bucket.clone())),
            }
        }
        other => other?,
    };
    Ok(KeyValue::of(jetstream, &info))
}

/// Gives a bucket other settings.
pub async fn update_bucket(jetstream: &JetStream, config: &BucketConfig) -> Result<KeyValue, Error> {
    let wanted = stream_config(jetstream, config).await?;
    match jetstream.update_stream(&wanted).await {
        Err(Error::Api(error)) if error.err_code == code::STREAM_NOT_FOUND => {
            Err(Error::BucketMissing(config.bucket.clone()))
        }
        other => Ok(KeyValue::of(jetstream, &other?)),
    }
}

pub async fn delete_bucket(jetstream: &JetStream, bucket: &str) -> Result<(), Error> {
    if !key::is_bucket(bucket) {
        return Err(Error::InvalidBucketName);
    }
    match jetstream.delete_stream(&kv::stream_of(bucket)).await {
        Err(Error::Api(error)) if error.err_code == code::STREAM_NOT_FOUND => {
            Err(Error::BucketMissing(bucket.to_owned()))
        }
        other => other,
    }
}

/// Brings a bucket up to date that an older client made, which differs in two settings only. `None` for any other.
async fn update_legacy_bucket(
    jetstream: &JetStream,
    wanted: &StreamConfig,
) -> Option<Result<StreamInfo, Error>> {
    let mut found = jetstream.stream_info(&wanted.name).await.ok()?.config;
    found.discard = wanted.discard;
    found.allow_direct = wanted.allow_direct;
    if found != *wanted {
        return None;
    }
    Some(jetstream.update_stream(wanted).await)
}

async fn stream_config(jetstream: &JetStream, config: &BucketConfig) -> Result<StreamConfig, Error> {
    if !key::is_bucket(&config.bucket) {
        return Err(Error::InvalidBucketName);
    }
    jetstream.account_info().await?;
    if config.history > MAX_HISTORY {
        return Err(Error::HistoryTooLarge);
    }
    if !config.limit_marker_ttl.is_zero() && jetstream.account_info().await?.api.level < 1 {
        return Err(Error::LimitMarkersUnsupported);
    }
    let mut stream = plain_stream(config);
    if let Some(mirror) = &config.mirror {
        let name = kv::stream_of(kv::bucket_name(&mirror.name));
        stream.mirror = Some(StreamSource { name, ..mirror.clone() });
        stream.mirror_direct = true;
        return Ok(stream);
    }
    stream.subjects = vec![kv::all_subjects(&config.bucket)];
    stream.sources = config.sources.iter().map(|source| stream_source(source, &config.bucket)).collect();
    Ok(stream)
}

fn plain_stream(config: &BucketConfig) -> StreamConfig {
    let limit = |value| if value == 0 { -1 } else { value };
    StreamConfig {
        name: kv::stream_of(&config.bucket),
        description: config.description.clone(),
        retention: RetentionPolicy::Limits,
        max_consumers: -1,
        max_msgs: -1,
        max_bytes: limit(config.max_bytes),
        discard: DiscardPolicy::New,
        max_age: config.ttl,
        max_msgs_per_subject: i64::from(config.history.max(1)),
        max_msg_size: if config.max_value_size == 0 { -1 } else { config.max_value_size },
        storage: if config.memory { StorageType::Memory } else { StorageType::File },
        num_replicas: if config.replicas == 0 { 1 } else { config.replicas },
        duplicate_window: if config.ttl > Nanos::ZERO {
            config.ttl.min(DUPLICATE_WINDOW)
        } else {
            DUPLICATE_WINDOW
        },
        placement: config.placement.clone(),
        deny_delete: true,
        allow_rollup_hdrs: true,
        compression: if config.compression { StoreCompression::S2 } else { StoreCompression::None },
        republish: config.republish.clone(),
        allow_direct: true,
        metadata: config.metadata.clone(),
        allow_msg_ttl: !config.limit_marker_ttl.is_zero(),
        subject_delete_marker_ttl: config.limit_marker_ttl,
        ..StreamConfig::default()
    }
}

/// A source that is named by its bucket, as one of streams, with its keys moved into `bucket`.
fn stream_source(source: &StreamSource, bucket: &str) -> StreamSource {
    if !source.subject_transforms.is_empty() {
        return source.clone();
    }
    let origin = kv::bucket_name(&source.name);
    let mut named = StreamSource { name: kv::stream_of(origin), ..source.clone() };
    if named.external.is_none() || origin != bucket {
        named.subject_transforms =
            vec![SubjectTransform { src: kv::all_subjects(origin), dest: kv::all_subjects(bucket) }];
    }
    named
}
