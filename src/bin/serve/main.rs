//! The simulated server on sockets: `nats-server`'s flags, configuration file, log lines and ports, with the server of
//! the page behind them. Only sockets and time are here.

mod hub;
mod log;
mod monitor;
mod signals;
mod sockets;
mod store;
mod tester;
mod trace;

use std::process::ExitCode;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use playground::base::Time;
use playground::server::banner::Level;
use playground::server::conf;
use playground::server::options::{self, Asked, Options};
use playground::server::setup::{self, Setup};
use playground::server::{VERSION, banner};
use tokio::task::LocalSet;

use crate::hub::Hub;
use crate::log::Log;
use crate::signals::Stop;
use crate::store::Keeper;

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let is_tester = words.first().is_some_and(|word| word == "--tester");
    if is_tester {
        words.remove(0);
    }
    let options = match options::parse(&words) {
        Asked::Start(options) => *options,
        Asked::Version => return say(&format!("nats-server: v{VERSION}")),
        Asked::Help => return usage(),
        Asked::Usage(complaint) => {
            eprintln!("{complaint}");
            return usage();
        }
        Asked::Fail(complaint) => return fail(&complaint),
    };
    match read(&options) {
        Ok(setup) => run(setup, &options, is_tester),
        Err(complaint) => fail(&format!("nats-server: {complaint}")),
    }
}

fn say(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    print!("{}", options::USAGE);
    ExitCode::SUCCESS
}

fn fail(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}

/// The time now. The rest of the program is told it.
#[expect(clippy::disallowed_methods, reason = "this program's edge is where the clock is asked")]
pub(crate) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

fn read(options: &Options) -> Result<Setup, String> {
    let file = match &options.config {
        None => None,
        Some(path) => {
            let text =
                std::fs::read_to_string(path).map_err(|error| format!("open {path}: {}", reason(&error)))?;
            Some(conf::parse(&text).map_err(|error| format!("{path}: {error}"))?)
        }
    };
    setup::setup(options, file.as_ref(), now().nanos() ^ u64::from(std::process::id()))
}

/// Why a file cannot be read, as Go's library says it.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn run(setup: Setup, options: &Options, is_tester: bool) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("nats-server: {error}")),
    };
    let log = match Log::open(&setup) {
        Ok(log) => Rc::new(log),
        Err(error) => return fail(&format!("nats-server: {error}")),
    };
    LocalSet::new().block_on(&runtime, serve(setup, options, log, is_tester))
}

async fn serve(mut setup: Setup, options: &Options, log: Rc<Log>, is_tester: bool) -> ExitCode {
    let bound = sockets::bind(&setup.host, setup.port).await;
    let port = bound.as_ref().map_or(setup.port, |listener| sockets::port_of(listener, setup.port));
    setup.config.port = port;
    let disk = match store::read(&setup) {
        Ok(disk) => disk,
        Err(complaint) => return fail(&format!("nats-server: {complaint}")),
    };
    let restored = disk.contents();
    let hub = Hub::start(&setup, disk, Keeper::new(&setup), log.clone());
    log.start(&hub, &setup, options, &restored);
    let mut ports = vec![("nats", format!("nats://{}:{port}", setup.host))];
    if let Some(http) = &setup.http {
        match monitor::listen(http, &setup, &hub, &log).await {
            Ok(url) => ports.push(("monitoring", url)),
            Err(_) => {
                let place = format!("{}:{}", http.host, http.port);
                let why = "Can't start monitoring: can't listen to the monitor port: listen tcp";
                log.line(&(Level::Fatal, format!("{why} {place}: bind: address already in use")));
                return ExitCode::FAILURE;
            }
        }
    }
    if let Some(websocket) = &setup.websocket {
        match sockets::listen_websocket(websocket, &hub, &log).await {
            Ok(url) => ports.push(("websocket", url)),
            Err(error) => return fail(&format!("nats-server: {error}")),
        }
    }
    let Ok(listener) = bound else {
        log.line(&banner::in_use(&setup.host, setup.port));
        return ExitCode::FAILURE;
    };
    log.lines(&banner::ready(&setup.host, port));
    if let Err(error) = write_files(&setup, &ports) {
        return fail(&format!("nats-server: {error}"));
    }
    if is_tester {
        tester::start(&hub, &setup.host, &log);
    }
    let accepting = tokio::task::spawn_local(sockets::accept(listener, hub.clone()));
    if signals::until_stopped(&log, options.config.is_some()).await == Stop::Slowly {
        accepting.abort();
        signals::lame_duck(&hub, &log).await;
    }
    let lines = banner::stopping(setup.config.jetstream.is_some());
    log.lines(&lines[1..lines.len() - 1]);
    log.debug(["Client accept loop exiting..", "SYSTEM - System connection closed: Client Closed"]);
    log.lines(&lines[lines.len() - 1..]);
    hub.shutdown();
    remove_files(&setup);
    ExitCode::SUCCESS
}

/// Where a harness finds the ports: `<folder>/<program>_<process>.ports`.
fn ports_file(setup: &Setup) -> Option<String> {
    let folder = setup.ports_file_dir.as_ref()?;
    let program = std::env::args().next().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or("nats-server").to_owned();
    Some(format!("{folder}/{program}_{}.ports", std::process::id()))
}

fn write_files(setup: &Setup, ports: &[(&str, String)]) -> std::io::Result<()> {
    if let Some(path) = ports_file(setup) {
        let fields: Vec<String> = ports.iter().map(|(kind, url)| format!("\"{kind}\":[\"{url}\"]")).collect();
        // A reader must not see half of it.
        let half = format!("{path}.half");
        std::fs::write(&half, format!("{{{}}}", fields.join(",")))?;
        std::fs::rename(half, path)?;
    }
    if let Some(path) = &setup.pid_file {
        std::fs::write(path, std::process::id().to_string())?;
    }
    Ok(())
}

fn remove_files(setup: &Setup) {
    for path in ports_file(setup).iter().chain(&setup.pid_file) {
        // It may have been removed by whoever read it.
        let _ = std::fs::remove_file(path);
    }
}
