//! The files of a world, in memory: folders and files with absolute paths, shared by all its terminals.
//!
//! Paths are absolute and plain (as [`absolute`] makes them). There are no owners, no permissions and no links.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::{Clock, Cost, Meter, Time};

/// The bytes that all files of a world may hold, and how many files and folders there may be.
pub const FILES_BYTES_MAX: usize = 8 << 20;
pub const FILES_MAX: usize = 1000;

/// The home folder, where terminals begin.
pub const HOME: &str = "/home/you";

/// What swallows everything that is written into it.
pub const NULL_DEVICE: &str = "/dev/null";

/// A shared handle on the files.
#[derive(Clone)]
pub struct Files {
    clock: Clock,
    meter: Meter,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    nodes: BTreeMap<String, Node>,
    bytes: usize,
    /// How many temporary files there have been.
    temporary: u64,
}

#[derive(Clone)]
struct Node {
    /// `None` of a folder.
    content: Option<Vec<u8>>,
    modified: Time,
}

/// What is known of a file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    pub is_folder: bool,
    /// In bytes; 0 of a folder.
    pub size: usize,
    pub modified: Time,
}

/// Why something cannot be done with a file, with the texts of the C library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    NotFound,
    IsFolder,
    NotFolder,
    Exists,
    NotEmpty,
    NoSpace,
    Denied,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileError::NotFound => "No such file or directory",
            FileError::IsFolder => "Is a directory",
            FileError::NotFolder => "Not a directory",
            FileError::Exists => "File exists",
            FileError::NotEmpty => "Directory not empty",
            FileError::NoSpace => "No space left on device",
            FileError::Denied => "Permission denied",
        })
    }
}

/// The absolute path that `path` means in `folder`, without `.`, `..` and double slashes.
pub fn absolute(folder: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    format!("/{}", names.join("/"))
}

/// The folder that a path is in.
fn parent(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(at) => &path[..at],
    }
}

impl Files {
    /// No files yet, but the folders that everybody expects.
    pub fn new(clock: &Clock, meter: &Meter) -> Files {
        let files = Files { clock: clock.clone(), meter: meter.clone(), state: Rc::default() };
        for folder in ["/", "/dev", "/dev/fd", "/home", HOME, "/tmp"] {
            let node = Node { content: None, modified: clock.now() };
            files.state.borrow_mut().nodes.insert(folder.to_owned(), node);
        }
        let null = Node { content: Some(Vec::new()), modified: clock.now() };
        files.state.borrow_mut().nodes.insert(NULL_DEVICE.to_owned(), null);
        files
    }

    pub fn info(&self, path: &str) -> Option<FileInfo> {
        let state = self.state.borrow();
        let node = state.nodes.get(path)?;
        let size = node.content.as_ref().map_or(0, Vec::len);
        Some(FileInfo { is_folder: node.content.is_none(), size, modified: node.modified })
    }

    pub fn is_folder(&self, path: &str) -> bool {
        self.info(path).is_some_and(|info| info.is_folder)
    }

    pub fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let state = self.state.borrow();
        let node = state.nodes.get(path).ok_or_else(|| self.missing(&state, path))?;
        self.meter.spend(Cost::Bytes, node.content.as_ref().map_or(0, Vec::len) as u64);
        node.content.clone().ok_or(FileError::IsFolder)
    }

    /// Why there is nothing at a path.
    fn missing(&self, state: &State, path: &str) -> FileError {
        let above = state.nodes.get(parent(path));
        match above.is_some_and(|node| node.content.is_some()) {
            true => FileError::NotFolder,
            false => FileError::NotFound,
        }
    }

    /// Creates a file, or empties the one that is there.
    pub fn create(&self, path: &str) -> Result<(), FileError> {
        self.write(path, b"", false)
    }

    /// Creates a file if there is none.
    pub fn touch(&self, path: &str) -> Result<(), FileError> {
        self.write(path, b"", true)
    }

    /// Writes a whole file, or adds to its end; creates it if there is none.
    pub fn write(&self, path: &str, bytes: &[u8], append: bool) -> Result<(), FileError> {
        if path == NULL_DEVICE {
            return Ok(());
        }
        let state = &mut *self.state.borrow_mut();
        let old = match state.nodes.get(path) {
            Some(Node { content: None, .. }) => return Err(FileError::IsFolder),
            Some(Node { content: Some(content), .. }) => content.len(),
            None => {
                match state.nodes.get(parent(path)) {
                    Some(Node { content: None, .. }) => {}
                    _ => return Err(self.missing(state, path)),
                }
                if parent(path).starts_with("/dev") {
                    return Err(FileError::Denied);
                }
                if state.nodes.len() >= FILES_MAX {
                    return Err(FileError::NoSpace);
                }
                0
            }
        };
        let kept = if append { old } else { 0 };
        let is_paid = self.meter.spend(Cost::Bytes, bytes.len() as u64);
        if !is_paid || state.bytes - old + kept + bytes.len() > FILES_BYTES_MAX {
            return Err(FileError::NoSpace);
        }
        state.bytes = state.bytes - old + kept + bytes.len();
        let node = state.nodes.entry(path.to_owned());
        let node = node.or_insert_with(|| Node { content: Some(Vec::new()), modified: Time::default() });
        let content = node.content.get_or_insert_default();
        content.truncate(kept);
        content.extend_from_slice(bytes);
        node.modified = self.clock.now();
        Ok(())
    }

    pub fn make_folder(&self, path: &str) -> Result<(), FileError> {
        let state = &mut *self.state.borrow_mut();
        match (state.nodes.get(path), state.nodes.get(parent(path))) {
            (Some(_), _) => Err(FileError::Exists),
            (None, Some(Node { content: None, .. })) if state.nodes.len() >= FILES_MAX => {
                Err(FileError::NoSpace)
            }
            (None, Some(Node { content: None, .. })) => {
                let node = Node { content: None, modified: self.clock.now() };
                state.nodes.insert(path.to_owned(), node);
                Ok(())
            }
            _ => Err(self.missing(state, path)),
        }
    }

    /// Removes a file, or an empty folder.
    pub fn remove(&self, path: &str) -> Result<(), FileError> {
        let state = &mut *self.state.borrow_mut();
        let Some(node) = state.nodes.get(path) else { return Err(self.missing(state, path)) };
        if path == "/" || parent(path) == "/dev" || [HOME, "/dev", "/dev/fd", "/home", "/tmp"].contains(&path)
        {
            return Err(FileError::Denied);
        }
        let size = node.content.as_ref().map_or(0, Vec::len);
        if node.content.is_none() && state.nodes.keys().any(|other| parent(other) == path) {
            return Err(FileError::NotEmpty);
        }
        state.bytes -= size;
        state.nodes.remove(path);
        Ok(())
    }

    /// Keeps bytes in a new file below `/dev/fd`, for a program that is given its name. Only the newest few stay.
    pub fn keep_temporary(&self, bytes: &[u8]) -> Result<String, FileError> {
        const KEPT: u64 = 16;
        let state = &mut *self.state.borrow_mut();
        if state.bytes + bytes.len() > FILES_BYTES_MAX {
            return Err(FileError::NoSpace);
        }
        state.temporary += 1;
        let path = |number: u64| format!("/dev/fd/{}", 63 + number);
        let oldest = state.temporary.checked_sub(KEPT).and_then(|number| state.nodes.remove(&path(number)));
        state.bytes -= oldest.and_then(|node| node.content).map_or(0, |content| content.len());
        state.bytes += bytes.len();
        let node = Node { content: Some(bytes.to_vec()), modified: self.clock.now() };
        state.nodes.insert(path(state.temporary), node);
        Ok(path(state.temporary))
    }

    /// The names in a folder, in order.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let state = self.state.borrow();
        let inside = state.nodes.keys().filter(|path| *path != "/" && parent(path) == folder);
        inside.map(|path| path[path.rfind('/').map_or(0, |at| at + 1)..].to_owned()).collect()
    }
}

/// A file that is open to be written. Clones write on behind each other.
#[derive(Clone)]
pub struct FileWriter {
    files: Files,
    path: String,
    error: Rc<Cell<Option<FileError>>>,
}

impl FileWriter {
    /// Whether both write on behind each other.
    pub fn is_same(&self, other: &FileWriter) -> bool {
        Rc::ptr_eq(&self.error, &other.error)
    }

    /// Creates or empties the file, or leaves what there is if `append`.
    pub fn open(files: &Files, path: &str, append: bool) -> Result<FileWriter, FileError> {
        if append {
            files.touch(path)?
        } else {
            files.create(path)?
        }
        Ok(FileWriter { files: files.clone(), path: path.to_owned(), error: Rc::default() })
    }

    /// Adds to the file, unless it was removed. What goes wrong is for [`FileWriter::take_error`].
    pub fn write(&self, bytes: &[u8]) {
        if self.files.info(&self.path).is_some()
            && let Err(error) = self.files.write(&self.path, bytes, true)
        {
            self.error.set(Some(error));
        }
    }

    /// Why not everything could be written, since the last call.
    pub fn take_error(&self) -> Option<FileError> {
        self.error.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain() {
        assert_eq!(absolute(HOME, "a/./b//../c"), "/home/you/a/c");
        assert_eq!(absolute(HOME, "/../tmp/"), "/tmp");
        assert_eq!(absolute("/", ""), "/");
    }

    #[test]
    fn what_is_written_is_read_and_counted() {
        let files = Files::new(&Clock::new(Time::from_secs(1)), &Meter::default());
        assert_eq!(files.read("/tmp/a"), Err(FileError::NotFound));
        assert_eq!(files.write("/tmp/a", b"one", false), Ok(()));
        assert_eq!(files.write("/tmp/a", b"two", true), Ok(()));
        assert_eq!(files.read("/tmp/a"), Ok(b"onetwo".to_vec()));
        assert_eq!(files.write("/tmp/a/b", b"", false), Err(FileError::NotFolder));
        assert_eq!(files.write("/tmp", b"", false), Err(FileError::IsFolder));
        assert_eq!(files.write("/nowhere/a", b"", false), Err(FileError::NotFound));
        assert_eq!(files.write("/tmp/b", &vec![0; FILES_BYTES_MAX - 5], false), Err(FileError::NoSpace));
        assert_eq!(files.write("/tmp/a", &vec![0; FILES_BYTES_MAX], false), Ok(()));
        assert_eq!(files.remove("/tmp"), Err(FileError::Denied));
        assert_eq!(files.remove("/tmp/a"), Ok(()));
        assert_eq!(files.names("/tmp"), Vec::<String>::new());
        assert_eq!(files.read(NULL_DEVICE), Ok(Vec::new()));
    }
}
