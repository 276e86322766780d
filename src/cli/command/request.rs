//! `nats request`: sends requests and shows the replies.

use std::time::Duration;

use super::messages::{bodies, filled, headers};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::message;
use crate::cli::session::Session;
use crate::client::connection::SHORTEST_TIMEOUT;
use crate::client::{Connection, Message};
use crate::gofmt::{Nanos, quote};

pub async fn run(session: &Session) -> Outcome {
    let work = ask(session);
    match session.stdio.stdout.terminal() {
        Some(terminal) => {
            let stopped = || Failure::error("context canceled");
            super::first(work, terminal.interrupted()).await.unwrap_or_else(|| Err(stopped()))
        }
        None => work.await,
    }
}

async fn ask(session: &Session) -> Outcome {
    let connection = session.connect().await?;
    let count = match session.call.int("count") {
        ..1 => i64::from(i16::MAX),
        count => count,
    };
    for body in bodies(session).await? {
        for number in 1..=count {
            if !one(session, &connection, &body, number, count <= 20).await? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Sends one request and shows its replies. Returns false if there are no responders.
async fn one(
    session: &Session,
    connection: &Connection,
    body: &str,
    number: i64,
    chatty: bool,
) -> Result<bool, Failure> {
    let body = filled(session, "body", body, number);
    let subject = filled(session, "subject", session.text("subject"), number);
    let chatty = chatty && !session.flag("raw");
    if chatty {
        session.log(&format!("Sending request on {}", quote(&subject)));
    }
    let headers = headers(session, number)?;
    let inbox = connection.new_inbox();
    let mut answers = connection.subscribe(&inbox, None)?;
    connection.publish(&subject, Some(&inbox), &headers, body.as_bytes())?;
    let began = session.env.clock.now();
    let wanted =
        if session.flag("wait-for-empty") { i64::from(i16::MAX) } else { session.call.int("replies") };
    let (mut received, mut total) = (0, Duration::ZERO);
    let mut patience = session.timeout();
    loop {
        if patience < SHORTEST_TIMEOUT {
            return Ok(true);
        }
        let Ok(answer) = session.env.clock.timeout(patience, answers.next()).await else {
            return Ok(true);
        };
        let Some(answer) = answer? else { return Ok(true) };
        if answer.body().is_empty() && answer.status() == Some(503) {
            session.log("No responders are available");
            return Ok(false);
        }
        let rtt = session.env.clock.now().since(began);
        show(session, &answer, rtt, chatty);
        received += 1;
        if wanted > 0 && (received == wanted || answer.body().is_empty()) {
            return Ok(true);
        }
        total += rtt;
        patience = match wanted {
            0 => session.timeout().saturating_sub(rtt),
            _ => {
                total / received as u32
                    + Duration::from_nanos(session.call.int("reply-timeout").max(0) as u64)
            }
        };
    }
}

fn show(session: &Session, answer: &Message, rtt: Duration, chatty: bool) {
    if chatty {
        session.log(&format!("Received with rtt {}", Nanos::from(rtt)));
        let headers = answer.headers();
        if !headers.list.is_empty() {
            headers.list.iter().for_each(|(name, value)| session.log(&format!("{name}: {value}")));
            session.log("");
        }
    }
    if chatty || session.flag("raw") {
        message::body(session, answer.body());
    }
}
