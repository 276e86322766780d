//! How a client finds a server.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::Pipe;

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<String>,
}

/// No server answers there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialError;

/// Opens connections: in the simulated world or by a socket.
pub trait Dial {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>>;
}

impl Address {
    /// The default of the command line.
    pub const DEFAULT_URL: &str = "nats://127.0.0.1:4222";

    /// Reads `nats://user:password@host:port`; scheme, credentials and port (4222) may be left out.
    pub fn parse(url: &str) -> Option<Address> {
        let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
        let rest = rest.split('/').next().unwrap_or(rest);
        let (credentials, host_port) = rest
            .rsplit_once('@')
            .map_or((None, rest), |(credentials, host_port)| (Some(credentials), host_port));
        let (host, port) = match host_port.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (host_port, 4222),
        };
        let (user, password) = match credentials {
            Some(credentials) => match credentials.split_once(':') {
                Some((user, password)) => (Some(user.to_owned()), Some(password.to_owned())),
                None => (Some(credentials.to_owned()), None),
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
