//! The store folder: streams in files outlive the program, if it ends by a signal that it hears.

use std::path::Path;

use playground::server::Disk;
use playground::server::banner::Level;
use playground::server::setup::Setup;

use crate::log::Log;

/// The folder that the log names, as the real server's does.
pub(crate) fn folder(setup: &Setup) -> String {
    let parent = setup.store_dir.as_deref().unwrap_or("/tmp/nats");
    format!("{}/jetstream", parent.trim_end_matches('/'))
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

/// Keeps a disk for the next server, if there is anything on it or was.
pub(crate) fn write(setup: &Setup, disk: &Disk, log: &Log) {
    let path = path(setup);
    if setup.config.jetstream.is_none() || disk.is_empty() && !Path::new(&path).exists() {
        return;
    }
    let half = format!("{path}.half");
    let written = std::fs::create_dir_all(folder(setup))
        .and_then(|()| std::fs::write(&half, disk.to_bytes()))
        .and_then(|()| std::fs::rename(&half, &path));
    if let Err(error) = written {
        log.line(&(Level::Error, format!("{path}: {error}")));
    }
}
