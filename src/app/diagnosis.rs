//! Why a command failed: what it wanted, how things stood, and who had changed them.
//!
//! What a command meets with is noted when it happens ([`Met`]), since a moment later all may be different. Asked
//! for it, [`App::why`] joins that with the error that the command printed.

use super::activity_log::{Record, Written};
use super::model::{Look, Operation};
use super::programs::Owners;
use super::terminals::Desk;
use super::{App, TerminalId, command, text};
use crate::base::{Time, Zone};
use crate::lesson::Action;
use crate::server::view::View;
use crate::server::{ConnId, Event, EventKind};
use crate::term::row::Row;
use crate::term::screen::Block;

/// Why a command failed, and where that is explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    pub case: Case,
    /// What was written to the key, as far as it matters; oldest first.
    pub writes: Vec<Write>,
    /// A command that shows how things are, or puts them right.
    pub command: Option<String>,
    /// The step of the lesson that teaches it: number and heading.
    pub step: Option<(usize, String)>,
    /// An address in the documentation.
    pub link: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// It was to be made, and is there.
    Exists {
        key: String,
        actual: u64,
    },
    /// Somebody was faster.
    Later {
        key: String,
        expected: u64,
        actual: u64,
    },
    /// The revision that was to be followed has not come yet.
    Sooner {
        key: String,
        expected: u64,
        actual: u64,
    },
    /// The key has no entry to follow.
    Missing {
        key: String,
        expected: u64,
    },
    Never {
        key: String,
    },
    /// Deleted, purged or expired.
    Gone {
        key: String,
        operation: Operation,
    },
    NoRevision {
        key: String,
    },
    NoBucket {
        others: Vec<String>,
    },
    NoJetStream,
    NoServer,
    Nobody,
    Key,
    BucketName,
    /// Another error of the JetStream API.
    Api(u64),
}

/// A write of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    pub revision: u64,
    pub operation: Operation,
    /// Where the stream still has it.
    pub value: Option<String>,
    pub author: Option<(String, Look)>,
    /// The time of day.
    pub time: String,
}

/// Who is behind connections.
pub(super) struct People<'a> {
    pub(super) desks: &'a [Desk],
    pub(super) owners: &'a Owners,
    pub(super) zone: Zone,
}

/// What a terminal's command met with.
pub(super) struct Met {
    pub(super) terminal: TerminalId,
    pub(super) block: u64,
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) what: Meeting,
    pub(super) writes: Vec<Write>,
}

#[derive(Clone, Copy)]
pub(super) enum Meeting {
    /// A write was refused: the revision that it was to follow, and the one that it would have followed.
    Refused { expected: u64, actual: u64 },
    /// There was no value to read.
    NoValue,
}

/// What of an error tells the case, and the name of the step that explains it where the command does not.
type Sign = (&'static str, &'static str);

const EXPECTED: Sign = ("err_code=10071", "update");
const NO_KEY: Sign = ("nats: key not found", "");
const NO_BUCKET: Sign = ("nats: bucket not found", "add");
const NO_JETSTREAM: Sign = ("err_code=10076", "jetstream");
const NO_SERVER: Sign = ("no servers available", "account");
const NOBODY: Sign = ("no responders available", "jetstream");
const BAD_KEY: Sign = ("nats: invalid key", "put");
const BAD_BUCKET: Sign = ("invalid bucket name", "add");
const API: Sign = ("err_code=", "");
const SIGNS: [Sign; 9] =
    [EXPECTED, NO_KEY, NO_BUCKET, NO_JETSTREAM, NO_SERVER, NOBODY, BAD_KEY, BAD_BUCKET, API];

/// How many writes are shown, and how many meetings are known.
const LANE: usize = 6;
const MET: usize = 200;

/// The server's number for a wrong last sequence.
const WRONG_LAST: u16 = 10071;

const ERROR: &str = "nats: error: ";
const DOCUMENTATION: &str = "https://docs.nats.io/nats-concepts/jetstream/key-value-store";

impl App {
    /// Whether there is something to say of why a command failed.
    pub fn may_ask_why(block: &Block) -> bool {
        sign(block).is_some()
    }

    /// Why the command of this block failed.
    pub fn why(&self, terminal: TerminalId, block: u64) -> Option<Why> {
        let shown = self.screen(terminal)?.block(block)?;
        let (sign, line) = sign(shown)?;
        let command = shown.command.as_ref().map_or("", |command| command.text.as_str());
        let words: Vec<&str> = command.split_whitespace().collect();
        let met = self.record.met.iter().rev().find(|met| met.terminal == terminal && met.block == block);
        let word = |at: usize| words.get(at).copied().unwrap_or_default();
        let (case, command) = match (sign, met) {
            (EXPECTED | NO_KEY, Some(met)) => met.case(),
            (NO_KEY, None) => {
                let key = format!("{} > {}", word(3), word(4));
                let case = if command.contains("--revision") {
                    Case::NoRevision { key }
                } else {
                    Case::Never { key }
                };
                (case, Some(self::command(&["nats", "kv", "ls", word(3)])))
            }
            (NO_BUCKET, _) => {
                let buckets = self.record.view.iter().flat_map(|view| view.buckets());
                let others = buckets.filter_map(|stream| stream.bucket()).map(str::to_owned).collect();
                (Case::NoBucket { others }, Some(self::command(&["nats", "kv", "add", word(3)])))
            }
            (NO_JETSTREAM, _) => (Case::NoJetStream, None),
            (NOBODY, _) if matches!(word(1), "kv" | "stream" | "str" | "s") => (Case::NoJetStream, None),
            (NOBODY, _) => (Case::Nobody, None),
            (NO_SERVER, _) => (Case::NoServer, None),
            (BAD_KEY, _) => (Case::Key, None),
            (BAD_BUCKET, _) => (Case::BucketName, None),
            _ => {
                let code = digits(line.split_once(API.0)?.1)?;
                (Case::Api(code), Some(format!("nats errors lookup {code}")))
            }
        };
        let (step, link) = self.taught(word(2), sign.1);
        let writes = met.map(|met| met.writes.clone()).unwrap_or_default();
        Some(Why { case, writes, command, step, link })
    }

    /// The first step of the lesson that has such a command or name, and its place in the documentation.
    fn taught(&self, verb: &str, name: &str) -> (Option<(usize, String)>, String) {
        let lesson = self.guide.as_ref().map(|guide| guide.lesson());
        let command = format!("nats kv {verb} ");
        let steps = || lesson.iter().flat_map(|lesson| lesson.steps().enumerate());
        let by_name = || steps().find(|(_, step)| step.id == name);
        let by_command = steps().find(|(_, step)| {
            step.actions().iter().any(
                |action| matches!(action, Action::Type { command: typed, .. } if typed.starts_with(&command)),
            )
        });
        let fits = matches!(name, "" | "update");
        let step = by_command.filter(|_| fits).or_else(by_name);
        let link = step.and_then(|(_, step)| step.links.first().cloned());
        let step = step.map(|(number, step)| (number, step.heading.clone()));
        (step, link.unwrap_or_else(|| DOCUMENTATION.to_owned()))
    }
}

/// What the last line of a failed command says.
fn sign(block: &Block) -> Option<(Sign, &str)> {
    block.ended.filter(|(_, status)| *status != 0)?;
    let last = block.chunks().next_back()?.rows().iter().rev().map(Row::text);
    let line = last.map(str::trim_end).find(|line| !line.is_empty())?.strip_prefix(ERROR)?;
    let sign = SIGNS.iter().find(|sign| line.contains(sign.0))?;
    Some((*sign, line))
}

impl Met {
    /// The case, and a command that shows how the key is.
    fn case(&self) -> (Case, Option<String>) {
        let key = format!("{} > {}", self.bucket, self.key);
        let last = self.writes.last().map(|write| write.operation);
        let case = match (self.what, last) {
            (Meeting::Refused { expected: 0, actual }, _) => Case::Exists { key, actual },
            (Meeting::Refused { expected, actual: 0 }, _) => Case::Missing { key, expected },
            (Meeting::Refused { expected, actual }, _) if expected < actual => {
                Case::Later { key, expected, actual }
            }
            (Meeting::Refused { expected, actual }, _) => Case::Sooner { key, expected, actual },
            (Meeting::NoValue, None) => Case::Never { key },
            (Meeting::NoValue, Some(Operation::Put)) => Case::NoRevision { key },
            (Meeting::NoValue, Some(operation)) => Case::Gone { key, operation },
        };
        let verb = if last == Some(Operation::Put) { "get" } else { "history" };
        let command = last.map(|_| command(&["nats", "kv", verb, &self.bucket, &self.key]));
        (case, command)
    }
}

/// The number that a text begins with.
fn digits(text: &str) -> Option<u64> {
    text.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

impl People<'_> {
    /// The terminal that caused something.
    pub(super) fn of(&self, connection: Option<ConnId>) -> Option<&Desk> {
        let owner = *self.owners.borrow().get(&connection?.0)?;
        self.desks.iter().find(|desk| desk.id == owner)
    }

    fn write(&self, written: &Written) -> Write {
        let desk = self.desks.iter().find(|desk| Some(desk.id) == written.terminal);
        Write {
            revision: written.sequence,
            operation: written.operation,
            value: None,
            author: desk.map(|desk| (desk.name().to_owned(), desk.look)),
            time: self.time_of_day(written.time),
        }
    }

    pub(super) fn time_of_day(&self, time: Time) -> String {
        let local = time.local(self.zone);
        local.split_once(' ').map_or(local.as_str(), |(_, time)| time).to_owned()
    }
}

impl Record {
    /// Notes what a command of a terminal has met with, if that may be asked for.
    pub(super) fn meet(&mut self, event: &Event, people: &People<'_>, view: &View) {
        let Some(desk) = people.of(event.connection) else { return };
        let (stream, subject) = match &event.kind {
            EventKind::PublishRejected { stream, subject, .. }
            | EventKind::Read { stream, subject: Some(subject), .. } => (stream, subject),
            _ => return,
        };
        let written =
            self.written.get(stream).into_iter().flatten().rev().filter(|it| it.subject == *subject);
        let (what, from) = match &event.kind {
            EventKind::PublishRejected { expected: Some(expected), error, .. }
                if error.err_code == WRONG_LAST =>
            {
                let actual = error.description.rsplit(' ').next().and_then(digits).unwrap_or(0);
                (Meeting::Refused { expected: *expected, actual }, (*expected).min(actual))
            }
            EventKind::Read { sequence: Some(_), .. }
                if written.clone().next().is_none_or(|last| last.operation == Operation::Put) =>
            {
                return;
            }
            EventKind::Read { .. } => (Meeting::NoValue, 0),
            _ => return,
        };
        // Those from the revision that was to be followed on, or the last one.
        let many = if from > 0 { LANE } else { 1 };
        let mut writes: Vec<Write> =
            written.take_while(|it| it.sequence >= from).take(many).map(|it| people.write(it)).collect();
        writes.reverse();
        // What the stream still holds of it.
        let held =
            view.stream(stream).and_then(|stream| stream.subjects.iter().find(|it| it.subject == *subject));
        for stored in held.iter().flat_map(|held| &held.revisions) {
            if let Some(write) = writes.iter_mut().find(|write| write.revision == stored.sequence)
                && write.operation == Operation::Put
            {
                write.value = Some(text::value(&stored.value));
            }
        }
        if self.met.len() == MET {
            self.met.pop_front();
        }
        let bucket = stream.strip_prefix("KV_").unwrap_or(stream);
        let key = subject.strip_prefix("$KV.").and_then(|rest| rest.strip_prefix(bucket)?.strip_prefix('.'));
        self.met.push_back(Met {
            terminal: desk.id,
            block: desk.session.screen.all_blocks().next_back().map_or(0, |block| block.id),
            bucket: bucket.to_owned(),
            key: key.unwrap_or(subject).to_owned(),
            what,
            writes,
        });
    }
}
