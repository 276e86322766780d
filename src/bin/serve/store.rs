//! The store folder: streams in files outlive the program, however it ends.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

use playground::base::Time;
use playground::nats_server::setup::Setup;
use playground::nats_server::startup_log::Level;
use playground::server::{PersistCursor, PersistedState, Server};

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
pub(crate) fn read(setup: &Setup) -> Result<PersistedState, String> {
    if setup.config.jetstream.is_none() {
        return Ok(PersistedState::default());
    }
    let (path, seed) = (path(setup), setup.config.seed);
    let read = |path: &str| std::fs::read(path).map_err(|error| format!("{path}: {error}"));
    let (bytes, mut disk) = if Path::new(&path).exists() {
        let bytes = read(&path)?;
        let disk = PersistedState::from_bytes(&bytes, seed);
        (bytes, disk.ok_or_else(|| format!("{path} is not a disk of this version"))?)
    } else {
        (PersistedState::default().to_bytes(), PersistedState::default())
    };
    let path = additions(&path);
    if Path::new(&path).exists() {
        // Those of another disk are what was left when this one had just been written.
        let bytes_added = read(&path)?;
        let begin = hash(&bytes).to_le_bytes();
        for addition in chunks(bytes_added.strip_prefix(&begin).unwrap_or_default()) {
            disk.add(addition, seed).ok_or_else(|| format!("{path} is not an addition of this version"))?;
        }
    }
    Ok(disk)
}

/// The file with what has come since the disk of a path was written: a number of that disk, then pieces with their
/// lengths, numbers in eight bytes with the least one first.
fn additions(path: &str) -> String {
    format!("{path}.more")
}

/// Pieces that were written whole.
fn chunks(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk()?;
        let (chunk, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        bytes = rest;
        Some(chunk)
    })
}

/// A number that hardly any other bytes give.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Keeps what is in files up to date, for a server that may be killed without hearing of it.
pub(crate) struct Keeper {
    path: String,
    folder: String,
    /// What the file holds, as a number.
    holds: Cell<u64>,
    /// What it holds together with its additions, and the file with those, if there are any.
    known: RefCell<PersistCursor>,
    more: RefCell<Option<File>>,
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
        let (known, more) = (RefCell::default(), RefCell::default());
        Some(Keeper { path, folder, holds: Cell::new(0), known, more, even: Cell::new(Time(0)) })
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
        let bytes = server.persisted_bytes();
        let is_empty = bytes.is_none();
        let bytes = bytes.unwrap_or_else(|| PersistedState::default().to_bytes());
        let number = hash(&bytes);
        if self.holds.replace(number) == number || is_empty && !Path::new(&self.path).exists() {
            return Ok(());
        }
        let half = format!("{}.half", self.path);
        std::fs::create_dir_all(&self.folder)?;
        std::fs::write(&half, bytes)?;
        std::fs::rename(&half, &self.path)?;
        self.known.replace(server.persist_cursor());
        self.more.take();
        match std::fs::remove_file(additions(&self.path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Adds what has come since the last time, which takes no longer than what has come is large.
    pub(crate) fn add(&self, server: &Server) -> std::io::Result<()> {
        let Some(addition) = server.persist_changes(&mut self.known.borrow_mut()) else { return Ok(()) };
        let mut bytes = Vec::with_capacity(addition.len() + 16);
        let mut more = self.more.borrow_mut();
        let file = match &mut *more {
            Some(file) => file,
            none => {
                std::fs::create_dir_all(&self.folder)?;
                bytes.extend_from_slice(&self.holds.get().to_le_bytes());
                none.insert(File::create(additions(&self.path))?)
            }
        };
        bytes.extend_from_slice(&(addition.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&addition);
        file.write_all(&bytes)
    }

    /// What the log says of a write that failed.
    pub(crate) fn complaint(&self, error: &std::io::Error) -> (Level, String) {
        (Level::Error, format!("{}: {error}", self.path))
    }
}
