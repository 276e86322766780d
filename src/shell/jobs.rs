//! The jobs of a terminal: one in the foreground, and those started with `&` in the background.
//!
//! A job is a future that the owner of the terminal polls, by the task that `take_new_tasks` gives. The future itself is
//! held here, so that `kill` can drop it at once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::base::{Cost, Meter, Terminal};
use crate::programs::{INTERRUPTED, Running, Status, TERMINATED};

/// The process id of the first job. Process ids mean nothing here.
const FIRST_PID: u32 = SHELL_PID + 1;

/// `$$`
pub const SHELL_PID: u32 = 1000;

/// The jobs of one terminal; clones share them.
#[derive(Clone)]
pub struct Jobs(Rc<RefCell<Table>>);

struct Table {
    meter: Meter,
    /// By job number; 0 is the foreground job.
    jobs: BTreeMap<u32, Job>,
    started: u32,
    /// Not yet taken by the owner.
    new_tasks: Vec<Task>,
    /// `$!`
    last_background_pid: Option<u32>,
}

impl Drop for Table {
    fn drop(&mut self) {
        self.meter.give_back(Cost::Jobs, self.jobs.len() as u64);
    }
}

/// One job.
#[derive(Clone)]
pub struct Job {
    pub number: u32,
    /// The process id, for `$!` and `kill`.
    pub pid: u32,
    /// The command as it was typed.
    pub text: Rc<str>,
    pub terminal: Terminal,
    process: Rc<RefCell<Process>>,
}

/// The program of a job.
struct Process {
    /// `None` while it is polled and after its end.
    future: Option<Running>,
    /// `None` until its end.
    status: Option<Status>,
    task_waker: Option<Waker>,
    /// Of `wait` for the end.
    waiting: Vec<Waker>,
}

/// The future to poll for a job to go on. It ends with the job.
pub struct Task(Rc<RefCell<Process>>);

impl Jobs {
    /// None yet. Each that runs is paid to `meter`.
    pub fn new(meter: &Meter) -> Jobs {
        Jobs(Rc::new(RefCell::new(Table {
            meter: meter.clone(),
            jobs: BTreeMap::new(),
            started: 0,
            new_tasks: Vec::new(),
            last_background_pid: None,
        })))
    }

    /// Starts the foreground job. The one before must have ended.
    pub fn start_foreground(&self, text: &str, terminal: &Terminal, running: Running) {
        self.start(0, text, terminal, running);
    }

    /// Starts a background job with the lowest free number; `None` where there may be no more.
    pub fn start_background(&self, text: &str, terminal: &Terminal, running: Running) -> Option<Job> {
        let meter = self.0.borrow().meter.clone();
        if meter.spent(Cost::Jobs) >= meter.limit_of(Cost::Jobs) {
            meter.exceed(Cost::Jobs);
            return None;
        }
        let free =
            (1..).find(|number| !self.0.borrow().jobs.contains_key(number)).expect("numbers do not run out");
        let job = self.start(free, text, terminal, running);
        self.0.borrow_mut().last_background_pid = Some(job.pid);
        Some(job)
    }

    fn start(&self, number: u32, text: &str, terminal: &Terminal, running: Running) -> Job {
        let mut table = self.0.borrow_mut();
        let process = Process { future: Some(running), status: None, task_waker: None, waiting: Vec::new() };
        let process = Rc::new(RefCell::new(process));
        let pid = FIRST_PID + table.started;
        let job =
            Job { number, pid, text: text.into(), terminal: terminal.clone(), process: process.clone() };
        table.meter.set(Cost::Jobs, table.meter.spent(Cost::Jobs) + 1);
        table.started += 1;
        table.jobs.insert(number, job.clone());
        table.new_tasks.push(Task(process));
        job
    }

    /// The jobs started since the last call, to be polled from now on.
    pub fn take_new_tasks(&self) -> Vec<Task> {
        std::mem::take(&mut self.0.borrow_mut().new_tasks)
    }

    /// The foreground job.
    pub fn foreground(&self) -> Option<Job> {
        self.0.borrow().jobs.get(&0).cloned()
    }

    /// The background jobs, by number.
    pub fn background(&self) -> Vec<Job> {
        self.0.borrow().jobs.range(1..).map(|(_, job)| job.clone()).collect()
    }

    /// The background job that `%2`, `%%`, `%prefix` or a process id stands for.
    pub fn find(&self, name: &str) -> Option<Job> {
        let background = self.background();
        let found = match name.strip_prefix('%') {
            Some("" | "%" | "+") => background.last(),
            Some(text) => match text.parse::<u32>() {
                Ok(number) => background.iter().find(|job| job.number == number),
                Err(_) => background.iter().find(|job| job.text.starts_with(text)),
            },
            None => background.iter().find(|job| job.pid.to_string() == name),
        };
        found.cloned()
    }

    /// The process id of the last background job (`$!`).
    pub fn last_background_pid(&self) -> Option<u32> {
        self.0.borrow().last_background_pid
    }

    /// Removes the jobs that have ended, the foreground job first, and returns them with their statuses.
    pub fn take_ended(&self) -> Vec<(Job, Status)> {
        let mut table = self.0.borrow_mut();
        let ended: Vec<(Job, Status)> =
            table.jobs.values().filter_map(|job| job.status().map(|status| (job.clone(), status))).collect();
        ended.iter().for_each(|(job, _)| _ = table.jobs.remove(&job.number));
        table.meter.give_back(Cost::Jobs, ended.len() as u64);
        ended
    }
}

impl Job {
    /// The exit status, after the end.
    pub fn status(&self) -> Option<Status> {
        self.process.borrow().status
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
        let Some(mut running) = self.0.borrow_mut().future.take() else { return Poll::Ready(()) };
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

/// The sign of a job in the list of all: the last one is `%+`, the one before `%-`.
pub(super) fn mark(at: usize, count: usize) -> char {
    match count - at {
        1 => '+',
        2 => '-',
        _ => ' ',
    }
}
