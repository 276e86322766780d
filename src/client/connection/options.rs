//! How to connect.

use std::time::Duration;

use crate::client::Address;
use crate::client::reconnect::Reconnect;

/// How to connect.
#[derive(Clone, Debug)]
pub struct Options {
    /// Tried in this order.
    pub servers: Vec<Address>,
    /// What the server shall call this client.
    pub name: String,
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
    /// For requests.
    pub timeout: Duration,
    pub inbox_prefix: String,
    /// How the connection comes back when it is lost; `None` to close it then.
    pub reconnect: Option<Reconnect>,
}

impl Options {
    pub fn new(address: Address) -> Options {
        Options {
            servers: vec![address],
            name: String::new(),
            user: None,
            password: None,
            token: None,
            timeout: Duration::from_secs(5),
            inbox_prefix: "_INBOX".to_owned(),
            reconnect: None,
        }
    }
}
