//! The files of contexts: `nats/context/<name>.json` each, and beside that folder which of them is selected and which was before.

use std::collections::BTreeMap;
use std::fmt;

use super::Settings;
use crate::base::files::{HOME, absolute};
use crate::base::{FileError, Files};
use crate::gofmt::quote;
use crate::gojson;

/// The contexts of whoever runs a command.
pub struct Contexts {
    files: Files,
    /// The working folder.
    folder: String,
    /// The folder of them all.
    root: String,
}

/// Why a context cannot be read, written or deleted.
#[derive(Debug)]
pub enum ContextError {
    /// Its name.
    NotFound(String),
    /// What is wrong with its name.
    InvalidName(String),
    /// It is selected, and others are there.
    Active(String),
    TooManyCredentials,
    /// What is wrong with its file.
    Unreadable(String),
    File(FileError),
}

impl fmt::Display for ContextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ContextError::NotFound(name) => write!(f, "context not found: {}", quote(name)),
            ContextError::InvalidName(why) => write!(f, "invalid context name: {why}"),
            ContextError::Active(name) => {
                write!(f, "cannot operate on active context: {} is the active context", quote(name))
            }
            ContextError::TooManyCredentials => f.write_str(
                "too many types of credentials. Choose only one from 'user/token', 'creds', 'nkey', 'nsc'",
            ),
            ContextError::Unreadable(why) => f.write_str(why),
            ContextError::File(error) => error.fmt(f),
        }
    }
}

impl From<FileError> for ContextError {
    fn from(error: FileError) -> ContextError {
        ContextError::File(error)
    }
}

impl Contexts {
    /// Those below `$XDG_CONFIG_HOME`, or below `.config` at home.
    pub fn new(files: &Files, folder: &str, variables: &BTreeMap<String, String>) -> Contexts {
        let given = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        let root = match given("XDG_CONFIG_HOME") {
            Some(root) => absolute(folder, root),
            None => absolute(folder, &format!("{}/.config", given("HOME").map_or(HOME, String::as_str))),
        };
        Contexts { files: files.clone(), folder: folder.to_owned(), root: format!("{root}/nats") }
    }

    /// Where a context is kept.
    pub fn path(&self, name: &str) -> String {
        format!("{}/context/{name}.json", self.root)
    }

    /// The names of all, in order.
    pub fn names(&self) -> Vec<String> {
        let names = self.files.names(&format!("{}/context", self.root)).into_iter();
        let contexts = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
        let is_one = |name: &String| {
            let info = self.files.info(&self.path(name));
            check_name(name).is_ok() && info.is_some_and(|info| !info.is_folder && info.size > 0)
        };
        contexts.filter(is_one).collect()
    }

    pub fn is_known(&self, name: &str) -> bool {
        check_name(name).is_ok() && self.files.read(&self.path(name)).is_ok()
    }

    pub fn load(&self, name: &str) -> Result<Settings, ContextError> {
        check_name(name)?;
        match self.files.read(&self.path(name)) {
            Ok(bytes) => read(&bytes),
            Err(FileError::NotFound) => Err(ContextError::NotFound(name.to_owned())),
            Err(error) => Err(error.into()),
        }
    }

    /// The name and the settings of a file, if there is one.
    pub fn load_file(&self, path: &str) -> Option<(String, Result<Settings, ContextError>)> {
        let path = absolute(&self.folder, path);
        let bytes = self.files.read(&path).ok()?;
        let name = path.rsplit('/').next()?.strip_suffix(".json")?;
        Some((name.to_owned(), read(&bytes)))
    }

    pub fn save(&self, name: &str, settings: &Settings) -> Result<(), ContextError> {
        check_name(name)?;
        if settings.credentials() > 1 {
            return Err(ContextError::TooManyCredentials);
        }
        let settings = Settings { name: String::new(), ..settings.clone() };
        self.make_folder(&format!("{}/context", self.root))?;
        Ok(self.files.write(&self.path(name), gojson::to_string_indent(&settings).as_bytes(), false)?)
    }

    /// Deletes a context; the selected one only if there is no other.
    pub fn delete(&self, name: &str) -> Result<(), ContextError> {
        check_name(name)?;
        let is_selected = self.selected().as_deref() == Some(name);
        if is_selected && self.names().len() > 1 {
            return Err(ContextError::Active(name.to_owned()));
        }
        match self.files.remove(&self.path(name)) {
            Ok(()) | Err(FileError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
        if is_selected { self.unselect() } else { Ok(()) }
    }

    pub fn selected(&self) -> Option<String> {
        self.selection("context.txt")
    }

    /// The one that was selected before.
    pub fn previous(&self) -> Option<String> {
        self.selection("previous-context.txt")
    }

    fn selection(&self, file: &str) -> Option<String> {
        let bytes = self.files.read(&format!("{}/{file}", self.root)).ok()?;
        let name = String::from_utf8_lossy(&bytes).trim().to_owned();
        Some(name).filter(|name| !name.is_empty())
    }

    pub fn select(&self, name: &str) -> Result<(), ContextError> {
        if !self.is_known(name) {
            self.load(name)?;
        }
        self.keep_previous()?;
        Ok(self.files.write(&format!("{}/context.txt", self.root), name.as_bytes(), false)?)
    }

    pub fn unselect(&self) -> Result<(), ContextError> {
        self.keep_previous()?;
        match self.files.remove(&format!("{}/context.txt", self.root)) {
            Ok(()) | Err(FileError::NotFound) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn keep_previous(&self) -> Result<(), ContextError> {
        self.make_folder(&self.root)?;
        match self.selected() {
            Some(name) => Ok(self.files.write(
                &format!("{}/previous-context.txt", self.root),
                name.as_bytes(),
                false,
            )?),
            None => Ok(()),
        }
    }

    /// Makes a folder with those above it.
    fn make_folder(&self, path: &str) -> Result<(), ContextError> {
        let ends = path.match_indices('/').map(|(at, _)| at).skip(1).chain([path.len()]);
        for folder in ends.map(|end| &path[..end]) {
            if !self.files.is_folder(folder) {
                self.files.make_folder(folder)?;
            }
        }
        Ok(())
    }
}

fn read(bytes: &[u8]) -> Result<Settings, ContextError> {
    gojson::from_slice(bytes).map_err(|error| ContextError::Unreadable(error.to_string()))
}

/// Checks that a name can be one of a file.
fn check_name(name: &str) -> Result<(), ContextError> {
    let wrong = if name.is_empty() {
        "name is empty".to_owned()
    } else if name.contains("..") {
        format!("{} must not contain \"..\"", quote(name))
    } else if name.contains(['/', '\\']) {
        format!("{} must not contain \"/\" or \"\\\"", quote(name))
    } else {
        return Ok(());
    };
    Err(ContextError::InvalidName(wrong))
}
