//! `nats stream info` and `nats stream state`.

use super::pick::{self, Picked};
use super::report;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::json;
use crate::cli::session::Session;
use crate::client::JetStream;

pub async fn run(session: &Session) -> Outcome {
    show(session, session.flag("state")).await
}

pub async fn state(session: &Session) -> Outcome {
    show(session, true).await
}

async fn show(session: &Session, only_state: bool) -> Outcome {
    let (jetstream, picked) = pick::stream(session).await?;
    print(session, &jetstream, &picked, only_state).await
}

/// Prints the current info of a stream.
pub(super) async fn print(
    session: &Session,
    jetstream: &JetStream,
    picked: &Picked,
    only_state: bool,
) -> Outcome {
    let within = |failure: Failure| failure.within("could not request Stream info");
    if session.flag("json") {
        let info = jetstream.stream_info(&picked.name).await;
        let info = info.map_err(|error| within(Failure::api(error)))?;
        session.line(json::stream_info(&info));
    } else {
        let info = picked.load(jetstream).await.map_err(within)?;
        session.print(report::stream(session, &picked.name, &info, only_state));
    }
    session.line("");
    Ok(())
}
