//! `nats consumer`: consumers of streams.

pub mod add;
mod backoff;
pub mod copy;
pub mod edit;
pub mod find;
pub mod info;
pub mod ls;
pub mod next;
pub mod pause;
mod pick;
mod questions;
pub mod report;
pub mod reset;
pub mod rm;
pub mod unpin;

use crate::cli::running_command::RunningCommand;

/// How many messages may be without an acknowledgement, by either of two flags; -1 where none says.
fn max_pending(cmd: &RunningCommand) -> i64 {
    match cmd.call.int("max-pending") {
        -1 => cmd.text("max-outstanding").parse().unwrap_or(-1),
        given => given,
    }
}
