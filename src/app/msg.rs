//! Everything that can happen to the application.

use std::ops::Range;

use super::announcements::Verbosity;
use super::journal::Journal;
use super::observation::Versions;
use super::owners::TerminalId;
use super::pace::Pace;
use super::protocol_log::ProtocolFilter;
use crate::term::Key;
use crate::texts::Language;

#[derive(Clone, Debug)]
pub enum Msg {
    /// The page's time, in milliseconds since 1970.
    Time(u64),

    // Typing.
    /// A key went down.
    Key {
        terminal: TerminalId,
        key: Key,
    },
    /// The text field changed by itself; it holds this now, with this part selected (in bytes).
    Typed {
        terminal: TerminalId,
        text: String,
        selection: Range<usize>,
    },
    /// A candidate of the open list was taken.
    Choose {
        terminal: TerminalId,
        at: usize,
    },
    /// A text was pasted.
    Paste {
        terminal: TerminalId,
        text: String,
    },
    /// Something is to be done with the commands that were picked out of a paste.
    Pasted {
        terminal: TerminalId,
        what: Pasted,
    },
    /// A line is entered, whoever typed it.
    Submit {
        terminal: TerminalId,
        line: String,
    },
    /// Puts the last command there, as it may have been meant, into the line.
    Correct {
        terminal: TerminalId,
    },
    /// Ctrl-C.
    Interrupt {
        terminal: TerminalId,
    },
    /// Puts a command into the line of a terminal where nothing runs, to be run with Enter.
    Propose(String),

    // Terminals.
    Select {
        terminal: TerminalId,
    },
    /// These are in sight, so that what they print is not unread.
    MarkRead(Vec<TerminalId>),
    Open {
        name: Option<String>,
    },
    Rename {
        terminal: TerminalId,
        name: String,
    },
    /// Moves its tab to this index among the others.
    Move {
        terminal: TerminalId,
        place: usize,
    },
    Close {
        terminal: TerminalId,
    },
    /// Opens a closed one again, as it was.
    Reopen {
        terminal: TerminalId,
    },
    /// So many columns of each terminal are in sight; taken for 10 to 1,000.
    Width(usize),

    Lesson(LessonMsg),
    Inspector(InspectorMsg),
    ProtocolLog(ProtocolLogMsg),
    Clock(ClockMsg),

    SetVerbosity(Verbosity),
    Language(Language),
    /// Forgets the world and begins again.
    StartOver,
    /// Makes the world that a journal tells of.
    Restore(Journal),
}

/// What can happen to the lesson.
#[derive(Clone, Copy, Debug)]
pub enum LessonMsg {
    OpenStep(usize),
    /// Begins again in a new world, in which all was done that the lesson has before this step.
    SetUpStep(usize),
    /// Performs an action of the shown step.
    RunAction(usize),
    /// Puts the command of an action into its terminal, to be run with Enter.
    ProposeAction(usize),
    /// Takes a choice of the question that is asked in the shown step, by its place.
    Predict(usize),
    /// Shows the commands that solve the exercise of the shown step.
    ShowSolution,
    /// Performs the next action, or turns to the next step.
    RunNext,
    /// Plays the lesson, or pauses it.
    TogglePlay,
    SetPace(Pace),
}

/// What can happen to the simulated clock.
#[derive(Clone, Copy, Debug)]
pub enum ClockMsg {
    /// Moves it on by so many milliseconds.
    Skip(u64),
    /// Moves it on to when the next key expires.
    SkipToExpiry,
    /// Lets it stand still until it is moved, or go with the page's again.
    Hold(bool),
}

/// What the inspector is to show.
#[derive(Clone, Debug)]
pub enum InspectorMsg {
    /// The keys of a stream that are in sight, counted from the one that changed last.
    LookAtKeys { stream: String, rows: Range<usize> },
    /// The same of its messages, counted from the newest.
    LookAtMessages { stream: String, rows: Range<usize> },
    /// Only the keys that contain this.
    FindKeys { stream: String, text: String },
    /// The messages of a stream too, or not.
    ShowMessages { stream: String, open: bool },
}

/// What the protocol log is to record and to show.
#[derive(Clone, Debug)]
pub enum ProtocolLogMsg {
    /// Records what passes, or pauses.
    Listen(bool),
    Filter(ProtocolFilter),
    /// The messages that are in sight, counted from the newest.
    LookAt(Range<usize>),
    Clear,
}

/// What can be done with commands that were picked out of a paste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// All, one after the other.
    Run,
    Stop,
    /// The next one.
    Step,
    /// None of them.
    Drop,
}

impl Msg {
    /// The parts of what there is to draw that may look different afterwards, even if nothing happens in the world. What
    /// is entered counts when it is recorded.
    pub(super) fn may_change(&self) -> Versions {
        match self {
            Msg::Time(_)
            | Msg::Key { .. }
            | Msg::Typed { .. }
            | Msg::Choose { .. }
            | Msg::MarkRead(_)
            | Msg::Width(_)
            | Msg::SetVerbosity(_) => Versions::NONE,
            Msg::Lesson(_) | Msg::Language(_) => Versions::LESSON,
            Msg::Inspector(_) => Versions::INSPECTOR,
            Msg::ProtocolLog(_) => Versions::PROTOCOL_LOG,
            Msg::Paste { .. }
            | Msg::Pasted { .. }
            | Msg::Submit { .. }
            | Msg::Correct { .. }
            | Msg::Interrupt { .. }
            | Msg::Propose(_)
            | Msg::Select { .. }
            | Msg::Open { .. }
            | Msg::Rename { .. }
            | Msg::Move { .. }
            | Msg::Close { .. }
            | Msg::Reopen { .. }
            | Msg::Clock(_)
            | Msg::StartOver
            | Msg::Restore(_) => Versions::ALL,
        }
    }
}
