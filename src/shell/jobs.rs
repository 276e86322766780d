//! The jobs of a terminal: one in the foreground, those started with `&` in the background, and those that Ctrl-Z has
//! stopped.
//!
//! A job is a future that the owner of the terminal polls, by the task that `take_new_tasks` gives. The future itself is
//! held here, so that `kill` can drop it at once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::task::Waker;

use super::attached::Attached;
use super::job::Process;
use crate::base::{Clock, Cost, Meter, Terminal};
use crate::programs::{Running, Status};

pub use super::job::{Job, Task};

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
    /// How often a job was started or stopped.
    changes: u64,
    /// What the foreground job waits for.
    attached: Option<Attached>,
    /// The number of the job that `fg` waits for: what is typed is for it.
    in_front: Option<u32>,
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

impl Jobs {
    /// None yet. Each that runs is paid to `meter`.
    pub fn new(meter: &Meter) -> Jobs {
        Jobs(Rc::new(RefCell::new(Table {
            meter: meter.clone(),
            jobs: BTreeMap::new(),
            started: 0,
            changes: 0,
            attached: None,
            in_front: None,
            new_tasks: Vec::new(),
            last_background_pid: None,
        })))
    }

    /// Starts the foreground job. The one before must have ended.
    pub fn start_foreground(&self, text: &str, terminal: &Terminal, running: Running) {
        self.start(0, text, terminal, running);
    }

    /// Starts a background job with the number behind the last; `None` where there may be no more.
    pub fn start_background(&self, text: &str, terminal: &Terminal, running: Running) -> Option<Job> {
        let job = self.start_behind(text, terminal, running)?;
        self.0.borrow_mut().last_background_pid = Some(job.pid);
        Some(job)
    }

    fn start_behind(&self, text: &str, terminal: &Terminal, running: Running) -> Option<Job> {
        let meter = self.0.borrow().meter.clone();
        if meter.spent(Cost::Jobs) >= meter.limit_of(Cost::Jobs) {
            meter.exceed(Cost::Jobs);
            return None;
        }
        let last = self.0.borrow().jobs.keys().next_back().copied().unwrap_or(0);
        Some(self.start(last + 1, text, terminal, running))
    }

    fn start(&self, number: u32, text: &str, terminal: &Terminal, running: Running) -> Job {
        let mut table = self.0.borrow_mut();
        table.changes += 1;
        let process = Process {
            future: Some(running),
            status: None,
            is_stopped: false,
            is_stop_told: false,
            is_quiet: false,
            changed: table.changes,
            task_waker: None,
            waiting: Vec::new(),
        };
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

    /// Whom what is typed is for: the job that `fg` waits for, or the foreground job.
    pub fn front(&self) -> Option<Job> {
        let table = self.0.borrow();
        let lent = table.in_front.and_then(|number| table.jobs.get(&number));
        lent.or_else(|| table.jobs.get(&0)).cloned()
    }

    /// Whether what is in front lets time pass, or waits for a job that does.
    pub fn front_waits_for(&self, clock: &Clock) -> bool {
        let Some(front) = self.front().and_then(|job| job.process.borrow().task_waker.clone()) else {
            return false;
        };
        let waits = |job: &Job| {
            let process = job.process.borrow();
            let is_awaited = process.waiting.iter().any(|waker| waker.will_wake(&front));
            is_awaited && process.task_waker.as_ref().is_some_and(|waker| clock.is_waited_for(waker))
        };
        clock.is_waited_for(&front) || self.background().iter().any(waits)
    }

    /// Gives what is typed to a background job until the result is dropped.
    pub(super) fn bring_to_front(&self, job: &Job) -> InFront {
        self.0.borrow_mut().in_front = Some(job.number);
        job.process.borrow_mut().is_quiet = true;
        InFront(self.clone(), job.clone())
    }

    /// Lets Ctrl-Z take what the foreground job waits for, until the result is dropped.
    pub(super) fn attach(&self, attached: &Attached) -> Attachment {
        self.0.borrow_mut().attached = Some(attached.clone());
        Attachment(self.clone())
    }

    /// Ctrl-Z: stops what is in front. What a line waits for becomes a job. `None` if there is nothing that can be stopped,
    /// or no room for one more job.
    pub fn stop_front(&self) -> Option<Job> {
        let in_front = self.0.borrow().in_front;
        if in_front.is_some() {
            let job = self.front()?;
            self.stop(&job);
            return Some(job);
        }
        let (attached, terminal) = (self.0.borrow().attached.clone()?, self.foreground()?.terminal);
        let meter = self.0.borrow().meter.clone();
        if meter.spent(Cost::Jobs) >= meter.limit_of(Cost::Jobs) {
            return None;
        }
        let (text, running) = attached.take()?;
        let job = self.start_behind(&text, &terminal, running)?;
        self.stop(&job);
        Some(job)
    }

    /// Stops a job.
    pub fn stop(&self, job: &Job) {
        let mut table = self.0.borrow_mut();
        let mut process = job.process.borrow_mut();
        if process.status.is_some() || process.is_stopped {
            return;
        }
        table.changes += 1;
        (process.is_stopped, process.is_stop_told, process.changed) = (true, false, table.changes);
        let waiting = std::mem::take(&mut process.waiting);
        drop((table, process));
        waiting.into_iter().for_each(Waker::wake);
    }

    /// The jobs that were stopped since the last call.
    pub fn take_stopped(&self) -> Vec<Job> {
        let is_new = |job: &Job| {
            let mut process = job.process.borrow_mut();
            process.is_stopped && !std::mem::replace(&mut process.is_stop_told, true)
        };
        self.background().into_iter().filter(is_new).collect()
    }

    /// The sign of a background job in the list of all: `+` for the current one, which is the last that was stopped, or
    /// started where none is; `-` for the one before.
    pub fn mark(&self, job: &Job) -> char {
        let rank = |job: &Job| {
            let process = job.process.borrow();
            (process.is_stopped, process.changed)
        };
        match self.background().iter().filter(|other| rank(other) > rank(job)).count() {
            0 => '+',
            1 => '-',
            _ => ' ',
        }
    }

    /// The background job that `%2`, `%%`, `%prefix` or a process id stands for.
    pub fn find(&self, name: &str) -> Option<Job> {
        let background = self.background();
        let found = match name.strip_prefix('%') {
            Some("" | "%" | "+") => background.iter().find(|job| self.mark(job) == '+'),
            Some("-") => background.iter().find(|job| self.mark(job) == '-'),
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

/// While it lives, what is typed is for a job.
pub(super) struct InFront(Jobs, Job);

impl Drop for InFront {
    fn drop(&mut self) {
        self.0.0.borrow_mut().in_front = None;
        let mut process = self.1.process.borrow_mut();
        process.is_quiet &= process.status.is_some();
    }
}

/// While it lives, the foreground job waits for something.
pub(super) struct Attachment(Jobs);

impl Drop for Attachment {
    fn drop(&mut self) {
        let attached = self.0.0.borrow_mut().attached.take();
        drop(attached);
    }
}
