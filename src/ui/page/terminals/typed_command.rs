//! The command of a block as it was typed, behind its prompt.

use super::block_model::BlockModel;
use crate::app::model::Badge;
use crate::ui::page::widgets::CodeText;
use leptos::prelude::*;

/// The command as it was typed, behind its prompt.
#[component]
pub(super) fn TypedCommand(badge: Memo<Badge>, model: Memo<BlockModel>) -> impl IntoView {
    move || {
        model.with(|model| model.command.clone()).map(|(prompt, text)| {
            view! {
                <p class="term-command" data-testid="command" translate="no">
                    <span class="term-prompt" data-badge=move || badge.get().to_string() translate="no">
                        {prompt}
                    </span>
                    " "
                    <CodeText text=text />
                </p>
            }
        })
    }
}
