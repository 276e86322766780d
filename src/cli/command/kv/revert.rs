//! `nats kv revert`: stores an old value of a key again.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::cli::text::{abridged, printable};
use crate::client::kv::KeyValue;

pub async fn run(session: &Session) -> Outcome {
    let store = session.bucket().await?;
    let key = session.text("key");
    let history = store.history(key).await?;
    let [_, .., newest] = history.as_slice() else {
        return Err(Failure::error("cannot revert key in a bucket where history=1"));
    };
    let wanted = session.call.uint("revision");
    let entry = store.get_revision(key, wanted).await?;
    if !session.flag("force") {
        let value = abridged(printable(entry.value()));
        session.line(format!("Revision: {}\n\n{value}\n", entry.revision));
        let sure = session.confirm(&format!("Really revert to revision {wanted}"), false).await;
        let sure = sure.map_err(|failure| failure.within("could not obtain confirmation"))?;
        if !sure {
            return Ok(());
        }
    }
    // Fails if somebody has written meanwhile.
    store.update(key, entry.value(), newest.revision).await?;
    // The real command opens the bucket again.
    let store = KeyValue::open(store.jetstream(), store.bucket()).await?;
    super::history::show(session, &store).await
}
