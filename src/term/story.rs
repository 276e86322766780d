//! What terminals showed, as one story: what was typed, answered and printed, in the order of time.

use super::row::Row;
use super::screen::{Block, Command, NoteKind, Screen};
use crate::base::Time;

/// Something that happened in a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment<'a> {
    pub at: Time,
    /// The place of its terminal among those that the story is of.
    pub who: usize,
    pub what: What<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'a> {
    Typed(&'a Command),
    Answered(&'a str),
    Interrupted,
    Printed(&'a Row),
    /// The command ended with this status.
    Ended(i32),
}

impl What<'_> {
    /// Whether a person did it.
    pub fn is_act(self) -> bool {
        matches!(self, What::Typed(_) | What::Answered(_) | What::Interrupted)
    }
}

/// Tells everything that these screens keep.
pub fn story<'a>(screens: &[&'a Screen]) -> Vec<Moment<'a>> {
    let mut left: Vec<Vec<Moment<'a>>> =
        screens.iter().enumerate().map(|(who, screen)| alone(who, screen)).collect();
    left.iter_mut().for_each(|moments| moments.reverse());
    let (mut all, mut act) = (Vec::new(), None::<Moment<'a>>);
    loop {
        let mut next: Option<Moment<'a>> = None;
        for moment in left.iter().filter_map(|moments| moments.last()) {
            if next.is_none_or(|next| is_before(moment, &next, act.as_ref())) {
                next = Some(*moment);
            }
        }
        let Some(moment) = next else { return all };
        left[moment.who].pop();
        if moment.what.is_act() {
            act = Some(moment);
        }
        all.push(moment);
    }
}

/// Which of two is told first. At the same time: what an act brought about, in its own terminal and then in the
/// others, before the next act; but the first act at a time before what others print then, since it is the cause.
fn is_before(one: &Moment<'_>, other: &Moment<'_>, act: Option<&Moment<'_>>) -> bool {
    let rank = |moment: &Moment<'_>| match act {
        Some(act) if act.at == moment.at => (moment.what.is_act(), moment.who != act.who),
        _ => (!moment.what.is_act(), act.is_none_or(|act| moment.who != act.who)),
    };
    (one.at, rank(one)) < (other.at, rank(other))
}

/// The story of one screen.
fn alone<'a>(who: usize, screen: &'a Screen) -> Vec<Moment<'a>> {
    let mut moments = Vec::new();
    let mut now = Time::default();
    for block in screen.all_blocks() {
        let mut tell = |at: Time, what| {
            now = now.max(at); // what a block tells stays in its order
            moments.push(Moment { at: now, who, what });
        };
        tell_block(block, &mut tell);
    }
    moments
}

fn tell_block<'a>(block: &'a Block, tell: &mut dyn FnMut(Time, What<'a>)) {
    if let Some(command) = &block.command {
        tell(block.began, What::Typed(command));
    }
    let mut notes = block.notes.iter().peekable();
    let mut note_before = |line: usize, tell: &mut dyn FnMut(Time, What<'a>)| {
        while let Some(note) = notes.next_if(|note| note.line <= line) {
            let what = match &note.kind {
                NoteKind::Answer(answer) => What::Answered(answer),
                NoteKind::Interrupt => What::Interrupted,
            };
            tell(note.at, what);
        }
    };
    for (line, row) in (block.first_line()..).zip(block.rows_from(0)) {
        note_before(line, tell);
        tell(block.time_of(line), What::Printed(row));
    }
    note_before(usize::MAX, tell);
    if let Some((at, status)) = block.ended {
        tell(at, What::Ended(status));
    }
}
