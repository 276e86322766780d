//! What can be shared: a link that holds the world, a frame that shows it elsewhere, what the terminals showed as text, and the world as a file.

use super::embed::Embed;
use super::qr_code::QrCode;
use super::section::Section;
use crate::app::TerminalId;
use crate::app::export::Format;
use crate::ui::context::use_ui;
use crate::ui::message::ShareMsg;
use crate::ui::page::widgets::{COPY, Icon, Rows, SAVE, Segment, SegmentedControl};
use crate::ui::shown::ExportChoice;
use crate::ui::words::Words;
use leptos::prelude::*;

/// Longer links are refused by some programs, and by most; in characters.
const LONG: usize = 2_000;
const TOO_LONG: usize = 8_000;

#[component]
pub(super) fn ShareDialog() -> impl IntoView {
    let ui = use_ui();
    view! {
        <Section title=Words::share_link>
            <Link />
        </Section>
        <Section title=Words::embed>
            <Embed />
        </Section>
        <Section title=Words::share_text>
            <Export />
        </Section>
        <Section title=Words::share_file>
            <p class="dialog-hint">{ui.text(Words::share_file_hint)}</p>
            <p class="dialog-buttons">
                <ShareButton msg=ShareMsg::SaveWorld icon=SAVE label=Words::save_sandbox />
            </p>
        </Section>
    }
}

#[component]
fn Link() -> impl IntoView {
    let ui = use_ui();
    let link = Memo::new(move |_| ui.model.sharing.with(|sharing| sharing.link.clone()));
    let length = Memo::new(move |_| link.with(String::len));
    let warning = move || match length.get() {
        ..=LONG => "",
        length if length <= TOO_LONG => ui.words().link_long(),
        _ => ui.words().link_too_long(),
    };
    let told = move || {
        let words = ui.words();
        format!("{} {} {}", words.link_length(length.get()), warning(), words.link_holds())
    };
    view! {
        <input
            class="dialog-field"
            readonly
            aria-label=ui.text(Words::share_link)
            aria-describedby="link-length"
            value=move || link.get()
        />
        <p class="dialog-hint" id="link-length" data-warn=move || (length.get() > LONG).to_string()>
            {told}
        </p>
        <p class="dialog-buttons">
            <ShareButton msg=ShareMsg::CopyLink icon=COPY label=Words::copy_link autofocus=true />
            <ShareButton msg=ShareMsg::CopyMarkdownLink icon=COPY label=Words::copy_markdown_link />
        </p>
        <QrCode link=link />
    }
}

#[component]
fn Export() -> impl IntoView {
    let ui = use_ui();
    let chosen = Memo::new(move |_| ui.model.sharing.with(|sharing| sharing.chosen));
    let terminals = Memo::new(move |_| ui.model.sharing.with(|sharing| sharing.terminals.clone()));
    let choose = move |choice| ui.send(ShareMsg::Choose(choice));
    let choose_terminal = move |terminal: Option<TerminalId>| {
        choose(ExportChoice { terminal, ..chosen.get_untracked() });
    };
    let format = move |format: Format| {
        let label: fn(Words) -> &'static str = match format {
            Format::Markdown => Words::format_markdown,
            Format::Text => Words::format_text,
            Format::Asciicast => Words::format_film,
        };
        view! {
            <Segment
                chosen=Signal::derive(move || chosen.get().format == format)
                choose=move || choose(ExportChoice { format, ..chosen.get_untracked() })
            >
                {ui.text(label)}
            </Segment>
        }
    };
    view! {
        <SegmentedControl
            class="segmented dialog-choice"
            label=Signal::derive(move || ui.words().terminals().to_owned())
        >
            <Segment
                chosen=Signal::derive(move || chosen.get().terminal.is_none())
                choose=move || choose_terminal(None)
            >
                {ui.text(Words::all_terminals)}
            </Segment>
            <Rows each=terminals key=|(id, _)| *id let:terminal>
                {
                    let id = terminal.get_untracked().0;
                    view! {
                        <Segment
                            chosen=Signal::derive(move || chosen.get().terminal == Some(id))
                            choose=move || choose_terminal(Some(id))
                        >
                            {move || terminal.get().1}
                        </Segment>
                    }
                }
            </Rows>
        </SegmentedControl>
        <SegmentedControl class="segmented dialog-choice" label=Signal::derive(move || ui.words().format().to_owned())>
            {Format::ALL.map(format).collect_view()}
        </SegmentedControl>
        <p class="dialog-buttons">
            <ShareButton msg=ShareMsg::CopyText icon=COPY label=Words::copy_text />
            <ShareButton msg=ShareMsg::SaveText icon=SAVE label=Words::save />
        </p>
    }
}

#[component]
fn ShareButton(
    msg: ShareMsg,
    icon: &'static str,
    label: fn(Words) -> &'static str,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <button class="btn" type="button" autofocus=autofocus on:click=move |_| ui.send(msg)>
            <Icon path=icon />
            {ui.text(label)}
        </button>
    }
}
