//! What an error of the server means for the connection, as nats.go takes it.

/// `-ERR`, in the words of nats.go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ServerError {
    pub(super) text: String,
    pub(super) consequence: Consequence,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consequence {
    /// It goes on, and whoever uses it is told.
    Told,
    /// It is lost, and may come back.
    Lost,
    /// It is closed for good, and whoever uses it is told.
    ClosedAndTold,
    /// It is closed for good.
    Closed,
}

impl ServerError {
    /// Of the text between the quotes.
    pub(super) fn of(text: &str) -> ServerError {
        let lower = text.to_lowercase();
        let is = |beginning: &str| lower.starts_with(beginning);
        let (text, consequence) = match lower.as_str() {
            "stale connection" | "maximum account active connections exceeded" => (lower, Consequence::Lost),
            "maximum connections exceeded" => (format!("server {lower}"), Consequence::Lost),
            "unknown protocol operation" => (text.to_owned(), Consequence::Lost),
            "maximum control line exceeded" => (text.to_owned(), Consequence::ClosedAndTold),
            _ if is("permissions violation") => (format!("permissions violation: {text}"), Consequence::Told),
            _ if is("maximum subscriptions exceeded") => {
                ("server maximum subscriptions exceeded".to_owned(), Consequence::Told)
            }
            _ if is("authorization violation") => ("authorization violation".to_owned(), Consequence::Told),
            _ if is("user authentication expired") => {
                ("authentication expired".to_owned(), Consequence::Told)
            }
            _ if is("user authentication revoked") => {
                ("authentication revoked".to_owned(), Consequence::Told)
            }
            _ if is("account authentication expired") => {
                ("account authentication expired".to_owned(), Consequence::Told)
            }
            _ => (text.to_owned(), Consequence::Closed),
        };
        ServerError { text: format!("nats: {text}"), consequence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_error_has_its_consequence() {
        let of = |text| {
            let error = ServerError::of(text);
            (error.text, error.consequence)
        };
        assert_eq!(of("Stale Connection"), ("nats: stale connection".to_owned(), Consequence::Lost));
        assert_eq!(of("Parser Error"), ("nats: Parser Error".to_owned(), Consequence::Closed));
        let long = "maximum control line exceeded";
        assert_eq!(of(long), (format!("nats: {long}"), Consequence::ClosedAndTold));
        let refused = "Permissions Violation for Publish to \"x\"";
        assert_eq!(of(refused), (format!("nats: permissions violation: {refused}"), Consequence::Told));
    }
}
