//! The folder of the streams. What is in files is saved while the server runs, since it may be killed at any time.
//!
//! A snapshot holds all streams. Behind it, a log holds what has come since it was written, so that saving takes no longer
//! than what is new is large. The log begins with a hash of its snapshot; then follow chunks, each after its length
//! (numbers are 8 bytes, little-endian).

use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use playground::base::Time;
use playground::nats_server::{LogLine, ServerOptions};
use playground::server::{PersistCursor, PersistedState, Server};

use crate::machine::{go_error, now};

/// Creates the folder of the streams, or says in Go's words why that fails.
pub(crate) fn create_folder(options: &ServerOptions) -> Result<(), String> {
    let folder = options.jetstream_dir();
    fs::create_dir_all(&folder).map_err(|error| {
        let missing = Path::new(&folder).ancestors().take_while(|part| !part.exists());
        let first = missing.last().unwrap_or(Path::new(&folder)).display().to_string();
        format!("mkdir {first}: {}", go_error(&error))
    })
}

fn snapshot_path(options: &ServerOptions) -> String {
    format!("{}/simulated.disk", options.jetstream_dir())
}

fn log_path(snapshot: &str) -> String {
    format!("{snapshot}.more")
}

/// Reads what a former server has left.
///
/// # Errors
/// A file that is not of this version. It is left as it is.
pub(crate) fn read(options: &ServerOptions) -> Result<PersistedState, String> {
    if options.config.jetstream.is_none() {
        return Ok(PersistedState::default());
    }
    let (path, seed) = (snapshot_path(options), options.config.seed);
    let read = |path: &str| fs::read(path).map_err(|error| format!("{path}: {error}"));
    let (bytes, mut persisted) = if Path::new(&path).exists() {
        let bytes = read(&path)?;
        let persisted = PersistedState::from_bytes(&bytes, seed);
        (bytes, persisted.ok_or_else(|| format!("{path} is not a disk of this version"))?)
    } else {
        (PersistedState::default().to_bytes(), PersistedState::default())
    };
    let path = log_path(&path);
    if Path::new(&path).exists() {
        let log = read(&path)?;
        // A log of another snapshot is older than this one, and holds nothing new.
        let chunks = log.strip_prefix(&hash(&bytes).to_le_bytes()).unwrap_or_default();
        for chunk in complete_chunks(chunks) {
            persisted.add(chunk, seed).ok_or_else(|| format!("{path} is not an addition of this version"))?;
        }
    }
    Ok(persisted)
}

/// The chunks of a log, up to one that was not written completely.
fn complete_chunks(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk()?;
        let (chunk, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        bytes = rest;
        Some(chunk)
    })
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Saves the streams of a running server.
pub(crate) struct StoreWriter {
    path: String,
    folder: String,
    /// Hash of the snapshot; 0 if none has been written.
    snapshot: Cell<u64>,
    /// What the snapshot and the log hold together.
    saved: RefCell<PersistCursor>,
    log: RefCell<Option<AppendLog>>,
    /// Until then only what is new is saved.
    pause_until: Cell<Time>,
}

/// Writing snapshots takes one part in so many of all time.
const SNAPSHOT_SHARE: u32 = 50;

/// Time for snapshots that may be used at once after a while without any.
const SNAPSHOT_BURST: Duration = Duration::from_millis(20);

impl StoreWriter {
    /// `None` without JetStream.
    pub(crate) fn new(options: &ServerOptions) -> Option<StoreWriter> {
        options.config.jetstream.as_ref()?;
        Some(StoreWriter {
            path: snapshot_path(options),
            folder: options.jetstream_dir(),
            snapshot: Cell::new(0),
            saved: RefCell::default(),
            log: RefCell::default(),
            pause_until: Cell::new(Time(0)),
        })
    }

    /// How long to wait before the next snapshot; `None` if one may be written now.
    pub(crate) fn pause(&self) -> Option<Duration> {
        Some(self.pause_until.get().since(now())).filter(|wait| !wait.is_zero())
    }

    /// Writes a snapshot, and begins a pause if that has taken too long.
    pub(crate) fn write_all_timed(&self, server: &Server) -> io::Result<()> {
        let began = now();
        let written = self.write_all(server);
        let ended = now();
        let rested = self.pause_until.get().max(ended - SNAPSHOT_BURST * SNAPSHOT_SHARE);
        self.pause_until.set(rested + ended.since(began) * SNAPSHOT_SHARE);
        written
    }

    /// Writes a snapshot if anything has changed. An empty one is not written where there is none yet.
    pub(crate) fn write_all(&self, server: &Server) -> io::Result<()> {
        let bytes = server.persisted_bytes();
        let is_empty = bytes.is_none();
        let bytes = bytes.unwrap_or_else(|| PersistedState::default().to_bytes());
        let hash = hash(&bytes);
        if self.snapshot.get() == hash {
            return Ok(());
        }
        if is_empty && self.log.borrow().is_none() && !Path::new(&self.path).exists() {
            self.snapshot.set(hash);
            return Ok(());
        }
        // Renamed when it is complete, so that the old one is there until then.
        let partial = format!("{}.half", self.path);
        fs::create_dir_all(&self.folder)?;
        fs::write(&partial, bytes)?;
        fs::rename(&partial, &self.path)?;
        self.snapshot.set(hash);
        self.saved.replace(server.persist_cursor());
        self.log.take();
        match fs::remove_file(log_path(&self.path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Appends what is new to the log.
    pub(crate) fn append(&self, server: &Server) -> io::Result<()> {
        let mut saved = self.saved.borrow().clone();
        let Some(chunk) = server.persist_changes(&mut saved) else { return Ok(()) };
        let mut log = self.log.borrow_mut();
        let log = match &mut *log {
            Some(log) => log,
            none => {
                fs::create_dir_all(&self.folder)?;
                none.insert(AppendLog::create(&log_path(&self.path), self.snapshot.get())?)
            }
        };
        log.append(&chunk)?;
        self.saved.replace(saved);
        Ok(())
    }

    pub(crate) fn error_line(&self, error: &io::Error) -> LogLine {
        LogLine::error(format!("{}: {error}", self.path))
    }
}

/// A log file that ends with a complete chunk, even if writing one has failed.
struct AppendLog {
    file: File,
    length: u64,
}

impl AppendLog {
    fn create(path: &str, snapshot: u64) -> io::Result<AppendLog> {
        let mut log = AppendLog { file: File::create(path)?, length: 0 };
        log.write(&snapshot.to_le_bytes())?;
        Ok(log)
    }

    fn append(&mut self, chunk: &[u8]) -> io::Result<()> {
        let length = (chunk.len() as u64).to_le_bytes();
        self.write(&[&length, chunk].concat())
    }

    /// Writes all of the bytes or none of them.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let written = self.file.write_all(bytes);
        match written {
            Ok(()) => self.length += bytes.len() as u64,
            Err(_) => self.truncate()?,
        }
        written
    }

    fn truncate(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_complete_chunks_only() {
        let path = std::env::temp_dir().join(format!("serve-log-{}", std::process::id()));
        let path = path.display().to_string();
        let mut log = AppendLog::create(&path, 7).expect("a new file");
        log.append(b"one").expect("it can be written");
        // As if the disk had been full after some bytes.
        log.file.write_all(b"half").expect("it can be written");
        log.truncate().expect("it can be cut back");
        log.append(b"two").expect("it can be written");
        let bytes = fs::read(&path).expect("the file is there");
        let _ = fs::remove_file(&path);
        let chunks: Vec<&[u8]> = complete_chunks(&bytes[8..]).collect();
        assert_eq!(chunks, [b"one", b"two"]);
        assert_eq!(complete_chunks(&bytes[8..bytes.len() - 1]).count(), 1);
    }
}
