//! The simulated clock, and what moves it.

use super::clock_amount::ClockAmount;
use crate::app::{ClockMsg, Msg};
use crate::ui::context::use_ui;
use crate::ui::page::widgets::{CLOCK, Icon, PAUSE, PLAY, projection};
use crate::ui::words::Words;
use leptos::prelude::*;

/// How far a button moves the clock.
#[derive(Clone, Copy)]
enum Step {
    Seconds(u16),
    Minutes(u16),
    Hours(u16),
}

const STEPS: [Step; 4] = [Step::Seconds(1), Step::Seconds(10), Step::Minutes(1), Step::Hours(1)];

impl Step {
    fn millis(self) -> u64 {
        match self {
            Step::Seconds(count) => 1000 * u64::from(count),
            Step::Minutes(count) => 60_000 * u64::from(count),
            Step::Hours(count) => 3_600_000 * u64::from(count),
        }
    }

    fn label(self, words: Words) -> String {
        match self {
            Step::Seconds(count) => words.seconds_more(count.into()),
            Step::Minutes(count) => words.minutes_more(count.into()),
            Step::Hours(count) => words.hours_more(count.into()),
        }
    }
}

#[component]
pub(super) fn Clock() -> impl IntoView {
    let ui = use_ui();
    let clock = ui.model.clock;
    let held = projection(clock, |clock| clock.held);
    let next = projection(clock, |clock| clock.next.clone());
    let hold_icon = Signal::derive(move || if held.get() { PLAY } else { PAUSE });
    let hold_label = move || if held.get() { ui.words().let_run() } else { ui.words().hold() };
    let next_label = move || match next.get() {
        Some(next) => ui.words().next_expiry(&next),
        None => ui.words().nothing_expires().to_owned(),
    };
    let skip = move |step: Step| {
        view! {
            <button
                class="btn btn-small clock-button"
                type="button"
                on:click=move |_| ui.send(Msg::Clock(ClockMsg::Skip(step.millis())))
            >
                {move || step.label(ui.words())}
                <span class="visually-hidden">" " {ui.text(Words::on_the_clock)}</span>
            </button>
        }
    };
    view! {
        <div class="clock" role="group" aria-label=ui.text(Words::clock)>
            <span class="clock-label">
                <Icon path=CLOCK />
                {ui.text(Words::simulated)}
            </span>
            <time class="clock-time">
                <span class="clock-date">{move || clock.with(|clock| clock.date.clone())}</span>
                {move || clock.with(|clock| format!(" {}", clock.time))}
            </time>
            <button
                class="btn btn-small clock-button"
                type="button"
                on:click=move |_| ui.send(Msg::Clock(ClockMsg::Hold(!held.get_untracked())))
            >
                <Icon path=hold_icon />
                {hold_label}
            </button>
            <span class="clock-buttons">
                {STEPS.map(skip).collect_view()}
                <button
                    class="btn btn-small clock-button"
                    type="button"
                    disabled=move || next.with(Option::is_none)
                    on:click=move |_| ui.send(Msg::Clock(ClockMsg::SkipToExpiry))
                >
                    {next_label}
                </button>
                <ClockAmount />
            </span>
        </div>
    }
}
