//! The real `nats-server` over loopback, one request at a time, by async-nats and by our own client: it is started
//! from PATH, or from `NATS_SERVER`.

use std::cell::RefCell;
use std::future::Future;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use playground::base::{Clock, Ids, Time};
use playground::client::pipe::Ready;
use playground::client::{Address, Dial, DialError, Pipe, PipeEnd};
use playground::sim::Tasks;

use crate::environment::{Environment, Program};
use crate::measure::{Report, Size};
use crate::operations::{self, Effort};

const SIZE: Size = Size { keys: 1000, history: 1 };
const EFFORT: Effort = Effort { count: 1000, batches: 5, starts: 5 };

/// Prints the figures of the real server, if it is installed. `by` is a program to measure with in place of our own
/// client; it gets the port as its argument.
pub(crate) fn measure(by: Option<&str>) {
    let Some(server) = Server::start() else {
        eprintln!("no nats-server on PATH: nothing to compare with");
        return;
    };
    match by {
        Some(program) => {
            let done = Command::new(program).arg(server.port.to_string()).status();
            assert!(done.is_ok_and(|status| status.success()), "{program} does not measure");
        }
        None => by_our_client(server.port),
    }
}

fn by_our_client(port: u16) {
    let (sockets, tasks) = (Sockets::default(), Tasks::default());
    let clock = Clock::new(now());
    let spawner = tasks.clone();
    let environment = Environment {
        dial: Box::new(sockets.clone()),
        address: Address::parse(&format!("nats://127.0.0.1:{port}")).expect("it is an address"),
        clock: clock.clone(),
        ids: Ids::new(now().nanos()),
        spawn: Box::new(move |program: Program| {
            spawner.spawn(program);
        }),
    };
    let report = Report::new("");
    let task = tasks.spawn(async move {
        operations::all(&environment, SIZE, &EFFORT, &report).await.expect("the server answers");
    });
    while tasks.is_running(task) {
        clock.set(now());
        while tasks.runnable() > 0 {
            tasks.run(0);
        }
        sockets.transfer();
    }
}

/// A server with JetStream on a free port, until dropped.
struct Server {
    child: Child,
    port: u16,
    store: std::path::PathBuf,
    /// Kept open: the server would end when it cannot write its log.
    _log: Box<dyn BufRead>,
}

impl Server {
    fn start() -> Option<Server> {
        let program = std::env::var("NATS_SERVER").unwrap_or_else(|_| "nats-server".to_owned());
        let store = std::env::temp_dir().join(format!("playground-bench-{}", std::process::id()));
        let mut child = Command::new(program)
            .args(["-a", "127.0.0.1", "-p", "-1", "-js", "-sd"])
            .arg(&store)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .ok()?;
        let mut log = BufReader::new(child.stderr.take()?);
        let prefix = "Listening for client connections on 127.0.0.1:";
        let mut lines = log.by_ref().lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.split_once(prefix)?.1.trim().parse().ok())?;
        Some(Server { child, port, store, _log: Box::new(log) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.store);
    }
}

/// The open connections; clones share them.
#[derive(Clone, Default)]
struct Sockets {
    lines: Rc<RefCell<Vec<(PipeEnd, TcpStream)>>>,
    ready: Ready,
}

impl Dial for Sockets {
    fn dial(&self, address: &Address) -> Pin<Box<dyn Future<Output = Result<Pipe, DialError>>>> {
        let open = || {
            let stream = TcpStream::connect((address.host.as_str(), address.port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(READ_TIMEOUT))?;
            let (pipe, end) = Pipe::pair(0, &self.ready);
            self.lines.borrow_mut().push((end, stream));
            std::io::Result::Ok(pipe)
        };
        Box::pin(std::future::ready(open().map_err(|_| DialError)))
    }
}

/// The longest that a read blocks before the clock is set again.
const READ_TIMEOUT: Duration = Duration::from_millis(100);

impl Sockets {
    /// Sends what is pending and then blocks on each socket until something arrives, as a client with a thread or a
    /// runtime of its own would.
    fn transfer(&self) {
        self.ready.borrow_mut().clear();
        let mut lines = self.lines.borrow_mut();
        for (end, stream) in lines.iter_mut() {
            let mut out = Vec::new();
            end.take(&mut out);
            stream.write_all(&out).expect("the server listens");
        }
        let mut buffer = [0; 65536];
        lines.retain_mut(|(end, stream)| {
            match stream.read(&mut buffer) {
                Ok(0) => return false,
                Ok(count) => end.send(&buffer[..count]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return false,
            }
            !end.client_gone()
        });
    }
}

fn now() -> Time {
    #[expect(clippy::disallowed_methods, reason = "the real server runs in real time")]
    let now = SystemTime::now();
    Time(now.duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64)
}
