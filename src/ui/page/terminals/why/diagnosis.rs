//! Why a command failed, with what happened to its key and what to do now.

use super::sentence::sentence;
use crate::app::{Cause, Diagnosis, KeyWrite};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{CommandButton, ExternalLink, OperationTag, Shape};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn DiagnosisView(diagnosis: Diagnosis) -> impl IntoView {
    let ui = use_ui();
    let Diagnosis { cause, writes, command, step, link } = diagnosis;
    let wanted = refused(&cause);
    // Where they are of several keys, each says of which.
    let of_one_key = writes.iter().all(|write| write.key == writes[0].key);
    let lane = (!writes.is_empty()).then(|| {
        view! {
            <ol class="lane" aria-label=ui.text(Words::what_happened)>
                {writes.into_iter().map(|write| view! { <Written write=write names_key=!of_one_key /> }).collect_view()}
                {wanted.map(|wanted| {
                    view! {
                        <li class="lane-refused">
                            <strong>{ui.text(Words::this_command)}</strong> " "
                            {move || match wanted {
                                Refused::First => ui.words().wants_new().to_owned(),
                                Refused::After(revision) => ui.words().follows(revision),
                            }}
                        </li>
                    }
                })}
            </ol>
        }
    });
    let command = command.map(|command| {
        view! {
            <p class="why-line">
                {ui.text(Words::try_this)} " "
                <code translate="no" class="why-command">
                    <CommandButton command=command.clone() text=command />
                </code>
            </p>
        }
    });
    let step = step.map(|(number, heading)| {
        view! {
            <p class="why-line">
                {ui.text(Words::in_the_lesson)} " "
                <button class="why-step" type="button" on:click=move |_| ui.send(PageMsg::OpenStep(number))>
                    {heading}
                </button>
            </p>
        }
    });
    let page = link.rfind('/').map_or("", |at| &link[at..]);
    let link_text = format!("docs.nats.io/…{page}");
    view! {
        <section class="why" aria-label=ui.text(Words::why)>
            <p>{move || sentence(ui.words(), &cause)}</p>
            {lane}
            {command}
            {step}
            <p class="why-line">
                {ui.text(Words::in_the_documentation)} " "
                <ExternalLink url=link text=link_text />
            </p>
        </section>
    }
}

/// What a refused write wanted.
#[derive(Clone, Copy)]
enum Refused {
    /// To be the first.
    First,
    /// To follow this revision.
    After(u64),
}

fn refused(cause: &Cause) -> Option<Refused> {
    match cause {
        Cause::Exists { .. } => Some(Refused::First),
        Cause::Later { expected, .. }
        | Cause::Sooner { expected, .. }
        | Cause::OfOtherKey { expected, .. }
        | Cause::Unwritten { expected, .. }
        | Cause::Missing { expected, .. }
        | Cause::GoneSince { expected, .. } => Some(Refused::After(*expected)),
        _ => None,
    }
}

/// A write: revision, what was done, by whom and when.
#[component]
fn Written(write: KeyWrite, names_key: bool) -> impl IntoView {
    let KeyWrite { key, revision, operation, value, author, time } = write;
    view! {
        <li>
            <OperationTag revision=revision operation=operation />
            {names_key.then(|| view! { <code translate="no">{key}</code> })}
            {value.map(|value| view! { <code translate="no" class="lane-value">{value}</code> })}
            {author.map(|(name, badge)| view! { <Shape badge=badge /> <strong>{name}</strong> })}
            <time>{time}</time>
        </li>
    }
}
