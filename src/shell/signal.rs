//! The signals and events for which `trap` has commands.

use crate::programs::Status;

/// When a command of `trap` runs, in the order of bash's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Signal {
    Exit,
    Hangup,
    Interrupt,
    Quit,
    Terminate,
    /// A command has failed.
    Failure,
}

impl Signal {
    /// By name or number.
    pub(super) fn read(text: &str) -> Option<Signal> {
        let name = text.to_ascii_uppercase();
        Some(match name.strip_prefix("SIG").unwrap_or(&name) {
            "EXIT" | "0" => Signal::Exit,
            "HUP" | "1" => Signal::Hangup,
            "INT" | "2" => Signal::Interrupt,
            "QUIT" | "3" => Signal::Quit,
            "TERM" | "15" => Signal::Terminate,
            "ERR" => Signal::Failure,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Signal::Exit => "EXIT",
            Signal::Hangup => "SIGHUP",
            Signal::Interrupt => "SIGINT",
            Signal::Quit => "SIGQUIT",
            Signal::Terminate => "SIGTERM",
            Signal::Failure => "ERR",
        }
    }

    /// The status of what it ends; `None` if it ends nothing.
    pub(super) fn status(self) -> Option<Status> {
        match self {
            Signal::Exit | Signal::Failure => None,
            Signal::Hangup => Some(129),
            Signal::Interrupt => Some(130),
            Signal::Quit => Some(131),
            Signal::Terminate => Some(143),
        }
    }
}
