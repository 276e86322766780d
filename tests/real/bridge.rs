//! Carries our clients' bytes to a real server over TCP, so that what was written for the simulation runs
//! against the real thing, in real time.

use std::cell::RefCell;
use std::future::Future;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use playground::base::{Clock, Ids, Time};
use playground::client::pipe::Ready;
use playground::client::{Address, Dial, DialError, Pipe, PipeEnd};
use playground::sim::Tasks;

/// The open connections; clones share them.
#[derive(Clone, Default)]
pub(crate) struct Bridge {
    lines: Rc<RefCell<Vec<(PipeEnd, TcpStream)>>>,
    ready: Ready,
}

impl Dial for Bridge {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>> {
        let opened =
            TcpStream::connect((address.host.as_str(), address.port)).map_err(|_| DialError).map(|stream| {
                stream.set_nonblocking(true).expect("a socket can be set so");
                stream.set_nodelay(true).expect("a socket can be set so");
                let (pipe, end) = Pipe::pair(0, &self.ready);
                self.lines.borrow_mut().push((end, stream));
                pipe
            });
        Box::pin(std::future::ready(opened))
    }
}

impl Bridge {
    /// Carries what there is, in both directions.
    fn carry(&self) {
        self.ready.borrow_mut().clear();
        self.lines.borrow_mut().retain_mut(|(end, stream)| {
            let mut out = Vec::new();
            end.take(&mut out);
            let mut rest = out.as_slice();
            while !rest.is_empty() {
                match stream.write(rest) {
                    Ok(written) => rest = &rest[written..],
                    Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
                    Err(_) => return false,
                }
            }
            let mut buffer = [0; 65536];
            loop {
                match stream.read(&mut buffer) {
                    Ok(0) => return false,
                    Ok(count) => end.send(&buffer[..count]),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => return !end.client_gone(),
                    Err(_) => return false,
                }
            }
        });
    }
}

/// Runs a program to its end in real time; `None` after `limit`.
pub(crate) fn run<T: 'static>(
    limit: Duration,
    program: impl FnOnce(Bridge, Clock, Ids) -> Pin<Box<dyn Future<Output = T>>>,
) -> Option<T> {
    let (bridge, tasks) = (Bridge::default(), Tasks::default());
    let began = now();
    let clock = Clock::new(began);
    let result = Rc::new(RefCell::new(None));
    let (job, slot) = (program(bridge.clone(), clock.clone(), Ids::new(began.nanos())), result.clone());
    let task = tasks.spawn(async move {
        let value = job.await;
        *slot.borrow_mut() = Some(value);
    });
    while tasks.is_running(task) && now().since(began) < limit {
        clock.set(now());
        while tasks.runnable() > 0 {
            tasks.run(0);
        }
        bridge.carry();
        #[expect(clippy::disallowed_methods, reason = "a test of the real thing runs in real time")]
        std::thread::sleep(Duration::from_micros(50));
    }
    result.take()
}

fn now() -> Time {
    #[expect(clippy::disallowed_methods, reason = "a test of the real thing runs in real time")]
    let now = SystemTime::now();
    Time(now.duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64)
}
