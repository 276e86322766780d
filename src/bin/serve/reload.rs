//! Reads the configuration file again while the server runs.

use playground::nats_server::reload::{changes, keep_ports};
use playground::nats_server::{Flags, read_options};

use crate::log::Log;
use crate::machine::Machine;
use crate::program_state::ProgramState;
use crate::server_handle::ServerHandle;

/// Applies what may change; logs it, or why nothing changes.
pub(crate) fn reload(flags: &Flags, state: &ProgramState, server: &ServerHandle, log: &Log) {
    if let Err(error) = try_reload(flags, state, server, log) {
        log.error(format!("Failed to reload server configuration: {}", error.trim_end()));
    }
}

fn try_reload(flags: &Flags, state: &ProgramState, server: &ServerHandle, log: &Log) -> Result<(), String> {
    if flags.config.is_none() {
        return Err("can only reload config when a file is provided using -c or --config".to_owned());
    }
    let (mut new, digest) = read_options(flags, &Machine, crate::seed())?;
    let mut old = state.options();
    old.listen.port = old.config.port.into();
    keep_ports(&old, &mut new);
    let changes = changes(&old, &new)?;
    log.configure(&new)?;
    changes.iter().for_each(|change| log.info(format!("Reloaded: {change}")));
    server.reload(&new);
    new.config.port = old.config.port;
    state.reload(new, &digest);
    log.info(format!("Reloaded server configuration ({digest})"));
    Ok(())
}
