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
            state.scenario = text;
            begin(state);
            open(state);
        }
        ExplorerMsg::TakeFromTerminals => match state.app.race() {
            Some(text) => {
                state.scenario = text;
                begin(state);
            }
            None => state.say(state.words.no_race_in_terminals().to_owned()),
        },
        ExplorerMsg::Edit(text) => state.scenario = text,
        ExplorerMsg::Keep => keep(state),
        ExplorerMsg::Begin => begin(state),
        ExplorerMsg::Stop => state.explorer.stop(),
        ExplorerMsg::Show(kind) => state.explorer.show(kind),
        ExplorerMsg::TurnTo(step) => state.explorer.turn_to(step),
        ExplorerMsg::CopyLink => {
            let link = state.visit.address.clone() + &link::pack_text(LINK, &state.scenario);
            state.ask(Command::Copy(link));
            keep(state);
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

fn begin(state: &mut State) {
    state.explorer.begin(&state.scenario);
    keep(state);
}

fn keep(state: &mut State) {
    let text = state.scenario.clone();
    state.remember_text("scenario", &text);
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
