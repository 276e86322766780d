//! Runs what `parse` has read. A command is a future that somebody polls; to interrupt it is to drop it.
//!
//! In a pipe the left side runs to its end before the right one starts, which nobody can tell from outside as
//! long as the right one reads everything first, as `nats kv put` and `$(…)` do. Only `| cat` passes on what
//! comes while it comes, so that it can stand behind a watcher.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use super::builtins::{self, BUILTINS, Call};
use super::jobs::INTERRUPTED;
use super::outcome::{BoxFuture, Outcome, Stop};
use super::parse::parse;
use super::program::{Invocation, Status};
use super::state::Shell;
use super::suggest;
use super::syntax::*;
use crate::base::pty::COLUMNS;
use crate::base::{Out, Stdin, Stdio, Terminal, Time};

/// The status of a text that was not understood.
const SYNTAX_STATUS: Status = 2;

/// Rounds of a `while` loop within one moment of the clock, after which it has to let time pass: a loop that
/// waits for somebody else would otherwise never let them act.
const ROUNDS_A_MOMENT: u32 = 200;

/// How long such a loop then waits in each round.
const ROUND: Duration = Duration::from_millis(10);

/// Commands after which others get their turn.
const COMMANDS_A_TURN: u32 = 32;

/// Commands after which some time passes, lest a line that would take for ever does so within one moment, in which
/// nobody could stop it.
const COMMANDS_A_ROUND: u32 = 10_000;

/// Runs a text as a person has typed it; the status is that of its last command.
pub async fn run(text: &str, shell: &Shell, io: Stdio) -> Status {
    let status = match parse(text) {
        Ok(script) => shell.run_script(&script, &io).await,
        Err(SyntaxError::Incomplete(text) | SyntaxError::Wrong(text)) => {
            io.stderr.line(&format!("sh: 1: Syntax error: {text}"));
            SYNTAX_STATUS
        }
        Err(SyntaxError::Refused(text)) => {
            io.stderr.line(&format!("sh: not simulated: {text}"));
            1
        }
    };
    shell.state_mut().status = status;
    status
}

impl Shell {
    /// Runs a script to its end, whatever it ends with.
    pub(super) async fn run_script(&self, script: &Script, io: &Stdio) -> Status {
        let status = match self.script(script, io).await {
            Ok(status) | Err(Stop::Exit(status)) => status,
            Err(Stop::Error { message, status }) => {
                io.stderr.line(&format!("sh: 1: {message}"));
                status
            }
            Err(Stop::Break(_) | Stop::Continue(_)) => 0,
        };
        self.state_mut().status = status;
        status
    }

    fn script<'a>(&'a self, script: &'a Script, io: &'a Stdio) -> BoxFuture<'a> {
        Box::pin(async move {
            let mut status = 0;
            for step in &script.steps {
                status = if step.background {
                    self.background(step, io)
                } else {
                    self.junctions(step, io).await?
                };
            }
            Ok(status)
        })
    }

    /// `a && b || c`
    async fn junctions(&self, step: &Step, io: &Stdio) -> Outcome {
        let mut status = self.pipeline(&step.first, io).await?;
        for (junction, pipeline) in &step.rest {
            if (*junction == Junction::And) == (status == 0) {
                status = self.pipeline(pipeline, io).await?;
            }
        }
        Ok(status)
    }

    /// Starts a step as a job of its own, on a terminal of its own, with nothing to read.
    fn background(&self, step: &Step, io: &Stdio) -> Status {
        let terminal = Terminal::new(io.stderr.terminal().map_or(COLUMNS, Terminal::visible_columns));
        let on_terminal = |out: &Out| match out {
            Out::Terminal(_) => Out::Terminal(terminal.clone()),
            Out::Pipe(_) => out.clone(),
        };
        let inner = Stdio {
            stdin: Stdin::Pipe(Rc::from([])),
            stdout: on_terminal(&io.stdout),
            stderr: on_terminal(&io.stderr),
        };
        let (shell, script) =
            (self.subshell(), Script { steps: vec![Step { background: false, ..step.clone() }] });
        let running = Box::pin(async move { shell.run_script(&script, &inner).await });
        let job = self.jobs.start_background(&step.text, &terminal, running);
        if let Out::Terminal(terminal) = &io.stderr {
            terminal.write(format!("[{}] {}\n", job.number, job.process).as_bytes());
        }
        self.done(0)
    }

    async fn pipeline(&self, pipeline: &Pipeline, io: &Stdio) -> Outcome {
        let status = match &pipeline.commands[..] {
            [only] => self.command(only, io).await?,
            commands => self.pipe(commands, io).await?,
        };
        Ok(self.done(if pipeline.negated { i32::from(status == 0) } else { status }))
    }

    async fn pipe(&self, commands: &[Command], io: &Stdio) -> Outcome {
        let (mut status, mut stdin) = (0, io.stdin.clone());
        let mut rest = commands.iter().peekable();
        while let Some(command) = rest.next() {
            let mut streams = false;
            while rest.next_if(|next| is_bare_cat(next)).is_some() {
                streams = true;
            }
            let (next, buffer) = Out::pipe();
            let stdout = if rest.peek().is_none() { io.stdout.clone() } else { next };
            let shell = self.subshell();
            let (inner, passing) = Out::pipe();
            let inner = if streams { inner } else { stdout.clone() };
            let inner = Stdio { stdin, stdout: inner, stderr: io.stderr.clone() };
            status = forward(shell.one(command, &inner), &passing, &stdout).await;
            if status == INTERRUPTED {
                return Err(Stop::Exit(status)); // Ctrl-C at a question ends the whole pipe
            }
            status = if streams { 0 } else { status }; // that of `cat`
            stdin = Stdin::Pipe(Rc::from(buffer.take()));
        }
        Ok(status)
    }

    /// A command of a pipe, which is a subshell.
    async fn one(&self, command: &Command, io: &Stdio) -> Status {
        let steps = vec![Step {
            first: Pipeline { negated: false, commands: vec![command.clone()] },
            rest: Vec::new(),
            background: false,
            text: String::new(),
        }];
        self.run_script(&Script { steps }, io).await
    }

    async fn command(&self, command: &Command, io: &Stdio) -> Outcome {
        self.take_turn().await;
        let mut io = io.clone();
        for redirection in &command.redirections {
            match redirection {
                Redirection::Here(word) => {
                    io.stdin = Stdin::Pipe(Rc::from(self.value(word, &io).await?.0.into_bytes()))
                }
                Redirection::OutToNothing => io.stdout = Out::pipe().0,
                Redirection::ErrorsToNothing => io.stderr = Out::pipe().0,
                Redirection::ErrorsToOut => io.stderr = io.stdout.clone(),
                Redirection::OutToErrors => io.stdout = io.stderr.clone(),
            }
        }
        let io = &io;
        match &command.kind {
            CommandKind::Simple { assignments, words } => self.simple(assignments, words, io).await,
            CommandKind::Group(script) => self.script(script, io).await,
            CommandKind::Subshell(script) => Ok(self.subshell().run_script(script, io).await),
            CommandKind::If { arms, otherwise } => {
                for (condition, body) in arms {
                    if self.script(condition, io).await? == 0 {
                        return self.script(body, io).await;
                    }
                }
                match otherwise {
                    Some(body) => self.script(body, io).await,
                    None => Ok(self.done(0)),
                }
            }
            CommandKind::For { variable, words, body } => {
                let mut status = 0;
                for value in self.words(words, io).await?.0 {
                    self.assign(variable, &value)?;
                    match self.round(body, io).await? {
                        Round::Next(next) => status = next,
                        Round::Over => return Ok(self.done(0)),
                    }
                }
                Ok(self.done(status))
            }
            CommandKind::While { until, condition, body } => self.repeat(*until, condition, body, io).await,
        }
    }

    async fn repeat(&self, until: bool, condition: &Script, body: &Script, io: &Stdio) -> Outcome {
        let (mut status, mut rounds, mut moment) = (0, 0, Time::default());
        loop {
            if self.clock.now() > moment {
                (rounds, moment) = (0, self.clock.now());
            }
            rounds += 1;
            if rounds > ROUNDS_A_MOMENT {
                self.clock.sleep(ROUND).await;
            }
            match self.round(condition, io).await? {
                Round::Next(condition) if (condition == 0) != until => {}
                Round::Next(_) => return Ok(self.done(status)),
                Round::Over => return Ok(self.done(0)),
            }
            match self.round(body, io).await? {
                Round::Next(next) => status = next,
                Round::Over => return Ok(self.done(0)),
            }
        }
    }

    /// Runs what a loop repeats, and takes the `break` or `continue` that is meant for it.
    async fn round(&self, body: &Script, io: &Stdio) -> Result<Round, Stop> {
        self.state_mut().loops += 1;
        let outcome = self.script(body, io).await;
        self.state_mut().loops -= 1;
        match outcome {
            Ok(status) => Ok(Round::Next(status)),
            Err(Stop::Continue(1)) => Ok(Round::Next(0)),
            Err(Stop::Break(1)) => Ok(Round::Over),
            Err(Stop::Continue(loops)) => Err(Stop::Continue(loops - 1)),
            Err(Stop::Break(loops)) => Err(Stop::Break(loops - 1)),
            Err(other) => Err(other),
        }
    }

    async fn simple(&self, assignments: &[(String, Word)], words: &[Word], io: &Stdio) -> Outcome {
        let (mut words, mut last) = self.words(words, io).await?;
        let mut values = Vec::new();
        for (name, word) in assignments {
            let (value, output) = self.value(word, io).await?;
            last = output.or(last);
            if words.is_empty() {
                self.assign(name, &value)?;
            } else {
                values.push((name.clone(), value));
            }
        }
        if words.is_empty() {
            return Ok(self.done(last.unwrap_or(0)));
        }
        let name = words.remove(0);
        if let Some(builtin) = builtins::find(&name) {
            let outcome =
                (builtin.run)(Call { shell: self, name: &name, args: &words, io, builtins: BUILTINS }).await;
            return outcome.map(|status| self.done(status));
        }
        let mut variables = self.state().exported();
        variables.extend(values);
        let invocation = Invocation { name: name.clone(), args: words, variables, stdio: io.clone() };
        let running = self.programs.start(invocation);
        let status = match running {
            Some(running) => running.await,
            None => self.not_found(&name, io),
        };
        Ok(self.done(status))
    }

    fn not_found(&self, name: &str, io: &Stdio) -> Status {
        io.stderr.line(&format!("sh: 1: {name}: not found"));
        let programs = self.programs.names();
        let known = programs.iter().map(|(name, _)| *name).chain(BUILTINS.iter().map(|builtin| builtin.name));
        let absent = builtins::ABSENT.iter().find(|(absent, _)| *absent == name);
        io.stderr.line(&match (absent, suggest::nearest(name, known)) {
            (Some((_, instead)), _) => format!("This is a small shell: {instead}."),
            (None, Some(meant)) => format!("Did you mean \"{meant}\"?"),
            (None, None) => "This is a small shell: \"help\" lists what it has.".to_owned(),
        });
        127
    }

    fn done(&self, status: Status) -> Status {
        self.state_mut().status = status;
        status
    }

    /// Lets others act from time to time, and Ctrl-C arrive, however long a line runs.
    async fn take_turn(&self) {
        let commands = self.state_mut().count_command();
        if commands.is_multiple_of(COMMANDS_A_ROUND) {
            self.clock.sleep(ROUND).await;
        } else if commands.is_multiple_of(COMMANDS_A_TURN) {
            yield_now().await;
        }
    }
}

enum Round {
    Next(Status),
    Over,
}

fn is_bare_cat(command: &Command) -> bool {
    let CommandKind::Simple { assignments, words } = &command.kind else { return false };
    let words: Option<Vec<String>> = words.iter().map(Word::as_literal).collect();
    let is_cat = words.is_some_and(|words| words == ["cat"] || words == ["cat", "-"]);
    is_cat && assignments.is_empty() && command.redirections.is_empty()
}

/// Runs `work` and passes on what it writes into `buffer` while it writes it.
async fn forward<T>(work: impl Future<Output = T>, buffer: &Rc<RefCell<Vec<u8>>>, out: &Out) -> T {
    let mut work = pin!(work);
    poll_fn(|context| {
        let polled = work.as_mut().poll(context);
        out.write(&buffer.take());
        polled
    })
    .await
}

async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
