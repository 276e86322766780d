//! Executes the syntax tree. A running command is a future; dropping it interrupts it.
//!
//! In a pipeline the left command runs to its end before the right one starts. Nobody can tell as long as the right one
//! reads all its input first, as `nats kv put` does. Only `| cat` streams, so that it can stand behind a watcher.

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
use crate::base::{Cost, Out, PipeBuffer, Stdin, Stdio, Terminal, Time};

/// The exit status after a syntax error.
const SYNTAX_STATUS: Status = 2;

/// How many commands of the shell a program counts as.
const PROGRAM_COMMANDS: u64 = 25;

/// How many bytes of a syntax tree a word or a command makes at most, about.
const NODE_SIZE: usize = 320;

/// Longer texts are not run: their trees would fill the memory.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Iterations of a `while` loop at one instant of the simulated clock. Further ones take time, so that others can act
/// whom the loop may be waiting for.
const ITERATIONS_PER_INSTANT: u32 = 200;

/// How long each further iteration takes.
const PAUSE: Duration = Duration::from_millis(10);

/// Commands between two yields to other tasks.
const COMMANDS_PER_YIELD: u32 = 32;

/// Commands between two pauses, so that an endless line takes time and can be interrupted.
const COMMANDS_PER_PAUSE: u32 = 10_000;

/// Runs a text; the exit status is that of its last command.
pub async fn run(text: &str, shell: &Shell, io: Stdio) -> Status {
    if text.len() > TEXT_BYTES_MAX || !shell.meter.spend(Cost::Bytes, tree_size(text)) {
        io.stderr.line("sh: 1: Out of space");
        return SYNTAX_STATUS;
    }
    let status = match parse(text) {
        Ok(script) => shell.run_script(&script, &io).await,
        Err(SyntaxError::Incomplete(text) | SyntaxError::Invalid(text)) => {
            io.stderr.line(&format!("sh: 1: Syntax error: {text}"));
            SYNTAX_STATUS
        }
        Err(SyntaxError::Unsupported(text)) => {
            io.stderr.line(&format!("sh: not simulated: {text}"));
            1
        }
    };
    shell.state_mut().status = status;
    status
}

/// How many bytes the syntax tree of a text takes at most, about.
fn tree_size(text: &str) -> u64 {
    let ends = text.bytes().filter(|byte| b" \t\n;&|<>()$`\"'{".contains(byte)).count();
    (text.len() * 2 + ends * NODE_SIZE) as u64
}

impl Shell {
    /// Runs a script to its end, however it ends.
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
            for list in &script.lists {
                status = if list.background {
                    self.background(list, io)
                } else {
                    self.and_or_list(list, io).await?
                };
            }
            Ok(status)
        })
    }

    async fn and_or_list(&self, list: &AndOrList, io: &Stdio) -> Outcome {
        let mut status = self.pipeline(&list.first, io).await?;
        for (operator, pipeline) in &list.rest {
            if (*operator == AndOrOperator::And) == (status == 0) {
                status = self.pipeline(pipeline, io).await?;
            }
        }
        Ok(status)
    }

    /// Starts a list as a background job with a terminal of its own and no input.
    fn background(&self, list: &AndOrList, io: &Stdio) -> Status {
        let terminal =
            Terminal::new(io.stderr.terminal().map_or(COLUMNS, Terminal::visible_columns), &self.meter);
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
            (self.subshell(), Script { lists: vec![AndOrList { background: false, ..list.clone() }] });
        let running = Box::pin(async move { shell.run_script(&script, &inner).await });
        let Some(job) = self.jobs.start_background(&list.text, &terminal, running) else {
            io.stderr.line("sh: 1: Cannot fork");
            return self.ended(2);
        };
        if let Out::Terminal(terminal) = &io.stderr {
            terminal.write(format!("[{}] {}\n", job.number, job.pid).as_bytes());
        }
        self.ended(0)
    }

    async fn pipeline(&self, pipeline: &Pipeline, io: &Stdio) -> Outcome {
        let status = match &pipeline.commands[..] {
            [only] => self.command(only, io).await?,
            commands => self.pipe(commands, io).await?,
        };
        Ok(self.ended(if pipeline.negated { i32::from(status == 0) } else { status }))
    }

    async fn pipe(&self, commands: &[Command], io: &Stdio) -> Outcome {
        let (mut status, mut stdin) = (0, io.stdin.clone());
        let mut rest = commands.iter().peekable();
        while let Some(command) = rest.next() {
            let mut streams = false;
            while rest.next_if(|next| is_bare_cat(next)).is_some() {
                streams = true;
            }
            let buffer = PipeBuffer::new(&self.meter);
            let stdout = if rest.peek().is_none() { io.stdout.clone() } else { Out::Pipe(buffer.clone()) };
            let shell = self.subshell();
            let passing = PipeBuffer::new(&self.meter);
            let inner = if streams { Out::Pipe(passing.clone()) } else { stdout.clone() };
            let inner = Stdio { stdin, stdout: inner, stderr: io.stderr.clone() };
            status = forward(shell.pipeline_command(command, &inner), &passing, &stdout).await;
            if status == INTERRUPTED {
                return Err(Stop::Exit(status)); // Ctrl-C at a question ends the whole pipeline
            }
            status = if streams { 0 } else { status }; // that of `cat`
            if buffer.is_full() {
                return Err(Stop::out_of_space());
            }
            stdin = Stdin::Pipe(Rc::from(buffer.take()));
        }
        Ok(status)
    }

    /// A command of a pipeline, which runs in a subshell.
    async fn pipeline_command(&self, command: &Command, io: &Stdio) -> Status {
        let lists = vec![AndOrList {
            first: Pipeline { negated: false, commands: vec![command.clone()] },
            rest: Vec::new(),
            background: false,
            text: String::new(),
        }];
        self.run_script(&Script { lists }, io).await
    }

    async fn command(&self, command: &Command, io: &Stdio) -> Outcome {
        if matches!(&io.stdout, Out::Pipe(pipe) if pipe.is_full()) || !self.meter.spend(Cost::Commands, 1) {
            return Err(Stop::Exit(SYNTAX_STATUS));
        }
        self.yield_sometimes().await;
        let mut io = io.clone();
        for redirection in &command.redirections {
            match redirection {
                Redirection::HereDocument(word) => {
                    io.stdin = Stdin::Pipe(Rc::from(self.value(word, &io).await?.0.into_bytes()))
                }
                Redirection::StdoutToNull => io.stdout = Out::null(&self.meter),
                Redirection::StderrToNull => io.stderr = Out::null(&self.meter),
                Redirection::StderrToStdout => io.stderr = io.stdout.clone(),
                Redirection::StdoutToStderr => io.stdout = io.stderr.clone(),
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
                    None => Ok(self.ended(0)),
                }
            }
            CommandKind::For { variable, words, body } => {
                let mut status = 0;
                for value in self.words(words, io).await?.0 {
                    self.assign(variable, &value)?;
                    match self.iteration(body, io).await? {
                        Iteration::Done(next) => status = next,
                        Iteration::Break => return Ok(self.ended(0)),
                    }
                }
                Ok(self.ended(status))
            }
            CommandKind::While { until, condition, body } => {
                self.while_loop(*until, condition, body, io).await
            }
        }
    }

    async fn while_loop(&self, until: bool, condition: &Script, body: &Script, io: &Stdio) -> Outcome {
        let (mut status, mut iterations, mut instant) = (0, 0, Time::default());
        loop {
            if self.clock.now() > instant {
                (iterations, instant) = (0, self.clock.now());
            }
            iterations += 1;
            if iterations > ITERATIONS_PER_INSTANT {
                self.clock.sleep(PAUSE).await;
            }
            match self.iteration(condition, io).await? {
                Iteration::Done(condition) if (condition == 0) != until => {}
                Iteration::Done(_) => return Ok(self.ended(status)),
                Iteration::Break => return Ok(self.ended(0)),
            }
            match self.iteration(body, io).await? {
                Iteration::Done(next) => status = next,
                Iteration::Break => return Ok(self.ended(0)),
            }
        }
    }

    /// Runs the condition or body of a loop, and handles the `break` or `continue` that is meant for this loop.
    async fn iteration(&self, body: &Script, io: &Stdio) -> Result<Iteration, Stop> {
        self.state_mut().loop_depth += 1;
        let outcome = self.script(body, io).await;
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
            return Ok(self.ended(last.unwrap_or(0)));
        }
        let name = words.remove(0);
        if let Some(builtin) = builtins::find(&name) {
            let outcome =
                (builtin.run)(Call { shell: self, name: &name, args: &words, io, builtins: BUILTINS }).await;
            return outcome.map(|status| self.ended(status));
        }
        if !self.meter.spend(Cost::Commands, PROGRAM_COMMANDS) {
            return Err(Stop::Exit(SYNTAX_STATUS));
        }
        let mut variables = self.environment();
        variables.extend(values);
        let invocation = Invocation { name: name.clone(), args: words, variables, stdio: io.clone() };
        let running = self.programs.start(invocation);
        let status = match running {
            Some(running) => running.await,
            None => self.not_found(&name, io),
        };
        Ok(self.ended(status))
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

    /// Sets `$?`.
    fn ended(&self, status: Status) -> Status {
        self.state_mut().status = status;
        status
    }

    /// Lets other tasks run from time to time, and Ctrl-C arrive, however long a line runs.
    async fn yield_sometimes(&self) {
        let commands = self.state_mut().count_command();
        let is_output_due = self.meter.is_output_due();
        if commands.is_multiple_of(COMMANDS_PER_PAUSE) {
            self.clock.sleep(PAUSE).await;
        } else if commands.is_multiple_of(COMMANDS_PER_YIELD) || is_output_due {
            yield_now().await;
        }
    }
}

enum Iteration {
    Done(Status),
    Break,
}

fn is_bare_cat(command: &Command) -> bool {
    let CommandKind::Simple { assignments, words } = &command.kind else { return false };
    let words: Option<Vec<String>> = words.iter().map(Word::as_literal).collect();
    let is_cat = words.is_some_and(|words| words == ["cat"] || words == ["cat", "-"]);
    is_cat && assignments.is_empty() && command.redirections.is_empty()
}

/// Runs `work` and passes on what it writes into `buffer` while it writes it.
async fn forward<T>(work: impl Future<Output = T>, buffer: &PipeBuffer, out: &Out) -> T {
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
