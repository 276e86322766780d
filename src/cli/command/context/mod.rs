//! `nats context`: settings of connections under names, of which one may be selected.

mod info;
mod ls;
mod save;
mod select;

pub use info::{info, validate};
pub use ls::ls;
pub use save::{add, copy, rm};
pub use select::{previous, select, unselect};

use crate::cli::context::{ContextError, Contexts};
use crate::cli::failure::Failure;
use crate::cli::running_command::RunningCommand;

fn contexts(cmd: &RunningCommand) -> Contexts {
    Contexts::new(&cmd.env.files, &cmd.env.folder, &cmd.env.variables)
}

fn failed(error: ContextError) -> Failure {
    Failure::error(error.to_string())
}
