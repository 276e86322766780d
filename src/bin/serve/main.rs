//! The simulated server on sockets: `nats-server`'s flags, configuration file, log lines and ports, with the server of
//! the page behind them. Only sockets and time are here.

mod control;
mod facts;
mod hub;
mod log;
mod monitor;
mod passwords;
mod reload;
mod sha256;
mod signals;
mod sockets;
mod store;
mod tester;
mod trace;

use std::process::ExitCode;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use playground::base::{Time, TimeZone};
use playground::nats_server::conf::{self, Around};
use playground::nats_server::options::{self, Asked, Options};
use playground::nats_server::setup::{self, Setup};
use playground::nats_server::startup_log;
use playground::nats_server::startup_log::Level;
use playground::server::VERSION;
use tokio::task::LocalSet;

use crate::facts::Facts;
use crate::hub::Hub;
use crate::log::Log;
use crate::signals::{Signals, Stop};
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
        Asked::HelpTls => return fail("nats-server: the flag -help_tls is not simulated"),
        Asked::Usage(complaint) => {
            eprintln!("{complaint}");
            return usage();
        }
        Asked::Fail(complaint) => return fail(&complaint),
    };
    if let Some(wish) = &options.signal {
        return match control::control(wish) {
            Ok(()) => ExitCode::SUCCESS,
            Err(complaint) => fail(&format!("nats-server: {complaint}")),
        };
    }
    if options.test_config && options.config.is_none() {
        let why = "must specify [-c, --config] option to check configuration file syntax";
        return fail(&format!("nats-server: {why}"));
    }
    match read(&options) {
        Ok((setup, digest)) if options.test_config => {
            if let Some(warnings) = setup.warnings.clone().into_iter().reduce(|all, line| all + "\n" + &line)
            {
                return fail(&format!("nats-server: {warnings}\n"));
            }
            let path = options.config.as_deref().unwrap_or_default();
            eprintln!("nats-server: configuration file {path} is valid ({digest})");
            ExitCode::SUCCESS
        }
        Ok((setup, digest)) => {
            setup.warnings.iter().for_each(|line| eprintln!("{line}"));
            run(setup, &options, &digest, is_tester)
        }
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

/// The zone of this machine; UTC where that cannot be told.
pub(crate) fn zone() -> TimeZone {
    TimeZone::try_system().unwrap_or(TimeZone::UTC)
}

/// What flags and file say, and a digest of the file.
pub(crate) fn read(options: &Options) -> Result<(Setup, String), String> {
    let file = match &options.config {
        None => None,
        Some(path) => Some(conf::parse(&Machine.file(path)?, path, &Machine)?),
    };
    let setup = setup::setup(options, file.as_ref(), now().nanos() ^ u64::from(std::process::id()))?;
    let digest = file.map(|file| format!("sha256:{}", sha256::hex(format!("{}\n", file.json()).as_bytes())));
    Ok((setup, digest.unwrap_or_default()))
}

/// What a configuration file may refer to.
struct Machine;

impl Around for Machine {
    fn file(&self, path: &str) -> Result<String, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("open {path}: {}", reason(&error)))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}

/// Why a file or a socket cannot be had, as Go's library says it.
pub(crate) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotADirectory => "not a directory".to_owned(),
        ErrorKind::IsADirectory => "is a directory".to_owned(),
        ErrorKind::AddrInUse => "address already in use".to_owned(),
        ErrorKind::AddrNotAvailable => "cannot assign requested address".to_owned(),
        _ => error.to_string(),
    }
}

fn run(setup: Setup, options: &Options, digest: &str, is_tester: bool) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("nats-server: {error}")),
    };
    let log = match Log::open(&setup) {
        Ok(log) => Rc::new(log),
        Err(why) => {
            let time = now().civil(&zone()).strftime("%Y/%m/%d %H:%M:%S");
            return fail(&format!("{time} error opening file: {why}"));
        }
    };
    LocalSet::new().block_on(&runtime, async {
        match serve(setup, options, digest, log.clone(), is_tester).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                log.line(&(Level::Fatal, why));
                ExitCode::FAILURE
            }
        }
    })
}

async fn serve(
    mut setup: Setup,
    options: &Options,
    digest: &str,
    log: Rc<Log>,
    is_tester: bool,
) -> Result<(), String> {
    let mut signals = Signals::heed().map_err(|error| error.to_string())?;
    // INFO tells the port, so that it is asked for first, and what comes of it is said later.
    let bound = sockets::bind(&setup.listen).await;
    let port = bound.as_ref().map_or(0, sockets::port_of);
    setup.config.port = port;
    let disk = store::read(&setup)?;
    let restored = disk.contents(now());
    let hub = Hub::start(&setup, disk, Keeper::new(&setup), log.clone());
    log.introduce(&hub, &setup, options, digest);
    if let Some(path) = &setup.pid_file {
        std::fs::write(path, std::process::id().to_string())
            .map_err(|error| format!("Could not write pidfile: open {path}: {}", reason(&error)))?;
    }
    let mut ports = vec![("nats", format!("nats://{}:{port}", setup.listen.host))];
    let facts = Rc::new(Facts::new(setup.clone(), digest));
    if let Some(http) = &setup.http {
        let url = monitor::listen(http, &facts, &hub, &log).await;
        ports.push((
            "monitoring",
            url.map_err(|why| format!("Can't start monitoring: can't listen to the monitor port: {why}"))?,
        ));
    }
    if let Some(config) = &setup.config.jetstream {
        log.jetstream(&setup, config, &restored)?;
    }
    if let Some(websocket) = &setup.websocket {
        ports.push(("websocket", sockets::listen_websocket(websocket, &hub, &log).await?));
    }
    if let Some(leafnodes) = &setup.leafnodes {
        sockets::listen_leafnodes(leafnodes, &facts, &hub, &log).await?;
    }
    let listener = bound.map_err(|why| {
        let port = setup.listen.port.max(0);
        let port = if setup.listen.port < -1 { setup.listen.port } else { port };
        format!("Error listening on port: {}, {why:?}", sockets::joined(&setup.listen.host, port))
    })?;
    log.lines(&startup_log::ready(&setup.listen.host, port));
    write_ports(&setup, &ports, &log);
    if is_tester {
        tester::start(&hub, &setup.listen.host, &log);
    }
    let accepting = tokio::task::spawn_local(sockets::accept(listener, hub.clone()));
    let reload = || reload::reload(options, &facts, &hub, &log);
    let is_slow = signals::until_stopped(&mut signals, &log, reload).await == Stop::Slowly;
    let setup = facts.setup();
    let has_jetstream = setup.config.jetstream.is_some();
    let lines = startup_log::stopping(has_jetstream);
    let [initiating, jetstream @ .., exiting] = &lines[1..] else { return Ok(()) };
    if is_slow {
        log.info("Entering lame duck mode, stop accepting new clients".to_owned());
        accepting.abort();
        log.lines(jetstream);
        signals::lame_duck(&mut signals, &hub, &log, &setup).await;
    }
    log.line(initiating);
    if !is_slow {
        log.lines(jetstream);
    }
    hub.shutdown();
    if !is_slow {
        log.debug(["Client accept loop exiting.."]);
    }
    log.debug(["SYSTEM - System connection closed: Client Closed"]);
    log.line(exiting);
    if let Some(path) = ports_file(&setup) {
        // It may have been removed by whoever read it.
        let _ = std::fs::remove_file(path);
    }
    Ok(())
}

/// Where a harness finds the ports: `<folder>/<program>_<process>.ports`.
fn ports_file(setup: &Setup) -> Option<String> {
    let folder = setup.ports_file_dir.as_ref()?;
    let folder = if folder == "." { String::new() } else { format!("{}/", folder.trim_end_matches('/')) };
    Some(format!("{folder}{}_{}.ports", control::program(), std::process::id()))
}

fn write_ports(setup: &Setup, ports: &[(&str, String)], log: &Log) {
    let Some(path) = ports_file(setup) else { return };
    let fields: Vec<String> = ports.iter().map(|(kind, url)| format!("\"{kind}\":[\"{url}\"]")).collect();
    // A reader must not see half of it.
    let half = format!("{path}.half");
    let written = std::fs::write(&half, format!("{{{}}}", fields.join(",")))
        .and_then(|()| std::fs::rename(&half, &path));
    if let Err(error) = written {
        log.error(format!("Error writing ports file ({path}): open {path}: {}", reason(&error)));
    }
}
