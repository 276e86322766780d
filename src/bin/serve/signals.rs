//! The signals that the program handles.

use std::time::Duration;

use playground::nats_server::{ServerOptions, startup_log};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::log::Log;
use crate::server_handle::ServerHandle;

/// How the program is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shutdown {
    Immediate,
    /// Stops to accept clients, and gives those that are connected time to leave.
    LameDuck,
}

pub(crate) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
    user_defined1: Signal,
    user_defined2: Signal,
}

impl Signals {
    /// Replaces the default actions, most of which would end the program. To be called before the server is ready.
    pub(crate) fn install() -> std::io::Result<Signals> {
        Ok(Signals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            user_defined1: signal(SignalKind::user_defined1())?,
            user_defined2: signal(SignalKind::user_defined2())?,
        })
    }

    /// Waits for a signal that ends the program. Meanwhile SIGHUP calls `reload`, and SIGUSR1 reopens the log.
    pub(crate) async fn shutdown(&mut self, log: &Log, mut reload: impl FnMut()) -> Shutdown {
        let trapped = |name| log.line(&startup_log::trapped(name));
        loop {
            tokio::select! {
                _ = self.interrupt.recv() => {
                    trapped("interrupt");
                    return Shutdown::Immediate;
                }
                _ = self.terminate.recv() => {
                    trapped("terminated");
                    return Shutdown::Immediate;
                }
                _ = self.hangup.recv() => {
                    trapped("hangup");
                    reload();
                }
                _ = self.user_defined1.recv() => {
                    trapped("user defined signal 1");
                    log.line(&log.reopen());
                }
                _ = self.user_defined2.recv() => {
                    trapped("user defined signal 2");
                    return Shutdown::LameDuck;
                }
            }
        }
    }

    /// Disconnects all clients one after another, until another signal ends the program at once.
    pub(crate) async fn lame_duck(&mut self, server: &ServerHandle, log: &Log, options: &ServerOptions) {
        tokio::select! {
            () = disconnect_all(server, log, options) => {}
            _ = self.shutdown(log, || ()) => {}
        }
    }
}

/// nats-server waits for a random part of the interval, at least half of it, between two clients.
const PART_OF_INTERVAL: f64 = 0.625;

async fn disconnect_all(server: &ServerHandle, log: &Log, options: &ServerOptions) {
    if server.connections().is_empty() {
        return;
    }
    server.enter_lame_duck_mode();
    tokio::time::sleep(options.lame_duck_grace).await;
    log.info("Closing existing clients");
    let connections = server.connections();
    let interval = (options.lame_duck_duration.saturating_sub(options.lame_duck_grace))
        .checked_div(connections.len() as u32)
        .unwrap_or_default()
        .min(Duration::from_secs(1));
    for (index, id) in connections.iter().enumerate() {
        server.disconnect(*id);
        if index + 1 < connections.len() {
            tokio::time::sleep(interval.mul_f64(PART_OF_INTERVAL)).await;
        }
    }
}
