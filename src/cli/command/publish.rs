//! `nats pub`: publishes messages.

use std::time::Duration;

use super::messages::{bodies, filled, headers};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::client::{Connection, Error, JetStream};
use crate::gofmt;

pub async fn run(session: &Session) -> Outcome {
    let connection = session.connect().await?;
    let bodies = bodies(session).await?;
    let count = session.call.int("count").max(1);
    // For many messages the real command shows a progress bar instead.
    let silent = session.flag("quiet") || count > 20;
    let pause = u64::try_from(session.call.int("sleep")).unwrap_or(0);
    for body in bodies {
        for number in 1..=count {
            if number > 1 && pause > 0 {
                pause_for(session, &connection, Duration::from_nanos(pause)).await?;
            }
            one(session, &connection, &body, number, silent).await?;
        }
    }
    Ok(())
}

async fn one(session: &Session, connection: &Connection, body: &str, number: i64, silent: bool) -> Outcome {
    let body = filled(session, "body", body, number);
    let subject = filled(session, "subject", session.text("subject"), number);
    let headers = headers(session, number)?;
    let said = format!("Published {} bytes to {}", body.len(), gofmt::quote(&subject));
    if session.flag("jetstream") {
        if !silent {
            session.log(&said);
        }
        return store(session, connection, &subject, &headers, &body, silent).await;
    }
    let reply = Some(session.text("reply")).filter(|reply| !reply.is_empty());
    connection.publish(&subject, reply, &headers, body.as_bytes())?;
    connection.flush().await?;
    if let Some(error) = connection.take_last_error() {
        return Err(Failure::error(format!("nats: {error}")));
    }
    if !silent {
        session.log(&said);
    }
    Ok(())
}

async fn store(
    session: &Session,
    connection: &Connection,
    subject: &str,
    headers: &[u8],
    body: &str,
    silent: bool,
) -> Outcome {
    let ack = JetStream::new(connection).publish_once(subject, headers, body.as_bytes()).await;
    let ack = ack.map_err(|error| match error {
        Error::NotStored(error) => Failure::api(Error::Api(error)),
        Error::Timeout => Failure::error("nats: timeout"),
        other => Failure::from(other),
    })?;
    if !silent {
        let duplicate = if ack.duplicate { " Duplicate: true" } else { "" };
        session.log(&format!(
            "Stored in Stream: {} Sequence: {}{duplicate}",
            ack.stream,
            gofmt::count(ack.seq)
        ));
    }
    Ok(())
}

async fn pause_for(session: &Session, connection: &Connection, pause: Duration) -> Outcome {
    let sleep = connection.alongside(session.env.clock.sleep(pause));
    let Some(terminal) = session.stdio.stdout.terminal() else {
        sleep.await;
        return Ok(());
    };
    match super::first(sleep, terminal.interrupted()).await {
        Some(()) => Ok(()),
        None => Err(Failure::error("context canceled")),
    }
}
