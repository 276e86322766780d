//! Why a command failed: what it wanted, how things stood, and who had changed them.
//!
//! [`App::diagnose`] joins the failure that the command linked to its error message with what was noted when it happened
//! ([`FailureContext`]).

use super::failure_context::{FailureContext, FailureKind, ForeignRevision, KeyWrite};
use super::model::Operation;
use super::{App, TerminalId, command};
use crate::cli::area::Area;
use crate::cli::reference::{CommandFailure, Reference};
use crate::client::Error;
use crate::jsapi::code::{NOT_ENABLED, WRONG_LAST_SEQUENCE};
use crate::lesson::{Action, Step};
use crate::term::screen::Block;

/// Why a command failed, and where that is explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    pub cause: Cause,
    /// What was written to the key, as far as it matters, and the write of another key that was taken for one of it; oldest
    /// first.
    pub writes: Vec<KeyWrite>,
    /// A command that shows how things are, or puts them right.
    pub command: Option<String>,
    /// The step of the lesson that teaches it: number and heading.
    pub step: Option<(usize, String)>,
    /// An address in the documentation.
    pub link: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The key was to be created, and exists.
    Exists {
        key: String,
        actual: u64,
    },
    /// Somebody else has written a later revision than the expected one.
    Later {
        key: String,
        expected: u64,
        actual: u64,
    },
    /// The expected revision is a later one than the key's newest, and who wrote it is not known any more.
    Sooner {
        key: String,
        expected: u64,
        actual: u64,
    },
    /// The expected revision is one of another key. `actual` is the key's newest, if it has a value.
    OfOtherKey {
        key: String,
        expected: u64,
        other: String,
        actual: Option<u64>,
    },
    /// The expected revision has not been written, to any key; the bucket's newest is `last`. `actual` is the key's newest, if it
    /// has a value.
    Unwritten {
        key: String,
        expected: u64,
        last: u64,
        actual: Option<u64>,
    },
    /// A revision was expected, and the key has none.
    Missing {
        key: String,
        expected: u64,
    },
    /// The key was never written.
    Never {
        key: String,
    },
    /// Deleted or purged.
    Gone {
        key: String,
        operation: Operation,
    },
    /// A revision was expected that somebody has deleted or purged since.
    GoneSince {
        key: String,
        expected: u64,
        operation: Operation,
    },
    /// The value came to the end of its life, at this time of day.
    Expired {
        key: String,
        at: String,
    },
    NoRevision {
        key: String,
    },
    NoBucket {
        others: Vec<String>,
    },
    NoJetStream,
    NoServer,
    NoResponders,
    InvalidKey,
    InvalidBucketName,
    /// Another error of the JetStream API, by its code.
    Api(u16),
}

/// The errors that are explained.
#[derive(Clone, Copy)]
enum ErrorClass {
    WrongLastSequence,
    KeyNotFound,
    BucketNotFound,
    NoJetStream,
    NoServer,
    NoResponders,
    InvalidKey,
    InvalidBucketName,
    /// Another error of the JetStream API, by its code.
    Api(u16),
}

const DOCUMENTATION: &str = "https://docs.nats.io/nats-concepts/jetstream/key-value-store";

impl App {
    /// Whether [`App::diagnose`] knows why the command of a block failed.
    pub fn may_diagnose(block: &Block) -> bool {
        command_failure(block).is_some_and(|failure| ErrorClass::of(&failure).is_some())
    }

    /// Why the command of a block failed; `None` if it did not, or that is not explained.
    pub fn diagnose(&self, terminal: TerminalId, block: u64) -> Option<Diagnosis> {
        let failure = command_failure(self.screen(terminal)?.block(block)?)?;
        let class = ErrorClass::of(&failure)?;
        let context = self.observation.activity.failure(terminal, block);
        let bucket = failure.bucket.as_str();
        let (cause, command) = match (class, context) {
            (ErrorClass::WrongLastSequence | ErrorClass::KeyNotFound, Some(context)) => cause_of(context),
            (ErrorClass::WrongLastSequence, None) => unexplained(WRONG_LAST_SEQUENCE),
            (ErrorClass::Api(code), _) => unexplained(code),
            (ErrorClass::KeyNotFound, None) => {
                let key = format!("{bucket} > {}", failure.key);
                let cause = match failure.revision {
                    Some(_) => Cause::NoRevision { key },
                    None => Cause::Never { key },
                };
                (cause, Some(command(&["nats", "kv", "ls", bucket])))
            }
            (ErrorClass::BucketNotFound, _) => {
                let buckets = self.observation.activity.view().into_iter().flat_map(|view| view.buckets());
                let others = buckets.filter_map(|stream| stream.bucket()).map(str::to_owned).collect();
                (Cause::NoBucket { others }, Some(command(&["nats", "kv", "add", bucket])))
            }
            (ErrorClass::NoJetStream, _) => (Cause::NoJetStream, None),
            (ErrorClass::NoServer, _) => (Cause::NoServer, None),
            (ErrorClass::NoResponders, _) => (Cause::NoResponders, None),
            (ErrorClass::InvalidKey, _) => (Cause::InvalidKey, None),
            (ErrorClass::InvalidBucketName, _) => (Cause::InvalidBucketName, None),
        };
        let (step, link) = self.lesson_step(failure.command, class);
        let writes = context.map(all_writes).unwrap_or_default();
        Some(Diagnosis { cause, writes, command, step, link })
    }

    /// The step of the lesson that explains an error, the open one before others, and its place in the documentation.
    fn lesson_step(&self, command: &str, class: ErrorClass) -> (Option<(usize, String)>, String) {
        let lesson = self.lesson.as_ref().map(|lesson| lesson.lesson());
        let command_line = format!("nats {command} ");
        let runs_it = |action: &Action| matches!(action, Action::Type { command, .. } if command.starts_with(&command_line));
        let steps = || lesson.iter().flat_map(|lesson| lesson.steps().enumerate());
        let teaches = |(_, step): &(usize, &Step)| step.actions().iter().any(runs_it);
        let by_command = || {
            let is_open = |(number, _): &(usize, &Step)| self.open_step() == Some(*number);
            steps().find(|step| is_open(step) && teaches(step)).or_else(|| steps().find(teaches))
        };
        let by_id = || steps().find(|(_, step)| step.id == class.step_id());
        let step = match class {
            ErrorClass::WrongLastSequence | ErrorClass::KeyNotFound | ErrorClass::Api(_) => {
                by_command().or_else(by_id)
            }
            _ => by_id(),
        };
        let link = step.and_then(|(_, step)| step.links.first().cloned());
        let step = step.map(|(number, step)| (number, step.heading.clone()));
        (step, link.unwrap_or_else(|| DOCUMENTATION.to_owned()))
    }
}

impl ErrorClass {
    fn of(failure: &CommandFailure) -> Option<ErrorClass> {
        Some(match &failure.error {
            Error::NoServers => ErrorClass::NoServer,
            Error::NoResponders if matches!(failure.area, Area::KeyValue | Area::Stream) => {
                ErrorClass::NoJetStream
            }
            Error::NoResponders => ErrorClass::NoResponders,
            Error::KeyNotFound => ErrorClass::KeyNotFound,
            Error::BucketNotFound => ErrorClass::BucketNotFound,
            Error::InvalidKey | Error::InvalidFilter => ErrorClass::InvalidKey,
            Error::InvalidBucketName => ErrorClass::InvalidBucketName,
            Error::KeyExists(error)
            | Error::RevisionMismatch(error)
            | Error::NotStored(error)
            | Error::Api(error) => match error.err_code {
                _ if matches!(failure.area, Area::Stream | Area::Account) => return None,
                WRONG_LAST_SEQUENCE => ErrorClass::WrongLastSequence,
                NOT_ENABLED => ErrorClass::NoJetStream,
                code => ErrorClass::Api(code),
            },
            _ => return None,
        })
    }

    /// The step of the lesson that explains it, for commands that the lesson does not have.
    fn step_id(self) -> &'static str {
        match self {
            ErrorClass::WrongLastSequence => "update",
            ErrorClass::BucketNotFound | ErrorClass::InvalidBucketName => "add",
            ErrorClass::NoJetStream | ErrorClass::NoResponders => "jetstream",
            ErrorClass::NoServer => "account",
            ErrorClass::InvalidKey => "put",
            ErrorClass::KeyNotFound | ErrorClass::Api(_) => "",
        }
    }
}

/// The failure that the last line of a block tells of.
fn command_failure(block: &Block) -> Option<CommandFailure> {
    block.ended.filter(|(_, status)| *status != 0 && block.has_links())?;
    let rows = block.chunks().next_back()?.rows();
    let last = rows.iter().rev().find(|row| !row.text().trim_end().is_empty())?;
    last.links().find_map(|(_, link)| match link.target()? {
        Reference::Failure(failure) => Some(failure.clone()),
        Reference::Bucket(_) | Reference::Entry { .. } => None,
    })
}

fn unexplained(code: u16) -> (Cause, Option<String>) {
    (Cause::Api(code), Some(format!("nats errors lookup {code}")))
}

fn all_writes(context: &FailureContext) -> Vec<KeyWrite> {
    let mut writes = context.writes.clone();
    if let Some(ForeignRevision::OfKey(write)) = &context.foreign {
        writes.push(write.clone());
        writes.sort_by_key(|write| write.revision);
    }
    writes
}

/// The cause, and a command that shows how the key is.
fn cause_of(context: &FailureContext) -> (Cause, Option<String>) {
    let key = format!("{} > {}", context.bucket, context.key);
    let last = context.writes.last().map(|write| write.operation);
    let cause = match (context.kind, last) {
        (FailureKind::Refused { expected: 0, actual }, _) => Cause::Exists { key, actual },
        (FailureKind::Refused { actual: 0, .. } | FailureKind::NoValue, _)
            if let Some(at) = &context.expired =>
        {
            Cause::Expired { key, at: at.clone() }
        }
        (FailureKind::Refused { expected, actual }, _) if let Some(foreign) = &context.foreign => {
            let actual = (last == Some(Operation::Put)).then_some(actual);
            match foreign {
                ForeignRevision::OfKey(write) => {
                    let other = format!("{} > {}", context.bucket, write.key);
                    Cause::OfOtherKey { key, expected, other, actual }
                }
                ForeignRevision::Unwritten { last } => {
                    Cause::Unwritten { key, expected, last: *last, actual }
                }
            }
        }
        (FailureKind::Refused { expected, actual: 0 }, _) => Cause::Missing { key, expected },
        (FailureKind::Refused { expected, actual }, Some(operation))
            if expected < actual && operation != Operation::Put =>
        {
            Cause::GoneSince { key, expected, operation }
        }
        (FailureKind::Refused { expected, actual }, _) if expected < actual => {
            Cause::Later { key, expected, actual }
        }
        (FailureKind::Refused { expected, actual }, _) => Cause::Sooner { key, expected, actual },
        (FailureKind::NoValue, None) => Cause::Never { key },
        (FailureKind::NoValue, Some(Operation::Put)) => Cause::NoRevision { key },
        (FailureKind::NoValue, Some(operation)) => Cause::Gone { key, operation },
    };
    let (bucket, key) = (context.bucket.as_str(), context.key.as_str());
    let command = match (&cause, last) {
        (Cause::Expired { .. }, _) => Some(command(&["nats", "kv", "ls", bucket])),
        (_, Some(Operation::Put)) => Some(command(&["nats", "kv", "get", bucket, key])),
        (_, Some(_)) => Some(command(&["nats", "kv", "history", bucket, key])),
        (_, None) => None,
    };
    (cause, command)
}
