//! `nats kv watch`: follows a bucket until it is interrupted.

use crate::base::LinkedText;
use crate::cli::failure::Outcome;
use crate::cli::reference;
use crate::cli::running_command::RunningCommand;
use crate::client::kv::{Entry, Operation, WatchEvent, WatchOptions};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let store = cmd.bucket().await?;
    let options = WatchOptions {
        history: cmd.flag("history"),
        updates_only: cmd.flag("updates"),
        ignore_deletes: !cmd.flag("deletes"),
        headers_only: false,
        revision: Some(cmd.call.uint("revision")).filter(|revision| *revision > 0),
    };
    let mut watcher = store.watch(&[cmd.text("key")], options).await?;
    loop {
        if let WatchEvent::Entry(entry) = watcher.next().await? {
            show(cmd, store.bucket(), &entry);
        }
    }
}

fn show(cmd: &RunningCommand, bucket: &str, entry: &Entry) {
    let colour = if entry.operation == Operation::Put { 32 } else { 31 };
    let name = entry.operation.name();
    let name = match cmd.width() {
        Some(_) => format!("\x1b[{colour}m{name}\x1b[0m"),
        None => name.to_owned(),
    };
    let created = cmd.time(entry.created);
    let is_put = entry.operation == Operation::Put;
    let value = String::from_utf8_lossy(entry.value());
    let link = reference::entry(bucket, entry.key(), None, Some(&*value).filter(|_| is_put));
    let mut line = LinkedText::from(format!("[{created}] {name} "));
    line.push_linked(bucket, &link);
    line.push(" > ");
    line.push_linked(entry.key(), &link);
    if is_put {
        line.push(": ");
        line.push_linked(entry.value(), &link);
    }
    cmd.line(line);
}
