//! When the server is to be woken.

use std::cell::Cell;
use std::time::Duration;

use playground::base::Time;
use tokio::sync::Notify;

use crate::machine::now;

pub(crate) struct Deadline {
    time: Cell<Option<Time>>,
    changed: Notify,
}

impl Deadline {
    pub(crate) fn new(time: Time) -> Deadline {
        Deadline { time: Cell::new(Some(time)), changed: Notify::new() }
    }

    /// `None` if nothing is due.
    pub(crate) fn set(&self, time: Option<Time>) {
        if self.time.replace(time) != time {
            self.changed.notify_one();
        }
    }

    /// Waits until the time has come.
    pub(crate) async fn reached(&self) {
        loop {
            let wait = self.time.get().map(|time| time.since(now()));
            if wait == Some(Duration::ZERO) {
                return;
            }
            let sleep = async {
                match wait {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = sleep => {}
                () = self.changed.notified() => {}
            }
        }
    }
}
