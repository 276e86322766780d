//! Programs as futures that the world polls: no runtime, no threads.

use crate::base::Map;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A program that was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(u64);

type Job = Pin<Box<dyn Future<Output = ()>>>;

/// All running programs. Clones share them.
#[derive(Clone, Default)]
pub struct Tasks(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// `None` while it is being polled.
    jobs: Map<TaskId, Option<Job>>,
    started: u64,
    woken: Woken,
}

/// Tasks in the order of being woken. Wakers have to be `Send`, hence the lock, which nobody ever waits for.
type Woken = Arc<Mutex<VecDeque<Arc<TaskWaker>>>>;

struct TaskWaker {
    id: TaskId,
    /// It stands among the woken.
    is_woken: AtomicBool,
    woken: Woken,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.swap(true, Ordering::Relaxed) {
            self.woken.lock().expect("nobody panics while holding it").push_back(self.clone());
        }
    }
}

impl Tasks {
    /// Adds a program; it first runs when it is its turn.
    pub fn spawn(&self, job: impl Future<Output = ()> + 'static) -> TaskId {
        let mut state = self.0.borrow_mut();
        state.started += 1;
        let id = TaskId(state.started);
        let woken = state.woken.clone();
        let waker = Waker::from(Arc::new(TaskWaker { id, is_woken: AtomicBool::new(false), woken }));
        waker.wake_by_ref();
        state.jobs.insert(id, Some(Box::pin(job)));
        id
    }

    /// Ends a program wherever it is. `false` when it had ended already.
    pub fn kill(&self, id: TaskId) -> bool {
        let entry = self.0.borrow_mut().jobs.remove(&id);
        entry.is_some() // Its future is dropped here, when nothing is borrowed any more.
    }

    pub fn is_running(&self, id: TaskId) -> bool {
        self.0.borrow().jobs.contains_key(&id)
    }

    /// How many programs have something to do.
    pub fn woken(&self) -> usize {
        self.0.borrow().woken.lock().expect("nobody panics while holding it").len()
    }

    /// Polls the program that was woken as number `place`.
    pub fn run(&self, place: usize) {
        let woken = self.0.borrow().woken.lock().expect("nobody panics while holding it").remove(place);
        let Some(woken) = woken else { return };
        woken.is_woken.store(false, Ordering::Relaxed);
        let id = woken.id;
        let Some(mut job) = self.begin(id) else { return };
        let waker = Waker::from(woken);
        let done = job.as_mut().poll(&mut Context::from_waker(&waker)) == Poll::Ready(());
        let mut state = self.0.borrow_mut();
        if done {
            state.jobs.remove(&id);
        } else if let Some(entry) = state.jobs.get_mut(&id) {
            *entry = Some(job);
            return;
        }
        drop(state);
        drop(job); // Ended, or killed by itself: what it holds may reach back into the world.
    }

    fn begin(&self, id: TaskId) -> Option<Job> {
        self.0.borrow_mut().jobs.get_mut(&id)?.take()
    }
}
