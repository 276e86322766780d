//! What the operations run on: the world in memory, or sockets to a real server.

use std::future::Future;
use std::pin::Pin;

use playground::base::choices::InOrder;
use playground::base::{Clock, Ids, Time};
use playground::client::{Address, Connection, Dial, DialError, Error, JetStream, Link, Options};
use playground::server::{Config, JetStreamConfig, Telling};
use playground::sim::{Host, World};

use crate::measure::{Report, Size};
use crate::operations::{self, Effort};

pub(crate) type Program = Pin<Box<dyn Future<Output = ()>>>;

pub(crate) struct Ground {
    pub(crate) dial: Box<dyn Dial>,
    pub(crate) address: Address,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) spawn: Box<dyn Fn(Program)>,
}

impl Ground {
    /// A connection of its own.
    pub(crate) async fn connect(&self) -> Result<JetStream, Error> {
        let options = Options::new(self.address.clone());
        let connection = Connection::connect(self.dial.as_ref(), &self.clock, &self.ids, &options).await?;
        Ok(JetStream::new(&connection))
    }
}

const HOST: Host = Host { port: 4222 };

/// Opens connections in the world.
struct Pipes(World);

impl Dial for Pipes {
    fn dial(&self, _: &Address) -> Pin<Box<dyn Future<Output = Result<Link, DialError>>>> {
        Box::pin(std::future::ready(self.0.connect(HOST).map(|(_, link)| link).ok_or(DialError)))
    }
}

/// All operations on a server in memory.
pub(crate) fn in_memory(size: Size, report: &mut Report) {
    let world = World::new(Time::from_secs(1_700_000_000), 1, Telling::Nothing);
    let config = Config { jetstream: Some(JetStreamConfig::default()), ..Config::default() };
    world.start_server(HOST, "store", config).expect("nobody listens there yet");
    let spawner = world.clone();
    let ground = Ground {
        dial: Box::new(Pipes(world.clone())),
        address: Address::parse(Address::DEFAULT_URL).expect("it is an address"),
        clock: world.clock().clone(),
        ids: world.ids().clone(),
        spawn: Box::new(move |program| {
            spawner.spawn(program);
        }),
    };
    let report = Report::new(report.only());
    let task = world.spawn(async move {
        operations::all(&ground, size, &Effort::in_memory(size), &report).await.expect("the server answers");
    });
    world.settle(&mut InOrder);
    assert!(!world.is_running(task), "it waits for something that does not come");
}
