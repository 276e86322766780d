//! The bar that shows how far a command is, as the real command's library (go-pretty) draws it.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::columns;
use crate::base::Time;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::Nanos;

/// How often it is drawn.
const PERIOD: Duration = Duration::from_millis(250);

/// How long the command waits for its last drawing.
const LAST: Duration = Duration::from_millis(300);

/// How many columns of the terminal are for something else than the bar; half of what is left is for the bar.
const REST: usize = 30;

/// Up a line, and that erased.
const BACK: &str = "\x1b[A\x1b[K";

/// How far a command is towards a total.
pub struct Progress<'a> {
    cmd: &'a RunningCommand,
    total: u64,
    value: Cell<u64>,
    began: Time,
    ended: Cell<Option<Time>>,
    /// It stands on the screen already, to be drawn over.
    is_drawn: Cell<bool>,
    /// The last drawing is there.
    is_over: Cell<bool>,
}

impl Progress<'_> {
    pub fn new(cmd: &RunningCommand, total: u64) -> Progress<'_> {
        Progress {
            cmd,
            total,
            value: Cell::new(0),
            began: cmd.env.clock.now(),
            ended: Cell::new(None),
            is_drawn: Cell::new(false),
            is_over: Cell::new(false),
        }
    }

    /// One more is done.
    pub fn step(&self) {
        self.reach(self.value.get() + 1);
    }

    /// So many are done.
    pub fn reach(&self, value: u64) {
        if self.ended.get().is_some() {
            return;
        }
        self.value.set(value);
        if value >= self.total {
            self.ended.set(Some(self.cmd.env.clock.now()));
        }
    }

    /// Draws it while `work` goes on, and a last time behind it.
    pub async fn beside<T>(&self, work: impl Future<Output = T>) -> T {
        let clock = &self.cmd.env.clock;
        let result = {
            let (mut work, mut drawing) = (
                pin!(work),
                pin!(async {
                    loop {
                        clock.sleep(PERIOD).await;
                        self.draw();
                    }
                }),
            );
            poll_fn(|context| {
                let worked = work.as_mut().poll(context);
                if worked.is_pending() {
                    let _: Poll<()> = drawing.as_mut().poll(context);
                }
                worked
            })
            .await
        };
        self.draw();
        clock.sleep(LAST).await;
        result
    }

    fn draw(&self) {
        if self.is_over.get() {
            return;
        }
        let back = if self.is_drawn.replace(true) { BACK } else { "" };
        self.is_over.set(self.ended.get().is_some());
        self.cmd.line(format!("{back}{}", self.to_text()));
    }

    fn to_text(&self) -> String {
        let now = self.cmd.env.clock.now();
        let (took, precision) = match self.ended.get() {
            Some(ended) => (Nanos::from(ended.since(self.began)), 1_000_000),
            None => (Nanos::from(now.since(self.began)), 1_000),
        };
        let taken = rounded(took, precision);
        let speed = match rounded(took, 1_000) {
            Nanos(..=1_000) => String::new(),
            Nanos(nanos) => {
                let speed = self.value.get() as f64 / (nanos as f64 / 1e9);
                format!("; {}/s", short(speed as u64))
            }
        };
        let statistics = format!("[{} in {taken}{speed}]", short(self.value.get()));
        match self.ended.get() {
            Some(_) => format!(" done! {statistics}"),
            None => format!("{} {statistics} ", self.bar()),
        }
    }

    fn bar(&self) -> String {
        let columns = self.cmd.width().map_or(80, |width| width.saturating_sub(REST).max(10));
        let length = (columns / 2).saturating_sub(2).max(1);
        let share = match self.total {
            0 => 0.0,
            total => self.value.get() as f64 / total as f64,
        };
        let dots = share * length as f64;
        let next = match dots.fract() {
            0.75.. => "▓",
            0.5.. => "▒",
            0.0 => "",
            _ => "░",
        };
        let full = format!("{}{next}", "█".repeat(dots as usize));
        let bar = format!("║{full:░<length$}║");
        let bar = match self.cmd.width().and_then(|_| columns::colour(self.cmd.colours())) {
            Some(colour) => format!("\x1b[{colour}m{bar}\x1b[0m"),
            None => bar,
        };
        format!("{:5.2}% {bar}", share * 100.0)
    }
}

/// Go's `Duration.Round`.
fn rounded(Nanos(nanos): Nanos, precision: i64) -> Nanos {
    Nanos((nanos + precision / 2) / precision * precision)
}

/// A number with at most three digits before its unit: `999`, `1.50K`.
fn short(number: u64) -> String {
    let units = [(1e15, "Q"), (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")];
    match units.into_iter().find(|(scale, _)| number as f64 >= *scale) {
        Some((scale, unit)) => format!("{:.2}{unit}", number as f64 / scale),
        None => number.to_string(),
    }
}
