//! The talk with a program that takes nats-server's flags, over TCP and in real time.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::program::Program;
use crate::script::Case;
use crate::{Peer, mask};

pub(crate) struct There {
    program: Program,
    title: String,
    open: BTreeMap<char, TcpStream>,
}

/// How long nothing must come for it to be all: shortly, once what is expected has come.
const QUIET: Duration = Duration::from_millis(400);
const SHORTLY: Duration = Duration::from_millis(20);

/// How often it is waited so long for what is expected.
const PATIENCE: u32 = 20;

impl There {
    pub(crate) fn start(program: &str, case: &Case) -> There {
        let program = Program::start(program, &case.config);
        There { program, title: case.title.clone(), open: BTreeMap::new() }
    }
}

impl Peer for There {
    fn send(&mut self, name: char, bytes: &[u8]) {
        let port = self.program.port;
        let stream = self.open.entry(name).or_insert_with(|| {
            let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
            stream.set_nodelay(true).expect("a socket can be set so");
            // INFO comes first, and what is sent before is not refused in the same order.
            stream.set_read_timeout(Some(QUIET * PATIENCE)).expect("a socket can be set so");
            let _ = stream.peek(&mut [0]);
            stream
        });
        // It may have ended already, which is heard then.
        let _ = stream.write_all(bytes);
    }

    fn wait(&mut self, millis: u64) {
        #[expect(clippy::disallowed_methods, reason = "a test of a program runs in real time")]
        std::thread::sleep(Duration::from_millis(millis));
    }

    fn heard(&mut self, name: char, wanted: Option<usize>) -> (Vec<u8>, bool) {
        let mut heard = Vec::new();
        let Some(stream) = self.open.get_mut(&name) else { return (heard, true) };
        let (mut buffer, mut patience) = (vec![0; 65536], 0);
        loop {
            let enough = wanted.is_some_and(|wanted| mask::lines(&heard, &self.title).len() >= wanted);
            let wait = if enough { SHORTLY } else { QUIET };
            stream.set_read_timeout(Some(wait)).expect("a socket can be set so");
            match stream.read(&mut buffer) {
                Ok(0) => return (heard, true),
                Ok(count) => heard.extend_from_slice(&buffer[..count]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    patience += 1;
                    if enough || wanted.is_none() || patience >= PATIENCE {
                        return (heard, false);
                    }
                }
                Err(_) => return (heard, true),
            }
        }
    }
}
