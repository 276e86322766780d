//! `nats kv update`: stores a value if nobody was quicker.

use crate::cli::session::{Outcome, Session};

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    bucket.update(session.text("key"), &session.value(), session.call.uint("revision")).await?;
    session.line(session.text("value"));
    Ok(())
}
