//! Does what is to change of the page's own.

use super::click::Turn;
use super::state::{Aside, Offer, State};
use super::words::Words;
use super::{browser, keep, sandboxes, window};
use crate::app::{Msg, ProtocolLogMsg};

pub(super) fn turn(state: &mut State, turn: Turn) {
    match turn {
        Turn::Part(part) => state.show(part),
        Turn::Theme(theme) => {
            state.theme = theme;
            window::mark("data-theme", theme.name());
            keep::theme(theme);
        }
        Turn::Language(language) => {
            state.words = Words(language);
            state.app.update(Msg::Language(language));
            window::mark("lang", language.code());
            keep::language(language);
        }
        Turn::Columns(columns) => {
            state.columns = columns;
            keep::columns(columns);
        }
        Turn::Verbosity(voice) => {
            state.app.update(Msg::SetVerbosity(voice));
            keep::voice(voice);
        }
        Turn::Present(on) => {
            state.presenting = on;
            window::mark("data-presenting", if on { "true" } else { "false" });
        }
        Turn::MoreLines(terminal) => state.draw_more_lines(terminal),
        Turn::Wire(wire) => {
            state.wire = wire;
            state.app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(wire)));
        }
        Turn::Why(terminal, block) => state.say_aside(terminal, block, Aside::Why),
        Turn::Things(terminal, block) => {
            let things = state.app.output_refs(terminal, block);
            let newest = things.len().saturating_sub(1);
            state.say_aside(terminal, block, Aside::Things(things, newest));
        }
        Turn::Thing(at) => {
            if let Some((_, _, Aside::Things(_, chosen))) = &mut state.aside {
                *chosen = at;
            }
        }
        Turn::NoAside => state.aside = None,
        Turn::Ctrl => state.ctrl = !state.ctrl,
        Turn::Dialog(dialog) => state.dialog = dialog,
        Turn::Accept(offer) => {
            state.notice = None;
            match offer {
                Offer::Open(id) => keep::turn_to(state, id),
                Offer::TakeBack => sandboxes::take_back(state),
                Offer::Reload => {
                    keep::leave(state);
                    browser::take_update();
                }
            }
        }
        Turn::Dismiss => state.notice = None,
    }
}
