//! Commands for the system account. Without one they end as the real ones do, since nobody answers.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::Error;

/// What is asked for each command, if the error says so.
const SUBJECTS: &[(&str, &str)] = &[
    ("server account info", "ACCOUNTZ"),
    ("server report gateways", "GATEWAYZ"),
    ("server report health", "HEALTHZ"),
    ("server report jetstream", "JSZ"),
    ("server report leafnodes", "LEAFZ"),
    ("server report routes", "ROUTEZ"),
    ("server request accounts", "ACCOUNTZ"),
    ("server request gateways", "GATEWAYZ"),
    ("server request ipqueue", "IPQUEUESZ"),
    ("server request jetstream-health", "HEALTHZ"),
    ("server request jetstream", "JSZ"),
    ("server request leafnodes", "LEAFZ"),
    ("server request raft", "RAFTZ"),
    ("server request routes", "ROUTEZ"),
    ("server request subscriptions", "SUBSZ"),
    ("server request variables", "VARZ"),
];

const PING: &str = "$SYS.REQ.SERVER.PING";

pub async fn ping(cmd: &RunningCommand) -> Outcome {
    match is_answered(cmd, PING).await? {
        true => Err(Failure::NotSimulated("nats server ping".to_owned())),
        false => {
            cmd.line(format!(
                "503 status from {PING}, ensure a system account is used with appropriate permissions"
            ));
            Err(Failure::Status(1))
        }
    }
}

/// `nats server ls` and `info`.
pub async fn list(cmd: &RunningCommand) -> Outcome {
    refuse(cmd, PING, "no results received").await
}

/// `nats server report` and `request`, whose errors say what was asked for.
pub async fn report(cmd: &RunningCommand) -> Outcome {
    let path = cmd.call.command.path;
    let subject = match SUBJECTS.iter().find(|(command, _)| *command == path) {
        Some((_, what)) => format!("{PING}.{what}"),
        None => PING.to_owned(),
    };
    refuse(cmd, &subject, &format!("{subject}: server request failed")).await
}

/// The same for commands whose errors do not.
pub async fn act(cmd: &RunningCommand) -> Outcome {
    refuse(cmd, PING, "server request failed").await
}

async fn refuse(cmd: &RunningCommand, subject: &str, why: &str) -> Outcome {
    match is_answered(cmd, subject).await? {
        true => Err(Failure::NotSimulated(format!("nats {}", cmd.call.command.path))),
        false => Err(Failure::error(format!(
            "{why}, ensure the account used has system privileges and appropriate permissions"
        ))),
    }
}

/// Whether anybody answers to a request.
async fn is_answered(cmd: &RunningCommand, subject: &str) -> Result<bool, Failure> {
    let connection = cmd.connect().await?;
    match connection.request(&[subject], b"", b"").await {
        Ok(answer) => Ok(answer.status() != Some(503)),
        Err(Error::NoResponders | Error::Timeout) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
