//! Loops: `for`, `while`, `until`, and what they have in common with `select`.

use std::time::Duration;

use super::outcome::{Outcome, Stop};
use super::state::Shell;
use super::syntax::{Script, Word};
use crate::base::{Stdio, Time};
use crate::programs::Status;

/// Iterations of a `while` loop at one instant of the simulated clock. Further ones take time, so that others can act
/// whom the loop may be waiting for.
const ITERATIONS_PER_INSTANT: u32 = 200;

/// How long each further iteration takes.
const PAUSE: Duration = Duration::from_millis(10);

impl Shell {
    /// The words behind `in`, or those of the shell.
    pub(super) async fn loop_values(&self, words: Option<&[Word]>, io: &Stdio) -> Result<Vec<String>, Stop> {
        match words {
            Some(words) => Ok(self.words(words, io).await?.0),
            None => Ok(self.state().positional.clone()),
        }
    }

    pub(super) async fn for_loop(
        &self,
        variable: &str,
        values: Vec<String>,
        body: &Script,
        io: &Stdio,
    ) -> Outcome {
        let (mut status, part) = (0, self.part());
        for (number, value) in values.into_iter().enumerate() {
            part.set(number);
            self.assign(variable, &value)?;
            match self.iteration(body, false, io).await? {
                Iteration::Done(next) => status = next,
                Iteration::Break => return Ok(self.ended(0)),
            }
        }
        Ok(self.ended(status))
    }

    pub(super) async fn for_arithmetic(
        &self,
        first: &Word,
        condition: &Word,
        step: &Word,
        body: &Script,
        io: &Stdio,
    ) -> Outcome {
        let (mut status, mut pace) = (0, Pace::default());
        self.number(first, io).await?;
        loop {
            pace.pause(self).await;
            let (text, _) = self.value(condition, io).await?;
            if !text.trim().is_empty() && self.arithmetic(&text)? == 0 {
                return Ok(self.ended(status));
            }
            match self.iteration(body, false, io).await? {
                Iteration::Done(next) => status = next,
                Iteration::Break => return Ok(self.ended(0)),
            }
            self.number(step, io).await?;
        }
    }

    pub(super) async fn while_loop(
        &self,
        until: bool,
        condition: &Script,
        body: &Script,
        io: &Stdio,
    ) -> Outcome {
        let (mut status, mut pace) = (0, Pace::default());
        loop {
            pace.pause(self).await;
            match self.iteration(condition, true, io).await? {
                Iteration::Done(condition) if (condition == 0) != until => {}
                Iteration::Done(_) => return Ok(self.ended(status)),
                Iteration::Break => return Ok(self.ended(0)),
            }
            match self.iteration(body, false, io).await? {
                Iteration::Done(next) => status = next,
                Iteration::Break => return Ok(self.ended(0)),
            }
        }
    }

    /// Runs the condition or body of a loop, and handles the `break` or `continue` that is meant for this loop.
    pub(super) async fn iteration(&self, body: &Script, tested: bool, io: &Stdio) -> Result<Iteration, Stop> {
        self.state_mut().loop_depth += 1;
        self.state_mut().tested += usize::from(tested);
        let outcome = self.script(body, io).await;
        self.state_mut().tested -= usize::from(tested);
        self.state_mut().loop_depth -= 1;
        match outcome {
            Ok(status) => Ok(Iteration::Done(status)),
            Err(Stop::Continue(1)) => Ok(Iteration::Done(0)),
            Err(Stop::Break(1)) => Ok(Iteration::Break),
            Err(Stop::Continue(loops)) => Err(Stop::Continue(loops - 1)),
            Err(Stop::Break(loops)) => Err(Stop::Break(loops - 1)),
            Err(other) => Err(other),
        }
    }
}

pub(super) enum Iteration {
    Done(Status),
    Break,
}

/// Lets time pass in a loop that runs too often at one instant.
#[derive(Default)]
struct Pace {
    iterations: u32,
    instant: Time,
}

impl Pace {
    async fn pause(&mut self, shell: &Shell) {
        let clock = &shell.machine.clock;
        if clock.now() > self.instant {
            (self.iterations, self.instant) = (0, clock.now());
        }
        self.iterations += 1;
        if self.iterations > ITERATIONS_PER_INSTANT {
            clock.sleep(PAUSE).await;
        }
    }
}
