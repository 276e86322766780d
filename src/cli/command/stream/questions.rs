//! What `nats stream add` asks for, with the help that `?` shows. Source: natscli, cli/stream_command.go.

use crate::cli::failure::Failure;
use crate::cli::prompt::Question;
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_bytes;
use crate::gofmt::atoi;

/// What a size is by default where the account wants every stream to have one.
const REQUIRED_SIZE: i64 = 256 << 20;

type Explained = (&'static str, &'static str);

pub(super) const NAME: &str = "Stream Name";
pub(super) const SUBJECTS: Explained = (
    "Subjects",
    "Streams consume messages from subjects, this is a space or comma separated list that can include wildcards. Settable using --subjects",
);
pub(super) const STORAGE: Explained = (
    "Storage",
    "Streams are stored on the server, this can be one of many backends and all are usable in clustering mode. Settable using --storage",
);
pub(super) const REPLICAS: Explained = (
    "Replication",
    "When clustered, defines how many replicas of the data to store.  Settable using --replicas",
);
pub(super) const RETENTION: Explained = (
    "Retention Policy",
    "Messages are retained either based on limits like size and age (Limits), as long as there are Consumers (Interest) or until any worker processed them (Work Queue)",
);
pub(super) const DISCARD: Explained = (
    "Discard Policy",
    "Once the Stream reaches its limits of size or messages, the New policy will prevent further messages from being added while Old will delete old messages.",
);
pub(super) const MESSAGES: Explained = (
    "Stream Messages Limit",
    "Defines the amount of messages to keep in the store for this Stream, when exceeded oldest messages are removed, -1 for unlimited. Settable using --max-msgs",
);
pub(super) const PER_SUBJECT: Explained = (
    "Per Subject Messages Limit",
    "Defines the amount of messages to keep in the store for this Stream per unique subject, when exceeded oldest messages are removed, -1 for unlimited. Settable using --max-msgs-per-subject",
);
pub(super) const SIZE: Explained = (
    "Total Stream Size",
    "Defines the combined size of all messages in a Stream, when exceeded messages are removed or new ones are rejected, -1 for unlimited. Settable using --max-bytes",
);
pub(super) const AGE: Explained = (
    "Message TTL",
    "Defines the oldest messages that can be stored in the Stream, any messages older than this period will be removed, -1 for unlimited. Supports units (s)econds, (m)inutes, (h)ours, (y)ears, (M)onths, (d)ays. Settable using --max-age",
);
pub(super) const MESSAGE_SIZE: Explained = (
    "Max Message Size",
    "Defines the maximum size any single message may be to be accepted by the Stream. Settable using --max-msg-size",
);
pub(super) const DUPLICATES: Explained = (
    "Duplicate tracking time window",
    "Duplicate messages are identified by the Msg-Id headers and tracked within a window of this size. Supports units (s)econds, (m)inutes, (h)ours, (y)ears, (M)onths, (d)ays. Settable using --dupe-window",
);

/// Asks for what was not given.
pub(super) struct Questions<'a> {
    pub(super) cmd: &'a RunningCommand,
    /// Defaults are taken without asking.
    pub(super) defaults: bool,
}

impl Questions<'_> {
    pub(super) async fn text_or(
        &self,
        flag: &str,
        question: impl Into<Question<'_>>,
        default: Option<&str>,
    ) -> Result<String, Failure> {
        match (self.cmd.text(flag), default) {
            ("", Some(default)) if self.defaults => Ok(default.to_owned()),
            ("", default) => self.cmd.input(question, default).await,
            (given, _) => Ok(given.to_owned()),
        }
    }

    pub(super) async fn one_of(
        &self,
        flag: &str,
        question: impl Into<Question<'_>>,
        options: &[&str],
        default: &str,
    ) -> Result<String, Failure> {
        match self.cmd.text(flag) {
            "" if self.defaults => Ok(default.to_owned()),
            "" => {
                let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
                self.cmd.select_from(question, &options, default).await
            }
            given => Ok(given.to_owned()),
        }
    }

    pub(super) async fn number(
        &self,
        question: impl Into<Question<'_>>,
        default: i64,
    ) -> Result<i64, Failure> {
        if self.defaults {
            return Ok(default);
        }
        if !self.cmd.is_terminal() {
            return Err(Failure::error("cannot ask for confirmation without a terminal"));
        }
        let typed = self.cmd.input(question, Some(&default.to_string())).await?;
        atoi(&typed).map_err(Failure::error)
    }

    /// A number of messages; -1 for no limit.
    pub(super) async fn limit(&self, flag: &str, question: impl Into<Question<'_>>) -> Result<i64, Failure> {
        let given = self.cmd.call.int(flag);
        Ok(match given {
            0 if self.defaults => -1,
            0 => match self.number(question, -1).await? {
                ..=0 => -1,
                limit => limit,
            },
            given => given,
        })
    }

    /// A number of bytes; -1 for no limit.
    pub(super) async fn bytes(
        &self,
        flag: &str,
        question: impl Into<Question<'_>>,
        required: Option<&str>,
    ) -> Result<i64, Failure> {
        let given = self.cmd.text(flag);
        if !given.is_empty() {
            let bytes = parse_bytes(given, 64).map_err(Failure::error)?;
            if bytes != 0 {
                return Ok(bytes.max(-1));
            }
        }
        if self.defaults {
            return Ok(if required.is_some() { REQUIRED_SIZE } else { -1 });
        }
        if !self.cmd.is_terminal() {
            return Err(Failure::error("cannot ask for confirmation without a terminal"));
        }
        let (question, default) = (question.into(), if required.is_some() { "256MB" } else { "-1" });
        loop {
            let typed = self.cmd.input(question, Some(default)).await?;
            let bytes = parse_bytes(if typed == "-1" { "0" } else { &typed }, 64).map_err(Failure::error)?;
            match required {
                Some(reason) if bytes <= 0 => self.cmd.line(reason),
                _ => return Ok(if bytes <= 0 { -1 } else { bytes }),
            }
        }
    }

    pub(super) async fn permission(
        &self,
        flag: &str,
        question: &str,
        default: bool,
    ) -> Result<bool, Failure> {
        match self.defaults || self.cmd.call.given(flag) {
            true => Ok(self.cmd.flag(flag)),
            false => self.cmd.confirm(question, default).await,
        }
    }

    /// As [`Questions::permission`], for a flag that forbids what is asked for.
    pub(super) async fn denial(&self, flag: &str, question: &str) -> Result<bool, Failure> {
        match self.defaults || self.cmd.call.given(flag) {
            true => Ok(self.cmd.flag(flag)),
            false => Ok(!self.cmd.confirm(question, true).await?),
        }
    }
}
