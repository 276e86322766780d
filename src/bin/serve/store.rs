//! The store folder: streams in files outlive the program, however it ends.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::time::Duration;

use playground::base::Time;
use playground::server::banner::Level;
use playground::server::setup::Setup;
use playground::server::{Disk, Server};

use crate::{now, reason};

/// The folder that the log names, as the real server's does.
pub(crate) fn folder(setup: &Setup) -> String {
    let parent = setup.store_dir.as_deref().unwrap_or("/tmp/nats");
    format!("{}/jetstream", parent.trim_end_matches('/'))
}

/// Makes the folder, or says why that cannot be.
pub(crate) fn make(setup: &Setup) -> Result<(), String> {
    let folder = folder(setup);
    std::fs::create_dir_all(&folder).map_err(|error| {
        let missing = Path::new(&folder).ancestors().take_while(|part| !part.exists());
        let first = missing.last().unwrap_or(Path::new(&folder)).display().to_string();
        format!("mkdir {first}: {}", reason(&error))
    })
}

fn path(setup: &Setup) -> String {
    format!("{}/simulated.disk", folder(setup))
}

/// What a former server left. Something else than a disk is left alone and told of.
pub(crate) fn read(setup: &Setup) -> Result<Disk, String> {
    let path = path(setup);
    if setup.config.jetstream.is_none() || !Path::new(&path).exists() {
        return Ok(Disk::default());
    }
    let bytes = std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
    Disk::from_bytes(&bytes, setup.config.seed).ok_or_else(|| format!("{path} is not a disk of this version"))
}

/// Keeps what is in files up to date, for a server that may be killed without hearing of it.
pub(crate) struct Keeper {
    path: String,
    folder: String,
    /// What the file holds, as a number that hardly anything else gives.
    holds: Cell<u64>,
    /// When the time that writing took is made up for.
    even: Cell<Time>,
}

/// Writing may take one part of so many of all time: the more there is, the less often it is written.
const SHARE: u32 = 50;

/// For so long it may be done without a rest, if it has not been done for a while.
const AT_ONCE: Duration = Duration::from_millis(20);

impl Keeper {
    /// `None` for a server without JetStream.
    pub(crate) fn new(setup: &Setup) -> Option<Keeper> {
        setup.config.jetstream.as_ref()?;
        let (path, folder) = (path(setup), folder(setup));
        Some(Keeper { path, folder, holds: Cell::new(0), even: Cell::new(Time(0)) })
    }

    /// How long it rests, if it does.
    pub(crate) fn rests(&self) -> Option<Duration> {
        Some(self.even.get().since(now())).filter(|wait| !wait.is_zero())
    }

    /// Writes what has changed, and rests if that has taken too long.
    pub(crate) fn keep(&self, server: &Server) -> std::io::Result<()> {
        let began = now();
        let kept = self.write(server);
        let ended = now();
        self.even.set(self.even.get().max(ended - AT_ONCE * SHARE) + ended.since(began) * SHARE);
        kept
    }

    /// Writes what would be left of a server, if it has changed, and if there is anything or was.
    pub(crate) fn write(&self, server: &Server) -> std::io::Result<()> {
        let bytes = server.disk_bytes();
        let is_empty = bytes.is_none();
        let bytes = bytes.unwrap_or_else(|| Disk::default().to_bytes());
        let mut hasher = DefaultHasher::new();
        hasher.write(&bytes);
        if self.holds.replace(hasher.finish()) == hasher.finish()
            || is_empty && !Path::new(&self.path).exists()
        {
            return Ok(());
        }
        let half = format!("{}.half", self.path);
        std::fs::create_dir_all(&self.folder)?;
        std::fs::write(&half, bytes)?;
        std::fs::rename(&half, &self.path)
    }

    /// What the log says of a write that failed.
    pub(crate) fn complaint(&self, error: &std::io::Error) -> (Level, String) {
        (Level::Error, format!("{}: {error}", self.path))
    }
}
