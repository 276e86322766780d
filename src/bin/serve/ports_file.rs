//! The file that tells the ports to whoever started the program: `<folder>/<program>_<process>.ports`.

use std::fs;

use playground::gojson;
use serde::Serialize;

use crate::log::Log;
use crate::machine::{go_error, program_name};

/// URLs of each kind of listener.
#[derive(Default, Serialize)]
pub(crate) struct Ports {
    pub(crate) nats: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) monitoring: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) websocket: Vec<String>,
}

/// The file's path in `folder`.
pub(crate) fn path(folder: &str) -> String {
    let folder = if folder == "." { String::new() } else { format!("{}/", folder.trim_end_matches('/')) };
    format!("{folder}{}_{}.ports", program_name(), std::process::id())
}

pub(crate) fn write(folder: &str, ports: &Ports, log: &Log) {
    let path = path(folder);
    // Renamed when it is complete, so that nobody reads a part of it.
    let partial = format!("{path}.half");
    let written = fs::write(&partial, gojson::to_vec(ports)).and_then(|()| fs::rename(&partial, &path));
    if let Err(error) = written {
        log.error(format!("Error writing ports file ({path}): open {path}: {}", go_error(&error)));
    }
}
