//! `nats kv put`: stores a value under a key.

use crate::base::LinkedText;
use crate::cli::failure::Outcome;
use crate::cli::reference;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    bucket.put(session.text("key"), &session.value()).await?;
    show(session, bucket.bucket());
    Ok(())
}

/// Prints the value that was stored. The real command prints the argument, which is empty for a value from a pipe.
pub fn show(session: &Session, bucket: &str) {
    let value = session.text("value");
    let mut line = LinkedText::default();
    line.push_linked(value, &reference::entry(bucket, session.text("key"), None, Some(value)));
    session.line(line);
}
