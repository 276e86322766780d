//! `nats kv history`: the revisions of a key that the bucket keeps.

use crate::cli::failure::Outcome;
use crate::cli::output::table::Cell;
use crate::cli::reference;
use crate::cli::running_command::RunningCommand;
use crate::cli::text::{abridged, printable};
use crate::client::kv::{KeyValue, Operation};
use crate::gofmt::count;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    show(cmd, &cmd.bucket().await?).await
}

/// Prints the revisions of the key that the command names.
pub async fn show(cmd: &RunningCommand, store: &KeyValue) -> Outcome {
    let entries = store.history(cmd.text("key")).await?;
    let title = format!("History for {} > {}", store.bucket(), cmd.text("key"));
    let mut table = cmd.table(title, &["Key", "Revision", "Op", "Created", "Length", "Value"]);
    for entry in entries {
        let (created, length) = (cmd.time(entry.created), count(entry.value().len() as u64));
        let value = abridged(printable(entry.value()));
        let is_put = entry.operation == Operation::Put;
        let shown = Some(value.as_str()).filter(|_| is_put);
        let link = reference::entry(store.bucket(), entry.key(), Some(entry.revision), shown);
        table.row([
            Cell::from(entry.key()).linked(&link),
            Cell::from(entry.revision).linked(&link),
            entry.operation.name().into(),
            created.into(),
            length.into(),
            Cell::from(value).linked(&link),
        ]);
    }
    cmd.line(table.render());
    Ok(())
}
