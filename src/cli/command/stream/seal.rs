//! `nats stream seal`: lets nothing change in a stream any more.

use super::{info, pick};
use crate::cli::failure::Outcome;
use crate::cli::manager;
use crate::cli::running_command::RunningCommand;
use crate::jsapi::StreamConfig;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    if !cmd.flag("force") {
        let question =
            format!("Really seal Stream {}, sealed streams can not be unsealed or modified", picked.name);
        let sure = cmd.confirm(&question, false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let found = picked.load(&jetstream).await;
    let found = found.map_err(|failure| failure.within("could not seal Stream"))?;
    // The real command looks at no answer, and shows what the stream is then.
    let _ = manager::update_stream(&jetstream, &StreamConfig { sealed: true, ..found.config }).await;
    let sealed = pick::Picked { name: picked.name, info: None };
    info::print(cmd, &jetstream, &sealed, false).await
}
