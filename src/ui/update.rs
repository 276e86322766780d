//! What each message does to the page, and what it then wants of the browser.

use super::message::{BlockMsg, Command, DividerId, PageMsg, RenameMsg, Setting, ShareMsg};
use super::shown::{Aside, BlockAside, Dialog, Offer, Pane};
use super::state::State;
use super::words::Words;
use super::{current, early_input, explorer, keep, lesson_editor, opening, sandboxes, share, time_travel};
use crate::app::{LessonMsg, MOST_TERMINALS, Msg, ProtocolLogMsg, TerminalId};
use crate::keep::FileForm;

/// Lets one thing happen. `false` for a key that is the browser's.
pub(super) fn update(state: &mut State, msg: PageMsg) -> bool {
    let Some(msg) = time_travel::meet(state, msg) else { return true };
    let is_taken = happen(state, msg);
    time_travel::follow(state);
    is_taken
}

fn happen(state: &mut State, msg: PageMsg) -> bool {
    match msg {
        PageMsg::App(msg) => return state.app.update(msg),
        PageMsg::ActInTerminals(msg) => {
            state.show_terminals();
            state.app.update(msg);
        }
        PageMsg::ProposeLine(msg) => {
            state.show_terminals();
            state.app.update(msg);
            state.ask(Command::FocusLine);
        }
        PageMsg::OpenStep(step) => {
            state.show(Pane::Lesson);
            state.app.update(Msg::Lesson(LessonMsg::OpenStep(step)));
        }
        PageMsg::TouchKey(key) => {
            let terminal = state.app.active();
            state.app.update(Msg::Key { terminal, key });
        }
        PageMsg::HoldCtrl(held) => state.ctrl = held,
        PageMsg::ShowPane(pane) => state.show(pane),
        PageMsg::FocusPane(pane) => {
            state.show(pane);
            state.ask(Command::FocusPane(pane));
        }
        PageMsg::ChangeSetting(setting) => set(state, setting),
        PageMsg::Present(on) => state.presenting = on,
        PageMsg::ShowProtocolLog(shown) => {
            state.shows_protocol_log = shown;
            state.app.update(Msg::ProtocolLog(ProtocolLogMsg::Listen(shown)));
        }
        // Nothing else is shown while a sandbox is being opened.
        PageMsg::OpenDialog(_) | PageMsg::CloseDialog if state.pending.is_some() => {}
        PageMsg::OpenDialog(dialog) => turn_to_dialog(state, Some(dialog)),
        PageMsg::CloseDialog => turn_to_dialog(state, None),
        PageMsg::StopOpening => opening::stop_opening(state),
        PageMsg::Accept(offer) => accept(state, offer),
        PageMsg::Dismiss => {
            state.notice = None;
            state.ask(Command::FocusLine);
        }
        PageMsg::AtBlock(terminal, block, msg) => at_block(state, terminal, block, msg),
        PageMsg::ChooseRef(at) => choose_ref(state, at),
        PageMsg::CloseAside => state.aside = None,
        PageMsg::Copy(text) => state.ask(Command::Copy(text)),
        PageMsg::Copied(taken) => {
            let words = state.words;
            state.say(if taken { words.copied() } else { words.not_copied() }.to_owned());
        }
        PageMsg::CloseTerminal(terminal) => offer_to_close(state, terminal),
        PageMsg::ReopenTerminal(terminal) => reopen(state, terminal),
        PageMsg::MoveDivider(divider, share) => move_divider(state, divider, share),
        PageMsg::Rename(terminal, msg) => rename(state, terminal, msg),
        PageMsg::Share(msg) => share::update(state, msg),
        PageMsg::Editor(msg) => lesson_editor::update(state, msg),
        PageMsg::Explorer(msg) => explorer::update(state, msg),
        PageMsg::Sandbox(msg) => sandboxes::update(state, msg),
        PageMsg::Past(msg) => time_travel::update(state, msg),
        PageMsg::AnnounceReady => state.announce_ready = true,
        PageMsg::UpdateReady => {
            state.say_with(state.words.new_version().to_owned(), [Offer::Reload]);
        }
        PageMsg::Stored(ticket, answer) => state.keeper.answer(state.now, ticket, answer),
        PageMsg::Early(input) => early_input::update(state, input),
        PageMsg::Wake => wake(state),
        PageMsg::Leave => current::leave(state),
    }
    true
}

/// Chooses one of the references that are listed.
fn choose_ref(state: &mut State, at: usize) {
    if let Some(BlockAside { aside: Aside::Refs(_, chosen), .. }) = &mut state.aside {
        *chosen = at;
    }
}

/// Opens a dialog, or closes it. What was said before has nothing to do with it.
fn turn_to_dialog(state: &mut State, dialog: Option<Dialog>) {
    state.notice = state.notice.take().filter(|notice| dialog.is_none() || !notice.offers.is_empty());
    state.dialog = dialog;
}

/// Moves a divider, and keeps where it stands.
fn move_divider(state: &mut State, divider: DividerId, share: Option<u8>) {
    match divider {
        DividerId::Inspector => state.layout.terminals = share,
        DividerId::Terminal(terminal) => state.share(terminal, share),
    }
    state.ask(Command::Remember("layout", state.layout.write()));
}

/// What was done is kept, once all that comes of it is done.
fn wake(state: &mut State) {
    if state.pending.is_none() && !state.app.is_mid_turn() {
        keep::keep(state);
    }
}

/// Sets what later visits find as well.
fn set(state: &mut State, setting: Setting) {
    let command = match setting {
        Setting::Theme(theme) => {
            state.theme = theme;
            Command::Remember("theme", theme.name().to_owned())
        }
        Setting::Language(language) => {
            state.words = Words(language);
            state.app.update(Msg::Language(language));
            state.past.make_anew();
            Command::Remember("language", language.code().to_owned())
        }
        Setting::Columns(columns) => {
            state.columns = columns;
            Command::Remember("columns", columns.to_string())
        }
        Setting::CodeLanguage(language) => {
            state.code_language = language;
            Command::Remember("code", language.name().to_owned())
        }
        Setting::Verbosity(verbosity) => {
            state.app.update(Msg::SetVerbosity(verbosity));
            Command::Remember("voice", verbosity.name().to_owned())
        }
    };
    state.ask(command);
}

fn at_block(state: &mut State, terminal: TerminalId, block: u64, msg: BlockMsg) {
    match msg {
        BlockMsg::Explain => state.toggle_aside(terminal, block, Aside::Why),
        BlockMsg::ListRefs => {
            let refs = state.app.output_refs(terminal, block);
            let newest = refs.len().saturating_sub(1);
            state.toggle_aside(terminal, block, Aside::Refs(refs, newest));
        }
        BlockMsg::PointAt { line, byte } => {
            if let Some(reference) = state.app.output_ref_at(terminal, block, line, byte) {
                let aside = Aside::Refs(vec![reference], 0);
                state.aside = Some(BlockAside { terminal, block, aside });
            }
        }
        BlockMsg::Copy => {
            let block = state.app.screen(terminal).and_then(|screen| screen.block(block));
            let text = block.map(|block| block.to_text()).unwrap_or_default();
            state.ask(Command::Copy(text));
        }
    }
}

fn accept(state: &mut State, offer: Offer) {
    // What can be saved can be saved again, and in another form.
    if !matches!(offer, Offer::SaveSandbox(_) | Offer::SaveCommands(_) | Offer::SaveWorld) {
        state.notice = None;
    }
    match offer {
        Offer::Open(id) => {
            current::leave(state);
            state.keeper.open(state.now, id);
        }
        Offer::SaveSandbox(id) => state.keeper.file(id, FileForm::Journal),
        Offer::SaveCommands(id) => state.keeper.file(id, FileForm::Commands),
        Offer::Close(terminal) => return close(state, terminal),
        Offer::Reopen(terminal) => return reopen(state, terminal),
        Offer::SaveWorld => return share::update(state, ShareMsg::SaveWorld),
        Offer::TakeBack => opening::take_back(state),
        Offer::Reload => {
            current::leave(state);
            return state.ask(Command::TakeUpdate);
        }
    }
    state.ask(Command::FocusLine);
}

/// Closes a terminal. Where something runs, that is offered first, and a second time is its answer too.
fn offer_to_close(state: &mut State, terminal: TerminalId) {
    let offer = Offer::Close(terminal);
    let is_offered = state.notice.as_ref().is_some_and(|notice| notice.offers.contains(&offer));
    match state.app.tab(terminal).filter(|_| state.app.is_at_work(terminal) && !is_offered) {
        Some(tab) => state.say_with(state.words.ends_what_runs(&tab.name), [offer]),
        None => close(state, terminal),
    }
}

/// Closes a terminal, and offers to have it back.
fn close(state: &mut State, terminal: TerminalId) {
    state.app.update(Msg::Close { terminal });
    if let Some((closed, name)) = state.app.last_closed().filter(|(closed, _)| *closed == terminal) {
        state.say_with(state.words.closed(name), [Offer::Reopen(closed)]);
    }
    // The button that closed it is gone with it.
    state.ask(Command::FocusLine);
}

/// Has a terminal back that was closed, if there may be one more.
fn reopen(state: &mut State, terminal: TerminalId) {
    state.notice = None;
    state.app.update(Msg::Reopen { terminal });
    if state.app.tab(terminal).is_none() {
        state.say(state.words.said_most(MOST_TERMINALS));
    }
    state.ask(Command::FocusLine);
}

fn rename(state: &mut State, terminal: TerminalId, msg: RenameMsg) {
    match msg {
        RenameMsg::Begin => state.renaming = Some(terminal),
        RenameMsg::End(name) => {
            if end_rename(state, terminal, name) {
                state.ask(Command::FocusLine);
            }
        }
        RenameMsg::Leave(name) => _ = end_rename(state, terminal, Some(name)),
    }
}

/// Takes the new name, if there is one. `false` if that was done before.
fn end_rename(state: &mut State, terminal: TerminalId, name: Option<String>) -> bool {
    if state.renaming.take().is_none() {
        return false;
    }
    if let Some(name) = name {
        state.app.update(Msg::Rename { terminal, name: name.clone() });
        if state.app.tab(terminal).is_some_and(|tab| tab.name != name.trim()) {
            state.say(state.words.said_no_name().to_owned());
        }
    }
    true
}
