//! `nats consumer ls`: the consumers of a stream.

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::gofmt;
use crate::gojson;
use crate::jsapi::Nanos;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, stream) = pick::stream(cmd).await?;
    let names = manager::consumer_names(&jetstream, &stream).await;
    let names = names.map_err(|error| Failure::api(error).within("could not load Consumers"))?;
    if cmd.flag("json") {
        cmd.line(gojson::to_string_indent(&Some(names).filter(|names| !names.is_empty())));
        return Ok(());
    }
    if cmd.flag("names") {
        names.iter().for_each(|name| cmd.line(name));
        return Ok(());
    }
    if names.is_empty() {
        cmd.line("No Consumers defined");
        return Ok(());
    }
    let headers = ["Name", "Description", "Created", "Ack Pending", "Unprocessed", "Last Delivery"];
    let mut table = cmd.table("Consumers", &headers);
    for info in manager::consumers(&jetstream, &stream).await.map_err(Failure::api)? {
        let last = info.delivered.last_active.map_or(Nanos(i64::MAX), |last| info.ts.since(last).into());
        table.row([
            info.name.as_str().into(),
            info.config.map_or(String::new(), |config| config.description).into(),
            cmd.time(info.created).into(),
            info.num_ack_pending.into(),
            info.num_pending.into(),
            gofmt::age(last).into(),
        ]);
    }
    cmd.line(table.render());
    cmd.line("");
    Ok(())
}
