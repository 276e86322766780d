//! `nats kv put`: stores a value under a key.

use crate::cli::session::{Outcome, Session};

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    bucket.put(session.text("key"), &session.value()).await?;
    // The real command shows the argument, so a value from a pipe shows as an empty line.
    session.line(session.text("value"));
    Ok(())
}
