//! What signals make the program do.

use std::time::Duration;

use playground::server::banner::Level;
use tokio::signal::unix::{SignalKind, signal};

use crate::hub::Hub;
use crate::log::Log;

/// How long clients have to leave by themselves.
const GRACE: Duration = Duration::from_secs(10);

/// How the program is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    AtOnce,
    /// It takes no more clients, and ends when those that there are have had time to leave.
    Slowly,
}

/// Waits until somebody wants the program to end; what else is wanted meanwhile is answered in the log.
pub(crate) async fn until_stopped(log: &Log, has_file: bool) -> Stop {
    let of = |kind| signal(kind).expect("a signal can be waited for");
    let [mut interrupt, mut terminate, mut hangup, mut one, mut two] = [
        SignalKind::interrupt(),
        SignalKind::terminate(),
        SignalKind::hangup(),
        SignalKind::user_defined1(),
        SignalKind::user_defined2(),
    ]
    .map(of);
    let say = |level, text: &str| log.line(&(level, text.to_owned()));
    let trapped = |name: &str| say(Level::Info, &format!("Trapped \"{name}\" signal"));
    loop {
        tokio::select! {
            _ = interrupt.recv() => {
                trapped("interrupt");
                return Stop::AtOnce;
            }
            _ = terminate.recv() => {
                trapped("terminated");
                return Stop::AtOnce;
            }
            _ = hangup.recv() => {
                trapped("hangup");
                let why = match has_file {
                    false => "can only reload config when a file is provided using -c or --config",
                    true => "reloading is not simulated",
                };
                say(Level::Error, &format!("Failed to reload server configuration: {why}"));
            }
            _ = one.recv() => {
                trapped("user defined signal 1");
                log.line(&log.reopen());
            }
            _ = two.recv() => {
                trapped("user defined signal 2");
                return Stop::Slowly;
            }
        }
    }
}

/// Gives those who are connected time to leave.
pub(crate) async fn lame_duck(hub: &Hub, log: &Log) {
    let say = |text: &str| log.line(&(Level::Info, text.to_owned()));
    say("Entering lame duck mode, stop accepting new clients");
    if hub.is_alone() {
        return;
    }
    tokio::time::sleep(GRACE).await;
    say("Closing existing clients");
}
