//! `nats kv history`: every revision of a key that the bucket keeps.

use crate::cli::output::human::count;
use crate::cli::session::{Outcome, Session};
use crate::cli::text::{abridged, printable};
use crate::client::kv::KeyValue;

pub async fn run(session: &Session) -> Outcome {
    show(session, &session.bucket().await?).await
}

pub async fn show(session: &Session, store: &KeyValue) -> Outcome {
    let entries = store.history(session.text("key")).await?;
    let title = format!("History for {} > {}", store.bucket(), session.text("key"));
    let mut table = session.table(title, &["Key", "Revision", "Op", "Created", "Length", "Value"]);
    for entry in entries {
        let (created, length) = (session.time(entry.created), count(entry.value().len() as u64));
        let value = abridged(printable(entry.value()));
        let operation = entry.operation.name();
        table.row([
            entry.key().into(),
            entry.revision.into(),
            operation.into(),
            created.into(),
            length.into(),
            value.into(),
        ]);
    }
    session.line(&table.render());
    Ok(())
}
