//! The bodies of messages as `sub`, `request` and the stream commands show them.

use crate::cli::session::Session;

/// A body, with an empty line behind it, or two where it does not end its own line.
pub fn body(session: &Session, body: &[u8]) {
    compact(session, body);
    session.line("");
    if !body.ends_with(b"\n") {
        session.line("");
    }
}

/// A body on lines of its own.
pub fn compact(session: &Session, body: &[u8]) {
    if body.is_empty() {
        session.line("nil body");
        return;
    }
    session.stdio.stdout.write(body);
    if !body.ends_with(b"\n") {
        session.print("\n");
    }
}
