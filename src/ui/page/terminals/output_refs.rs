//! What can be done with the buckets, keys, values, revisions and files of a block of output: copied, or made into commands.

use crate::app::{OutputRef, RefAction};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::CommandButton;
use crate::ui::words::Words;
use leptos::prelude::*;

/// The references, of which one is chosen, and what can be done with that.
#[component]
pub(super) fn OutputRefs(refs: Vec<OutputRef>, chosen: usize) -> impl IntoView {
    let ui = use_ui();
    let uses = refs.get(chosen).map(|reference| view! { <Uses reference=reference.clone() /> });
    view! {
        <section class="why output-refs" aria-label=ui.text(Words::use_output)>
            <Names refs=refs chosen=chosen />
            <div class="output-refs-uses" data-testid="uses">
                {uses}
                <button
                    class="btn btn-small btn-quiet"
                    type="button"
                    on:click=move |_| ui.send(PageMsg::CloseAside)
                >
                    {ui.text(Words::dismiss)}
                </button>
            </div>
        </section>
    }
}

#[component]
fn Names(refs: Vec<OutputRef>, chosen: usize) -> impl IntoView {
    let ui = use_ui();
    if refs.is_empty() {
        return view! { <p class="quiet">{ui.text(Words::nothing_to_use)}</p> }.into_any();
    }
    if let [reference] = refs.as_slice() {
        let reference = reference.clone();
        return view! { <p class="output-refs-name">{move || name(ui.words(), &reference)}</p> }.into_any();
    }
    let names = refs.into_iter().enumerate().map(|(at, reference)| {
        view! {
            <button
                class="segment"
                type="button"
                aria-pressed=(at == chosen).to_string()
                on:click=move |_| ui.send(PageMsg::ChooseRef(at))
            >
                {move || name(ui.words(), &reference)}
            </button>
        }
    });
    view! { <div class="segmented">{names.collect_view()}</div> }.into_any()
}

/// The commands that use a reference, and its parts to be copied.
#[component]
fn Uses(reference: OutputRef) -> impl IntoView {
    let ui = use_ui();
    let commands = ui.read(|state| state.app.ref_actions(&reference));
    let commands = commands.into_iter().map(|(action, command)| {
        let text = move || label(ui.words(), action);
        view! { <CommandButton class="btn btn-small" command=command text=text /> }
    });
    let name = match reference.file {
        Some(file) => file.path,
        None if reference.key.is_empty() => reference.bucket,
        None => reference.key,
    };
    let parts = [Some(name), reference.value, reference.revision.map(|revision| revision.to_string())];
    let copies = parts.into_iter().flatten().map(|part| {
        let mut short: String = part.chars().take(24).collect();
        if short.len() < part.len() {
            short.push('…');
        }
        view! {
            <button
                class="btn btn-small btn-quiet"
                type="button"
                on:click=move |_| ui.send(PageMsg::Copy(part.clone()))
            >
                {move || ui.words().copy(&short)}
            </button>
        }
    });
    (commands.collect_view(), copies.collect_view())
}

fn name(words: Words, reference: &OutputRef) -> String {
    if let Some(file) = &reference.file {
        return file.path.clone();
    }
    let mut name = reference.bucket.clone();
    if !reference.key.is_empty() {
        name = format!("{name} > {}", reference.key);
    }
    match reference.revision {
        Some(revision) => words.reference_revision(&name, revision),
        None => name,
    }
}

fn label(words: Words, action: RefAction) -> String {
    match action {
        RefAction::Get => words.use_get().to_owned(),
        RefAction::GetRevision(revision) => words.use_get_revision(revision),
        RefAction::History => words.use_history().to_owned(),
        RefAction::Update(revision) => words.use_update(revision),
        RefAction::Info => words.use_info().to_owned(),
        RefAction::List => words.use_list().to_owned(),
        RefAction::Watch => words.use_watch().to_owned(),
        RefAction::Show => words.use_show().to_owned(),
        RefAction::ListFolder => words.use_list_folder().to_owned(),
    }
}
