//! A program that takes nats-server's flags, over TCP and in real time.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::script::Case;
use crate::{Peer, mask};

pub(crate) struct Program {
    child: Child,
    port: u16,
    title: String,
    folder: std::path::PathBuf,
    open: BTreeMap<char, TcpStream>,
    /// Its log stays open, or else the program would end when it has something to say.
    _log: BufReader<ChildStderr>,
}

/// How long nothing must come for it to be all: shortly, once what is expected has come.
const QUIET: Duration = Duration::from_millis(400);
const SHORTLY: Duration = Duration::from_millis(20);

/// How often it is waited so long for what is expected.
const PATIENCE: u32 = 20;

impl Program {
    pub(crate) fn start(program: &str, case: &Case) -> Program {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("playground-wire-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let file = folder.join("server.conf");
        std::fs::write(&file, &case.config).expect("a file can be written");
        let mut child = Command::new(program)
            .args(["-a", "127.0.0.1", "-p", "-1", "-js", "-sd"])
            .arg(&folder)
            .arg("-c")
            .arg(&file)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let mut log = BufReader::new(child.stderr.take().expect("it was piped"));
        let said = "Listening for client connections on 127.0.0.1:";
        let mut lines = log.by_ref().lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.split_once(said)?.1.trim().parse().ok());
        lines.find(|line| line.contains("Server is ready"));
        let port = port.expect("the server says where it listens");
        Program { child, port, folder, title: case.title.clone(), open: BTreeMap::new(), _log: log }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Peer for Program {
    fn send(&mut self, name: char, bytes: &[u8]) {
        let port = self.port;
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
