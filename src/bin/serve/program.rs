//! The program from its start to its end, in the order in which nats-server does the same.

use std::rc::Rc;

use playground::nats_server::startup_log::{self, Identity, JetStreamStart};
use playground::nats_server::{Flags, LogLine, ServerOptions, passwords};
use playground::server::{JetStreamConfig, RestoredStream};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, spawn_local};

use crate::log::Log;
use crate::machine::{go_error, now};
use crate::ports_file::Ports;
use crate::program_state::ProgramState;
use crate::reload::reload;
use crate::server_handle::ServerHandle;
use crate::signals::{Shutdown, Signals};
use crate::store::StoreWriter;
use crate::{monitor, ports_file, sockets, store, tester};

pub(crate) struct Program {
    pub(crate) flags: Flags,
    /// Of the configuration file; empty without one.
    pub(crate) digest: String,
    /// Whether it offers the service of [`tester`].
    pub(crate) is_tester: bool,
}

impl Program {
    /// Runs until a signal ends the program.
    ///
    /// # Errors
    /// Why it cannot start, as nats-server logs it.
    pub(crate) async fn run(self, mut options: ServerOptions, log: Rc<Log>) -> Result<(), String> {
        let mut signals = Signals::install().map_err(|error| error.to_string())?;
        // INFO contains the port, so bind first; an error is reported only where nats-server reports it.
        let bound = sockets::bind(&options.listen).await;
        options.config.port = bound.as_ref().map_or(0, sockets::port_of);
        let persisted = store::read(&options, &log)?;
        let restored = persisted.contents(now());
        let server = ServerHandle::start(&options, persisted, StoreWriter::new(&options), log.clone());
        log.lines(&self.identity_log(&server, &options));
        write_pid_file(&options)?;
        let state = Rc::new(ProgramState::new(options.clone(), &self.digest));
        let mut ports = Ports::default();
        if let Some(http) = &options.http {
            let url = monitor::listen(http, &state, &server, &log).await;
            ports.monitoring.push(url.map_err(|error| {
                format!("Can't start monitoring: can't listen to the monitor port: {error}")
            })?);
        }
        if let Some(config) = &options.config.jetstream {
            start_jetstream(&options, config, &restored, &log)?;
        }
        if let Some(websocket) = &options.websocket {
            ports.websocket.push(sockets::listen_websocket(websocket, &server, &log).await?);
        }
        if let Some(leafnodes) = &options.leafnodes {
            sockets::listen_leafnodes(leafnodes, &state, &server, &log).await?;
        }
        let listener = bound.map_err(|error| listen_error(&options, &error))?;
        let accepting = self.ready(listener, &options, ports, &server, &log);
        let reload = || reload(&self.flags, &state, &server, &log);
        let shutdown = signals.shutdown(&log, reload).await;
        let options = state.options();
        stop(shutdown, &options, &server, &accepting, &mut signals, &log).await;
        if let Some(folder) = &options.ports_file_dir {
            // It may have been removed by whoever read it.
            let _ = std::fs::remove_file(ports_file::path(folder));
        }
        Ok(())
    }

    /// Begins to accept clients.
    fn ready(
        &self,
        listener: TcpListener,
        options: &ServerOptions,
        mut ports: Ports,
        server: &ServerHandle,
        log: &Rc<Log>,
    ) -> JoinHandle<()> {
        let (host, port) = (&options.listen.host, options.config.port);
        log.lines(&startup_log::ready(host, port));
        ports.nats.push(format!("nats://{host}:{port}"));
        if let Some(folder) = &options.ports_file_dir {
            ports_file::write(folder, &ports, log);
        }
        if self.is_tester {
            tester::start(server, host, log);
        }
        spawn_local(sockets::accept_clients(listener, server.clone()))
    }

    fn identity_log(&self, server: &ServerHandle, options: &ServerOptions) -> Vec<LogLine> {
        let (name, id) = (server.name(), server.id());
        let has_jetstream = options.config.jetstream.is_some();
        let identity = Identity {
            name: &name,
            id: &id,
            node: id.get(1..9).filter(|_| has_jetstream),
            config_file: self.flags.config.as_deref().map(|path| (path, self.digest.as_str())),
            max_payload: options.config.max_payload,
            has_plain_password: passwords::has_plain(&self.flags, options),
        };
        identity.log()
    }
}

fn write_pid_file(options: &ServerOptions) -> Result<(), String> {
    let Some(path) = &options.pid_file else { return Ok(()) };
    std::fs::write(path, std::process::id().to_string())
        .map_err(|error| format!("Could not write pidfile: open {path}: {}", go_error(&error)))
}

fn start_jetstream(
    options: &ServerOptions,
    config: &JetStreamConfig,
    restored: &[RestoredStream],
    log: &Log,
) -> Result<(), String> {
    if let Err(error) = store::create_folder(options) {
        log.lines(&JetStreamStart::failure_log());
        return Err(format!("Can't start JetStream: could not create storage directory - {error}"));
    }
    log.lines(
        &JetStreamStart {
            config,
            account: &options.config.account,
            folder: &options.jetstream_dir(),
            restored,
        }
        .log(),
    );
    Ok(())
}

fn listen_error(options: &ServerOptions, error: &str) -> String {
    // -1, any port, is shown as 0; other negative ones as they are.
    let port = if options.listen.port == -1 { 0 } else { options.listen.port };
    format!("Error listening on port: {}, {error:?}", sockets::host_port(&options.listen.host, port))
}

async fn stop(
    shutdown: Shutdown,
    options: &ServerOptions,
    server: &ServerHandle,
    accepting: &JoinHandle<()>,
    signals: &mut Signals,
    log: &Log,
) {
    let log_jetstream_shutdown = || {
        if options.config.jetstream.is_some() {
            log.lines(&startup_log::jetstream_shutdown());
        }
    };
    match shutdown {
        Shutdown::Immediate => {
            log.line(&startup_log::initiating_shutdown());
            log_jetstream_shutdown();
            server.shutdown();
            log.line(&LogLine::debug("Client accept loop exiting.."));
        }
        Shutdown::LameDuck => {
            log.info("Entering lame duck mode, stop accepting new clients");
            accepting.abort();
            log_jetstream_shutdown();
            signals.lame_duck(server, log, options).await;
            log.line(&startup_log::initiating_shutdown());
            server.shutdown();
        }
    }
    log.line(&LogLine::debug("SYSTEM - System connection closed: Client Closed"));
    log.line(&startup_log::exiting());
}
