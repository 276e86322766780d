//! The page, as Leptos components: the tree of files is the tree of the page.

#![expect(unreachable_pub, reason = "the component macro makes its functions public")]

mod bar;
mod coach;
mod dialog;
mod document;
mod inspector;
mod lesson;
mod live_region;
mod notice;
mod panes_nav;
mod past;
mod skip_links;
mod terminals;
mod widgets;

use super::browser::viewport;
use super::context::use_ui;
use super::words::Words;
use bar::Bar;
use coach::Coach;
use dialog::PageDialog;
use document::Document;
use inspector::InspectorPane;
use leptos::prelude::*;
use lesson::LessonPane;
use live_region::LiveRegion;
use notice::NoticeLine;
use panes_nav::PanesNav;
use past::PastStrip;
use skip_links::SkipLinks;
use terminals::TerminalsPane;

#[component]
pub(super) fn Page() -> impl IntoView {
    let ui = use_ui();
    let model = ui.model;
    let height = viewport::use_height_above_keyboard();
    view! {
        <Document />
        // `style:` sets a property of the element's style by script, which the policy allows; it forbids styles in the markup.
        <div
            class="page"
            style:--height=move || height.get().map(|height| format!("{height}px"))
            data-pane=move || model.pane.get().name()
            tabindex=move || model.presenting.get().then_some("-1")
        >
            <SkipLinks />
            <header>
                <Bar />
                <PastStrip />
            </header>
            <nav aria-label=ui.text(Words::panes)>
                <PanesNav />
            </nav>
            <main
                class="panes"
                data-divided=move || model.terminals_share.with(Option::is_some).to_string()
                style:--terminals=move || model.terminals_share.get().map(|share| format!("{share}fr"))
                style:--inspector=move || model.terminals_share.get().map(|share| format!("{}fr", 100 - share))
            >
                <LessonPane />
                <TerminalsPane />
                <InspectorPane />
                <aside class="page-coach" aria-label=ui.text(Words::coach)>
                    <Coach />
                </aside>
            </main>
            <LiveRegion />
            <NoticeLine />
            <PageDialog />
        </div>
    }
}
