//! The server in memory, in the simulated world.

use std::future::Future;
use std::pin::Pin;

use playground::base::Time;
use playground::base::choices::InOrder;
use playground::client::{Address, Dial, DialError, Pipe};
use playground::server::{Config, EventLevel, JetStreamConfig};
use playground::sim::{Host, World};

use crate::environment::Environment;
use crate::measure::{Report, Size};
use crate::operations::{self, Effort};

const HOST: Host = Host { port: 4222 };

/// Opens connections in the world.
struct Pipes(World);

impl Dial for Pipes {
    fn dial(&self, _: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>> {
        Box::pin(std::future::ready(self.0.connect(HOST).map(|(_, pipe)| pipe).ok_or(DialError)))
    }
}

/// Measures all operations.
pub(crate) fn measure(size: Size, report: &mut Report) {
    let world = World::new(Time::from_secs(1_700_000_000), 1, EventLevel::Off);
    let config = Config { jetstream: Some(JetStreamConfig::default()), ..Config::default() };
    world.start_server(HOST, "store", config).expect("the port is free");
    let spawner = world.clone();
    let environment = Environment {
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
        operations::all(&environment, size, &Effort::in_memory(size), &report)
            .await
            .expect("the server answers");
    });
    world.settle(&mut InOrder);
    assert!(!world.is_running(task), "the operations are stuck");
}
