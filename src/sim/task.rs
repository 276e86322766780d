//! Tasks: futures that the world polls, without a runtime and without threads.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

use slotmap::{SlotMap, new_key_type};

new_key_type! {
    /// Names a task, also after it has ended.
    pub struct TaskId;
}

/// All tasks that run. Clones share them.
#[derive(Clone, Default)]
pub struct Tasks(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// `None` while a task is being polled.
    tasks: SlotMap<TaskId, Option<Task>>,
    run_queue: Arc<RunQueue>,
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
    task_waker: Arc<TaskWaker>,
}

/// Woken tasks in the order of being woken. Wakers have to be `Send`, hence the lock, which is never contended.
#[derive(Default)]
struct RunQueue {
    tasks: Mutex<VecDeque<TaskId>>,
    /// The queue's length, to be read without the lock.
    length: AtomicUsize,
}

impl RunQueue {
    fn with<T>(&self, change: impl FnOnce(&mut VecDeque<TaskId>) -> T) -> T {
        let mut tasks = self.tasks.lock().expect("nobody panics while holding it");
        let result = change(&mut tasks);
        self.length.store(tasks.len(), Ordering::Relaxed);
        result
    }
}

struct TaskWaker {
    id: TaskId,
    is_queued: AtomicBool,
    run_queue: Arc<RunQueue>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // Not one atomic operation, which would cost more: to be queued twice does no harm.
        if !self.is_queued.load(Ordering::Relaxed) {
            self.is_queued.store(true, Ordering::Relaxed);
            self.run_queue.with(|tasks| tasks.push_back(self.id));
        }
    }
}

/// Removes the item at `index`, which nearly always is the first one.
pub(super) fn take<T>(queue: &mut VecDeque<T>, index: usize) -> Option<T> {
    if index == 0 { queue.pop_front() } else { queue.remove(index) }
}

impl Tasks {
    /// Adds a task; it first runs when it is its turn.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) -> TaskId {
        let mut state = self.0.borrow_mut();
        let run_queue = state.run_queue.clone();
        state.tasks.insert_with_key(|id| {
            let task_waker = Arc::new(TaskWaker { id, is_queued: AtomicBool::new(false), run_queue });
            task_waker.wake_by_ref();
            Some(Task { future: Box::pin(future), waker: Waker::from(task_waker.clone()), task_waker })
        })
    }

    /// Ends a task wherever it is. `false` if it had ended already.
    pub fn kill(&self, id: TaskId) -> bool {
        let task = self.0.borrow_mut().tasks.remove(id);
        task.is_some() // Its future is dropped here, when nothing is borrowed any more.
    }

    pub fn is_running(&self, id: TaskId) -> bool {
        self.0.borrow().tasks.contains_key(id)
    }

    /// How many tasks have been woken.
    pub fn runnable(&self) -> usize {
        self.0.borrow().run_queue.length.load(Ordering::Relaxed)
    }

    /// Polls the task at `index` in the queue of those that have been woken.
    pub fn run(&self, index: usize) {
        let Some((id, mut task)) = self.take_runnable(index) else { return };
        task.task_waker.is_queued.store(false, Ordering::Relaxed);
        let has_ended = task.future.as_mut().poll(&mut Context::from_waker(&task.waker)).is_ready();
        let mut state = self.0.borrow_mut();
        if has_ended {
            state.tasks.remove(id);
        } else if let Some(slot) = state.tasks.get_mut(id) {
            *slot = Some(task);
            return;
        }
        drop(state);
        drop(task); // It has ended, or killed itself. What it holds may call back into the world.
    }

    /// Polls the first of those that have been woken and that `may_run`. `false` if there is none.
    pub fn run_first(&self, may_run: impl Fn(TaskId) -> bool) -> bool {
        let found = self.0.borrow().run_queue.with(|tasks| tasks.iter().position(|id| may_run(*id)));
        found.inspect(|index| self.run(*index)).is_some()
    }

    fn take_runnable(&self, index: usize) -> Option<(TaskId, Task)> {
        let state = &mut *self.0.borrow_mut();
        let id = state.run_queue.with(|tasks| take(tasks, index))?;
        Some((id, state.tasks.get_mut(id)?.take()?))
    }
}
