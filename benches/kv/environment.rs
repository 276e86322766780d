//! What the operations need of their surroundings: connections, a clock and a way to start programs.

use std::future::Future;
use std::pin::Pin;

use playground::base::{Clock, Ids};
use playground::client::{Address, Connection, Dial, Error, JetStream, Options};

pub(crate) type Program = Pin<Box<dyn Future<Output = ()>>>;

/// A server that can be reached, in memory or over sockets.
pub(crate) struct Environment {
    pub(crate) dial: Box<dyn Dial>,
    pub(crate) address: Address,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) spawn: Box<dyn Fn(Program)>,
}

impl Environment {
    /// Opens a new connection.
    pub(crate) async fn connect(&self) -> Result<JetStream, Error> {
        let options = Options::new(self.address.clone());
        let connection = Connection::connect(self.dial.as_ref(), &self.clock, &self.ids, &options).await?;
        Ok(JetStream::new(&connection))
    }
}
