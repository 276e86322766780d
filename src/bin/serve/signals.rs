//! What signals make the program do.

use std::time::Duration;

use playground::nats_server::setup::Setup;
use playground::nats_server::startup_log::Level;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::hub::Hub;
use crate::log::Log;

/// How the program is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    AtOnce,
    /// It takes no more clients, and ends when those that there are have had time to leave.
    Slowly,
}

/// The signals that the program heeds, from when it asked for them.
pub(crate) struct Signals([Signal; 5]);

impl Signals {
    /// To be asked for before anybody hears that the server is ready: until then most signals just end the program.
    pub(crate) fn heed() -> std::io::Result<Signals> {
        Ok(Signals([
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
            signal(SignalKind::hangup())?,
            signal(SignalKind::user_defined1())?,
            signal(SignalKind::user_defined2())?,
        ]))
    }
}

/// Waits until somebody wants the program to end; meanwhile `reload` is called where that is wanted.
pub(crate) async fn until_stopped(signals: &mut Signals, log: &Log, mut reload: impl FnMut()) -> Stop {
    let Signals([interrupt, terminate, hangup, one, two]) = signals;
    let trapped = |name: &str| log.line(&(Level::Info, format!("Trapped \"{name}\" signal")));
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
                reload();
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

/// Gives those who are connected time to leave, and then puts them out one after another. `false` if somebody wants the
/// program to end before that.
pub(crate) async fn lame_duck(signals: &mut Signals, hub: &Hub, log: &Log, setup: &Setup) -> bool {
    let hurried = async {
        until_stopped(signals, log, || ()).await;
    };
    tokio::select! {
        () = leave(hub, log, setup) => true,
        () = hurried => false,
    }
}

async fn leave(hub: &Hub, log: &Log, setup: &Setup) {
    if hub.is_alone() {
        return;
    }
    hub.enter_lame_duck_mode();
    tokio::time::sleep(setup.lame_duck_grace).await;
    log.line(&(Level::Info, "Closing existing clients".to_owned()));
    let there = hub.ids();
    // As long for each as there is, but no more than a second, and by chance no more than half of that.
    let each = (setup.lame_duck_duration.saturating_sub(setup.lame_duck_grace))
        .checked_div(there.len() as u32)
        .unwrap_or_default()
        .min(Duration::from_secs(1));
    for (at, id) in there.iter().enumerate() {
        hub.disconnect(*id);
        if at + 1 < there.len() {
            tokio::time::sleep(each.mul_f64(0.625)).await;
        }
    }
}
