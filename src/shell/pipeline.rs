//! Pipelines: commands that run at the same time, each reading what the one before writes.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::attached::Attached;
use super::outcome::{Outcome, Stop};
use super::signal::Signal;
use super::state::{Shell, Value};
use super::syntax::{AndOrList, Command, Pipeline, Script};
use crate::base::{Clock, Out, Stdio, Terminal};
use crate::programs::{INTERRUPTED, PIPE_BROKEN, Running, STOPPED, Status};

/// Programs that go on while nobody polls them, so that they cannot be stopped.
const UNSTOPPABLE: &[&str] = &["nats-server"];

/// How long after Ctrl-C a pipeline may go on that traps it.
const GRACE: Duration = Duration::from_secs(1);

impl Shell {
    pub(super) async fn pipeline(&self, pipeline: &Pipeline, io: &Stdio) -> Outcome {
        let began = self.machine.clock.now();
        let used = self.state().descriptors.clone().used(io);
        let io = used.as_ref().unwrap_or(io);
        if pipeline.negated {
            self.state_mut().tested += 1;
        }
        let outcome = match &pipeline.commands[..] {
            [only] => self.command(only, io).await,
            commands => self.pipe(commands, io).await,
        };
        if pipeline.negated {
            self.state_mut().tested -= 1;
        }
        let status = outcome?;
        let loops = self.state().loop_depth;
        if status == STOPPED && self.is_interactive && loops > 0 {
            self.ended(status);
            return Err(Stop::Break(loops));
        }
        let signal = self.state_mut().pending_signal.take();
        if let Some(signal) = signal {
            self.ended(status);
            self.take_signal(signal, io).await?;
        }
        if pipeline.commands.len() == 1 {
            self.put("PIPESTATUS", Value::List(vec![status.to_string()].into()))?;
        }
        if pipeline.timed {
            let took = self.machine.clock.now().since(began);
            let (minutes, seconds) = (took.as_secs() / 60, took.as_secs_f64() % 60.0);
            let zero = "user\t0m0.000s\nsys\t0m0.000s\n";
            io.stderr.print(&format!("\nreal\t{minutes}m{seconds:.3}s\n{zero}"));
        }
        Ok(self.ended(if pipeline.negated { i32::from(status == 0) } else { status }))
    }

    async fn pipe(&self, commands: &[Command], io: &Stdio) -> Outcome {
        let mut parts: Vec<Part> = Vec::new();
        let mut stdin = io.stdin.clone();
        for (at, command) in commands.iter().enumerate() {
            let (stdout, next) = match at + 1 < commands.len() {
                true => Out::pipe(&self.machine.meter),
                false => (io.stdout.clone(), stdin.clone()),
            };
            let inner =
                Stdio { stdin: std::mem::replace(&mut stdin, next), stdout, stderr: io.stderr.clone() };
            let (shell, command, out) = (self.subshell(), command.clone(), inner.stdout.clone());
            let running = Box::pin(async move { shell.pipeline_command(&command, &inner).await });
            let out = if let Out::Pipe(_) = out { out } else { Out::Null(self.machine.meter.clone()) };
            parts.push(Part { running: Some(Box::pin(UntilBroken { running, out })), status: 0 });
        }
        drop(stdin);
        let terminal = io.stderr.terminal().cloned();
        let parts = Parts { parts, trap: None, terminal, clock: self.machine.clock.clone() };
        let statuses = Rc::new(RefCell::new(Vec::new()));
        let all = statuses.clone();
        let running = Box::pin(async move {
            *all.borrow_mut() = parts.await;
            all.borrow().last().copied().unwrap_or(0)
        });
        if self.attach(running, io).await? == STOPPED && statuses.borrow().is_empty() {
            return Ok(STOPPED);
        }
        let statuses = statuses.take();
        if statuses.contains(&INTERRUPTED) {
            return Err(Stop::Exit(INTERRUPTED)); // Ctrl-C at a question ends the whole pipeline
        }
        let list: Vec<String> = statuses.iter().map(Status::to_string).collect();
        self.put("PIPESTATUS", Value::List(list.into()))?;
        let failed = statuses.iter().rev().find(|status| **status != 0).copied();
        let last = statuses.last().copied().unwrap_or(0);
        Ok(if self.state().options.pipefail { failed.unwrap_or(0) } else { last })
    }

    /// Waits for a program of this name. A line that was typed may be made to go on without it.
    pub(super) async fn attach_program(&self, name: &str, running: Running, io: &Stdio) -> Outcome {
        match UNSTOPPABLE.contains(&name) {
            true => Ok(running.await),
            false => self.attach(running, io).await,
        }
    }

    /// Waits for what runs in processes of its own. A line that was typed may be made to go on without it.
    /// Ctrl-C ends it, and then runs the command of `trap`.
    pub(super) async fn attach(&self, running: Running, io: &Stdio) -> Outcome {
        let terminal = io.stderr.terminal().or(io.stdout.terminal()).filter(|_| self.traps_interrupt());
        let mut ended = pin!(self.wait_for(running));
        let Some(terminal) = terminal else { return Ok(ended.await) };
        loop {
            let mut interrupted = pin!(terminal.interrupted());
            let (status, is_interrupted) = poll_fn(|context| {
                let ended = ended.as_mut().poll(context);
                match (ended, interrupted.as_mut().poll(context)) {
                    (Poll::Ready(status), interrupted) => Poll::Ready((Some(status), interrupted.is_ready())),
                    (Poll::Pending, Poll::Ready(())) => Poll::Ready((None, true)),
                    (Poll::Pending, Poll::Pending) => Poll::Pending,
                }
            })
            .await;
            let command = self.state().traps.get(&Signal::Interrupt).cloned();
            match (command.as_deref(), status) {
                (_, Some(status)) if !is_interrupted => return Ok(status),
                (Some(""), Some(status)) => return Ok(status),
                (Some(""), None) => {}
                (Some(_), _) => {
                    self.run_trap(Signal::Interrupt, INTERRUPTED, io).await?;
                    return Ok(INTERRUPTED);
                }
                (None, _) => return Err(Stop::Exit(INTERRUPTED)),
            }
        }
    }

    async fn wait_for(&self, running: Running) -> Status {
        if !self.is_interactive {
            return running.await;
        }
        let attached = Attached::new(self.state().list_text.clone(), running);
        let _attachment = self.jobs.attach(&attached);
        poll_fn(|context| attached.poll(context)).await
    }

    /// A command of a pipeline, which runs in a subshell.
    async fn pipeline_command(&self, command: &Command, io: &Stdio) -> Status {
        let first = Pipeline { timed: false, negated: false, commands: vec![command.clone()] };
        let (rest, text) = (Vec::new(), String::new());
        let list = AndOrList { first, rest, begins_line: false, background: false, text };
        self.run_script(&Script { lists: vec![list] }, io).await
    }
}

/// Runs a program that writes to `out`: it rests while that is full, and ends when nobody reads it.
pub(super) async fn until_broken<'a>(
    running: Pin<Box<dyn Future<Output = Status> + 'a>>,
    out: &Out,
) -> Status {
    UntilBroken { running, out: out.clone() }.await
}

struct UntilBroken<'a> {
    running: Pin<Box<dyn Future<Output = Status> + 'a>>,
    out: Out,
}

impl Future for UntilBroken<'_> {
    type Output = Status;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Status> {
        if let Out::Pipe(pipe) = &self.out
            && pipe.is_full()
        {
            pipe.wake_at_change(context);
            return Poll::Pending;
        }
        match self.running.as_mut().poll(context) {
            Poll::Pending if self.out.is_broken() => Poll::Ready(PIPE_BROKEN),
            polled => polled,
        }
    }
}

/// A command of a pipeline that runs, or its status.
struct Part {
    running: Option<Running>,
    status: Status,
}

/// All commands of a pipeline, until each has ended.
struct Parts {
    parts: Vec<Part>,
    /// Ends some time after Ctrl-C, where one of the commands traps it.
    trap: Option<Pin<Box<dyn Future<Output = ()>>>>,
    terminal: Option<Terminal>,
    clock: Clock,
}

impl Future for Parts {
    type Output = Vec<Status>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Vec<Status>> {
        for part in &mut self.parts {
            if let Some(running) = &mut part.running
                && let Poll::Ready(status) = running.as_mut().poll(context)
            {
                (part.running, part.status) = (None, status);
                if status == INTERRUPTED {
                    return Poll::Ready(vec![INTERRUPTED]);
                }
            }
        }
        if self.parts.iter().all(|part| part.running.is_none()) {
            return Poll::Ready(self.parts.iter().map(|part| part.status).collect());
        }
        if let Some(terminal) = self.terminal.clone()
            && self.trap.is_none()
            && terminal.is_trapped()
        {
            let clock = self.clock.clone();
            let interrupted = terminal.interrupted();
            self.trap = Some(Box::pin(async move {
                interrupted.await;
                clock.sleep(GRACE).await;
            }));
        }
        let trapped = self.trap.as_mut().is_some_and(|trap| trap.as_mut().poll(context).is_ready());
        if trapped { Poll::Ready(vec![INTERRUPTED]) } else { Poll::Pending }
    }
}
