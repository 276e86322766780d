//! Everything that a click on the page can mean.

use super::state::Turn;
use super::{sandboxes, share};
use crate::app::{Msg, TerminalId};
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
    Share(share::Act),
    /// Something is done with the sandboxes that are kept.
    Sandbox(sandboxes::Act),
    /// Somebody is about to give this terminal another name.
    Rename(TerminalId),
    /// The page itself is turned.
    Page(Turn),
}
