//! A program that takes nats-server's flags, with JetStream on a free port, until dropped.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) struct Program {
    pub(crate) port: u16,
    child: Child,
    folder: PathBuf,
    /// Its log stays open, or else the program would end when it has something to say.
    _log: BufReader<ChildStderr>,
}

impl Program {
    /// Waits until it is ready. `config` is what its configuration file holds.
    pub(crate) fn start(program: &str, config: &str) -> Program {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("playground-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let file = folder.join("server.conf");
        std::fs::write(&file, config).expect("a file can be written");
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
        Program { port, child, folder, _log: log }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
