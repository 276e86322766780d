//! One quiet line at the edge of the page, and what it offers.

use super::widgets::{CLOSE, Icon, projection};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::shown::Offer;
use crate::ui::words::Words;
use leptos::prelude::*;

/// While a dialog is open it says the notice, since what is around it is out of reach.
#[component]
pub(super) fn NoticeLine() -> impl IntoView {
    let ui = use_ui();
    let notice = Memo::new(move |_| ui.model.notice.get().filter(|_| ui.model.dialog.get().is_none()));
    let is_shown = projection(notice, Option::is_some);
    let text = move || notice.with(|notice| notice.as_ref().map(|notice| notice.text.clone()));
    let offers = Memo::new(move |_| notice.get().map(|notice| notice.offers).unwrap_or_default());
    let offer = move |offer: Offer| {
        let label = match offer {
            Offer::Open(_) => Words::to_my_sandbox,
            Offer::SaveSandbox(_) => Words::save,
            Offer::SaveCommands(_) => Words::save_commands,
            Offer::SaveWorld => Words::save_sandbox,
            Offer::TakeBack | Offer::Reopen(_) => Words::take_back,
            Offer::Close(_) => Words::end_and_close,
            Offer::Reload => Words::reload,
        };
        view! {
            <button class="btn btn-small" type="button" on:click=move |_| ui.send(PageMsg::Accept(offer))>
                {ui.text(label)}
            </button>
        }
    };
    // What is said is read out only in a region that was there before, without its buttons.
    view! {
        <div class="notice">
            <div
                class=move || if is_shown.get() { "notice-line" } else { "visually-hidden" }
                data-testid=move || is_shown.get().then_some("notice")
            >
                <p role="status">{text}</p>
                {move || offers.get().into_iter().map(offer).collect_view()}
                <Show when=move || is_shown.get()>
                    <button
                        class="notice-close"
                        type="button"
                        aria-label=ui.text(Words::dismiss)
                        on:click=move |_| ui.send(PageMsg::Dismiss)
                    >
                        <Icon path=CLOSE />
                    </button>
                </Show>
            </div>
        </div>
    }
}
