//! `nats kv del`: deletes a key, or the whole bucket if no key is given.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::client::kv::delete_bucket;

pub async fn run(session: &Session) -> Outcome {
    let (bucket, key) = (session.text("bucket"), session.text("key"));
    if key.is_empty() {
        return delete_whole(session, bucket).await;
    }
    let store = session.bucket().await?;
    if !is_confirmed(session, &format!("Delete key {} > {key}?", store.bucket()), "Skipping delete").await? {
        return Ok(());
    }
    Ok(store.delete(key, None).await?)
}

async fn delete_whole(session: &Session, bucket: &str) -> Outcome {
    if !is_confirmed(session, &format!("Delete bucket {bucket}?"), "Skipping delete").await? {
        return Ok(());
    }
    Ok(delete_bucket(&session.jetstream().await?, bucket).await?)
}

/// Asks for confirmation, unless `--force` is given. Prints `skipping` if it is denied.
pub async fn is_confirmed(session: &Session, question: &str, skipping: &str) -> Result<bool, Failure> {
    let sure = session.flag("force") || session.confirm(question, false).await?;
    if !sure {
        session.line(skipping);
    }
    Ok(sure)
}
