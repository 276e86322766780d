//! The browser, which is named here and in the components' events and element references only: what the page wants of it, what it tells by itself,
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
pub(super) mod selection;
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

use super::message::{Command, PageMsg};
use super::runtime::Runtime;

/// Does what the page wants.
pub(super) fn run(runtime: Runtime, command: Command) {
    match command {
        Command::Copy(text) => clipboard::copy(runtime, text),
        Command::SaveFile { name, text } => files::save(&name, &text),
        Command::ChooseFile => files::choose(runtime),
        Command::FocusLine => focus::active_line(runtime),
        Command::FocusPane(pane) => focus::pane(runtime, pane),
        Command::Remember(name, value) => _ = storage::save(name, &value),
        Command::RememberInTab(name, value) => storage::save_here(&name, &value),
        Command::ForgetFragment => address::forget_fragment(),
        Command::StoreAtOnce(command) => database::execute_at_once(&command),
        Command::TakeEarlyInput => runtime.send(PageMsg::Early(early::take())),
        Command::Store(ticket, command) => runtime.store(ticket, command),
        Command::TakeUpdate => service_worker::take_update(),
    }
}

/// Listens from now on to what the browser tells by itself.
pub(super) fn listen(runtime: Runtime) {
    exports::open(runtime);
    files::listen(runtime);
    lifecycle::listen(runtime);
    address::listen();
    service_worker::register(runtime);
    translation::listen();
    presenter::listen(runtime);
}
