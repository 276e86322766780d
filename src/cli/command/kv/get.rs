//! `nats kv get`: shows a key's value.

use crate::base::LinkedText;
use crate::cli::failure::Outcome;
use crate::cli::reference;
use crate::cli::running_command::RunningCommand;
use crate::cli::text::printable;
use crate::gofmt::count;

/// Longer values are cut, in bytes.
const SHOWN: usize = 120;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let bucket = cmd.bucket().await?;
    let entry = bucket.get_revision(cmd.text("key"), cmd.call.uint("revision")).await?;
    if cmd.flag("raw") {
        let shown = String::from_utf8_lossy(entry.value());
        let mut raw = LinkedText::default();
        raw.push_linked(entry.value(), &reference::entry(bucket.bucket(), entry.key(), None, Some(&shown)));
        cmd.print(raw);
        return Ok(());
    }
    let link = reference::entry(bucket.bucket(), entry.key(), Some(entry.revision), None);
    let mut head = LinkedText::default();
    head.push_linked(bucket.bucket(), &link);
    head.push(" > ");
    head.push_linked(entry.key(), &link);
    head.push(" revision: ");
    head.push_linked(entry.revision.to_string(), &link);
    head.push(format!(" created @ {}\n", cmd.time(entry.created)));
    cmd.line(head);
    let mut value = printable(entry.value());
    if value.len() > SHOWN {
        let length = count(value.len() as u64);
        cmd.line(format!("Showing first 120 bytes of {length}, use --raw for full data\n"));
        value.truncate(SHOWN);
    }
    let mut line = LinkedText::default();
    line.push_linked(&value, &reference::entry(bucket.bucket(), entry.key(), None, Some(&value)));
    line.push("\n");
    cmd.line(line);
    Ok(())
}
