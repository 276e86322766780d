//! Does what a click means.

use super::bridge::Bridge;
use super::click::{Click, Turn};
use super::state::{Aside, Part};
use super::turn::turn;
use super::{sandboxes, share, window};
use crate::app::{App, LessonMsg, Msg, TerminalId};
use leptos::prelude::request_animation_frame;
use web_sys::MouseEvent;

/// Does what a click means.
pub(super) fn click(bridge: Bridge, click: Click, event: &MouseEvent) {
    match click {
        Click::Send(msg) => {
            bridge.send(msg);
        }
        Click::Do(msg) => {
            // Where only one part is shown, it is the one where something happens now.
            bridge.change(|state| state.show(Part::Terminals));
            bridge.send(msg);
        }
        Click::Type(msg) => {
            bridge.change(|state| state.show(Part::Terminals));
            bridge.send(msg);
            bridge.focus();
        }
        Click::Step(step) => {
            bridge.change(|state| state.show(Part::Lesson));
            bridge.send(Msg::Lesson(LessonMsg::OpenStep(step)));
        }
        Click::Press(key) => {
            let terminal = bridge.glance(|state| state.app.active());
            bridge.send(Msg::Key { terminal, key });
        }
        Click::Copy(terminal, block) => {
            bridge.copy(bridge.glance(|state| block_text(&state.app, terminal, block)));
        }
        Click::CopyText(text) => bridge.copy(text),
        Click::Spot(terminal, block) => {
            let spot = window::spot(event.client_x(), event.client_y());
            let thing = spot.and_then(|(line, at)| {
                bridge.glance(|state| {
                    let line = line_of(&state.app, terminal, block, &line)?;
                    state.app.output_ref_at(terminal, block, line, at)
                })
            });
            if let Some(thing) = thing {
                let aside = Some((terminal, block, Aside::Things(vec![thing], 0)));
                bridge.change(|state| state.aside = aside);
                reveal_aside();
            }
        }
        Click::Share(act) => share::act(bridge, act),
        Click::Sandbox(act) => sandboxes::act(bridge, act),
        Click::Rename(terminal) => bridge.rename(terminal),
        Click::Page(change) => {
            let asks = matches!(change, Turn::Why(..) | Turn::Things(..));
            // The button goes, and with it would the focus.
            let goes = matches!(change, Turn::Dismiss | Turn::Accept(_));
            bridge.change(|state| turn(state, change));
            if asks {
                reveal_aside();
            }
            if goes {
                bridge.focus();
            }
        }
    }
}

/// The place of a line in its block, by its text; of equal lines the last.
fn line_of(app: &App, terminal: TerminalId, block: u64, text: &str) -> Option<usize> {
    let block = app.screen(terminal)?.block(block)?;
    let lines = (block.first_line()..).zip(block.rows_from(0));
    lines.filter(|(_, row)| row.text().trim_end() == text.trim_end()).map(|(line, _)| line).last()
}

/// Brings what is said at a block into sight, once it is drawn.
fn reveal_aside() {
    request_animation_frame(|| window::reveal(".term-block:has(.why)", ".term-scroll"));
}

fn block_text(app: &App, terminal: TerminalId, block: u64) -> String {
    let block = app.screen(terminal).and_then(|screen| screen.block(block));
    block.map(|block| block.to_text()).unwrap_or_default()
}
