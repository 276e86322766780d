//! What a step wants to be so; what is missing is said, not only marked.

use crate::app::model::Check;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CHECK, Icon, Inlines, Rows, projection};
use leptos::prelude::*;

#[component]
pub(super) fn Checks(checks: Memo<Vec<Check>>) -> impl IntoView {
    let ui = use_ui();
    let numbered = Memo::new(move |_| checks.get().into_iter().enumerate().collect::<Vec<(usize, Check)>>());
    let title = move || {
        if checks.with(|checks| checks.iter().all(|check| check.done)) {
            ui.words().step_is_done()
        } else {
            ui.words().to_be_done()
        }
    };
    view! {
        <div class="checks" data-testid="checks">
            <p class="checks-title">{title}</p>
            <ul class="checks-list">
                <Rows each=numbered key=|(place, _)| *place let:check>
                    <CheckItem check=Memo::new(move |_| check.get().1) />
                </Rows>
            </ul>
        </div>
    }
}

#[component]
fn CheckItem(check: Memo<Check>) -> impl IntoView {
    let ui = use_ui();
    let done = projection(check, |check| check.done);
    let said = move || ui.words().aside(if done.get() { ui.words().is_so() } else { ui.words().not_yet() });
    let missing = move || {
        let Check { missing, done, is_said_beside, .. } = check.get();
        let is_said = !done && !missing.is_empty() && !is_said_beside;
        is_said.then(|| view! { <p class="check-missing"><Inlines inlines=missing /></p> })
    };
    view! {
        <li class="check" data-done=move || done.get().to_string()>
            <span class="check-mark" aria-hidden="true">
                <Show when=move || done.get()>
                    <Icon path=CHECK />
                </Show>
            </span>
            <div>
                {move || view! { <Inlines inlines=check.with(|check| check.wanted.clone()) /> }}
                <span class="visually-hidden">{said}</span>
                {missing}
            </div>
        </li>
    }
}
