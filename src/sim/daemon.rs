//! The program `nats-server`: starts a server of this world, logs as the real one does, and stops it at Ctrl-C.

use std::collections::BTreeMap;

use super::server_log::ServerLog;
use super::world::AddressInUse;
use super::{Host, World};
use crate::base::files::absolute;
use crate::base::{Stdio, TimeZone};
use crate::nats_server::conf::ConfigSource;
use crate::nats_server::startup_log::{self, Identity, JetStreamStart};
use crate::nats_server::{Flags, Invocation, LogLine, ServerOptions, flags, passwords, read_options};
use crate::server::{RestoredStream, StreamWindow, VERSION};

/// Process ids begin here.
const FIRST_PROCESS: u32 = 1000;

/// What the program runs on.
pub struct ServerMachine {
    pub world: World,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// The working folder.
    pub folder: String,
    pub zone: TimeZone,
}

impl ConfigSource for ServerMachine {
    fn read_file(&self, path: &str) -> Result<String, String> {
        let bytes = self.world.files().read(&absolute(&self.folder, path));
        let bytes = bytes.map_err(|error| format!("open {path}: {}", error.to_string().to_lowercase()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }
}

/// Runs `nats-server` with these arguments until Ctrl-C. Returns its exit status.
pub async fn nats_server(machine: ServerMachine, args: Vec<String>, stdio: Stdio) -> i32 {
    let result = match flags::parse(&args) {
        Invocation::Start(flags) => start(machine, *flags, &stdio).await,
        Invocation::Version => {
            stdio.stdout.line(&format!("nats-server: v{VERSION}"));
            Ok(0)
        }
        Invocation::Help => {
            stdio.stdout.print(flags::USAGE);
            Ok(0)
        }
        Invocation::HelpTls => Err("nats-server: the flag -help_tls is not simulated".to_owned()),
        Invocation::UsageError(error) => {
            stdio.stderr.line(&error);
            stdio.stdout.print(flags::USAGE);
            Ok(0)
        }
        Invocation::Error(error) => Err(error),
    };
    result.unwrap_or_else(|error| {
        stdio.stderr.line(&error);
        1
    })
}

/// Does what the flags ask for. The error is for standard error.
async fn start(machine: ServerMachine, flags: Flags, stdio: &Stdio) -> Result<i32, String> {
    let named = |error: String| format!("nats-server: {error}");
    for (flag, value) in [("-ports_file_dir", &flags.ports_file_dir), ("-signal", &flags.signal)] {
        if value.is_some() {
            return Err(named(format!("the flag {flag} is not simulated")));
        }
    }
    let path = flags.config.clone().unwrap_or_default();
    if flags.test_config && flags.config.is_none() {
        let wrong = "must specify [-c, --config] option to check configuration file syntax";
        return Err(named(wrong.to_owned()));
    }
    let seed = machine.world.ids().below(u64::MAX);
    let (options, digest) = read_options(&flags, &machine, seed).map_err(named)?;
    if flags.test_config {
        if !options.warnings.is_empty() {
            return Err(named(options.warnings.join("\n") + "\n"));
        }
        stdio.stderr.line(&format!("nats-server: configuration file {path} is valid ({digest})"));
        return Ok(0);
    }
    options.warnings.iter().for_each(|line| stdio.stderr.line(line));
    Ok(serve(&machine, &flags, &digest, options, stdio).await)
}

async fn serve(
    machine: &ServerMachine,
    flags: &Flags,
    digest: &str,
    mut options: ServerOptions,
    stdio: &Stdio,
) -> i32 {
    let ServerMachine { world, folder, zone, .. } = machine;
    let process = FIRST_PROCESS + world.ids().below(1 << 15) as u32;
    let in_folder = |path: &String| absolute(folder, path);
    let file = options.log_file.as_ref().map(|path| (world.files().clone(), in_folder(path)));
    let log = ServerLog::new(&options, world.clock(), zone.clone(), process, stdio.stderr.clone(), file);
    let host = Host { port: port(world, &options) };
    options.config.port = host.port;
    let is_traced = options.debug || options.trace;
    options.config.event_level = world.event_level();
    options.config.is_traced = is_traced;
    let store = options.jetstream_dir();
    let started = world.start_server(host, &store, options.config.clone());
    let id = started.clone().unwrap_or_else(|AddressInUse| world.ids().server_id());
    let running = started.is_ok().then(|| Running { world: world.clone(), host, store });
    let restored = if running.is_some() { restored(world, host) } else { Vec::new() };
    log.lines(&starting(world, (flags, digest), &options, &id, &restored));
    let Some(running) = running else {
        log.lines(&[startup_log::port_in_use(&options.listen.host, host.port)]);
        return 1;
    };
    if let Some(path) = &options.pid_file {
        let _ = world.files().write(&in_folder(path), process.to_string().as_bytes(), false);
    }
    world.set_password_check(host, passwords::matches);
    log.lines(&startup_log::ready(&options.listen.host, host.port));
    let entries = log.clone();
    world.log(host, is_traced, move |entry| entries.entry(entry));
    match stdio.stderr.terminal() {
        Some(terminal) => terminal.interrupted().await,
        None => std::future::pending().await,
    }
    log.lines(&[startup_log::trapped("interrupt"), startup_log::initiating_shutdown()]);
    if options.config.jetstream.is_some() {
        log.lines(&startup_log::jetstream_shutdown());
    }
    log.lines(&startup_log::stopped());
    log.lines(&[startup_log::exiting()]);
    drop(running);
    0
}

/// The log until the server listens.
fn starting(
    world: &World,
    (flags, digest): (&Flags, &str),
    options: &ServerOptions,
    id: &str,
    restored: &[RestoredStream],
) -> Vec<LogLine> {
    let node = world.ids().short(8);
    let identity = Identity {
        name: options.config.name.as_deref().unwrap_or(id),
        id,
        node: options.config.jetstream.as_ref().map(|_| node.as_str()),
        config_file: flags.config.as_deref().map(|path| (path, digest)),
        max_payload: options.config.max_payload,
        has_plain_password: passwords::has_plain(flags, options),
    };
    let mut log = identity.log();
    if let Some(http) = &options.http {
        log.push(startup_log::monitoring(&http.host, http.port));
    }
    if let Some(config) = &options.config.jetstream {
        let (account, folder) = (options.config.account.as_str(), options.jetstream_dir());
        log.extend(JetStreamStart { config, account, folder: &folder, restored }.log());
    }
    log
}

/// The streams that the server found in its store.
fn restored(world: &World, host: Host) -> Vec<RestoredStream> {
    let view = world.with_server(host, |server| server.view_with(&|_| StreamWindow::default()));
    let streams = view.into_iter().flat_map(|view| view.streams);
    let restored = streams.map(|stream| RestoredStream {
        stream: stream.name,
        messages: stream.messages,
        consumers: stream.consumers.len(),
    });
    restored.collect()
}

/// The port to listen on; for -1 the first free one from 40000.
fn port(world: &World, options: &ServerOptions) -> u16 {
    let is_free = |port: &u16| !world.listens(Host { port: *port });
    let any = || (40_000..=u16::MAX).find(is_free).unwrap_or(u16::MAX);
    u16::try_from(options.listen.port).unwrap_or_else(|_| any())
}

/// Stops its server when the program ends, in whatever way.
struct Running {
    world: World,
    host: Host,
    store: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.world.stop_server(self.host, &self.store);
    }
}
