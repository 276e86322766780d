//! `nats server check`: whether something is healthy, in the words and with the exit status of Nagios.

mod connection;
mod consumer;
mod jetstream;
mod kv;
mod message;
mod report;
mod request;
mod stream;

use self::report::{Format, Report};
use crate::base::files::absolute;
use crate::cli::failure::{Failure, Outcome, api_text};
use crate::cli::running_command::RunningCommand;
use crate::client::{Connection, JetStream};
use crate::jsapi::Nanos;

/// How a check went. Where it could go no further, the error is what is critical.
type Checked = Result<(), String>;

pub async fn connection(cmd: &RunningCommand) -> Outcome {
    let mut report = Report::new("connections", "Connection");
    let checked = connection::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

pub async fn consumer(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["consumer", "stream"])?;
    let mut report = Report::new("consumer", &format!("{}_{}", cmd.text("stream"), cmd.text("consumer")));
    let checked = consumer::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

pub async fn jetstream(cmd: &RunningCommand) -> Outcome {
    let mut report = Report::new("jetstream", "JetStream");
    let checked = jetstream::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

pub async fn kv(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["bucket"])?;
    let mut report = Report::new("kv", cmd.text("bucket"));
    let checked = kv::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

pub async fn message(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["stream"])?;
    let mut report = Report::new("message", "Stream Message");
    let checked = message::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

/// The state of a cluster, which the simulated server is none of.
pub async fn meta(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["seen-critical", "lag-critical", "expect"])?;
    let report = Report::new("meta", "JetStream Meta Cluster");
    let checked = system(cmd, "JSZ", "JSZ API request failed").await;
    finish(cmd, report, checked)
}

pub async fn request(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["subject"])?;
    let mut report = Report::new("request", cmd.text("subject"));
    let checked = request::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

/// The state of a server, which only the system account may ask for.
pub async fn server(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["name"])?;
    let report = Report::new("server", cmd.text("name"));
    let checked = system(cmd, "VARZ", "varz failed").await;
    finish(cmd, report, checked)
}

pub async fn stream(cmd: &RunningCommand) -> Outcome {
    require(cmd, &["stream"])?;
    let mut report = Report::new("stream", cmd.text("stream"));
    let checked = stream::check(cmd, &mut report).await;
    finish(cmd, report, checked)
}

/// Asks for what only the system account may ask for.
async fn system(cmd: &RunningCommand, what: &str, failed: &str) -> Checked {
    let connection = connect(cmd, "connection failed").await?;
    match connection.request(&[&format!("$SYS.REQ.SERVER.PING.{what}")], b"", b"").await {
        Ok(_) => Err("a system account is not simulated in this playground".to_owned()),
        Err(error) => Err(format!("{failed}: {error}")),
    }
}

/// Rejects a line without one of the flags.
fn require(cmd: &RunningCommand, flags: &[&str]) -> Outcome {
    let missing: Vec<String> =
        flags.iter().filter(|flag| !cmd.call.given(flag)).map(|flag| format!("--{flag}")).collect();
    match missing.as_slice() {
        [] => Ok(()),
        [one] => Err(Failure::Usage(format!("required flag {one} not provided"))),
        many => Err(Failure::Usage(format!("required flags {} not provided", many.join(", ")))),
    }
}

/// Connects; what goes wrong is said behind `context`.
async fn connect(cmd: &RunningCommand, context: &str) -> Result<Connection, String> {
    cmd.connect().await.map_err(|failure| because(context, failure))
}

/// Connects, for calls of JetStream.
async fn open(cmd: &RunningCommand, context: &str) -> Result<JetStream, String> {
    let connection = connect(cmd, context).await?;
    cmd.jetstream_on(&connection).map_err(|failure| because(context, failure))
}

fn because(context: &str, failure: Failure) -> String {
    match failure {
        Failure::Error { message, .. } | Failure::Misconfigured(message) | Failure::Usage(message) => {
            format!("{context}: {message}")
        }
        Failure::NotSimulated(what) => format!("{context}: {what} is not simulated in this playground"),
        Failure::Status(status) => format!("{context}: status {status}"),
    }
}

/// The text of an error of the manager API behind `context`.
fn api_error(context: &str) -> impl Fn(crate::client::Error) -> String {
    move |error| format!("{context}: {}", api_text(&error))
}

/// A flag with a duration, in seconds.
fn seconds(cmd: &RunningCommand, flag: &str) -> f64 {
    in_seconds(Nanos(cmd.call.int(flag)))
}

fn in_seconds(nanos: Nanos) -> f64 {
    nanos.0 as f64 / 1e9
}

/// Prints the report, or writes it to a file, and ends as it says.
fn finish(cmd: &RunningCommand, mut report: Report, checked: Checked) -> Outcome {
    report.criticals.extend(checked.err());
    let format = match cmd.text("format") {
        "json" => Format::Json,
        "prometheus" => Format::Prometheus { namespace: cmd.text("namespace") },
        "text" => Format::Text,
        _ => Format::Nagios,
    };
    let text = report.render(&format);
    match cmd.text("outfile") {
        "" => cmd.line(text),
        file => {
            let path = absolute(&cmd.env.folder, file);
            if let Err(error) = cmd.env.files.write(&path, format!("{text}\n").as_bytes(), false) {
                cmd.stdio.stderr.print(&format!("temp file failed: {error}"));
                return Err(Failure::Status(1));
            }
        }
    }
    match report.exit_status(&format) {
        0 => Ok(()),
        status => Err(Failure::Status(status)),
    }
}
