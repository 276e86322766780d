//! `nats consumer unpin`: takes the messages of a priority group from the client that gets them.

use std::collections::BTreeMap;

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::jsapi::PriorityPolicy;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, found) = pick::consumer(cmd).await?;
    if found.config.is_none_or(|config| config.priority_policy != PriorityPolicy::PinnedClient) {
        return Err(Failure::error("consumer is not a pinned priority consumer"));
    }
    let (stream, name) = (&found.stream_name, &found.name);
    let now = manager::consumer_info(&jetstream, stream, name).await.map_err(Failure::api)?;
    let pinned: BTreeMap<String, String> = now
        .priority_groups
        .into_iter()
        .filter_map(|state| Some((state.group, state.pinned_client_id.filter(|id| !id.is_empty())?)))
        .collect();
    if pinned.is_empty() {
        return Err(Failure::error("no priority groups have pinned clients"));
    }
    let group = match cmd.text("group") {
        "" => cmd.select("Select a Group", &pinned.keys().cloned().collect::<Vec<_>>()).await?,
        given => given.to_owned(),
    };
    if !cmd.flag("force") {
        let question = format!("Really unpin client from group {stream} > {name} > {group}");
        let sure = cmd.confirm(&question, false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    manager::unpin_consumer(&jetstream, stream, name, &group).await.map_err(Failure::api)?;
    let client = pinned.get(&group).map_or("", String::as_str);
    cmd.line(format!("Unpinned client {client} from Priority Group {stream} > {name} > {group}"));
    Ok(())
}
