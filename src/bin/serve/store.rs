//! The folder of the streams. What is in files is saved while the server runs, since it may be killed at any time.
//!
//! A snapshot holds all streams. Behind it, a log holds what has come since it was written, so that saving takes no longer
//! than what is new is large. The log begins with a hash of its snapshot; then follow chunks, each after its length
//! (numbers are 8 bytes, little-endian).

use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use playground::base::Time;
use playground::nats_server::{LogLine, ServerOptions};
use playground::server::{PersistCursor, PersistedState, Server};
use sha2::{Digest, Sha256};

use crate::log::Log;
use crate::machine::{go_error, now};

/// SHA-256 of a snapshot.
type SnapshotHash = [u8; 32];

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

/// Reads what a former server has left. Warns of a log that does not belong to the snapshot; it is not read.
///
/// # Errors
/// A file that is not of this version. It is left as it is.
pub(crate) fn read(options: &ServerOptions, log: &Log) -> Result<PersistedState, String> {
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
        let additions = read(&path)?;
        let chunks = chunks_of(&additions, &hash(&bytes)).unwrap_or_else(|| {
            // Such a one is left by a program that was killed after it had written a newer snapshot.
            log.line(&LogLine::warning(format!("{path} does not belong to its snapshot and is not read")));
            &[]
        });
        for chunk in complete_chunks(chunks) {
            persisted.add(chunk, seed).ok_or_else(|| format!("{path} is not an addition of this version"))?;
        }
    }
    Ok(persisted)
}

/// The chunks of a log; `None` if it holds any, and they belong to another snapshot than the one of this hash.
fn chunks_of<'a>(log: &'a [u8], snapshot: &SnapshotHash) -> Option<&'a [u8]> {
    match log.split_first_chunk::<32>() {
        Some((hash, chunks)) => (hash == snapshot || chunks.is_empty()).then_some(chunks),
        None => Some(&[]),
    }
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

fn hash(snapshot: &[u8]) -> SnapshotHash {
    Sha256::digest(snapshot).into()
}

/// Saves the streams of a running server.
pub(crate) struct StoreWriter {
    path: String,
    folder: String,
    /// `None` if no snapshot has been written.
    snapshot: Cell<Option<SnapshotHash>>,
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
            snapshot: Cell::default(),
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
        if self.snapshot.get() == Some(hash) {
            return Ok(());
        }
        if is_empty && self.log.borrow().is_none() && !Path::new(&self.path).exists() {
            self.snapshot.set(Some(hash));
            return Ok(());
        }
        // Renamed when it is complete, so that the old one is there until then.
        let partial = format!("{}.half", self.path);
        fs::create_dir_all(&self.folder)?;
        fs::write(&partial, bytes)?;
        fs::rename(&partial, &self.path)?;
        self.snapshot.set(Some(hash));
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
                // Chunks only follow a snapshot, or none: an empty one has the hash of an empty state.
                none.insert(AppendLog::create(
                    &log_path(&self.path),
                    self.snapshot.get().unwrap_or_default(),
                )?)
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
    fn create(path: &str, snapshot: SnapshotHash) -> io::Result<AppendLog> {
        let mut log = AppendLog { file: File::create(path)?, length: 0 };
        log.write(&snapshot)?;
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
        let mut log = AppendLog::create(&path, [7; 32]).expect("a new file");
        log.append(b"one").expect("it can be written");
        // As if the disk had been full after some bytes.
        log.file.write_all(b"half").expect("it can be written");
        log.truncate().expect("it can be cut back");
        log.append(b"two").expect("it can be written");
        let bytes = fs::read(&path).expect("the file is there");
        let _ = fs::remove_file(&path);
        let chunks = chunks_of(&bytes, &[7; 32]).expect("it is of this snapshot");
        assert_eq!(complete_chunks(chunks).collect::<Vec<_>>(), [b"one", b"two"]);
        assert_eq!(complete_chunks(&chunks[..chunks.len() - 1]).count(), 1);
    }

    #[test]
    fn a_log_of_another_snapshot_is_not_read() {
        let log = [[7; 32].as_slice(), b"chunks"].concat();
        assert_eq!(chunks_of(&log, &[7; 32]), Some(b"chunks".as_slice()));
        assert_eq!(chunks_of(&log, &[8; 32]), None);
        for nothing_lost in [&log[..32], &log[..8], &[]] {
            assert_eq!(chunks_of(nothing_lost, &[8; 32]), Some([].as_slice()));
        }
    }

    /// The hash on the disk is the same in each version of this program.
    #[test]
    fn a_snapshot_is_known_by_its_sha256() {
        assert_eq!(hash(b"abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
