//! The native text field of a terminal's line. The browser edits: typing, input methods, touch, the system's own keys. What a shell adds comes
//! from the line editor, which gets the keys that it wants and says what the field shows.

use super::candidates::{menu_id, option_id};
use crate::app::{Msg, TerminalId};
use crate::term::Key;
use crate::term::menu::Menu;
use crate::ui::browser::focus::field_id;
use crate::ui::browser::{selection, text_field};
use crate::ui::context::{Ui, use_ui};
use crate::ui::early_field::EarlyField;
use crate::ui::message::PageMsg;
use crate::ui::model::{LineModel, TerminalModel};
use crate::ui::page::widgets::projection;
use leptos::ev;
use leptos::html::{Div, ElementExt};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement, InputEvent, KeyboardEvent};

/// The field stands behind `children`, in the same place. That of the active terminal may be one that was there before the program: it is taken
/// over as it is, with what is being typed.
#[component]
pub(super) fn PromptField(
    terminal: Memo<TerminalModel>,
    line: Memo<LineModel>,
    scroll: NodeRef<Div>,
    children: Children,
) -> impl IntoView {
    let ui = use_ui();
    let (id, active) = terminal.with_untracked(|terminal| (terminal.id, terminal.active));
    let early = expect_context::<EarlyField>();
    let early = if active { early.take() } else { None };
    let field = early.unwrap_or_else(text_field::create);
    field.set_id(&field_id(id));
    let editing = Editing { ui, terminal: id, field: field.clone(), scroll };
    // Dropped with the component, which ends the listening.
    let _listeners = StoredValue::new_local(editing.listen());

    let shown = field.clone();
    Effect::new(move |_| line.with(|line| text_field::write(&shown, &line.text, &line.selection)));
    let (menu, described) = (projection(line, |line| line.menu.clone()), field.clone());
    Effect::new(move |_| menu.with(|menu| describe_menu(&described, id, menu.as_ref())));

    let holder = NodeRef::<Div>::new();
    holder.on_load(move |holder| text_field::place(&field, &holder));
    view! {
        <div class="term-field" node_ref=holder>
            {children()}
        </div>
    }
}

/// Tells those who do not see it which list is open, and what is chosen there.
fn describe_menu(field: &HtmlTextAreaElement, terminal: TerminalId, menu: Option<&Menu>) {
    let selected = menu.and_then(Menu::selected).map(|at| option_id(terminal, at));
    text_field::set_attribute(field, "aria-autocomplete", menu.map(|_| "list"));
    text_field::set_attribute(field, "aria-controls", menu.map(|_| menu_id(terminal)).as_deref());
    text_field::set_attribute(field, "aria-activedescendant", selected.as_deref());
}

/// What comes between the field and its line editor.
#[derive(Clone)]
struct Editing {
    ui: Ui,
    terminal: TerminalId,
    field: HtmlTextAreaElement,
    scroll: NodeRef<Div>,
}

impl Editing {
    /// Listens to the field; until what comes back is dropped.
    fn listen(&self) -> impl Sized + use<> {
        let [on_key, on_input, on_paste, on_character] = [(); 4].map(|()| self.clone());
        (
            self.field.on(ev::keydown, move |event| on_key.keydown(&event)),
            self.field.on(ev::input, move |_| on_input.take_over()),
            self.field.on(ev::paste, move |event| on_paste.paste(event.unchecked_ref())),
            self.field.on(ev::beforeinput, move |event| on_character.character(event.unchecked_ref())),
        )
    }

    fn keydown(&self, event: &KeyboardEvent) {
        // An input method is at work, or the key is a shortcut of the system's.
        if event.is_composing() || event.key_code() == 229 || event.meta_key() || event.default_prevented() {
            return;
        }
        let (ctrl, alt, shift) = (event.ctrl_key(), event.alt_key(), event.shift_key());
        let Some(key) = Key::from_browser(&event.key(), &event.code(), ctrl, alt, shift) else { return };
        // Ctrl-C is to copy what is selected elsewhere.
        if key.ctrl && selection::is_elsewhere(&self.field) {
            return;
        }
        self.take_over();
        if event.key() == "Enter"
            && let Some(scroll) = self.scroll.get_untracked()
        {
            // What is printed now is to be in sight, wherever somebody has scrolled to. It is turned over: 0 is its end.
            scroll.set_scroll_top(0);
        }
        if self.ui.key(self.terminal, key) {
            event.prevent_default();
        }
        self.show();
    }

    /// A text is pasted: it may be a whole page of documentation, of which only the commands are wanted.
    fn paste(&self, event: &ClipboardEvent) {
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if !text.is_empty() {
            event.prevent_default();
            self.take_over();
            self.ui.send(Msg::Paste { terminal: self.terminal, text });
            self.show();
        }
    }

    /// A character is about to be typed: with Ctrl held on the touch bar, it is a key.
    fn character(&self, event: &InputEvent) {
        if !self.ui.read(|state| state.ctrl) {
            return;
        }
        let key = event.data().and_then(|typed| Key::from_browser(&typed, "", true, false, false));
        if let Some(key) = key {
            event.prevent_default();
            self.ui.send(PageMsg::HoldCtrl(false));
            self.ui.key(self.terminal, key);
            self.show();
        }
    }

    /// Tells the editor what the field holds, unless it knows.
    fn take_over(&self) {
        let (text, selection) = text_field::read(&self.field);
        let known = self.ui.read(|state| {
            let view = state.app.field(self.terminal)?;
            Some(view.text == text && view.selection == selection)
        });
        if known == Some(false) {
            self.ui.send(Msg::Typed { terminal: self.terminal, text, selection });
        }
    }

    /// Shows what the editor holds at once, since the next key may come before the next frame.
    fn show(&self) {
        self.ui.read(|state| {
            if let Some(view) = state.app.field(self.terminal) {
                text_field::write(&self.field, view.text, &view.selection);
            }
        });
    }
}
