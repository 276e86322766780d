//! What a server that stopped has left in files: it is not lost, and no server says more of it.

use crate::app::model::KeptStream;
use crate::ui::context::use_ui;
use leptos::prelude::*;

#[component]
pub(super) fn KeptCard(kept: Memo<KeptStream>) -> impl IntoView {
    let ui = use_ui();
    let name = kept.with_untracked(|kept| kept.name.clone());
    let why =
        move || match ui.model.inspector.with(|account| account.as_ref().is_some_and(|it| it.server.running))
        {
            true => ui.words().kept_without_jetstream(),
            false => ui.words().kept_without_server(),
        };
    view! {
        <article class="bucket bucket-kept" data-testid="kept">
            <header class="bucket-head">
                <h4 class="bucket-name">
                    {move || (!kept.with(|kept| kept.is_bucket)).then(|| format!("{} ", ui.words().stream()))}
                    <span translate="no">{name}</span>
                </h4>
                <p class="quiet">{move || ui.words().kept_values(kept.with(|kept| kept.messages as usize))}</p>
            </header>
            <p class="quiet">{why}</p>
        </article>
    }
}
