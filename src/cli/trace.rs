//! `--trace`: what a command asks of the server, in its log.

use std::cell::Cell;
use std::rc::Rc;

use super::session::{Session, log, url};
use crate::client::jetstream::Traced;
use crate::client::{Address, JetStream};

/// Tells of the connection.
pub fn connected(address: &Address) -> String {
    format!(">>> Connected to {} ({address})", url(address))
}

/// Whether a command asks before it has heard of its connection.
pub fn asks_at_once(path: &str) -> bool {
    path.starts_with("kv") || path.starts_with("stream")
}

/// Whether a command speaks to JetStream by the manager API, not by that of applications.
pub fn by_manager(session: &Session) -> bool {
    match session.call.command.path {
        "kv ls" => session.text("bucket").is_empty(),
        path => path.starts_with("stream") || path.starts_with("account"),
    }
}

/// Logs every call. The real command has two libraries, which do so each in its own way, and learns of its
/// connection only when the first call is under way.
pub fn trace(session: &Session, jetstream: JetStream) -> JetStream {
    let (env, stdio) = (session.env.clone(), session.stdio.clone());
    let manager = by_manager(session);
    let untold = asks_at_once(session.call.command.path).then(|| connected(jetstream.connection().address()));
    let untold = Cell::new(untold);
    jetstream.traced(Rc::new(move |traced| {
        let say = |text: String| log(&env, &stdio, &text);
        let shown = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        match (traced, manager) {
            (Traced::Sent(subject, body), true) => {
                say(format!(">>> {subject}"));
                say(shown(body));
            }
            (Traced::Sent(subject, body), false) => say(format!(">>> {subject}\n{}\n\n", shown(body))),
            (Traced::Answered(subject, body), true) => say(format!("<<< {subject}\n{}\n\n", shown(body))),
            (Traced::Answered(subject, body), false) => say(format!("<<< {subject}: {}", shown(body))),
            (Traced::Failed(subject, error), true) => say(format!("<<< {subject}: {error}\n\n")),
            (Traced::Failed(..), false) => {}
        }
        untold.take().into_iter().for_each(say);
    }))
}
