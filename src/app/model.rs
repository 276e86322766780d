//! What the page draws, as plain comparable values.

use super::fact::Fact;
use super::owners::TerminalId;
use super::pace::Pace;
pub use crate::lesson::Inline;
pub use crate::lesson::code::{CodeLanguage, LessonCode};
pub use crate::server::view::Operation;
use crate::texts::Language;

/// The colour and the shape of a client everywhere on the page (both, since not everybody tells colours apart). Counted
/// from 0, [`BADGES`] of them.
pub type Badge = u8;
pub const BADGES: Badge = 8;

/// The lesson as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub title: String,
    /// The language of its text, where that is known.
    pub language: Option<Language>,
    /// It is of an author's own, and did not come with the page.
    pub is_own: bool,
    pub intro: Vec<Prose>,
    pub steps: Vec<StepLine>,
    pub opened: Option<Step>,
    /// What is said once the last step is done. Nothing before.
    pub end: Vec<EndSection>,
    /// What it does, in code, once the last step is done; an author's own has none.
    pub code: Option<LessonCode>,
    /// The lesson that comes next, once this one is done.
    pub following: Option<NextLesson>,
    pub playing: bool,
    pub pace: Pace,
    pub finished: bool,
    pub next: Next,
}

/// What is said at the end of a lesson, under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct EndSection {
    pub heading: String,
    pub text: Vec<Prose>,
}

/// The lesson that comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextLesson {
    /// As in addresses.
    pub name: &'static str,
    pub title: String,
}

/// A lesson that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonLine {
    /// As in addresses.
    pub name: &'static str,
    pub title: String,
    pub steps: usize,
    pub open: bool,
}

/// What comes next on the way through the lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// A command of the open step, by its index.
    Command(usize),
    /// The open step is done; this one comes next.
    Step(usize),
    /// Nothing can be done before this is so.
    Waits(Wait),
    /// The open step is done, and it is the last one.
    End,
}

/// What has to come before the lesson can go on.
#[derive(Clone, Debug, PartialEq)]
pub enum Wait {
    /// A command has to end in this terminal.
    Busy(String),
    /// A command has to ask in this terminal.
    NothingAsked(String),
    /// All commands of the step have run, and it is not done: what is still to be done.
    Goal(Vec<Inline>),
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
    pub passages: Vec<Passage>,
    pub checks: Vec<Check>,
    pub hint: Vec<Prose>,
    /// Its commands do not lead to its end any more; it is to be set up again.
    pub lost: bool,
    /// There are commands that solve the exercise, and are not shown yet.
    pub hides_solution: bool,
    /// Addresses in the documentation.
    pub links: Vec<String>,
}

/// What a step consists of, in its order.
#[derive(Clone, Debug, PartialEq)]
pub enum Passage {
    Prose(Prose),
    Command(Command),
    Question(Question),
}

/// A block of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Prose {
    Paragraph(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    Code {
        text: String,
        /// The whole scenario, where it is the race of one: it can be played in every order.
        scenario: Option<String>,
    },
    /// Where today's tools and the official page differ.
    Note(Vec<Prose>),
}

/// What does the learner expect to happen?
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub text: Vec<Prose>,
    pub choices: Vec<Vec<Inline>>,
    /// What the learner expects, by the choice's place.
    pub chosen: Option<usize>,
    /// What has happened, by the choice's place. `None` before that.
    pub right: Option<usize>,
    /// What is said of it then.
    pub answer: Vec<Prose>,
}

/// Something to do in a terminal, or to the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Its place in the step.
    pub index: usize,
    /// `None` for the clock.
    pub terminal: Option<CommandTerminal>,
    pub text: String,
    pub kind: CommandKind,
    pub done: bool,
}

/// Where a command is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandTerminal {
    pub name: String,
    pub badge: Badge,
    /// It is there already.
    pub open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    Type,
    Answer,
    Interrupt,
    Wait,
}

/// A goal of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub wanted: Vec<Inline>,
    /// What there is to do; empty if the goal is met, or the step is not the current one.
    pub missing: Vec<Inline>,
    pub done: bool,
    /// What is missing is what the lesson waits for, and said beside what goes on with it.
    pub is_said_beside: bool,
}

/// A terminal's tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub id: TerminalId,
    pub name: String,
    pub badge: Badge,
    pub active: bool,
    pub running: bool,
    pub unread: usize,
}

/// Of the rows of a long list those that are in sight.
#[derive(Clone, Debug, PartialEq)]
pub struct ListWindow<T> {
    /// The place of the first of `rows` among all, from 0 on.
    pub first: usize,
    pub rows: Vec<T>,
    pub total: usize,
}

impl<T> Default for ListWindow<T> {
    fn default() -> Self {
        ListWindow { first: 0, rows: Vec::new(), total: 0 }
    }
}

/// The account: its server, buckets, streams, watchers and clients.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspector {
    pub server: Server,
    pub buckets: Vec<Bucket>,
    /// Those that are no buckets.
    pub streams: Vec<Stream>,
    /// Streams in files that no running server has.
    pub kept: Vec<KeptStream>,
    /// Keys that are used as locks, the one that was used last first.
    pub locks: Vec<Lock>,
    /// Other keys at which clients got in each other's way, in the same order.
    pub contended: Vec<ContendedKey>,
    /// Those of terminals first, as their tabs stand, each in the order of time.
    pub watchers: Vec<Watcher>,
    pub clients: Vec<Client>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    pub running: bool,
    pub jetstream: bool,
    pub address: String,
    /// Name and value, for instance `Storage`, `72 B`.
    pub usage: Vec<(Fact, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bucket {
    pub name: String,
    pub settings: Vec<(Fact, String)>,
    pub last_revision: u64,
    /// Those that contain `find`; the one that changed last is the first.
    pub keys: ListWindow<Key>,
    pub find: String,
    /// How many keys there are.
    pub total: usize,
    /// Keys that have expired lately and are gone, and the time of day when they did.
    pub expired: Vec<(String, String)>,
    /// The stream that stores it.
    pub beneath: Stream,
}

/// A stream, with its settings and messages if these are to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub name: String,
    pub open: bool,
    pub facts: Vec<(Fact, String)>,
    /// Newest first.
    pub messages: ListWindow<Message>,
}

/// What a server that stopped has left of a stream in files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptStream {
    pub name: String,
    /// The stream stores a bucket, which has the name.
    pub is_bucket: bool,
    pub messages: u64,
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
    /// The time until the key expires, if it does.
    pub left: Option<String>,
    /// The time of day when it expired, if a marker says so.
    pub expired: Option<String>,
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

#[derive(Clone, Debug, PartialEq)]
pub struct Watcher {
    /// The name of its consumer.
    pub consumer: String,
    /// The terminal or the client that listens; none if it was left behind.
    pub who: Option<String>,
    /// The time until the server removes it, if it was left behind.
    pub removed_in: Option<String>,
    pub badge: Option<Badge>,
    pub bucket: String,
    pub filter: String,
    /// What it was sent lately, the newest last.
    pub deliveries: Vec<Delivery>,
    /// The last revision of the bucket that it was sent.
    pub at: u64,
    /// How many messages wait to be sent.
    pub pending: u64,
}

/// A key that is used as a lock: it was created where it had no value, and lives only for a time or was refused to others.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    pub bucket: String,
    pub key: String,
    /// Who holds it, or held it before it ended.
    pub holder: Contender,
    /// The time of day when it was taken.
    pub since: String,
    pub revision: u64,
    /// The time until it expires, if it does.
    pub left: Option<String>,
    /// What ended it; none while it is held.
    pub end: Option<KeyAccess>,
    /// Who was refused, oldest first.
    pub refused: Vec<KeyAccess>,
}

/// A key that clients read and write between each other's reading and writing.
#[derive(Clone, Debug, PartialEq)]
pub struct ContendedKey {
    pub bucket: String,
    pub key: String,
    /// What was done to it lately, oldest first.
    pub accesses: Vec<KeyAccess>,
}

/// What somebody did to a key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyAccess {
    /// Ascends with the time.
    pub number: u64,
    /// `None` for the server.
    pub who: Option<Contender>,
    /// The time of day.
    pub at: String,
    pub kind: AccessKind,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Contender {
    pub name: String,
    pub badge: Option<Badge>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    Read {
        revision: u64,
    },
    Wrote {
        revision: u64,
        /// The last revision that it was to follow; 0 for none, as `create` wants it.
        expected: Option<u64>,
        /// A revision that the writer replaced without having read it.
        overwrote: Option<u64>,
    },
    /// Deleted or purged.
    Removed {
        revision: u64,
        operation: Operation,
    },
    /// A write that was to follow another revision than the last one; 0 for none.
    Refused {
        expected: u64,
        actual: u64,
    },
    Expired,
}

/// A change of a key that a watcher was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub key: String,
    pub revision: u64,
    pub operation: Operation,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    pub name: String,
    pub badge: Option<Badge>,
    /// The server's number of the connection.
    pub number: u64,
    pub subscriptions: usize,
    /// How many messages came from the client and went to it.
    pub messages: (u64, u64),
}

/// The simulated clock.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockFace {
    pub date: String,
    pub time: String,
    /// The time until the next key expires, if one will.
    pub next: Option<String>,
    /// It stands still until it is moved.
    pub held: bool,
}
