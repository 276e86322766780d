//! The program `nats-server`: it starts a server of this world, logs as the real one does, and stops it at Ctrl-C.

use super::world::AddressInUse;
use super::{Host, World};
use crate::base::{Clock, Out, Stdio, Time, TimeZone};
use crate::nats_server::options::{self, Asked, Options};
use crate::nats_server::startup_log::{self, Level, Line, Starting, Store};
use crate::server::config::{Auth, JetStreamConfig, User};
use crate::server::{Config, RestoredStream, SubjectWindow, VERSION};

/// Where a server listens that is not told otherwise: a browser's world has no other addresses.
const HOST: &str = "127.0.0.1";

/// Where streams are kept that nobody gave another place.
const STORE: &str = "/tmp/nats/jetstream";

/// Processes are numbered from here on.
const PROCESS: u32 = 1000;

/// Runs `nats-server` with the words after its name until Ctrl-C; its exit status.
pub async fn nats_server(world: World, args: Vec<String>, zone: TimeZone, stdio: Stdio) -> i32 {
    match options::parse(&args) {
        Asked::Start(options) => serve(world, *options, zone, &stdio).await,
        Asked::Version => {
            stdio.stdout.line(&format!("nats-server: v{VERSION}"));
            0
        }
        Asked::Help => {
            stdio.stdout.print(options::USAGE);
            0
        }
        Asked::HelpTls => {
            stdio.stderr.line("nats-server: the flag -help_tls is not simulated");
            1
        }
        Asked::Usage(complaint) => {
            stdio.stderr.line(&complaint);
            stdio.stdout.print(options::USAGE);
            0
        }
        Asked::Fail(complaint) => {
            stdio.stderr.line(&complaint);
            1
        }
    }
}

async fn serve(world: World, options: Options, zone: TimeZone, stdio: &Stdio) -> i32 {
    if let Some(refused) = refused(&options) {
        stdio.stderr.line(&format!("nats-server: {refused}"));
        return 1;
    }
    let log = Log {
        clock: world.clock().clone(),
        has_time: options.log_time.unwrap_or(true),
        zone: if options.log_utc == Some(true) { TimeZone::UTC } else { zone },
        process: PROCESS + world.ids().below(1 << 15) as u32,
        out: stdio.stderr.clone(),
    };
    let host = Host { port: port(&world, &options) };
    let address = options.host.clone().unwrap_or_else(|| HOST.to_owned());
    let store =
        options.store_dir.as_ref().map_or_else(|| STORE.to_owned(), |folder| format!("{folder}/jetstream"));
    let config = config(&world, &options, &address, host.port);
    let starting = |id: &str, restored: &[RestoredStream]| {
        let jetstream = config.jetstream.as_ref().map(|limits| Store {
            folder: &store,
            max_memory: limits.max_memory.unsigned_abs(),
            max_storage: limits.max_storage.unsigned_abs(),
            restored,
        });
        let (name, node) = (options.name.as_deref().unwrap_or(id), world.ids().short(8));
        let plain_password = options.password.is_some();
        startup_log::starting(&Starting { name, id, node: &node, jetstream, plain_password })
    };
    let running = match world.start_server(host, &store, config.clone()) {
        Ok(id) => {
            log.lines(&starting(&id, &restored(&world, host)));
            Running { world: world.clone(), host, store: store.clone() }
        }
        Err(AddressInUse) => {
            log.lines(&starting(&world.ids().server_id(), &[]));
            log.lines(&[startup_log::in_use(&address, host.port)]);
            return 1;
        }
    };
    log.lines(&startup_log::ready(&address, host.port));
    let warnings = log.clone();
    world.log_warnings(host, move |warning| warnings.lines(&[(Level::Warning, warning.to_owned())]));
    match stdio.stderr.terminal() {
        Some(terminal) => terminal.interrupted().await,
        None => std::future::pending().await,
    }
    log.lines(&startup_log::stopping(options.jetstream));
    drop(running);
    0
}

/// The streams that a server found in its store.
fn restored(world: &World, host: Host) -> Vec<RestoredStream> {
    let view = world.with_server(host, |server| server.view_with(&|_| SubjectWindow { limit: 0, find: "" }));
    let streams = view.into_iter().flat_map(|view| view.streams);
    let restored = streams.map(|stream| RestoredStream {
        stream: stream.name,
        messages: stream.messages,
        consumers: stream.consumers.len(),
    });
    restored.collect()
}

/// A flag that is read and means nothing in this world, which has no files and no other ports.
fn refused(options: &Options) -> Option<String> {
    let text = [
        ("-config", &options.config),
        ("-log", &options.log_file),
        ("-ports_file_dir", &options.ports_file_dir),
        ("-signal", &options.signal),
    ];
    let named = text.iter().find(|(_, value)| value.is_some()).map(|(flag, _)| *flag);
    let flag = named
        .or(options.http_port.is_some().then_some("-http_port"))
        .or((options.debug == Some(true)).then_some("-debug"))
        .or((options.trace == Some(true)).then_some("-trace"))
        .or(options.max_traced.is_some().then_some("-max_traced_msg_len"))
        .or(options.test_config.then_some("-t"))?;
    Some(format!("the flag {flag} is not simulated"))
}

fn port(world: &World, options: &Options) -> u16 {
    match u16::try_from(options.port) {
        Ok(0) => 4222,
        Ok(port) => port,
        Err(_) => (40_000..=u16::MAX).find(|port| !world.listens(Host { port: *port })).unwrap_or(u16::MAX),
    }
}

fn config(world: &World, options: &Options, host: &str, port: u16) -> Config {
    let user = options.user.as_ref().map(|name| User {
        name: name.clone(),
        password: options.password.clone().unwrap_or_default(),
        ..User::default()
    });
    Config {
        seed: world.ids().below(u64::MAX),
        name: options.name.clone(),
        host: host.to_owned(),
        port,
        jetstream: options.jetstream.then(JetStreamConfig::default),
        auth: Auth { users: user.into_iter().collect(), token: options.token.clone(), ..Auth::default() },
        event_level: world.event_level(),
        ..Config::default()
    }
}

/// Where the program writes what it has to say.
#[derive(Clone)]
struct Log {
    clock: Clock,
    has_time: bool,
    zone: TimeZone,
    process: u32,
    out: Out,
}

impl Log {
    fn lines(&self, lines: &[Line]) {
        let now: Option<Time> = self.has_time.then(|| self.clock.now());
        for line in lines {
            self.out.line(&startup_log::print(line, self.process, now, &self.zone));
        }
    }
}

/// A server that stops when its program ends, however that ends.
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
