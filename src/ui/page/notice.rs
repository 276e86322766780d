//! One quiet line at the edge of the page, and what it offers.

use super::widgets::{CLOSE, Icon};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::state::Offer;
use crate::ui::words::Words;
use leptos::prelude::*;

/// While a dialog is open it says the notice, since what is around it is out of reach.
#[component]
pub(super) fn NoticeLine() -> impl IntoView {
    let ui = use_ui();
    let notice = Memo::new(move |_| ui.model.notice.get().filter(|_| ui.model.dialog.get().is_none()));
    let line = move |notice: crate::ui::state::Notice| {
        let offers = notice.offers.into_iter().map(|offer| {
            let label = match offer {
                Offer::Open(_) => Words::to_my_sandbox,
                Offer::SaveSandbox(_) => Words::save,
                Offer::SaveCommands(_) => Words::save_commands,
                Offer::SaveWorld => Words::save_sandbox,
                Offer::TakeBack => Words::take_back,
                Offer::Close(_) => Words::end_and_close,
                Offer::Reload => Words::reload,
            };
            view! {
                <button class="btn btn-small" type="button" on:click=move |_| ui.send(PageMsg::Accept(offer))>
                    {ui.text(label)}
                </button>
            }
        });
        view! {
            <p class="toast-line" data-testid="notice">
                <span>{notice.text}</span>
                {offers.collect_view()}
                <button
                    class="toast-close"
                    type="button"
                    aria-label=ui.text(Words::dismiss)
                    on:click=move |_| ui.send(PageMsg::Dismiss)
                >
                    <Icon path=CLOSE />
                </button>
            </p>
        }
    };
    view! { <div class="toast">{move || notice.get().map(line)}</div> }
}
