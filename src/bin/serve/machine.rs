//! The machine that the program runs on: its clock, zone, files, environment and resources.

use std::io::ErrorKind;
use std::time::{SystemTime, UNIX_EPOCH};

use playground::base::{Time, TimeZone};
use playground::nats_server::conf::ConfigSource;
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

#[expect(clippy::disallowed_methods, reason = "the rest of the program is told the time")]
pub(crate) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// The zone of this machine; UTC if it is not known.
pub(crate) fn zone() -> TimeZone {
    TimeZone::try_system().unwrap_or(TimeZone::UTC)
}

/// The text of an I/O error in Go.
pub(crate) fn go_error(error: &std::io::Error) -> String {
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

/// The files and the environment, for configuration files that refer to them.
pub(crate) struct Machine;

impl ConfigSource for Machine {
    fn read_file(&self, path: &str) -> Result<String, String> {
        let bytes = std::fs::read(path).map_err(|error| format!("open {path}: {}", go_error(&error)))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}

/// The name that this program was started by.
pub(crate) fn program_name() -> String {
    let path = std::env::args().next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or("nats-server").to_owned()
}

/// What this process takes of the machine.
pub(crate) struct Usage {
    /// Resident memory in bytes.
    pub(crate) memory: u64,
    /// Percent of one processor since `started`, with one decimal.
    pub(crate) cpu: f64,
}

pub(crate) fn usage(started: Time) -> Usage {
    let mut system = System::new();
    let process = sysinfo::get_current_pid().ok();
    let process = process.and_then(|id| {
        let kind = ProcessRefreshKind::nothing().with_memory().with_cpu();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[id]), false, kind);
        system.process(id)
    });
    let memory = process.map_or(0, |process| process.memory());
    let busy_millis = process.map_or(0, |process| process.accumulated_cpu_time()) as f64;
    let seconds = now().since(started).as_secs_f64().max(0.01);
    Usage { memory, cpu: (busy_millis / seconds).round() / 10.0 }
}

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
