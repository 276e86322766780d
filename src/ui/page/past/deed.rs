//! What somebody did, in words.

use crate::ui::past_model::{Deed, PastModel};
use crate::ui::words::Words;

/// Which moment it is: its number, and the deed right before it.
pub(super) fn moment_text(words: Words, past: &PastModel) -> String {
    let PastModel { moment, deeds, .. } = *past;
    match (&past.deed, deeds) {
        (_, 0) => words.past_nothing_done().to_owned(),
        (Some(deed), _) => words.past_moment(moment, deeds, &deed_text(words, deed)),
        (None, _) => words.past_moment(moment, deeds, words.past_beginning()),
    }
}

fn deed_text(words: Words, deed: &Deed) -> String {
    match deed {
        Deed::Line { terminal, line } if line.is_empty() => words.deed_empty_line(terminal),
        Deed::Line { terminal, line } => words.deed_line(line, terminal),
        Deed::Interrupt(terminal) => words.deed_interrupt(terminal),
        Deed::Stop(terminal) => words.deed_stop(terminal),
        Deed::Open(name) => words.deed_open(name),
        Deed::Close(name) => words.deed_close(name),
        Deed::Reopen(name) => words.deed_reopen(name),
        Deed::Rename { terminal, name } => words.deed_rename(terminal, name),
        Deed::Move(name) => words.deed_move(name),
        Deed::Skip(time) => words.deed_skip(time),
        Deed::Step(step) => words.deed_step(*step),
        Deed::Hold(true) => words.deed_hold().to_owned(),
        Deed::Hold(false) => words.deed_let_run().to_owned(),
        Deed::Width(columns) => words.deed_width(*columns),
        Deed::Outside(messages) => words.deed_outside(*messages),
        Deed::File(name) => words.deed_file(name),
    }
}
