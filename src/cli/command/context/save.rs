//! `nats context add`, `copy` and `rm`.

use super::info::show;
use super::select::choose;
use super::{contexts, failed};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::gofmt::quote;

/// Makes a context of the flags, or changes one by them.
pub async fn add(cmd: &RunningCommand) -> Outcome {
    let named = cmd.text("context");
    let source = if contexts(cmd).is_known(cmd.text("name")) { cmd.text("name") } else { named };
    save(cmd, source).await
}

/// Makes a context of another one, and of the flags.
pub async fn copy(cmd: &RunningCommand) -> Outcome {
    let (source, name) = (cmd.text("source"), cmd.text("name"));
    if !contexts(cmd).is_known(source) {
        return Err(Failure::error(format!("unknown context {}", quote(source))));
    }
    if contexts(cmd).is_known(name) {
        return Err(Failure::error(format!("context {} already exist", quote(name))));
    }
    save(cmd, source).await
}

async fn save(cmd: &RunningCommand, source: &str) -> Outcome {
    let (contexts, name) = (contexts(cmd), cmd.text("name"));
    let mut settings = match source {
        "" => Default::default(),
        source => contexts.load(source).map_err(failed)?,
    };
    settings.override_saved_by(&cmd.call);
    if settings.url.is_empty() {
        settings.url = crate::cli::context::Settings::DEFAULT_URL.to_owned();
    }
    if !cmd.text("description").is_empty() {
        cmd.text("description").clone_into(&mut settings.description);
    }
    contexts.save(name, &settings).map_err(failed)?;
    match cmd.flag("select") {
        true => choose(cmd, name).await,
        false => show(cmd, name, false).await.map(|_| ()),
    }
}

pub async fn rm(cmd: &RunningCommand) -> Outcome {
    let (contexts, name) = (contexts(cmd), cmd.text("name"));
    if contexts.selected().as_deref() == Some(name) {
        if !cmd.flag("force") {
            let wrong = "cannot remove the selected context, select another one or use the unselect command";
            return Err(Failure::error(wrong));
        }
        contexts.unselect().map_err(failed)?;
    }
    if !cmd.flag("force") {
        let question = format!("Really delete context {}", quote(name));
        let confirmed = cmd.confirm(&question, false).await;
        if !confirmed.map_err(|error| error.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    contexts.delete(name).map_err(failed)
}
