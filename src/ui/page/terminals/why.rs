//! Why a command failed: in a sentence, with who wrote in between, and where it is explained.

use crate::app::{Cause, Diagnosis, KeyWrite, TerminalId};
use crate::ui::context::use_ui;
use crate::ui::message::PageMsg;
use crate::ui::page::widgets::{CommandButton, ExternalLink, OperationTag, Shape, operation_word};
use crate::ui::words::Words;
use leptos::prelude::*;

#[component]
pub(super) fn Why(terminal: TerminalId, block: u64) -> impl IntoView {
    let ui = use_ui();
    let diagnosis = Memo::new(move |_| {
        ui.model.versions.track();
        ui.read(|state| state.app.diagnose(terminal, block))
    });
    move || diagnosis.get().map(|diagnosis| view! { <DiagnosisView diagnosis=diagnosis /> })
}

#[component]
fn DiagnosisView(diagnosis: Diagnosis) -> impl IntoView {
    let ui = use_ui();
    let Diagnosis { cause, writes, command, step, link } = diagnosis;
    let wanted = refused(&cause);
    let lane = (!writes.is_empty()).then(|| {
        view! {
            <ol class="lane" aria-label=ui.text(Words::what_happened)>
                {writes.into_iter().map(|write| view! { <Written write=write /> }).collect_view()}
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
        | Cause::Missing { expected, .. }
        | Cause::GoneSince { expected, .. } => Some(Refused::After(*expected)),
        _ => None,
    }
}

/// A write: revision, what was done, by whom and when.
#[component]
fn Written(write: KeyWrite) -> impl IntoView {
    let KeyWrite { revision, operation, value, author, time, .. } = write;
    view! {
        <li>
            <OperationTag revision=revision operation=operation />
            {value.map(|value| view! { <code translate="no" class="lane-value">{value}</code> })}
            {author.map(|(name, badge)| view! { <Shape badge=badge /> <strong>{name}</strong> })}
            <time>{time}</time>
        </li>
    }
}

fn sentence(words: Words, cause: &Cause) -> String {
    match cause {
        Cause::Exists { key, actual } => words.why_exists(key, *actual),
        Cause::Later { key, expected, actual } => words.why_later(key, *expected, *actual),
        Cause::Sooner { key, expected, actual } => words.why_sooner(key, *expected, *actual),
        Cause::Missing { key, expected } => words.why_missing(key, *expected),
        Cause::Never { key } => words.why_never(key),
        Cause::Gone { key, operation } => words.why_gone(key, operation_word(*operation)),
        Cause::GoneSince { key, expected, operation } => {
            words.why_gone_since(key, *expected, operation_word(*operation))
        }
        Cause::Expired { key, at } => words.why_expired(key, at),
        Cause::NoRevision { key } => words.why_no_revision(key),
        Cause::NoBucket { others } if others.is_empty() => words.why_no_bucket_at_all().to_owned(),
        Cause::NoBucket { others } => words.why_no_bucket(&others.join(", ")),
        Cause::NoJetStream => words.why_no_jetstream().to_owned(),
        Cause::NoServer => words.why_no_server().to_owned(),
        Cause::NoResponders => words.why_nobody().to_owned(),
        Cause::InvalidKey => words.why_key().to_owned(),
        Cause::InvalidBucketName => words.why_bucket_name().to_owned(),
        Cause::Api(code) => words.why_api((*code).into()),
    }
}
