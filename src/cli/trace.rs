//! `--trace`: the requests of a command and their answers, in its log.

use std::cell::Cell;
use std::rc::Rc;

use super::Env;
use super::area::Area;
use super::log::{log, url};
use crate::base::Stdio;
use crate::client::jetstream::ApiTrace;
use crate::client::{Address, JetStream};

/// The log line about a connection.
pub fn connected(address: &Address) -> String {
    format!(">>> Connected to {} ({address})", url(address))
}

/// Whether the real command logs its connection only after the first request.
pub fn logs_connection_late(area: Area) -> bool {
    matches!(area, Area::KeyValue | Area::Stream)
}

/// Logs every request of a command and its answer. The real command uses two libraries, whose formats differ.
pub fn trace(jetstream: JetStream, env: &Env, stdio: &Stdio, area: Area, manager: bool) -> JetStream {
    let (env, stdio) = (env.clone(), stdio.clone());
    let connection = logs_connection_late(area).then(|| connected(jetstream.connection().address()));
    let connection = Cell::new(connection);
    jetstream.traced(Rc::new(move |traced| {
        let log = |text: String| log(&env, &stdio, &text);
        let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        match (traced, manager) {
            (ApiTrace::Request(subject, body), true) => {
                log(format!(">>> {subject}"));
                log(text(body));
            }
            (ApiTrace::Request(subject, body), false) => log(format!(">>> {subject}\n{}\n\n", text(body))),
            (ApiTrace::Response(subject, body), true) => log(format!("<<< {subject}\n{}\n\n", text(body))),
            (ApiTrace::Response(subject, body), false) => log(format!("<<< {subject}: {}", text(body))),
            (ApiTrace::Failure(subject, error), true) => log(format!("<<< {subject}: {error}\n\n")),
            (ApiTrace::Failure(..), false) => {}
        }
        connection.take().into_iter().for_each(log);
    }))
}
