//! `nats kv revert`: stores an old value of a key again.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::cli::text::{abridged, printable};
use crate::client::kv::KeyValue;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let store = cmd.bucket().await?;
    let key = cmd.text("key");
    let history = store.history(key).await?;
    let [_, .., newest] = history.as_slice() else {
        return Err(Failure::error("cannot revert key in a bucket where history=1"));
    };
    let wanted = cmd.call.uint("revision");
    let entry = store.get_revision(key, wanted).await?;
    if !cmd.flag("force") {
        let value = abridged(printable(entry.value()));
        cmd.line(format!("Revision: {}\n\n{value}\n", entry.revision));
        let sure = cmd.confirm(&format!("Really revert to revision {wanted}"), false).await;
        let sure = sure.map_err(|failure| failure.within("could not obtain confirmation"))?;
        if !sure {
            return Ok(());
        }
    }
    // Fails if somebody has written meanwhile.
    store.update(key, entry.value(), newest.revision).await?;
    // The real command opens the bucket again.
    let store = KeyValue::open(store.jetstream(), store.bucket()).await?;
    super::history::show(cmd, &store).await
}
