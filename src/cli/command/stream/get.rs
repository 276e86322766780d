//! `nats stream get`: shows a message of a stream.

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{json, message};
use crate::cli::running_command::RunningCommand;
use crate::client::MessageSelector;
use crate::gofmt::{self, age};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    let (mut id, mut subject) =
        (if cmd.call.has_arg("id") { cmd.call.int("id") } else { -1 }, cmd.text("last-for").to_owned());
    if id == -1 && subject.is_empty() {
        let typed = cmd.input("Message Sequence to retrieve", Some("-1")).await;
        let typed = typed.map_err(|failure| failure.within("invalid input"))?;
        id = atoi(&typed)?;
        if id == -1 {
            let typed = cmd.input("Subject to retrieve last message for", Some("")).await;
            subject = typed.map_err(|failure| failure.within("invalid subject"))?;
        }
    }
    let load = picked.load(&jetstream).await;
    load.map_err(|failure| failure.within(&format!("could not load Stream {}", picked.name)))?;
    let which = match id {
        0.. => MessageSelector::Sequence(id as u64),
        _ if !subject.is_empty() => MessageSelector::LastBySubject([&subject, ""]),
        _ => return Err(Failure::error("no ID or subject specified")),
    };
    let found = jetstream.get_message(&picked.name, which).await;
    let found = found
        .map_err(|error| Failure::api(error).within(&format!("could not retrieve {}#{id}", picked.name)))?;
    if cmd.flag("json") {
        cmd.line(json::stored_message(&found));
        return Ok(());
    }
    let age = age(cmd.env.clock.now().since(found.time).into());
    let received = gofmt::time::string(found.time);
    cmd.line(format!(
        "Item: {}#{} received {received} ({age}) on Subject {}\n",
        picked.name,
        found.sequence,
        found.subject()
    ));
    if !found.headers.is_empty() {
        cmd.line("Headers:");
        found.headers.list.iter().for_each(|(name, value)| cmd.line(format!("  {name}: {value}")));
        cmd.line("");
    }
    message::body(cmd, found.body());
    Ok(())
}

/// A number that was typed.
pub fn atoi(text: &str) -> Result<i64, Failure> {
    gofmt::atoi(text).map_err(|wrong| Failure::error(format!("invalid number: {wrong}")))
}
