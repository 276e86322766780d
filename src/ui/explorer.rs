//! Every order of a scenario: begun from the page, from a lesson or by a link, and searched while the page goes on.

use super::message::{Command, ExplorerMsg};
use super::shown::Dialog;
use super::state::State;
use crate::app::link;
use crate::explore::READY;

/// What a link with a scenario begins with, behind `#`.
pub(super) const LINK: &str = "race";

pub(super) fn update(state: &mut State, msg: ExplorerMsg) {
    match msg {
        ExplorerMsg::Open => open(state),
        ExplorerMsg::Play(text) => {
            state.explorer.begin(&text);
            state.scenario = text;
            open(state);
        }
        ExplorerMsg::Keep(text) => keep(state, text),
        ExplorerMsg::Begin(text) => {
            state.explorer.begin(&text);
            keep(state, text);
        }
        ExplorerMsg::Stop => state.explorer.stop(),
        ExplorerMsg::Show(kind) => state.explorer.show(kind),
        ExplorerMsg::TurnTo(step) => state.explorer.turn_to(step),
        ExplorerMsg::CopyLink(text) => {
            let link = state.visit.address.clone() + &link::pack_text(LINK, &text);
            state.ask(Command::Copy(link));
            keep(state, text);
        }
    }
}

/// Shows the scenario that was there last, at first the first one of those that are ready.
fn open(state: &mut State) {
    if state.scenario.is_empty() {
        READY[0].markdown.clone_into(&mut state.scenario);
    }
    state.notice = None;
    state.dialog = Some(Dialog::Explorer);
}

/// Keeps the scenario for this visit, and for later ones if it is not too long.
fn keep(state: &mut State, text: String) {
    state.remember_text("scenario", &text);
    state.scenario = text;
}

/// Shows the scenario of a link. It is not played before somebody wants that.
pub(super) fn open_link(state: &mut State, fragment: &str) {
    match link::unpack_text(LINK, fragment) {
        Ok(text) => {
            state.scenario = text;
            open(state);
        }
        Err(wrong) => state.say(state.words.link_wrong(&state.words.wrong(&wrong))),
    }
}

/// Goes on with a search until the page wants to draw.
pub(super) fn go_on(state: &mut State, wants_pause: fn() -> bool) {
    if state.dialog != Some(Dialog::Explorer) {
        state.explorer.stop();
    }
    state.explorer.advance(wants_pause);
}
