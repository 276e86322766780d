//! What the terminals showed, as text.

use super::share_button::ShareButton;
use crate::app::TerminalId;
use crate::app::export::Format;
use crate::ui::context::use_ui;
use crate::ui::message::ShareMsg;
use crate::ui::page::widgets::{COPY, Rows, SAVE, Segment, SegmentedControl, projection};
use crate::ui::shown::ExportChoice;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Export() -> impl IntoView {
    let ui = use_ui();
    let chosen = projection(ui.model.sharing, |sharing| sharing.chosen);
    let terminals = projection(ui.model.sharing, |sharing| sharing.terminals.clone());
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
            label=ui.text(Words::terminals)
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
        <SegmentedControl class="segmented dialog-choice" label=ui.text(Words::format)>
            {Format::ALL.map(format).collect_view()}
        </SegmentedControl>
        <p class="dialog-buttons">
            <ShareButton msg=ShareMsg::CopyText icon=COPY label=Words::copy_text />
            <ShareButton msg=ShareMsg::SaveText icon=SAVE label=Words::save />
        </p>
    }
}
