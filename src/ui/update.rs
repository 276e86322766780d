//! What each message does to the page, and what it then wants of the browser.

use super::browser::clock;
use super::message::{BlockMsg, Command, Divider, PageMsg, Setting, ShareMsg};
use super::state::{Aside, Dialog, Offer, Part, State};
use super::words::Words;
use super::{current, keep, opening, sandboxes, share};
use crate::app::{LessonMsg, Msg, ProtocolLogMsg, TerminalId};
use crate::keep::FileForm;

/// Lets one thing happen.
pub(super) fn update(state: &mut State, msg: PageMsg) -> Vec<Command> {
    let mut commands = change(state, msg);
    commands.extend(keep::follow(state));
    commands
}

fn change(state: &mut State, msg: PageMsg) -> Vec<Command> {
    match msg {
        PageMsg::App(msg) => _ = state.app.update(msg),
        PageMsg::InTerminals(msg) => {
            // Where only one part is shown, it is the one where something happens now.
            state.show(Part::Terminals);
            state.app.update(msg);
        }
        PageMsg::Type(msg) => {
            state.show(Part::Terminals);
            state.app.update(msg);
            return vec![Command::FocusLine];
        }
        PageMsg::OpenStep(step) => {
            state.show(Part::Lesson);
            state.app.update(Msg::Lesson(LessonMsg::OpenStep(step)));
        }
        PageMsg::Press(key) => {
            let terminal = state.app.active();
            state.app.update(Msg::Key { terminal, key });
        }
        PageMsg::HoldCtrl(held) => state.ctrl = held,
        PageMsg::Show(part) => state.show(part),
        PageMsg::GoTo(part) => {
            state.show(part);
            return vec![Command::FocusPart(part)];
        }
        PageMsg::Set(setting) => return vec![set(state, setting)],
        PageMsg::Present(on) => state.presenting = on,
        PageMsg::ShowWire(wire) => {
            state.wire = wire;
            state.app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(wire)));
        }
        // Nothing else is shown while a sandbox is being opened.
        PageMsg::Dialog(_) if state.pending.is_some() => opening::stop_opening(state),
        PageMsg::Dialog(dialog) => turn_to_dialog(state, dialog),
        PageMsg::Accept(offer) => return accept(state, offer),
        PageMsg::Dismiss => {
            state.notice = None;
            return vec![Command::FocusLine];
        }
        PageMsg::Block(terminal, block, msg) => return at_block(state, terminal, block, msg),
        PageMsg::ChooseRef(at) => {
            if let Some((_, _, Aside::Refs(_, chosen))) = &mut state.aside {
                *chosen = at;
            }
        }
        PageMsg::CloseAside => state.aside = None,
        PageMsg::Copy(text) => return vec![Command::Copy(text)],
        PageMsg::Copied(taken) => {
            let words = state.words;
            state.say(if taken { words.copied() } else { words.not_copied() }.to_owned());
        }
        PageMsg::CloseTerminal(terminal) => close(state, terminal),
        PageMsg::MoveDivider(divider, share) => return vec![move_divider(state, divider, share)],
        PageMsg::BeginRename(terminal) => state.renaming = Some(terminal),
        PageMsg::EndRename { terminal, name } => return end_rename(state, terminal, name),
        PageMsg::Share(msg) => return share::update(state, msg),
        PageMsg::Sandbox(msg) => return sandboxes::update(state, msg),
        PageMsg::AnnounceReady => state.announce_ready = true,
        PageMsg::UpdateReady => {
            state.say_with(state.words.new_version().to_owned(), [Offer::Reload]);
        }
        PageMsg::Stored(ticket, answer) => state.keeper.answer(clock::now(), ticket, answer),
        PageMsg::Leave => current::leave(state),
    }
    Vec::new()
}

/// Opens a dialog, or closes it. What was said before has nothing to do with it.
fn turn_to_dialog(state: &mut State, dialog: Option<Dialog>) {
    state.notice = state.notice.take().filter(|notice| dialog.is_none() || !notice.offers.is_empty());
    state.dialog = dialog;
}

/// Moves a divider, and keeps where it stands.
fn move_divider(state: &mut State, divider: Divider, share: Option<u8>) -> Command {
    match divider {
        Divider::Picture => state.layout.terminals = share,
        Divider::Terminal(terminal) => state.share(terminal, share),
    }
    Command::Remember("layout", state.layout.write())
}

/// Sets what later visits find as well.
fn set(state: &mut State, setting: Setting) -> Command {
    match setting {
        Setting::Theme(theme) => {
            state.theme = theme;
            Command::Remember("theme", theme.name().to_owned())
        }
        Setting::Language(language) => {
            state.words = Words(language);
            state.app.update(Msg::Language(language));
            Command::Remember("language", language.code().to_owned())
        }
        Setting::Columns(columns) => {
            state.columns = columns;
            Command::Remember("columns", columns.to_string())
        }
        Setting::Verbosity(verbosity) => {
            state.app.update(Msg::SetVerbosity(verbosity));
            Command::Remember("voice", verbosity.name().to_owned())
        }
    }
}

fn at_block(state: &mut State, terminal: TerminalId, block: u64, msg: BlockMsg) -> Vec<Command> {
    match msg {
        BlockMsg::Explain => state.toggle_aside(terminal, block, Aside::Why),
        BlockMsg::ListRefs => {
            let refs = state.app.output_refs(terminal, block);
            let newest = refs.len().saturating_sub(1);
            state.toggle_aside(terminal, block, Aside::Refs(refs, newest));
        }
        BlockMsg::PointAt { line, byte } => {
            if let Some(reference) = state.app.output_ref_at(terminal, block, line, byte) {
                state.aside = Some((terminal, block, Aside::Refs(vec![reference], 0)));
            }
        }
        BlockMsg::Copy => {
            let block = state.app.screen(terminal).and_then(|screen| screen.block(block));
            return vec![Command::Copy(block.map(|block| block.to_text()).unwrap_or_default())];
        }
    }
    Vec::new()
}

fn accept(state: &mut State, offer: Offer) -> Vec<Command> {
    // What can be saved can be saved again, and in another form.
    if !matches!(offer, Offer::SaveSandbox(_) | Offer::SaveCommands(_) | Offer::SaveWorld) {
        state.notice = None;
    }
    match offer {
        Offer::Open(id) => {
            current::leave(state);
            state.keeper.open(clock::now(), id);
        }
        Offer::SaveSandbox(id) => state.keeper.file(id, FileForm::Journal),
        Offer::SaveCommands(id) => state.keeper.file(id, FileForm::Commands),
        Offer::Close(terminal) => {
            state.app.update(Msg::Close { terminal });
        }
        Offer::SaveWorld => return share::update(state, ShareMsg::SaveWorld),
        Offer::TakeBack => opening::take_back(state),
        Offer::Reload => {
            current::leave(state);
            return vec![Command::TakeUpdate];
        }
    }
    vec![Command::FocusLine]
}

/// Closes a terminal. Where something runs, that is offered first, and a second time is its answer too.
fn close(state: &mut State, terminal: TerminalId) {
    let offer = Offer::Close(terminal);
    let is_offered = state.notice.as_ref().is_some_and(|notice| notice.offers.contains(&offer));
    match state.app.tab(terminal).filter(|_| state.app.is_at_work(terminal) && !is_offered) {
        Some(tab) => state.say_with(state.words.ends_what_runs(&tab.name), [offer]),
        None => {
            if is_offered {
                state.notice = None;
            }
            state.app.update(Msg::Close { terminal });
        }
    }
}

fn end_rename(state: &mut State, terminal: TerminalId, name: Option<String>) -> Vec<Command> {
    if state.renaming.take().is_none() {
        return Vec::new();
    }
    let Some(name) = name else { return vec![Command::FocusLine] };
    state.app.update(Msg::Rename { terminal, name: name.clone() });
    if state.app.tab(terminal).is_some_and(|tab| tab.name != name.trim()) {
        state.say(state.words.said_no_name().to_owned());
    }
    Vec::new()
}
