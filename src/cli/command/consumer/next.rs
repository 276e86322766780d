//! `nats consumer next`: takes messages from a pull consumer.

use std::time::Duration;

use crate::cli::failure::{Failure, Outcome};
use crate::cli::manager;
use crate::cli::running_command::{RunningCommand, is_name};
use crate::client::ack_subject::AckSubject;
use crate::client::{JetStream, Message};
use crate::gofmt::{self, count, quote};
use crate::gojson;
use crate::jsapi::{Nanos, NextRequest};

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let jetstream = cmd.jetstream().await.map_err(|error| error.within("setup failed"))?;
    let (stream, consumer) = (cmd.text("stream"), cmd.text("consumer"));
    // What was asked for is loaded first, whether it is there or not.
    let _ = manager::consumer_info(&jetstream, stream, consumer).await;
    for _ in 0..cmd.call.int("count") {
        one(cmd, &jetstream, stream, consumer).await?;
    }
    Ok(())
}

async fn one(cmd: &RunningCommand, jetstream: &JetStream, stream: &str, consumer: &str) -> Outcome {
    let connection = jetstream.connection();
    let inbox = connection.new_inbox();
    let mut answers = connection.subscribe(&inbox, None)?;
    answers.unsubscribe_after(1)?;
    for (what, name) in [("stream", stream), ("consumer", consumer)] {
        if !is_name(name) {
            let wrong = format!("could not request next message: {} is not a valid {what} name", quote(name));
            return Err(Failure::error(wrong));
        }
    }
    let request = NextRequest { batch: 1, expires: Nanos::from(cmd.timeout()), ..NextRequest::default() };
    let subject = format!("{}.CONSUMER.MSG.NEXT.{stream}.{consumer}", jetstream.prefix());
    let body = gojson::to_vec(&request);
    if cmd.flag("trace") {
        cmd.log(&format!(">>> {subject}:\n{}\n\n", String::from_utf8_lossy(&body)));
    }
    connection.publish(&subject, Some(&inbox), b"", &body)?;
    check_answer(cmd)?;
    let found = match connection.clock().timeout(cmd.timeout(), answers.next()).await {
        Ok(found) => found?,
        Err(_) => None,
    };
    let Some(found) = found else {
        check_pull(jetstream, stream, consumer).await?;
        return Err(Failure::error("no message received: nats: timeout"));
    };
    if found.status() == Some(503) {
        check_pull(jetstream, stream, consumer).await?;
    }
    show(cmd, &found);
    answer(cmd, jetstream, &found).await
}

/// Rejects two answers to one message.
fn check_answer(cmd: &RunningCommand) -> Outcome {
    let acks = cmd.flag("ack") && (!cmd.flag("term") || cmd.call.given("ack"));
    if cmd.flag("term") && (acks || cmd.flag("nak")) {
        return Err(Failure::error("can not both Acknowledge and Terminate message"));
    }
    Ok(())
}

async fn check_pull(jetstream: &JetStream, stream: &str, consumer: &str) -> Outcome {
    let info = manager::consumer_info(jetstream, stream, consumer).await.map_err(|error| {
        Failure::api(error).within(&format!("could not load consumer {}", quote(consumer)))
    })?;
    match info.config.is_some_and(|config| config.deliver_subject.is_some()) {
        true => Err(Failure::error(format!("consumer {} is not a Pull consumer", quote(consumer)))),
        false => Ok(()),
    }
}

fn show(cmd: &RunningCommand, found: &Message) {
    let body = || {
        cmd.stdio.stdout.write(found.body());
        cmd.line("");
    };
    if cmd.flag("raw") {
        return body();
    }
    match found.reply_bytes().and_then(AckSubject::parse) {
        Some(ack) => {
            let clock = gofmt::time::time_only(cmd.env.clock.now(), &cmd.env.zone);
            let AckSubject { deliveries, consumer_sequence, stream_sequence, pending, .. } = ack;
            cmd.line(format!(
                "[{clock}] subj: {} / tries: {deliveries} / cons seq: {consumer_sequence} / str seq: {stream_sequence} / pending: {}",
                found.subject(),
                count(pending)
            ));
        }
        None => {
            let reply = found.reply().map_or(String::new(), |reply| format!(" reply: {reply}"));
            cmd.line(format!("--- subject: {}{reply}", found.subject()));
        }
    }
    let headers = found.headers();
    if !headers.is_empty() {
        cmd.line("\nHeaders:\n");
        headers.with_status().for_each(|(name, value)| cmd.line(format!("  {name}: {value}")));
        cmd.line("\nData:\n");
    }
    cmd.line("");
    body();
}

/// Acknowledges a message, or refuses it.
async fn answer(cmd: &RunningCommand, jetstream: &JetStream, found: &Message) -> Outcome {
    let connection = jetstream.connection();
    let (term, nak) = (cmd.flag("term"), cmd.flag("nak"));
    let acks = cmd.flag("ack") && !term;
    let Some(reply) = found.reply() else {
        let what = if term { "Terminate" } else { "Acknowledge" };
        return match term || acks || nak {
            true => {
                Err(Failure::error(format!("could not {what} message: nats: message does not have a reply")))
            }
            false => Ok(()),
        };
    };
    if term {
        connection.publish(reply, None, b"", b"+TERM")?;
        connection.flush().await?;
        cmd.line("\nTerminated message");
        return Ok(());
    }
    if !acks && !nak {
        return Ok(());
    }
    let most = u64::try_from(cmd.call.int("wait")).unwrap_or(0);
    let pause = Duration::from_nanos(if most > 0 { cmd.env.ids.below(most) } else { 0 });
    if !pause.is_zero() {
        connection.alongside(cmd.env.clock.sleep(pause)).await;
    }
    let body: &[u8] = if nak { b"-NAK" } else { b"+ACK" };
    if cmd.flag("trace") {
        cmd.log(&format!(">>> {reply}: {}", String::from_utf8_lossy(body)));
    }
    connection.publish(reply, None, b"", body)?;
    connection.flush().await?;
    if !cmd.flag("raw") {
        let negative = if nak { "Negative " } else { "" };
        let delay =
            if pause.is_zero() { String::new() } else { format!(" after {} delay", Nanos::from(pause)) };
        cmd.line(format!("\n{negative}Acknowledged message{delay}\n"));
    }
    Ok(())
}
