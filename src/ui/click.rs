//! Everything that a click on the page can mean.

use super::sandbox::Id;
use super::state::{Dialog, ExportChoice, Offer, Part, Theme};
use super::words::Language;
use crate::app::{Msg, TerminalId, Verbosity};
use crate::term::Key;

#[derive(Clone, Debug)]
pub(super) enum Click {
    /// Something happens to the application.
    Send(Msg),
    /// Something happens in the terminals, which should be in sight.
    Do(Msg),
    /// Somebody is about to type into the active terminal.
    Type(Msg),
    /// A step of the lesson is to be read.
    Step(usize),
    /// A key of the touch bar, for the active terminal.
    Press(Key),
    /// A block of a terminal is copied.
    Copy(TerminalId, u64),
    /// This is copied.
    CopyText(String),
    /// Somebody points at a place in the output of a block.
    Spot(TerminalId, u64),
    /// Something is shared.
    Share(ShareAct),
    /// Something is done with the sandboxes that are kept.
    Sandbox(SandboxAct),
    /// Somebody is about to give this terminal another name.
    Rename(TerminalId),
    /// The page itself is turned.
    Page(Turn),
}

/// A change of what is the page's own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    Part(Part),
    Theme(Theme),
    Language(Language),
    Columns(usize),
    Verbosity(Verbosity),
    Present(bool),
    MoreLines(TerminalId),
    Wire(bool),
    /// Says why the command of this block failed, or says it no more.
    Why(TerminalId, u64),
    /// Offers what a block shows, or does so no more.
    Things(TerminalId, u64),
    /// One of the things that are offered is meant.
    Thing(usize),
    NoAside,
    Ctrl,
    Dialog(Option<Dialog>),
    /// What the notice offers.
    Accept(Offer),
    Dismiss,
}

/// What the buttons for sharing do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShareAct {
    Open,
    CopyLink,
    CopyMarkdownLink,
    Choose(ExportChoice),
    CopyText,
    SaveText,
    SaveWorld,
}

/// What the buttons of a sandbox do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SandboxAct {
    Show,
    New,
    Open(Id),
    Duplicate(Id),
    Save(Id),
    Delete(Id),
    Undelete,
    /// Asks for a file.
    Import,
    StartOver,
}
