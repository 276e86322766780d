//! Facts of the account by name: settings and uses.

use super::Rows;
use crate::app::Fact;
use crate::ui::context::use_ui;
use leptos::prelude::*;

#[component]
pub(in crate::ui) fn FactList(#[prop(into)] facts: Signal<Vec<(Fact, String)>>) -> impl IntoView {
    let ui = use_ui();
    view! {
        <dl class="inspector-facts">
            <Rows each=facts key=|(name, _)| *name let:fact>
                <div class="fact">
                    <dt>{move || ui.words().fact(fact.get().0)}</dt>
                    <dd>{move || fact.get().1}</dd>
                </div>
            </Rows>
        </dl>
    }
}
