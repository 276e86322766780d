//! `nats kv compact`: removes the history of deleted keys.

use super::del::is_confirmed;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;

pub async fn run(session: &Session) -> Outcome {
    let store = session.bucket().await?;
    let bucket = store.bucket();
    let question = format!("Purge all historic values and audit trails for deleted keys in bucket {bucket}?");
    if !is_confirmed(session, &question, "Skipping delete").await? {
        return Ok(());
    }
    Ok(store.purge_deletes(None).await?)
}
