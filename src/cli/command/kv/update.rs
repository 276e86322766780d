//! `nats kv update`: stores a value if the key is still at an expected revision.

use super::put;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    bucket.update(session.text("key"), &session.value(), session.call.uint("revision")).await?;
    put::show(session, bucket.bucket());
    Ok(())
}
