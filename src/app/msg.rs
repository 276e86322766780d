//! Everything that can happen to the application.

use std::ops::Range;

use super::announcements::Voice;
use super::inspector::filter::Show;
use super::journal::Journal;
use super::programs::TerminalId;
use crate::lesson::Language;
use crate::term::Key;

#[derive(Clone, Debug)]
pub enum Msg {
    /// It is this late where the page is, in milliseconds since 1970.
    Time(u64),

    // Terminals.
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
    /// So many columns of each terminal are in sight; taken for 10 to 1,000.
    Width(usize),
    /// So much is to be said of what is printed, to those who do not see it.
    Voice(Voice),
    Select {
        terminal: TerminalId,
    },
    /// These are in sight, so that what they print is not unread.
    See(Vec<TerminalId>),
    Open {
        name: Option<String>,
    },
    Rename {
        terminal: TerminalId,
        name: String,
    },
    /// Moves its tab to this place among the others.
    Move {
        terminal: TerminalId,
        place: usize,
    },
    Close {
        terminal: TerminalId,
    },

    // The lesson.
    OpenStep(usize),
    /// Does what the shown step has at this place.
    Run(usize),
    /// Puts a command into its terminal, to be run with Enter.
    Put(usize),
    /// Plays the lesson, or pauses it.
    Play,
    /// Does the next thing.
    Next,
    /// Forgets the world and begins again.
    StartOver,
    Language(Language),

    /// Puts a command into the line of a terminal where nothing runs, to be run with Enter.
    Propose(String),

    // The picture.
    /// Something else of the account is to be seen.
    Show(Show),

    // The clock.
    /// Moves it on by so many milliseconds.
    Skip(u64),
    /// Moves it on to when the next key expires.
    SkipToExpiry,
    /// Lets it stand still until it is moved, or go with the page's again.
    Hold(bool),
    /// Makes the world that a journal tells of.
    Restore(Journal),
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
