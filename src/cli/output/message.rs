//! The bodies of messages as `sub`, `request` and the stream commands show them.

use crate::cli::session::Session;

/// Prints a body and an empty line, with a line end before that if the body has none.
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
