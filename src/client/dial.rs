//! How a client finds a server.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::Link;

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<String>,
}

/// Nobody answers there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialError;

/// Opens connections; the world, a socket or a browser's WebSocket stand behind it.
pub trait Dial {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Link, DialError>>>>;
}

impl Address {
    /// Where the command line looks when nothing is said.
    pub const DEFAULT_URL: &str = "nats://127.0.0.1:4222";

    /// Reads `nats://user:password@host:port`; scheme, credentials and port (4222) may be left out.
    pub fn parse(url: &str) -> Option<Address> {
        let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
        let rest = rest.split('/').next().unwrap_or(rest);
        let (credentials, place) =
            rest.rsplit_once('@').map_or((None, rest), |(who, place)| (Some(who), place));
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (place, 4222),
        };
        let (user, password) = match credentials {
            Some(who) => match who.split_once(':') {
                Some((user, password)) => (Some(user.to_owned()), Some(password.to_owned())),
                None => (Some(who.to_owned()), None),
            },
            None => (None, None),
        };
        (!host.is_empty()).then(|| Address { host: host.to_owned(), port, user, password })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}
