//! Reads the configuration that the command line asks for.

use playground::nats_server::conf::{self, ConfigSource};
use playground::nats_server::{Flags, ServerOptions, resolve};
use sha2::{Digest, Sha256};

use crate::machine::{Machine, now};

/// The options that flags and file give, and the digest of the file as the log shows it; empty without a file.
pub(crate) fn read_options(flags: &Flags) -> Result<(ServerOptions, String), String> {
    let file = match &flags.config {
        None => None,
        Some(path) => Some(conf::parse(&Machine.read_file(path)?, path, &Machine)?),
    };
    let options = resolve(flags, file.as_ref(), now().nanos() ^ u64::from(std::process::id()))?;
    let digest = file.map(|file| format!("sha256:{}", sha256(&format!("{}\n", file.to_json()))));
    Ok((options, digest.unwrap_or_default()))
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
