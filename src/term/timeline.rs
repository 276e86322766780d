//! What terminals showed, as one timeline: what was typed, answered and printed, in the order of time.

use super::row::Row;
use super::screen::{Block, Command, NoteKind, Screen};
use crate::base::Time;

/// Something that happened in a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineEvent<'a> {
    pub at: Time,
    /// The index of its terminal among those of the timeline.
    pub terminal: usize,
    pub kind: TimelineEventKind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineEventKind<'a> {
    Typed(&'a Command),
    Answered(&'a str),
    Interrupted,
    Printed(&'a Row),
    /// The command ended with this status.
    Ended(i32),
}

impl TimelineEventKind<'_> {
    /// Whether a person did it.
    pub fn is_act(self) -> bool {
        matches!(
            self,
            TimelineEventKind::Typed(_) | TimelineEventKind::Answered(_) | TimelineEventKind::Interrupted
        )
    }
}

/// Everything that these screens keep.
pub fn timeline<'a>(screens: &[&'a Screen]) -> Vec<TimelineEvent<'a>> {
    let mut left: Vec<Vec<TimelineEvent<'a>>> =
        screens.iter().enumerate().map(|(terminal, screen)| of_screen(terminal, screen)).collect();
    left.iter_mut().for_each(|events| events.reverse());
    let (mut all, mut act) = (Vec::new(), None::<TimelineEvent<'a>>);
    loop {
        let mut next: Option<TimelineEvent<'a>> = None;
        for event in left.iter().filter_map(|events| events.last()) {
            if next.is_none_or(|next| is_before(event, &next, act.as_ref())) {
                next = Some(*event);
            }
        }
        let Some(event) = next else { return all };
        left[event.terminal].pop();
        if event.kind.is_act() {
            act = Some(event);
        }
        all.push(event);
    }
}

/// Which of two comes first. At the same time: what an act brought about, in its own terminal and then in the others,
/// before the next act; but the first act at a time before what others print then, since it is the cause.
fn is_before(one: &TimelineEvent<'_>, other: &TimelineEvent<'_>, act: Option<&TimelineEvent<'_>>) -> bool {
    let rank = |event: &TimelineEvent<'_>| match act {
        Some(act) if act.at == event.at => (event.kind.is_act(), event.terminal != act.terminal),
        _ => (!event.kind.is_act(), act.is_none_or(|act| event.terminal != act.terminal)),
    };
    (one.at, rank(one)) < (other.at, rank(other))
}

/// The timeline of one screen.
fn of_screen<'a>(terminal: usize, screen: &'a Screen) -> Vec<TimelineEvent<'a>> {
    let mut events = Vec::new();
    let mut now = Time::default();
    for block in screen.all_blocks() {
        let mut tell = |at: Time, kind| {
            now = now.max(at); // what a block shows stays in its order
            events.push(TimelineEvent { at: now, terminal, kind });
        };
        tell_block(block, &mut tell);
    }
    events
}

fn tell_block<'a>(block: &'a Block, tell: &mut dyn FnMut(Time, TimelineEventKind<'a>)) {
    if let Some(command) = &block.command {
        tell(block.began, TimelineEventKind::Typed(command));
    }
    let mut notes = block.notes.iter().peekable();
    let mut note_before = |line: usize, tell: &mut dyn FnMut(Time, TimelineEventKind<'a>)| {
        while let Some(note) = notes.next_if(|note| note.line <= line) {
            let what = match &note.kind {
                NoteKind::Answer(answer) => TimelineEventKind::Answered(answer),
                NoteKind::Interrupt => TimelineEventKind::Interrupted,
            };
            tell(note.at, what);
        }
    };
    for (line, row) in (block.first_line()..).zip(block.rows_from(0)) {
        note_before(line, tell);
        tell(block.time_of(line), TimelineEventKind::Printed(row));
    }
    note_before(usize::MAX, tell);
    if let Some((at, status)) = block.ended {
        tell(at, TimelineEventKind::Ended(status));
    }
}
