//! What happened in several terminals in the order of time: what was typed, answered and printed.

use crate::base::Time;
use crate::term::row::Row;
use crate::term::screen::{Block, Command, NoteKind, Screen};

/// Something that happened in a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimelineEvent<'a> {
    pub(super) at: Time,
    /// Index of its screen among those that the timeline is of.
    pub(super) terminal: usize,
    pub(super) kind: TimelineEventKind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimelineEventKind<'a> {
    Typed(&'a Command),
    Answered(&'a str),
    Interrupted,
    Printed(&'a Row),
    /// The command ended with this status.
    Ended(i32),
}

impl TimelineEventKind<'_> {
    /// Whether a person did it, rather than a program.
    pub(super) fn is_act(self) -> bool {
        matches!(
            self,
            TimelineEventKind::Typed(_) | TimelineEventKind::Answered(_) | TimelineEventKind::Interrupted
        )
    }
}

/// All events that these screens keep.
pub(super) fn timeline<'a>(screens: &[&'a Screen]) -> Vec<TimelineEvent<'a>> {
    let mut left: Vec<Vec<TimelineEvent<'a>>> =
        screens.iter().enumerate().map(|(terminal, screen)| events_of(terminal, screen)).collect();
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

/// Whether an event comes before another. At the same time, what an act brought about (first in its own terminal) comes before
/// the next act, but the first act of that time before what others print then, since it is the cause.
fn is_before(one: &TimelineEvent<'_>, other: &TimelineEvent<'_>, act: Option<&TimelineEvent<'_>>) -> bool {
    let rank = |event: &TimelineEvent<'_>| match act {
        Some(act) if act.at == event.at => (event.kind.is_act(), event.terminal != act.terminal),
        _ => (!event.kind.is_act(), act.is_none_or(|act| event.terminal != act.terminal)),
    };
    (one.at, rank(one)) < (other.at, rank(other))
}

/// The events of one screen.
fn events_of<'a>(terminal: usize, screen: &'a Screen) -> Vec<TimelineEvent<'a>> {
    let mut events = Vec::new();
    let mut now = Time::default();
    for block in screen.all_blocks() {
        let mut emit = |at: Time, kind| {
            now = now.max(at); // A block's events stay in their order.
            events.push(TimelineEvent { at: now, terminal, kind });
        };
        block_events(block, &mut emit);
    }
    events
}

fn block_events<'a>(block: &'a Block, emit: &mut dyn FnMut(Time, TimelineEventKind<'a>)) {
    if let Some(command) = &block.command {
        emit(block.began, TimelineEventKind::Typed(command));
    }
    let mut notes = block.notes.iter().peekable();
    let mut note_before = |line: usize, emit: &mut dyn FnMut(Time, TimelineEventKind<'a>)| {
        while let Some(note) = notes.next_if(|note| note.line <= line) {
            let kind = match &note.kind {
                NoteKind::Answer(answer) => TimelineEventKind::Answered(answer),
                NoteKind::Interrupt => TimelineEventKind::Interrupted,
            };
            emit(note.at, kind);
        }
    };
    for (line, row) in (block.first_line()..).zip(block.rows_from(0)) {
        note_before(line, emit);
        emit(block.time_of(line), TimelineEventKind::Printed(row));
    }
    note_before(usize::MAX, emit);
    if let Some((at, status)) = block.ended {
        emit(at, TimelineEventKind::Ended(status));
    }
}
