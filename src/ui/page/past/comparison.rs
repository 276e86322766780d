//! What differs between two moments, as a table.

use super::changes::{item_text, state_text};
use crate::app::past::Change;
use crate::ui::context::use_ui;
use crate::ui::page::widgets::projection;
use crate::ui::past_model::PastModel;
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn ComparisonTable(model: Memo<PastModel>) -> impl IntoView {
    let ui = use_ui();
    let compared = projection(model, |past| past.compared.clone());
    let mark = projection(model, |past| (past.mark, past.moment));
    let told = move || {
        let words = ui.words();
        match (mark.get(), compared.get()) {
            ((Some(mark), moment), _) if mark == moment => words.past_compare_hint(mark),
            (_, None) => words.past_comparing().to_owned(),
            (_, Some((_, changes))) if changes.list.is_empty() => words.past_alike().to_owned(),
            (_, Some((_, changes))) if changes.more > 0 => words.past_more(changes.more),
            _ => String::new(),
        }
    };
    let row = move |change: Change| {
        let words = ui.words();
        view! {
            <tr>
                <th scope="row">{item_text(words, &change.item)}</th>
                <td>{state_text(words, change.before.as_ref())}</td>
                <td>{state_text(words, change.after.as_ref())}</td>
            </tr>
        }
    };
    let table = move || {
        let ((earlier, later), changes) = compared.get().filter(|(_, changes)| !changes.list.is_empty())?;
        let words = ui.words();
        Some(view! {
            <table class="past-table">
                <caption>{words.past_compared(earlier, later)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.past_what()}</th>
                        <th scope="col">{words.past_at(earlier)}</th>
                        <th scope="col">{words.past_at(later)}</th>
                    </tr>
                </thead>
                <tbody>{changes.list.into_iter().map(row).collect_view()}</tbody>
            </table>
        })
    };
    view! {
        <div class="past-comparison" role="region" tabindex="0" aria-label=ui.text(Words::past_comparison)>
            {table}
            <p class="past-told" role="status">{told}</p>
        </div>
    }
}
