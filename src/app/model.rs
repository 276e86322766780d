//! What the page draws, as plain comparable values: whoever draws them does not ask where they come from.

use std::sync::Arc;

use super::programs::TerminalId;
pub use crate::lesson::Inline;

/// The colour and the shape that a client is known by everywhere on the page; both, since colour alone is not
/// enough for everybody. Counted from 0, [`LOOKS`] of them.
pub type Look = u8;
pub const LOOKS: Look = 8;

/// The lesson as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub title: String,
    pub intro: Vec<Part>,
    pub steps: Vec<StepLine>,
    pub opened: Option<Step>,
    pub playing: bool,
    pub finished: bool,
    /// What is said when all is done.
    pub farewell: Vec<Part>,
}

/// A step in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct StepLine {
    pub title: String,
    /// The heading that it stands under, where it is the first there.
    pub chapter: Option<String>,
    pub state: StepState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    Open,
    /// The one that is shown.
    Current,
    Done,
}

/// A step opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub number: usize,
    pub done: bool,
    pub parts: Vec<Part>,
    pub checks: Vec<Check>,
    pub hint: Vec<Part>,
    /// Addresses in the documentation.
    pub links: Vec<String>,
}

/// A piece of a step's text.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Paragraph(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    Code(String),
    Command(Command),
    /// Where today's tools and the official page differ.
    Note(Vec<Part>),
}

/// Something to do in a terminal, or to the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Its place in the step.
    pub index: usize,
    /// The terminal, with its look; `None` for the clock.
    pub terminal: Option<(String, Look)>,
    pub text: String,
    pub kind: CommandKind,
    pub done: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    Type,
    Answer,
    Interrupt,
    Wait,
}

/// Something that a step wants to be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub wanted: Vec<Inline>,
    /// What there is to do; empty where nothing is, or where the step's turn has not come.
    pub missing: Vec<Inline>,
    pub done: bool,
}

/// A terminal's tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub id: TerminalId,
    pub name: String,
    pub look: Look,
    pub active: bool,
    pub running: bool,
    pub unread: usize,
}

/// The picture of the account.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub server: Server,
    pub buckets: Vec<Bucket>,
    /// Those that are no buckets.
    pub streams: Vec<Stream>,
    pub watchers: Vec<Watcher>,
    pub clients: Vec<Client>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    pub running: bool,
    pub jetstream: bool,
    pub address: String,
    /// Name and value, for instance `Storage`, `72 B`.
    pub usage: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bucket {
    pub name: String,
    pub settings: Vec<(&'static str, String)>,
    pub last_revision: u64,
    pub keys: Arc<[Key]>,
    /// How many keys there are.
    pub total: usize,
    /// There are, or may be, more such keys than are in `keys`: those that changed last.
    pub more: bool,
    /// What is wanted of the keys to contain.
    pub find: String,
    /// The stream that it is.
    pub beneath: Stream,
}

/// A stream, and where they are wanted its settings and messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub name: String,
    pub open: bool,
    pub facts: Vec<(&'static str, String)>,
    /// Newest first.
    pub messages: Vec<Message>,
    /// How many there are.
    pub total: usize,
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub sequence: u64,
    pub subject: String,
    pub operation: Operation,
    /// The time of day.
    pub time: String,
    pub headers: Vec<(String, String)>,
    pub value: String,
    /// Written by the last command.
    pub fresh: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub name: String,
    pub value: Option<String>,
    pub revisions: Vec<Revision>,
    /// Time left, where the key expires.
    pub left: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub number: u64,
    pub operation: Operation,
    pub value: Option<String>,
    pub author: Option<String>,
    /// Written by the last command.
    pub fresh: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Put,
    Delete,
    Purge,
    Expired,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Watcher {
    pub terminal: String,
    pub look: Option<Look>,
    pub bucket: String,
    pub filter: String,
    /// What it was told, with its key; the newest last.
    pub seen: Vec<Seen>,
    /// The last revision of the bucket that it was told, and how many wait.
    pub at: u64,
    pub pending: u64,
}

/// What a watcher was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub key: String,
    pub revision: u64,
    pub operation: Operation,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    pub name: String,
    pub look: Option<Look>,
    /// As the server counts its clients.
    pub number: u64,
    pub subscriptions: usize,
    /// How many messages came from it, and went to it.
    pub messages: (u64, u64),
}

/// The simulated clock.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockFace {
    pub date: String,
    pub time: String,
    /// In how long the next key expires, if one will.
    pub next: Option<String>,
    /// It stands still until it is moved.
    pub held: bool,
}
