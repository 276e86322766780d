//! What runs in one terminal: the command in front and those that were sent to the background with `&`.
//!
//! A job's program is a future that somebody else polls (`take_new` hands it over), but ending it is ours:
//! the future is held here, and a job that is killed drops it at once.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::program::{Running, Status};
use crate::base::{Map, Terminal};

/// The status of a program that Ctrl-C or `kill` ended: 128 and the number of the signal.
pub const INTERRUPTED: Status = 130;
pub const TERMINATED: Status = 143;

/// Numbers of processes begin here; they only have to look like some.
const FIRST_PROCESS: u32 = SHELL_PROCESS + 1;

/// `$$`
pub const SHELL_PROCESS: u32 = 1000;

/// The jobs of one terminal; clones share them.
#[derive(Clone, Default)]
pub struct Jobs(Rc<RefCell<Table>>);

#[derive(Default)]
struct Table {
    /// By number, as `jobs` lists them; 0 is the command in front.
    jobs: Map<u32, Job>,
    started: u32,
    /// Not yet handed to whoever polls.
    new: Vec<Task>,
    /// `$!`
    last_background: Option<u32>,
}

/// One job.
#[derive(Clone)]
pub struct Job {
    pub number: u32,
    /// The number of its process, as `$!` and `kill` have it.
    pub process: u32,
    /// The command as it was typed.
    pub text: String,
    pub terminal: Terminal,
    work: Rc<RefCell<Work>>,
}

/// A job's program: running, or ended with a status.
struct Work {
    /// `None` while it is polled and after its end.
    running: Option<Running>,
    status: Option<Status>,
    poller: Option<Waker>,
    /// Those who `wait` for the end.
    waiting: Vec<Waker>,
}

/// What has to be polled for a job to go on. It ends when the job does, or is killed.
pub struct Task(Rc<RefCell<Work>>);

impl Jobs {
    /// Starts the command in front. There is only one: the one before has to be over.
    pub fn start_front(&self, text: &str, terminal: &Terminal, running: Running) {
        self.start(0, text, terminal, running);
    }

    /// Starts a job in the background, with the lowest number that is free.
    pub fn start_background(&self, text: &str, terminal: &Terminal, running: Running) -> Job {
        let free =
            (1..).find(|number| !self.0.borrow().jobs.contains_key(number)).expect("numbers do not run out");
        let job = self.start(free, text, terminal, running);
        self.0.borrow_mut().last_background = Some(job.process);
        job
    }

    fn start(&self, number: u32, text: &str, terminal: &Terminal, running: Running) -> Job {
        let mut table = self.0.borrow_mut();
        let work = Work { running: Some(running), status: None, poller: None, waiting: Vec::new() };
        let work = Rc::new(RefCell::new(work));
        let process = FIRST_PROCESS + table.started;
        let job =
            Job { number, process, text: text.to_owned(), terminal: terminal.clone(), work: work.clone() };
        table.started += 1;
        table.jobs.insert(number, job.clone());
        table.new.push(Task(work));
        job
    }

    /// What was started since the last call and has to be polled from now on.
    pub fn take_new(&self) -> Vec<Task> {
        std::mem::take(&mut self.0.borrow_mut().new)
    }

    /// The command in front.
    pub fn front(&self) -> Option<Job> {
        self.0.borrow().jobs.get(&0).cloned()
    }

    /// The jobs in the background, by number.
    pub fn background(&self) -> Vec<Job> {
        self.0.borrow().jobs.range(1..).map(|(_, job)| job.clone()).collect()
    }

    /// The job that `%2`, `%%` or a process number means.
    pub fn find(&self, name: &str) -> Option<Job> {
        let background = self.background();
        let found = match name.strip_prefix('%') {
            Some("" | "%" | "+") => background.last(),
            Some(text) => match text.parse::<u32>() {
                Ok(number) => background.iter().find(|job| job.number == number),
                Err(_) => background.iter().find(|job| job.text.starts_with(text)),
            },
            None => background.iter().find(|job| job.process.to_string() == name),
        };
        found.cloned()
    }

    /// The process that was started last in the background.
    pub fn last_background(&self) -> Option<u32> {
        self.0.borrow().last_background
    }

    /// Takes out the jobs that are over, the command in front first, each with its status.
    pub fn take_ended(&self) -> Vec<(Job, Status)> {
        let mut table = self.0.borrow_mut();
        let ended: Vec<(Job, Status)> =
            table.jobs.values().filter_map(|job| Some((job.clone(), job.status()?))).collect();
        ended.iter().for_each(|(job, _)| _ = table.jobs.remove(&job.number));
        ended
    }
}

impl Job {
    /// Its status once it is over.
    pub fn status(&self) -> Option<Status> {
        self.work.borrow().status
    }

    /// Ends the job at once, wherever it waits.
    pub fn kill(&self, status: Status) {
        let mut work = self.work.borrow_mut();
        if work.status.is_some() {
            return;
        }
        work.status = Some(status);
        let (running, poller, waiting) =
            (work.running.take(), work.poller.take(), std::mem::take(&mut work.waiting));
        drop(work);
        drop(running);
        poller.into_iter().chain(waiting).for_each(Waker::wake);
    }

    /// Ends when the job does, with its status.
    pub fn ended(&self) -> impl Future<Output = Status> + use<> {
        let work = self.work.clone();
        std::future::poll_fn(move |context| {
            let mut work = work.borrow_mut();
            match work.status {
                Some(status) => Poll::Ready(status),
                None => {
                    work.waiting.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
    }
}

impl Future for Task {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(mut running) = self.0.borrow_mut().running.take() else { return Poll::Ready(()) };
        let polled = running.as_mut().poll(context);
        let mut work = self.0.borrow_mut();
        let waiting = match polled {
            Poll::Pending if work.status.is_none() => {
                work.running = Some(running);
                work.poller = Some(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Pending => Vec::new(), // it was killed from within its own poll
            Poll::Ready(status) => {
                work.status.get_or_insert(status);
                std::mem::take(&mut work.waiting)
            }
        };
        drop(work);
        drop(running);
        waiting.into_iter().for_each(Waker::wake);
        Poll::Ready(())
    }
}
