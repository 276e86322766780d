//! What is drawn of going along what was done: the moment, what the deed before it was and has changed, and how it compares.

use super::state::State;
use crate::app::journal::Act;
use crate::app::model::Tab;
use crate::app::past::Changes;
use crate::app::span;

/// Going along what was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PastModel {
    /// So many deeds were done at the moment that is shown, of so many.
    pub(super) moment: usize,
    pub(super) deeds: usize,
    /// How much of the past can be shown yet, in percent.
    pub(super) made: usize,
    /// The deed right before the moment; none at the beginning.
    pub(super) deed: Option<Deed>,
    /// What that has changed, as far as it is known.
    pub(super) changes: Option<Changes>,
    /// The moment that this one is compared with, and what differs once that is known: from the earlier to the later one.
    pub(super) mark: Option<usize>,
    pub(super) compared: Option<((usize, usize), Changes)>,
}

/// What somebody did, with the names of terminals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Line {
        terminal: String,
        line: String,
    },
    Interrupt(String),
    Stop(String),
    Open(String),
    Close(String),
    Reopen(String),
    Rename {
        terminal: String,
        name: String,
    },
    Move(String),
    /// As it is said.
    Skip(String),
    Step(usize),
    Hold(bool),
    Width(usize),
    /// What a program from outside said, in so many messages.
    Outside(usize),
    File(String),
}

/// `None` while nobody goes along it.
pub(super) fn past_model(state: &State) -> Option<PastModel> {
    let past = &state.past;
    if !past.is_open {
        return None;
    }
    let stills = &past.stills;
    let deeds = stills.deeds();
    let moment = past.moment().unwrap_or(deeds);
    let last = moment.checked_sub(1);
    let present = past.present(&state.app);
    Some(PastModel {
        moment,
        deeds,
        made: (stills.made() * 100).checked_div(deeds).unwrap_or(100),
        deed: last.and_then(|last| deed(state, last)),
        changes: last.and_then(|last| stills.changes(last, present)),
        mark: past.mark,
        compared: past.differences().cloned(),
    })
}

fn deed(state: &State, deed: usize) -> Option<Deed> {
    let stills = &state.past.stills;
    let acts = state.past.present(&state.app).journal().entries.get(stills.acts(deed))?;
    let is_width = |act: &Act| matches!(act, Act::Width { .. });
    let act =
        acts.iter().map(|entry| &entry.act).find(|act| !is_width(act)).or(acts.first().map(|it| &it.act))?;
    let present = state.past.present(&state.app).tabs();
    let before = stills.tabs(deed).unwrap_or_default();
    let after = stills.tabs(deed + 1).unwrap_or(&present);
    Some(deed_of(act, acts.len(), before.iter().chain(after)))
}

/// `tabs` are those right before it and those right after it.
fn deed_of<'a>(act: &Act, acts: usize, tabs: impl Iterator<Item = &'a Tab> + Clone) -> Deed {
    let named = |id: &u32| {
        let tab = tabs.clone().find(|tab| tab.id == *id);
        tab.map_or_else(|| id.to_string(), |tab| tab.name.clone())
    };
    match act {
        Act::Submit { terminal, line } => Deed::Line { terminal: named(terminal), line: line.clone() },
        Act::Interrupt { terminal } => Deed::Interrupt(named(terminal)),
        Act::Stop { terminal } => Deed::Stop(named(terminal)),
        Act::Open { name } => Deed::Open(name.clone()),
        Act::Close { terminal } => Deed::Close(named(terminal)),
        Act::Reopen { terminal } => Deed::Reopen(named(terminal)),
        Act::Rename { terminal, name } => Deed::Rename { terminal: named(terminal), name: name.clone() },
        Act::Move { terminal, .. } | Act::Select { terminal } => Deed::Move(named(terminal)),
        Act::Skip { millis } => Deed::Skip(span(*millis)),
        Act::Step { step, .. } => Deed::Step(*step as usize + 1),
        Act::Hold { held } => Deed::Hold(*held),
        Act::Width { columns } => Deed::Width(*columns as usize),
        Act::Connect | Act::Sent { .. } | Act::Disconnect { .. } => Deed::Outside(acts),
        Act::File { name, .. } => Deed::File(name.clone()),
    }
}
