//! `nats kv create`: stores a value under a key that has none.

use std::time::Duration;

use crate::cli::session::{Outcome, Session};

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    let ttl = positive(session.call.int("ttl"));
    bucket.create(session.text("key"), &session.value(), ttl).await?;
    session.line(session.text("value"));
    Ok(())
}

/// A time to live, unless it is none: the real command passes over zero and less.
pub fn positive(nanos: i64) -> Option<Duration> {
    u64::try_from(nanos).ok().filter(|nanos| *nanos > 0).map(Duration::from_nanos)
}
