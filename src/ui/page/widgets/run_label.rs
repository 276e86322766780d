//! What the button is called that does what a command of the lesson says.

use crate::app::model::CommandKind;
use crate::ui::words::Words;

/// What the button is called that does what such a command says.
pub(in crate::ui) fn run_label(words: Words, kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Type => words.run(),
        CommandKind::Answer => words.answer(),
        CommandKind::Interrupt => words.press_ctrl_c(),
        CommandKind::Wait => words.move_clock(),
    }
}
