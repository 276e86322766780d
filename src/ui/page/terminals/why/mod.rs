//! Why a command failed: in a sentence, with who wrote in between, and where it is explained.

mod diagnosis;
mod sentence;

use crate::app::TerminalId;
use crate::ui::context::use_ui;
use diagnosis::DiagnosisView;
use leptos::prelude::*;

#[component]
pub(super) fn Why(terminal: TerminalId, block: u64) -> impl IntoView {
    let ui = use_ui();
    let diagnosis = Memo::new(move |_| {
        ui.model.versions.track();
        ui.model.turns.track();
        ui.read(|state| state.app.diagnose(terminal, block))
    });
    move || diagnosis.get().map(|diagnosis| view! { <DiagnosisView diagnosis=diagnosis /> })
}
