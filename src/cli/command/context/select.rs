//! `nats context select`, `previous` and `unselect`.

use super::info::show;
use super::{contexts, failed};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::gofmt::quote;

pub async fn select(cmd: &RunningCommand) -> Outcome {
    let known = contexts(cmd).names();
    if known.is_empty() {
        return Err(Failure::error("no context defined"));
    }
    let name = match cmd.text("name") {
        "" => cmd.select("Select a Context", &known).await?,
        name => name.to_owned(),
    };
    contexts(cmd).select(&name).map_err(failed)?;
    show(cmd, &name, false).await.map(|_| ())
}

/// Selects a context that was saved, and tries to connect by it.
pub(super) async fn choose(cmd: &RunningCommand, name: &str) -> Outcome {
    contexts(cmd).select(name).map_err(failed)?;
    show(cmd, name, true).await.map(|_| ())
}

pub async fn previous(cmd: &RunningCommand) -> Outcome {
    let contexts = contexts(cmd);
    if let Some(name) = contexts.previous() {
        contexts.select(&name).map_err(failed)?;
        return show(cmd, &name, false).await.map(|_| ());
    }
    show(cmd, "", false).await.map(|_| ())
}

pub async fn unselect(cmd: &RunningCommand) -> Outcome {
    let contexts = contexts(cmd);
    let Some(selected) = contexts.selected() else {
        cmd.line("No context currently selected");
        return Ok(());
    };
    contexts.unselect().map_err(failed)?;
    cmd.line(format!("Unselected the {} context", quote(&selected)));
    Ok(())
}
