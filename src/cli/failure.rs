//! How commands fail.

use crate::base::Interrupt;
use crate::client::Error;

/// The result of a command.
pub type Outcome = Result<(), Failure>;

/// How a command ends when it does not succeed.
#[derive(Debug)]
pub enum Failure {
    /// With an error message, and what the client library reported if that is behind it.
    Error { message: String, cause: Option<Error> },
    /// With an error in the configuration, to which no context is added.
    Misconfigured(String),
    /// With an error message and the command's help page.
    Usage(String),
    /// The real command has this, the simulated one has not.
    NotSimulated(String),
    /// With an exit status and no message.
    Status(i32),
}

impl Failure {
    pub fn error(message: impl Into<String>) -> Failure {
        Failure::Error { message: message.into(), cause: None }
    }

    /// An error of the client library in the words of the manager API (jsm.go), which stream and account commands use.
    pub fn api(error: Error) -> Failure {
        Failure::Error { message: api_text(&error), cause: Some(error) }
    }

    /// The same failure with a context before its message.
    pub fn within(self, context: &str) -> Failure {
        match self {
            Failure::Error { message, cause } => {
                Failure::Error { message: format!("{context}: {message}"), cause }
            }
            other => other,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error { message: error.to_string(), cause: Some(error) }
    }
}

impl From<Interrupt> for Failure {
    fn from(_: Interrupt) -> Failure {
        Failure::error("interrupt")
    }
}

/// The text of an error in the manager API.
pub fn api_text(error: &Error) -> String {
    match error {
        Error::Api(error) => format!("{} ({})", error.description, error.err_code),
        Error::MessageNotFound => "no message found (10037)".to_owned(),
        other => other.to_string(),
    }
}
