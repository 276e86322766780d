//! Finding a server again once the connection is lost.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::{Address, Dial, DialError, Pipe};
use crate::base::clock::Sleep;
use crate::base::{Clock, Ids};

/// How a connection comes back.
#[derive(Clone)]
pub struct Reconnect {
    pub dial: Rc<dyn Dial>,
    /// Called with the reason whenever the connection is lost.
    pub lost: Rc<dyn Fn(&str)>,
}

impl fmt::Debug for Reconnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reconnect")
    }
}

/// A search for a server. It waits, longer each time, then tries all addresses.
pub(super) struct Reconnecting {
    tries: usize,
    /// The address that is tried next.
    next: usize,
    step: Step,
}

enum Step {
    Waiting(Sleep),
    Dialing(Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>>),
}

impl Reconnecting {
    pub(super) fn new(clock: &Clock, ids: &Ids) -> Reconnecting {
        Reconnecting { tries: 1, next: 0, step: Step::Waiting(clock.sleep(wait(1, ids))) }
    }

    /// Resolves to a new pipe once a server has answered.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        dial: &dyn Dial,
        servers: &[Address],
        clock: &Clock,
        ids: &Ids,
    ) -> Poll<Pipe> {
        loop {
            self.step = match &mut self.step {
                Step::Waiting(sleep) => match Pin::new(sleep).poll(context) {
                    Poll::Ready(()) => self.dial(dial, servers),
                    Poll::Pending => return Poll::Pending,
                },
                Step::Dialing(dialing) => match dialing.as_mut().poll(context) {
                    Poll::Ready(Ok(pipe)) => return Poll::Ready(pipe),
                    Poll::Ready(Err(DialError)) if self.next < servers.len() => self.dial(dial, servers),
                    Poll::Ready(Err(DialError)) => {
                        self.tries += 1;
                        self.next = 0;
                        Step::Waiting(clock.sleep(wait(self.tries, ids)))
                    }
                    Poll::Pending => return Poll::Pending,
                },
            }
        }
    }

    fn dial(&mut self, dial: &dyn Dial, servers: &[Address]) -> Step {
        let address = &servers[self.next.min(servers.len() - 1)];
        self.next += 1;
        Step::Dialing(dial.dial(address))
    }
}

/// The wait before a try: half a second more each time, up to 20 seconds, with a jitter of up to half of it.
fn wait(tries: usize, ids: &Ids) -> Duration {
    let millis = (500 * tries as u64 + 250).clamp(750, 20_000);
    Duration::from_millis(millis / 2 + ids.below(millis))
}
