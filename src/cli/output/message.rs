//! The bodies of messages as `sub`, `request` and the stream commands show them.

use crate::cli::running_command::RunningCommand;

/// Prints a body and an empty line, with a line end before that if the body has none.
pub fn body(cmd: &RunningCommand, body: &[u8]) {
    compact(cmd, body);
    cmd.line("");
    if !body.ends_with(b"\n") {
        cmd.line("");
    }
}

/// A body on lines of its own.
pub fn compact(cmd: &RunningCommand, body: &[u8]) {
    if body.is_empty() {
        cmd.line("nil body");
        return;
    }
    cmd.stdio.stdout.write(body);
    if !body.ends_with(b"\n") {
        cmd.print("\n");
    }
}
