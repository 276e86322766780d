//! `nats kv info`: what a bucket is set to, and what it holds.

use super::status;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let store = session.bucket().await?;
    status::show(session, &store).await
}
