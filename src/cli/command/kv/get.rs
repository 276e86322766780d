//! `nats kv get`: shows a key's value.

use crate::cli::output::human::count;
use crate::cli::session::{Outcome, Session};
use crate::cli::text::printable;

/// Longer values are cut.
const SHOWN: usize = 120;

pub async fn run(session: &Session) -> Outcome {
    let bucket = session.bucket().await?;
    let entry = bucket.get_revision(session.text("key"), session.call.uint("revision")).await?;
    if session.flag("raw") {
        session.stdio.stdout.write(entry.value());
        return Ok(());
    }
    let created = session.time(entry.created);
    session.line(&format!(
        "{} > {} revision: {} created @ {created}\n",
        bucket.bucket(),
        entry.key(),
        entry.revision
    ));
    let value = printable(entry.value());
    if value.len() > SHOWN {
        let length = count(value.len() as u64);
        session.line(&format!("Showing first 120 bytes of {length}, use --raw for full data\n"));
        session.line(&value[..SHOWN]);
    } else {
        session.line(&value);
    }
    session.line("");
    Ok(())
}
