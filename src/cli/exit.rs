//! The output of a command that ends before it runs: help pages and errors in the command line.

use crate::gofmt::quote;

/// What is printed, and the exit status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exit {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
    /// Standard error is printed before standard output: an error before the help page that explains it.
    pub error_first: bool,
}

impl Exit {
    /// An error message.
    pub fn error(message: impl std::fmt::Display) -> Exit {
        Exit { stderr: format!("nats: error: {message}\n"), status: 1, ..Exit::default() }
    }

    /// An error in the command line, with the help page that explains it.
    pub fn usage(message: &str, page: String) -> Exit {
        Exit { stdout: page, stderr: format!("error: {message}\n\n"), status: 1, error_first: true }
    }

    /// The error for a part of the real command that is not simulated.
    pub fn not_simulated(what: &str) -> Exit {
        Exit::error(format!("{} is not simulated in this playground", quote(what)))
    }

    pub fn output(text: String) -> Exit {
        Exit { stdout: text, ..Exit::default() }
    }
}
