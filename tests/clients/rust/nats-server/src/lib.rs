//! Starts the server under test, the program in `NATS_SERVER`, as async-nats' tests ask for one.
//!
//! Their configuration files are looked for in the folder of that crate's source, in `ASYNC_NATS`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

/// How long a server may take to say where it listens.
const PATIENCE: Duration = Duration::from_secs(10);

/// A process of the server under test; dropping it ends the process.
pub struct Server {
    process: Child,
    folder: PathBuf,
    port: u16,
}

/// A server with that configuration file, on a free port of the loopback.
pub fn run_server(config: &str) -> Server {
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    let number = STARTED.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("client-tests-{}-{number}", process::id()));
    fs::create_dir(&folder).expect("a folder for the server");
    let program = env::var_os("NATS_SERVER").expect("NATS_SERVER names the server under test");
    let source = env::var_os("ASYNC_NATS").expect("ASYNC_NATS names the folder of async-nats");
    let process = Command::new(program)
        .args(["-a", "127.0.0.1", "-p", "-1", "-sd"])
        .arg(folder.join("store"))
        .arg("-c")
        .arg(Path::new(&source).join(config))
        .arg("--ports_file_dir")
        .arg(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    let mut server = Server { process, folder, port: 0 };
    server.port = server.listening();
    server
}

impl Server {
    /// Where clients connect.
    pub fn client_url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The port of that address.
    pub fn client_port(&self) -> u16 {
        self.port
    }

    /// The port that the server has written into its file, once it has.
    fn listening(&self) -> u16 {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            let files = fs::read_dir(&self.folder).expect("the server's folder");
            let ports = files
                .flatten()
                .map(|file| file.path())
                .find(|path| path.extension().is_some_and(|end| end == "ports"));
            let text = ports.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
            let port =
                text.split("nats://127.0.0.1:").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
            if let Some(port) = port {
                return port;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not say where it listens");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whatever fails here, the server is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
