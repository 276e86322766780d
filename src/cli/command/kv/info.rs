//! `nats kv info`: the configuration and state of a bucket.

use super::status;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let store = session.bucket().await?;
    status::show(session, &store).await
}
