//! A terminal: what it has shown, and its line.

use super::line::Line;
use super::transcript::Transcript;
use crate::app::TerminalId;
use crate::ui::browser::columns::{self, ColumnObserver};
use crate::ui::browser::focus;
use crate::ui::browser::frame::use_next_frame;
use crate::ui::browser::selection;
use crate::ui::browser::sight::{self, Scroller};
use crate::ui::browser::viewport;
use crate::ui::context::use_ui;
use crate::ui::message::{DividerId, PageMsg};
use crate::ui::model::TerminalModel;
use crate::ui::page::widgets::{Divider, Orientation, Shape, projection};
use leptos::html::{Div, Ol};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

#[component]
pub(super) fn TerminalView(terminal: Memo<TerminalModel>) -> impl IntoView {
    let ui = use_ui();
    let id = terminal.with_untracked(|terminal| terminal.id);
    let of = move |read: fn(&TerminalModel) -> bool| move || terminal.with(read).to_string();
    let name = projection(terminal, |terminal| terminal.name.clone());
    let badge = projection(terminal, |terminal| terminal.badge);
    let (scroll, transcript) = (NodeRef::<Div>::new(), NodeRef::<Ol>::new());
    provide_context(Scroller(scroll));
    let observer = StoredValue::new_local(None::<ColumnObserver>);
    scroll.on_load(move |scroll| observer.set_value(ColumnObserver::new(ui, id, scroll.into())));
    let active = projection(terminal, |terminal| terminal.active);
    let follows = projection(terminal, |terminal| terminal.follows);
    let measure = use_next_frame(move || {
        if let Some(scroll) = scroll.get_untracked() {
            columns::tell(ui, id, &scroll);
        }
    });
    Effect::new(move |_| {
        // A presentation has larger letters in the same room; that of the terminal in use counts.
        ui.model.presenting.track();
        active.get();
        measure();
    });
    let keydown = move |event: KeyboardEvent| {
        if let (Some(transcript), Some(scroll)) = (transcript.get_untracked(), scroll.get_untracked()) {
            walk(&event, &transcript, &scroll, id);
        }
    };
    view! {
        <article
            class="term"
            data-testid="terminal"
            data-terminal=name
            data-active=of(|terminal| terminal.active)
            data-running=of(|terminal| terminal.running)
            aria-busy=of(|terminal| terminal.busy)
            style:flex-grow=move || terminal.with(|terminal| terminal.width.map(|width| width.to_string()))
            on:keydown:capture=keydown
            on:click=move |event| focus_line(&event, id)
        >
            <h2 class="term-name">
                <Shape badge=badge />
                {name}
            </h2>
            <div
                class="term-scroll"
                node_ref=scroll
                tabindex="0"
                role="region"
                aria-label=move || ui.words().output_of(&name.get())
            >
                <div class="term-inside">
                    <Transcript
                        terminal=id
                        list=transcript
                        badge=badge
                        screen=projection(terminal, |terminal| terminal.screen)
                    />
                    <Line terminal=terminal scroll=scroll />
                </div>
            </div>
            <Show when=move || follows.get()>
                <DividerBefore terminal=id name=name />
            </Show>
        </article>
    }
}

/// Between a terminal and the one before it.
#[component]
fn DividerBefore(terminal: TerminalId, name: Memo<String>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <Divider
            label=move || ui.words().width_before(&name.get())
            orientation=Orientation::Vertical
            divide=move |share| ui.send(PageMsg::MoveDivider(DividerId::Terminal(terminal), share))
        />
    }
}

/// A click into a terminal is for its line, unless it was for a button there, or selects text. A button that has done its work may be gone:
/// then the next key goes to the line too, not nowhere.
fn focus_line(event: &MouseEvent, terminal: TerminalId) {
    const CONTROLS: &str = "a, button, input, textarea, summary, [role=option]";
    if event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch") {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let control = target.and_then(|target| target.closest(CONTROLS).ok().flatten());
    request_animation_frame(move || {
        if focus::is_lost() || (control.is_none() && !selection::is_some()) {
            focus::give_line(terminal);
        }
    });
}

/// Alt with Up and Down goes through the commands of a terminal, from the line that is typed into and back.
fn walk(event: &KeyboardEvent, transcript: &Element, scroll: &Element, terminal: TerminalId) {
    let back = event.key() == "ArrowUp";
    if !event.alt_key() || event.ctrl_key() || event.meta_key() || !(back || event.key() == "ArrowDown") {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    let line = || focus::line(terminal);
    let next = match (sight::focused_row(transcript), back) {
        (None, true) => sight::last(transcript).or_else(line),
        (Some(block), true) => sight::neighbour(&block, back),
        (None, false) => line(),
        (Some(block), false) => sight::neighbour(&block, back).or_else(line),
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        focus::give(&next);
        viewport::reveal(&next, scroll);
    }
}
