//! `select`: a menu of words, one of which is chosen again and again.

use super::loops::Iteration;
use super::outcome::{Outcome, Stop};
use super::state::Shell;
use super::syntax::Script;
use crate::base::pty::{COLUMNS, END_OF_INPUT};
use crate::base::{Stdin, Stdio};
use crate::programs::INTERRUPTED;

impl Shell {
    pub(super) async fn select_loop(
        &self,
        variable: &str,
        values: &[String],
        body: &Script,
        io: &Stdio,
    ) -> Outcome {
        if values.is_empty() {
            return Ok(self.ended(0));
        }
        let (mut status, mut shows) = (0, true);
        loop {
            if std::mem::take(&mut shows) {
                io.stderr.print(&menu(values));
            }
            let Some(line) = self.choice(io).await? else {
                io.stdout.line("");
                return Ok(self.ended(1));
            };
            shows = line.is_empty();
            if shows {
                continue;
            }
            let chosen =
                line.trim().parse::<usize>().ok().and_then(|number| values.get(number.wrapping_sub(1)));
            self.assign("REPLY", &line)?;
            self.assign(variable, chosen.map_or("", String::as_str))?;
            match self.iteration(body, false, io).await? {
                Iteration::Done(next) => status = next,
                Iteration::Break => return Ok(self.ended(status)),
            }
        }
    }

    /// What is typed behind `$PS3`; `None` at the end of the input.
    async fn choice(&self, io: &Stdio) -> Result<Option<String>, Stop> {
        let prompt = self.variable("PS3").unwrap_or_else(|| "#? ".to_owned());
        match &io.stdin {
            Stdin::Terminal(terminal) => {
                let typed = terminal.read_line(&prompt).await.map_err(|_| Stop::Exit(INTERRUPTED))?;
                if typed == END_OF_INPUT {
                    return Ok(None);
                }
                terminal.write(format!("{prompt}{typed}\n").as_bytes());
                Ok(Some(typed))
            }
            Stdin::Pipe(pipe) => {
                io.stderr.print(&prompt);
                let line = String::from_utf8_lossy(&pipe.line().await).into_owned();
                Ok(Some(line)
                    .filter(|line| !line.is_empty())
                    .map(|line| line.trim_end_matches('\n').to_owned()))
            }
        }
    }
}

/// Numbered words, in columns where they would not stand in one line.
fn menu(values: &[String]) -> String {
    let digits = |number: usize| number.to_string().len();
    let longest = values.iter().map(|value| value.chars().count()).max().unwrap_or(0);
    let step = longest + digits(values.len()) + 4;
    let columns = (COLUMNS / step).max(1);
    let rows = values.len().div_ceil(columns);
    let rows = if rows == 1 { values.len() } else { rows };
    let mut menu = String::new();
    for row in 0..rows {
        for at in (row..values.len()).step_by(rows) {
            let width = if at < rows { digits(rows) } else { digits(values.len()) };
            menu.push_str(&format!("{:>width$}) {}", at + 1, values[at]));
            if at + rows < values.len() {
                let begin = at / rows * step;
                indent(&mut menu, begin + width + 2 + values[at].chars().count(), begin + step);
            }
        }
        menu.push('\n');
    }
    menu
}

/// Blanks from one column to another, with tabs where there are stops between.
fn indent(text: &mut String, from: usize, to: usize) {
    const STOP: usize = 8;
    let mut at = from;
    while at < to {
        let is_far = to / STOP > at / STOP;
        text.push(if is_far { '\t' } else { ' ' });
        at = if is_far { (at / STOP + 1) * STOP } else { at + 1 };
    }
}
