//! One job of a terminal: a future with its number, its text and its state.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::base::Terminal;
use crate::programs::{INTERRUPTED, Running, STOPPED, Status, TERMINATED};

/// One job.
#[derive(Clone)]
pub struct Job {
    pub number: u32,
    /// The process id, for `$!` and `kill`.
    pub pid: u32,
    /// The command as it was typed.
    pub text: Rc<str>,
    pub terminal: Terminal,
    pub(super) process: Rc<RefCell<Process>>,
}

/// The program of a job.
pub(super) struct Process {
    /// `None` while it is polled and after its end.
    pub(super) future: Option<Running>,
    /// `None` until its end.
    pub(super) status: Option<Status>,
    /// It is not polled until it goes on.
    pub(super) is_stopped: bool,
    /// That it was stopped has been said.
    pub(super) is_stop_told: bool,
    /// Nothing is said of its end: `fg` waits for it, or a script has started it.
    pub(super) is_quiet: bool,
    /// When it was started or stopped last, in changes of the table.
    pub(super) changed: u64,
    pub(super) task_waker: Option<Waker>,
    /// Of those who wait for the end, or until it is stopped.
    pub(super) waiting: Vec<Waker>,
}

/// The future to poll for a job to go on. It ends with the job.
pub struct Task(pub(super) Rc<RefCell<Process>>);

impl Job {
    /// The exit status, after the end.
    pub fn status(&self) -> Option<Status> {
        self.process.borrow().status
    }

    pub fn is_stopped(&self) -> bool {
        self.process.borrow().is_stopped
    }

    /// Whether nothing is said of its end.
    pub fn is_quiet(&self) -> bool {
        self.process.borrow().is_quiet
    }

    /// Lets a stopped job go on.
    pub fn resume(&self) {
        let mut process = self.process.borrow_mut();
        process.is_stopped = false;
        let task_waker = process.task_waker.take();
        drop(process);
        task_waker.into_iter().for_each(Waker::wake);
    }

    /// The message about a background job that is stopped.
    pub fn stop_notice(&self, mark: char) -> String {
        format!("[{}]{mark}  {:<24}{}\n", self.number, "Stopped", self.text)
    }

    /// The message about a background job that has ended.
    pub fn end_notice(&self, status: Status, mark: char) -> String {
        let state = match status {
            0 => "Done".to_owned(),
            INTERRUPTED => "Interrupt".to_owned(),
            TERMINATED => "Terminated".to_owned(),
            129 => "Hangup".to_owned(),
            137 => "Killed".to_owned(),
            other => format!("Exit {other}"),
        };
        format!("[{}]{mark}  {state:<24}{}\n", self.number, self.text)
    }

    /// Ends the job at once with this status.
    pub fn kill(&self, status: Status) {
        let mut process = self.process.borrow_mut();
        if process.status.is_some() {
            return;
        }
        process.status = Some(status);
        let (running, task_waker, waiting) =
            (process.future.take(), process.task_waker.take(), std::mem::take(&mut process.waiting));
        drop(process);
        drop(running);
        task_waker.into_iter().chain(waiting).for_each(Waker::wake);
    }

    /// Waits until the job ends or is stopped, and returns its status.
    pub fn halted(&self) -> impl Future<Output = Status> + use<> {
        let (mut ended, process) = (Box::pin(self.ended()), self.process.clone());
        std::future::poll_fn(move |context| {
            if process.borrow().is_stopped {
                return Poll::Ready(STOPPED);
            }
            ended.as_mut().poll(context)
        })
    }

    /// Waits for the end of the job, and returns its status.
    pub fn ended(&self) -> impl Future<Output = Status> + use<> {
        let process = self.process.clone();
        std::future::poll_fn(move |context| {
            let mut process = process.borrow_mut();
            match process.status {
                Some(status) => Poll::Ready(status),
                None => {
                    process.waiting.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
    }
}

impl Future for Task {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut process = self.0.borrow_mut();
        if process.is_stopped && process.status.is_none() {
            process.task_waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        let taken = process.future.take();
        drop(process);
        let Some(mut running) = taken else { return Poll::Ready(()) };
        let polled = running.as_mut().poll(context);
        let mut process = self.0.borrow_mut();
        let waiting = match polled {
            Poll::Pending if process.status.is_none() => {
                process.future = Some(running);
                process.task_waker = Some(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Pending => Vec::new(), // it was killed from within its own poll
            Poll::Ready(status) => {
                process.status.get_or_insert(status);
                std::mem::take(&mut process.waiting)
            }
        };
        drop(process);
        drop(running);
        waiting.into_iter().for_each(Waker::wake);
        Poll::Ready(())
    }
}
