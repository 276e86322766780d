//! Executes the syntax tree. A running command is a future; dropping it interrupts it.

use std::time::Duration;

use super::outcome::{BoxFuture, Outcome, Stop};
use super::parse::{Dialect, parse};
use super::place::Redirected;
use super::signal::Signal;
use super::state::Shell;
use super::syntax::*;
use crate::base::pty::COLUMNS;
use crate::base::{Cost, Out, Stdin, Stdio, Terminal};
use crate::programs::{Status, yield_now};
use crate::term::paste;

/// The exit status after a syntax error.
const SYNTAX_STATUS: Status = 2;

/// Longer texts are not run: their trees would fill the memory.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Lines of one command that are read to find where a text stops being understood.
const COMMAND_LINES_MAX: usize = 200;

/// How long it takes to let others run.
const PAUSE: Duration = Duration::from_millis(10);

/// Commands between two yields to other tasks.
const COMMANDS_PER_YIELD: u32 = 32;

/// Commands between two pauses, so that an endless line takes time and can be interrupted.
const COMMANDS_PER_PAUSE: u32 = 10_000;

/// Runs a text; the exit status is that of its last command.
pub async fn run(text: &str, shell: &Shell, io: Stdio) -> Status {
    if shell.is_interactive {
        shell.forget_interrupted();
    }
    let mut text = text;
    if shell.is_interactive {
        if let Some(command) = paste::without_prompt(text, &|word| shell.knows(word)) {
            let prompt = text[..text.len() - command.len()].trim();
            io.stderr.line(&format!("(the prompt \"{prompt}\" is left out)"));
            text = command;
        }
        if let Some(name) = shell.placeholder(text) {
            io.stderr.line(&format!("bash: put a name in place of <{name}>"));
            shell.state_mut().status = SYNTAX_STATUS;
            return SYNTAX_STATUS;
        }
    }
    let status = match shell.parse(text) {
        Ok(script) => shell.run_lines(&script, &io).await,
        Err(error) => shell.run_beginning(text, &error, &io).await,
    };
    shell.state_mut().status = status;
    shell.note_moment();
    status
}

impl Shell {
    /// Reads a text. Aliases are looked up only in what somebody types.
    pub(super) fn parse(&self, text: &str) -> Result<Script, SyntaxError> {
        let is_paid = self.machine.meter.spend(Cost::Bytes, tree_size(text));
        if text.len() > TEXT_BYTES_MAX || !is_paid {
            return Err(SyntaxError::Invalid("cannot allocate memory".to_owned()));
        }
        let state = self.state();
        let aliases = if self.is_interactive { state.aliases.clone() } else { Default::default() };
        parse(text, &Dialect { aliases, extglob: state.options.extglob })
    }

    /// Runs the lines before the one that is not understood, as bash does, which reads them one by one. Then says why.
    async fn run_beginning(&self, text: &str, error: &SyntaxError, io: &Stdio) -> Status {
        let (mut begin, mut lines) = (0, 0);
        for (end, _) in text.match_indices('\n') {
            lines += 1;
            match self.parse(&text[begin..=end]) {
                Ok(_) => (begin, lines) = (end + 1, 0),
                Err(SyntaxError::Incomplete(_)) if lines < COMMAND_LINES_MAX => {}
                Err(_) => break,
            }
        }
        if let Ok(script) = self.parse(&text[..begin])
            && begin > 0
        {
            let (status, has_ended) = self.run_each_line(&script, io).await;
            if has_ended {
                return self.run_exit_trap(status, io).await;
            }
            // Patterns have groups from the line on that is behind `shopt -s extglob`.
            if let Ok(rest) = self.parse(&text[begin..]) {
                return self.run_lines(&rest, io).await;
            }
        }
        let status = self.complain_of(error, io);
        self.run_exit_trap(status, io).await
    }

    /// The first `<name>` of a documentation in a text, which bash would take for redirections.
    fn placeholder<'a>(&self, text: &'a str) -> Option<&'a str> {
        let words = text.split_whitespace().filter_map(|word| word.strip_prefix('<')?.strip_suffix('>'));
        let is_name = |word: &&str| {
            let is_letter = |char: char| char.is_ascii_alphanumeric() || "-_".contains(char);
            word.starts_with(|char: char| char.is_ascii_alphabetic()) && word.chars().all(is_letter)
        };
        let is_file = |word: &str| self.machine.files.info(&self.path(word)).is_some();
        words.filter(is_name).find(|word| !is_file(word))
    }

    /// Says why a text was not understood. Returns the status.
    pub(super) fn complain_of(&self, error: &SyntaxError, io: &Stdio) -> Status {
        match error {
            SyntaxError::Incomplete(text) | SyntaxError::Invalid(text) => {
                io.stderr.line(&format!("bash: {text}"));
                SYNTAX_STATUS
            }
            SyntaxError::Unsupported(text) => {
                io.stderr.line(&format!("bash: not simulated: {text}"));
                1
            }
        }
    }

    /// Leaves the loops and conditions of a line that Ctrl-C has ended.
    fn forget_interrupted(&self) {
        let mut state = self.state_mut();
        (state.loop_depth, state.tested) = (0, 0);
    }

    /// Runs a script to its end, however it ends, and then the command of `trap … EXIT` if the shell ends too.
    pub(super) async fn run_script(&self, script: &Script, io: &Stdio) -> Status {
        let ended = self.run_to_end(&script.lists, io).await;
        self.end_script(ended.status, ended.has_exited, io).await
    }

    /// Runs the text of a shell. An error ends a line of it, and the next one goes on.
    async fn run_lines(&self, script: &Script, io: &Stdio) -> Status {
        let (status, has_exited) = self.run_each_line(script, io).await;
        self.end_script(status, has_exited, io).await
    }

    async fn end_script(&self, status: Status, has_exited: bool, io: &Stdio) -> Status {
        let status = match has_exited || !self.is_interactive {
            true => self.run_exit_trap(status, io).await,
            false => status,
        };
        self.state_mut().status = status;
        status
    }

    async fn run_each_line(&self, script: &Script, io: &Stdio) -> (Status, bool) {
        let (mut status, part) = (0, self.part());
        let lines = script.lists.chunk_by(|_, next| !next.begins_line);
        for (number, line) in lines.enumerate() {
            part.set(number);
            let ended = self.run_to_end(line, io).await;
            status = ended.status;
            if ended.has_exited || ended.has_stopped {
                return (status, ended.has_exited);
            }
        }
        (status, false)
    }

    /// Runs the command of `trap … EXIT`. Returns the status of the shell.
    async fn run_exit_trap(&self, status: Status, io: &Stdio) -> Status {
        let Some(trap) = self.state_mut().traps.remove(&Signal::Exit) else { return status };
        self.state_mut().status = status;
        match self.parse(&trap) {
            Ok(script) => match Box::pin(self.run_to_end(&script.lists, io)).await {
                Ended { status: after, has_exited: true, .. } => after,
                Ended { has_exited: false, .. } => status,
            },
            Err(error) => {
                self.complain_of(&error, io);
                status
            }
        }
    }

    async fn run_to_end(&self, lists: &[AndOrList], io: &Stdio) -> Ended {
        let ended = |status, has_exited, has_stopped| Ended { status, has_exited, has_stopped };
        let ended = match self.lists(lists, io).await {
            Ok(status) => ended(status, false, false),
            Err(Stop::Return(status)) => ended(status, false, true),
            Err(Stop::Exit(status)) => ended(status, true, true),
            Err(Stop::Error { message, status, ends_script }) => {
                io.stderr.line(&format!("bash: {message}"));
                ended(status, false, ends_script)
            }
            Err(Stop::Break(_) | Stop::Continue(_)) => ended(0, false, true),
        };
        self.state_mut().status = ended.status;
        ended
    }

    fn lists<'a>(&'a self, lists: &'a [AndOrList], io: &'a Stdio) -> BoxFuture<'a> {
        Box::pin(async move {
            let (mut status, part) = (0, self.part());
            for (number, list) in lists.iter().enumerate() {
                part.set_list(lists, number);
                status = if list.background {
                    self.background(list, io)
                } else {
                    self.and_or_list(list, io).await?
                };
            }
            Ok(status)
        })
    }

    pub(super) fn script<'a>(&'a self, script: &'a Script, io: &'a Stdio) -> BoxFuture<'a> {
        self.lists(&script.lists, io)
    }

    async fn and_or_list(&self, list: &AndOrList, io: &Stdio) -> Outcome {
        if self.is_interactive {
            self.state_mut().list_text = list.text.as_str().into();
        }
        let mut pipeline = &list.first;
        let mut rest = list.rest.iter();
        let part = self.part();
        let mut status = self.tested_pipeline(pipeline, !list.rest.is_empty(), io).await?;
        while let Some((operator, next)) = rest.next() {
            if (*operator == AndOrOperator::And) == (status == 0) {
                let is_last = rest.len() == 0;
                part.set(rest.len());
                status = self.tested_pipeline(next, !is_last, io).await?;
                pipeline = next;
            }
        }
        let last = list.rest.last().map_or(&list.first, |(_, last)| last);
        let is_failure = status != 0 && self.state().tested == 0;
        if is_failure && std::ptr::eq(pipeline, last) && !pipeline.negated {
            if pipeline.commands.last().is_some_and(|command| command.kind.sets_status()) {
                // Functions do not have it.
                if self.state().running.is_empty() {
                    self.run_trap(Signal::Failure, status, io).await?;
                }
            }
            if self.state().options.exit_on_error {
                return Err(Stop::Exit(status));
            }
        }
        Ok(status)
    }

    /// Runs a pipeline whose status is looked at if `tested`.
    async fn tested_pipeline(&self, pipeline: &Pipeline, tested: bool, io: &Stdio) -> Outcome {
        self.state_mut().tested += usize::from(tested);
        let outcome = self.pipeline(pipeline, io).await;
        self.state_mut().tested -= usize::from(tested);
        outcome
    }

    /// Starts a list as a background job with a terminal of its own, on the same screen, and no input.
    fn background(&self, list: &AndOrList, io: &Stdio) -> Status {
        let shown = io.stderr.terminal().or(io.stdout.terminal());
        let terminal = match shown {
            Some(terminal) => Terminal::sharing(terminal.visible_columns(), &terminal.output()),
            None => Terminal::new(COLUMNS, &self.machine.meter),
        };
        let on_terminal = |out: &Out| match out {
            Out::Terminal(_) => Out::Terminal(terminal.clone()),
            other => other.clone(),
        };
        let inner =
            Stdio { stdin: Stdin::of([]), stdout: on_terminal(&io.stdout), stderr: on_terminal(&io.stderr) };
        let (shell, script) =
            (self.subshell(), Script { lists: vec![AndOrList { background: false, ..list.clone() }] });
        let running = Box::pin(async move { shell.run_script(&script, &inner).await });
        let Some(job) = self.jobs.start_background(&list.text, &terminal, running) else {
            io.stderr.line("bash: fork: Resource temporarily unavailable");
            return self.ended(254);
        };
        job.process.borrow_mut().is_quiet = !self.is_interactive;
        if let Out::Terminal(terminal) = &io.stderr
            && self.is_interactive
        {
            terminal.write(format!("[{}] {}\n", job.number, job.pid).as_bytes());
        }
        self.ended(0)
    }

    pub(super) async fn command(&self, command: &Command, io: &Stdio) -> Outcome {
        if io.stdout.is_broken() || !self.machine.meter.spend(Cost::Commands, 1) {
            return Err(Stop::Exit(SYNTAX_STATUS));
        }
        self.yield_sometimes().await;
        let (redirected, _lent, _hidden);
        let io = match command.redirections.is_empty() {
            true => io,
            false => match self.redirected(&command.redirections, io).await? {
                Ok(new) if command.kind.is_exec() => {
                    self.keep_streams(io, &new.io, new.descriptors);
                    return Ok(self.ended(0));
                }
                Ok(new) => {
                    _lent = self.lend_descriptors(new.descriptors);
                    let is_simple = matches!(command.kind, CommandKind::Simple { .. });
                    _hidden = (!is_simple).then(|| Redirected::around(self));
                    redirected = new.io;
                    &redirected
                }
                Err(_) => return Ok(self.ended(1)),
            },
        };
        match &command.kind {
            CommandKind::Simple { assignments, words, lists } => {
                self.simple(assignments, words, lists, io).await
            }
            CommandKind::Group(script) => self.script(script, io).await,
            CommandKind::Subshell(script) => {
                let (shell, script, inner) = (self.subshell(), script.clone(), io.clone());
                let running = Box::pin(async move { shell.run_script(&script, &inner).await });
                let status = self.attach(running, io).await?;
                Ok(self.ended(status))
            }
            CommandKind::If { arms, otherwise } => self.conditional(arms, otherwise.as_ref(), io).await,
            CommandKind::For { variable, words, body } => {
                let values = self.loop_values(words.as_deref(), io).await?;
                self.for_loop(variable, values, body, io).await
            }
            CommandKind::Select { variable, words, body } => {
                let values = self.loop_values(words.as_deref(), io).await?;
                self.select_loop(variable, &values, body, io).await
            }
            CommandKind::ForArithmetic { first, condition, step, body } => {
                self.for_arithmetic(first, condition, step, body, io).await
            }
            CommandKind::While { until, condition, body } => {
                self.while_loop(*until, condition, body, io).await
            }
            CommandKind::Case { subject, arms } => self.case(subject, arms, io).await,
            CommandKind::Function { name, body, size } => {
                if !self.state_mut().define(name, body, *size) {
                    return Err(Stop::out_of_space());
                }
                Ok(self.ended(0))
            }
            CommandKind::Condition(condition) => {
                let holds = self.holds(condition, io).await?;
                Ok(self.ended(i32::from(!holds)))
            }
            CommandKind::Arithmetic(word) => {
                let value = self.number(word, io).await?;
                Ok(self.ended(i32::from(value == 0)))
            }
        }
    }

    async fn conditional(
        &self,
        arms: &[(Script, Script)],
        otherwise: Option<&Script>,
        io: &Stdio,
    ) -> Outcome {
        let part = self.part();
        for (number, (condition, body)) in arms.iter().enumerate() {
            part.set(number);
            if self.condition_script(condition, io).await? == 0 {
                return self.script(body, io).await;
            }
        }
        match otherwise {
            Some(body) => self.script(body, io).await,
            None => Ok(self.ended(0)),
        }
    }

    /// Runs a script whose failure is looked at.
    async fn condition_script(&self, script: &Script, io: &Stdio) -> Outcome {
        self.state_mut().tested += 1;
        let outcome = self.script(script, io).await;
        self.state_mut().tested -= 1;
        outcome
    }

    /// Sets `$?`.
    pub(super) fn ended(&self, status: Status) -> Status {
        self.state_mut().status = status;
        status
    }

    /// Lets other tasks run from time to time, and Ctrl-C arrive, however long a line runs.
    async fn yield_sometimes(&self) {
        let commands = self.state_mut().count_command();
        if commands.is_multiple_of(COMMANDS_PER_PAUSE) {
            self.machine.clock.sleep(PAUSE).await;
        } else if commands.is_multiple_of(COMMANDS_PER_YIELD) || self.machine.meter.is_output_due() {
            yield_now().await;
        }
    }
}

/// How some lists have ended.
struct Ended {
    status: Status,
    /// By `exit`.
    has_exited: bool,
    /// So that the lists behind them do not run.
    has_stopped: bool,
}
