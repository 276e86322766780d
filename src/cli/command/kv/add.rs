//! `nats kv add`: creates a bucket.

use super::status;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::client::kv::{BucketConfig, create_bucket};
use crate::jsapi::{ExternalStream, Nanos, Placement, Republish, StreamSource};

pub async fn run(session: &Session) -> Outcome {
    let jetstream = session.jetstream().await?;
    let call = &session.call;
    let mirror = Some(call.text("mirror")).filter(|mirror| !mirror.is_empty());
    let config = BucketConfig {
        bucket: call.text("bucket").to_owned(),
        description: call.text("description").to_owned(),
        history: call.int("history") as u8,
        ttl: Nanos(call.int("ttl")),
        limit_marker_ttl: Nanos(call.int("marker-ttl")),
        max_bytes: call.bytes("max-bucket-size", 64),
        // The real command keeps the low 32 bits.
        max_value_size: call.bytes("max-value-size", 32) as i32,
        memory: call.text("storage").starts_with('m'),
        replicas: call.uint("replicas") as i64,
        placement: placement(session),
        republish: republish(session),
        mirror: mirror.map(|mirror| origin(mirror, call.text("mirror-domain"))),
        sources: sources(session),
        compression: call.flag("compress"),
        metadata: call.map("metadata"),
    };
    let store = create_bucket(&jetstream, &config).await?;
    status::show(session, &store).await
}

/// The placement that the flags ask for.
pub fn placement(session: &Session) -> Option<Placement> {
    let (cluster, tags) = (session.text("cluster").to_owned(), session.call.texts("tags"));
    (!cluster.is_empty() || !tags.is_empty()).then_some(Placement { cluster, tags, ..Placement::default() })
}

/// The republishing that the flags ask for; without a destination there is none.
pub fn republish(session: &Session) -> Option<Republish> {
    let (src, dest) = (session.text("republish-source"), session.text("republish-destination"));
    let headers_only = session.flag("republish-headers");
    (!dest.is_empty()).then(|| Republish { src: src.to_owned(), dest: dest.to_owned(), headers_only })
}

pub fn sources(session: &Session) -> Vec<StreamSource> {
    session
        .call
        .texts("source")
        .into_iter()
        .map(|name| StreamSource { name, ..StreamSource::default() })
        .collect()
}

fn origin(bucket: &str, domain: &str) -> StreamSource {
    let api = format!("$JS.{domain}.API");
    let external = (!domain.is_empty()).then_some(ExternalStream { api, ..ExternalStream::default() });
    StreamSource { name: bucket.to_owned(), external, ..StreamSource::default() }
}
