//! `nats kv create`: stores a value if the key has none.

use std::time::Duration;

use super::put;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    let ttl = positive(session.call.int("ttl"));
    bucket.create(session.text("key"), &session.value(), ttl).await?;
    put::show(session, bucket.bucket());
    Ok(())
}

/// A time to live. The real command ignores zero and negative ones.
pub fn positive(nanos: i64) -> Option<Duration> {
    u64::try_from(nanos).ok().filter(|nanos| *nanos > 0).map(Duration::from_nanos)
}
