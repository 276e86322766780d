//! The browser, which is named here and in the components' events only: what the page wants of it, what it tells by itself,
//! and what JavaScript of the page around may call.

pub(super) mod address;
pub(super) mod caret;
pub(super) mod channels;
pub(super) mod clock;
pub(super) mod columns;
pub(super) mod database;
pub(super) mod early;
pub(super) mod files;
pub(super) mod focus;
pub(super) mod frame;
pub(super) mod panic;
pub(super) mod sight;
pub(super) mod storage;
pub(super) mod text_field;
pub(super) mod viewport;

mod clipboard;
mod exports;
mod lifecycle;
mod presenter;
mod service_worker;
mod translation;

use super::context::Ui;
use super::message::{Command, PageMsg};

/// Does what the page wants.
pub(super) fn run(ui: Ui, command: Command) {
    match command {
        Command::Copy(text) => clipboard::copy(ui, text),
        Command::SaveFile { name, text } => files::save(&name, &text),
        Command::ChooseFile => files::choose(ui),
        Command::FocusLine => focus::active_line(ui),
        Command::FocusPane(pane) => focus::pane(ui, pane),
        Command::Remember(name, value) => _ = storage::save(name, &value),
        Command::RememberInTab(name, value) => storage::save_here(&name, &value),
        Command::ForgetFragment => address::forget_fragment(),
        Command::StoreAtOnce(command) => database::execute_at_once(&command),
        Command::TakeEarlyInput => ui.send(PageMsg::Early(early::take())),
        Command::Store(ticket, command) => ui.store(ticket, command),
        Command::TakeUpdate => service_worker::take_update(),
    }
}

/// Listens from now on to what the browser tells by itself.
pub(super) fn listen(ui: Ui) {
    exports::open(ui);
    files::listen(ui);
    lifecycle::listen(ui);
    address::listen();
    service_worker::register(ui);
    translation::listen();
    presenter::listen(ui);
}
