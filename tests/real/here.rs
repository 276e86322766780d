//! The same programs in the simulated world.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use playground::base::choices::InOrder;
use playground::base::{Clock, Ids, Time};
use playground::client::{Address, Dial, DialError, Pipe};
use playground::server::config::JetStreamConfig;
use playground::server::{Config, EventLevel};
use playground::sim::{Host, World};

struct WorldDial(World);

impl Dial for WorldDial {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>> {
        let pipe = self.0.connect(Host { port: address.port }).map(|(_, pipe)| pipe);
        Box::pin(std::future::ready(pipe.ok_or(DialError)))
    }
}

/// Runs a program to its end as a client of a simulated server; `None` if it waits for what never comes.
pub(crate) fn run<T: 'static>(
    program: impl FnOnce(Rc<dyn Dial>, Clock, Ids) -> Pin<Box<dyn Future<Output = T>>>,
) -> Option<T> {
    let world = World::new(Time::from_secs(1_795_395_723), 1, EventLevel::Off);
    let config = Config { seed: 1, jetstream: Some(JetStreamConfig::default()), ..Config::default() };
    world.start_server(Host { port: 4222 }, "", config).expect("nobody else listens");
    let result = Rc::new(RefCell::new(None));
    let job = program(Rc::new(WorldDial(world.clone())), world.clock().clone(), world.ids().clone());
    let slot = result.clone();
    let task = world.spawn(async move {
        let value = job.await;
        *slot.borrow_mut() = Some(value);
    });
    world.settle(&mut InOrder);
    while world.is_running(task) {
        let due = world.deadline()?;
        world.tick(due);
        world.settle(&mut InOrder);
    }
    result.take()
}
