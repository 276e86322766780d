//! How a message that came is shown: in full, as it is, or as JSON, on the output or in a file of its own.

use super::{ignored, matches_any};
use crate::base::Time;
use crate::base::files::absolute;
use crate::cli::failure::Outcome;
use crate::cli::output::{json, message};
use crate::cli::running_command::RunningCommand;
use crate::client::ack_subject::AckSubject;
use crate::client::{Headers, Message};
use crate::gofmt::{self, Nanos, count, quote};

/// What was shown so far.
pub(super) struct Shown<'a> {
    cmd: &'a RunningCommand,
    ignored: Vec<String>,
    began: Time,
    count: u64,
}

impl<'a> Shown<'a> {
    pub(super) fn new(cmd: &'a RunningCommand) -> Shown<'a> {
        Shown { cmd, ignored: ignored(cmd), began: cmd.env.clock.now(), count: 0 }
    }

    pub(super) fn is_ignored(&self, subject: &str) -> bool {
        matches_any(&self.ignored, subject)
    }

    /// Whether as many were shown as were asked for.
    pub(super) fn is_all(&self) -> bool {
        let limit = self.cmd.call.uint("count");
        limit > 0 && self.count == limit
    }

    /// Shows a message that was published.
    pub(super) fn message(&mut self, found: &Message) -> Outcome {
        let sequence = found.reply_bytes().and_then(AckSubject::parse).map(|ack| ack.stream_sequence);
        let reply = found.reply().map_or(String::new(), |reply| format!(" with reply {}", quote(reply)));
        let heading = format!("Received on {}{reply}", quote(found.subject()));
        let now = self.cmd.env.clock.now();
        self.show(found, sequence, now, self.began, &heading)
    }

    /// Shows a message that a consumer of the stream delivered.
    pub(super) fn delivery(&mut self, stream: &str, found: &Message, ack: AckSubject) -> Outcome {
        if self.cmd.flag("trace")
            && let Some(reply) = found.reply()
        {
            self.cmd.line(format!("<<< Reply Subject: {reply}"));
        }
        let heading = format!(
            "Received JetStream message: stream: {stream} seq: {} / pending: {} / subject: {} / time: {}",
            count(ack.stream_sequence),
            count(ack.pending),
            found.subject(),
            self.cmd.time(ack.time)
        );
        self.show(found, Some(ack.stream_sequence), ack.time, ack.time, &heading)
    }

    /// Shows a message that was read from the stream.
    pub(super) fn read(&mut self, stream: &str, found: &Message, sequence: u64, time: Time) -> Outcome {
        let heading = format!(
            "Received JetStream message (direct): stream: {stream} seq {sequence} / subject: {} / time: {}",
            found.subject(),
            self.cmd.time(time)
        );
        self.show(found, Some(sequence), self.cmd.env.clock.now(), self.began, &heading)
    }

    /// Shows a message under a heading. `stamp` is its time, `began` what `--delta-time` counts from.
    fn show(
        &mut self,
        found: &Message,
        sequence: Option<u64>,
        stamp: Time,
        began: Time,
        heading: &str,
    ) -> Outcome {
        self.count += 1;
        let cmd = self.cmd;
        match cmd.text("dump") {
            "" => {}
            "-" => {
                cmd.print(format!("{}\0", json::message(found)));
                return Ok(());
            }
            folder => return self.dump(found, folder, sequence.unwrap_or(self.count)),
        }
        if cmd.flag("raw") {
            message::compact(cmd, found.body());
            return Ok(());
        }
        let time = if cmd.flag("timestamp") {
            format!(" @ {}", gofmt::time::stamp_micro(stamp, &cmd.env.zone))
        } else if cmd.flag("delta-time") {
            format!(" @ {}", Nanos::from(cmd.env.clock.now().since(began)))
        } else {
            String::new()
        };
        cmd.line(format!("[#{}]{time} {heading}", self.count));
        if !cmd.flag("subjects-only") {
            show_headers(cmd, &found.headers());
            if !cmd.flag("headers-only") {
                message::body(cmd, found.body());
            }
        }
        Ok(())
    }

    /// Writes a message to a file of its own.
    fn dump(&self, found: &Message, folder: &str, number: u64) -> Outcome {
        let path = absolute(&self.cmd.env.folder, &format!("{folder}/{number}.json"));
        if let Err(error) = self.cmd.env.files.write(&path, json::message(found).as_bytes(), false) {
            self.cmd.log(&format!("Could not save message: open {folder}/{number}.json: {error}"));
        }
        if self.count.is_multiple_of(100) {
            self.cmd.print(".");
        }
        Ok(())
    }
}

fn show_headers(cmd: &RunningCommand, headers: &Headers) {
    if headers.is_empty() {
        return;
    }
    headers.with_status().for_each(|(name, value)| cmd.line(format!("{name}: {value}")));
    cmd.line("");
}
