//! The program `nats-server`: starts a server of this world, logs as the real one does, and stops it at Ctrl-C.

use super::world::AddressInUse;
use super::{Host, World};
use crate::base::{Clock, Out, Stdio, Time, TimeZone};
use crate::nats_server::resolve::from_flags;
use crate::nats_server::startup_log::{self, Identity, JetStreamStart};
use crate::nats_server::{Flags, Invocation, Level, LogLine, ServerOptions, flags};
use crate::server::{RestoredStream, SubjectWindow, VERSION};

/// Process ids begin here.
const FIRST_PROCESS: u32 = 1000;

/// Runs `nats-server` with these arguments until Ctrl-C. Returns its exit status.
pub async fn nats_server(world: World, args: Vec<String>, zone: TimeZone, stdio: Stdio) -> i32 {
    match flags::parse(&args) {
        Invocation::Start(flags) => serve(world, *flags, zone, &stdio).await,
        Invocation::Version => {
            stdio.stdout.line(&format!("nats-server: v{VERSION}"));
            0
        }
        Invocation::Help => {
            stdio.stdout.print(flags::USAGE);
            0
        }
        Invocation::HelpTls => {
            stdio.stderr.line("nats-server: the flag -help_tls is not simulated");
            1
        }
        Invocation::UsageError(error) => {
            stdio.stderr.line(&error);
            stdio.stdout.print(flags::USAGE);
            0
        }
        Invocation::Error(error) => {
            stdio.stderr.line(&error);
            1
        }
    }
}

async fn serve(world: World, flags: Flags, zone: TimeZone, stdio: &Stdio) -> i32 {
    if let Some(flag) = unsupported_flag(&flags) {
        stdio.stderr.line(&format!("nats-server: the flag {flag} is not simulated"));
        return 1;
    }
    let log = Log {
        clock: world.clock().clone(),
        has_time: flags.log_time.unwrap_or(true),
        zone: if flags.log_utc == Some(true) { TimeZone::UTC } else { zone },
        process: FIRST_PROCESS + world.ids().below(1 << 15) as u32,
        out: stdio.stderr.clone(),
    };
    let mut options = from_flags(&flags, world.ids().below(u64::MAX));
    let host = Host { port: port(&world, &options) };
    options.config.port = host.port;
    options.config.event_level = world.event_level();
    let folder = options.jetstream_dir();
    let running = match world.start_server(host, &folder, options.config.clone()) {
        Ok(id) => {
            log.lines(&starting(&world, &flags, &options, &id, &restored(&world, host)));
            Running { world: world.clone(), host, store: folder }
        }
        Err(AddressInUse) => {
            log.lines(&starting(&world, &flags, &options, &world.ids().server_id(), &[]));
            log.lines(&[startup_log::port_in_use(&options.listen.host, host.port)]);
            return 1;
        }
    };
    log.lines(&startup_log::ready(&options.listen.host, host.port));
    let warnings = log.clone();
    world.log_warnings(host, move |warning| warnings.lines(&[LogLine::warning(warning)]));
    match stdio.stderr.terminal() {
        Some(terminal) => terminal.interrupted().await,
        None => std::future::pending().await,
    }
    log.lines(&[startup_log::trapped("interrupt"), startup_log::initiating_shutdown()]);
    if flags.jetstream {
        log.lines(&startup_log::jetstream_shutdown());
    }
    log.lines(&[startup_log::exiting()]);
    drop(running);
    0
}

/// The log until the server listens.
fn starting(
    world: &World,
    flags: &Flags,
    options: &ServerOptions,
    id: &str,
    restored: &[RestoredStream],
) -> Vec<LogLine> {
    let node = world.ids().short(8);
    let identity = Identity {
        name: options.config.name.as_deref().unwrap_or(id),
        id,
        node: options.config.jetstream.as_ref().map(|_| node.as_str()),
        config_file: None,
        max_payload: options.config.max_payload,
        has_plain_password: flags.password.is_some(),
    };
    let mut log = identity.log();
    if let Some(config) = &options.config.jetstream {
        log.extend(
            JetStreamStart {
                config,
                account: &options.config.account,
                folder: &options.jetstream_dir(),
                restored,
            }
            .log(),
        );
    }
    log
}

/// The streams that the server found in its store.
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

/// The first flag that asks for a file, another port or a log that this world does not have.
fn unsupported_flag(flags: &Flags) -> Option<&'static str> {
    let text = [
        ("-config", &flags.config),
        ("-log", &flags.log_file),
        ("-ports_file_dir", &flags.ports_file_dir),
        ("-signal", &flags.signal),
    ];
    let named = text.iter().find(|(_, value)| value.is_some()).map(|(flag, _)| *flag);
    named
        .or(flags.http_port.is_some().then_some("-http_port"))
        .or((flags.debug == Some(true)).then_some("-debug"))
        .or((flags.trace == Some(true)).then_some("-trace"))
        .or(flags.max_traced.is_some().then_some("-max_traced_msg_len"))
        .or(flags.test_config.then_some("-t"))
}

/// The port to listen on; for -1 the first free one from 40000.
fn port(world: &World, options: &ServerOptions) -> u16 {
    let is_free = |port: &u16| !world.listens(Host { port: *port });
    let any = || (40_000..=u16::MAX).find(is_free).unwrap_or(u16::MAX);
    u16::try_from(options.listen.port).unwrap_or_else(|_| any())
}

/// Writes to standard error.
#[derive(Clone)]
struct Log {
    clock: Clock,
    has_time: bool,
    zone: TimeZone,
    process: u32,
    out: Out,
}

impl Log {
    fn lines(&self, lines: &[LogLine]) {
        let now: Option<Time> = self.has_time.then(|| self.clock.now());
        for line in lines.iter().filter(|line| line.level != Level::Debug) {
            self.out.line(&line.format(self.process, now, &self.zone));
        }
    }
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
