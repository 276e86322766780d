//! How a command ends: with an exit status, or by stopping the commands after it.

use std::future::Future;
use std::pin::Pin;

use crate::programs::Status;

/// Why the commands after this one do not run.
#[derive(Debug)]
pub(super) enum Stop {
    /// `break`: leaves so many loops.
    Break(usize),
    /// `continue`: leaves so many loops less one, and goes on with the next iteration.
    Continue(usize),
    /// `return`: leaves the function.
    Return(Status),
    /// `exit`, or Ctrl-C at a question.
    Exit(Status),
    /// An error that ends the whole line with a message, or the script.
    Error { message: String, status: Status, ends_script: bool },
}

impl Stop {
    pub(super) fn error(message: impl Into<String>, status: Status) -> Stop {
        Stop::Error { message: message.into(), status, ends_script: false }
    }

    pub(super) fn fatal(message: impl Into<String>, status: Status) -> Stop {
        Stop::Error { message: message.into(), status, ends_script: true }
    }

    /// What bash says where it gets no more memory.
    pub(super) fn out_of_space() -> Stop {
        Stop::fatal("cannot allocate memory", 2)
    }
}

/// The exit status of a command, or the reason to run no further ones.
pub(super) type Outcome = Result<Status, Stop>;

/// A command that runs.
pub(super) type BoxFuture<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;
