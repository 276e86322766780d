//! Reads the configuration that a command line asks for.

use sha2::{Digest, Sha256};

use super::conf::{self, ConfigSource};
use super::{Flags, ServerOptions, resolve};

/// The options that flags and file give, and the digest of the file as the log shows it; empty without a file.
///
/// # Errors
/// As those of [`resolve`](fn@resolve), and of a file that cannot be read.
pub fn read_options(
    flags: &Flags,
    source: &impl ConfigSource,
    seed: u64,
) -> Result<(ServerOptions, String), String> {
    let file = match &flags.config {
        None => None,
        Some(path) => Some(conf::parse(&source.read_file(path)?, path, source)?),
    };
    let options = resolve(flags, file.as_ref(), seed)?;
    let digest = file.map(|file| format!("sha256:{}", sha256(&format!("{}\n", file.to_json()))));
    Ok((options, digest.unwrap_or_default()))
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
