//! How to connect.

use std::fmt;
use std::rc::Rc;
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
    /// The language and version of the client library, as the server is told.
    pub library: (String, String),
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
    /// For requests.
    pub timeout: Duration,
    pub inbox_prefix: String,
    /// How the connection comes back when it is lost; `None` to close it then.
    pub reconnect: Option<Reconnect>,
    pub on_error: Option<OnError>,
}

/// Is told of errors that the server sends meanwhile, such as a violation of permissions.
#[derive(Clone)]
pub struct OnError(pub Rc<dyn Fn(&str)>);

impl fmt::Debug for OnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnError")
    }
}

impl Options {
    pub fn new(address: Address) -> Options {
        Options {
            servers: vec![address],
            name: String::new(),
            library: ("rust".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            user: None,
            password: None,
            token: None,
            timeout: Duration::from_secs(5),
            inbox_prefix: "_INBOX".to_owned(),
            reconnect: None,
            on_error: None,
        }
    }
}
