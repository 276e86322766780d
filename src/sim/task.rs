//! Programs as futures that the world polls: no runtime, no threads.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

use slotmap::SlotMap;

slotmap::new_key_type! {
    /// A program that was started.
    pub struct TaskId;
}

/// All running programs. Clones share them.
#[derive(Clone, Default)]
pub struct Tasks(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// `None` while a program is being polled.
    programs: SlotMap<TaskId, Option<Program>>,
    woken: Arc<Woken>,
}

struct Program {
    job: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
    bell: Arc<Bell>,
}

/// Tasks in the order of being woken. Wakers have to be `Send`, hence the lock, which nobody ever waits for.
#[derive(Default)]
struct Woken {
    list: Mutex<VecDeque<TaskId>>,
    /// How long the list is, to be asked without the lock.
    count: AtomicUsize,
}

impl Woken {
    fn with<T>(&self, change: impl FnOnce(&mut VecDeque<TaskId>) -> T) -> T {
        let mut list = self.list.lock().expect("nobody panics while holding it");
        let changed = change(&mut list);
        self.count.store(list.len(), Ordering::Relaxed);
        changed
    }
}

/// What a program is woken with.
struct Bell {
    id: TaskId,
    /// It stands among the woken.
    is_woken: AtomicBool,
    woken: Arc<Woken>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // Two steps, since one would be dear, and to be woken twice does no harm.
        if !self.is_woken.load(Ordering::Relaxed) {
            self.is_woken.store(true, Ordering::Relaxed);
            self.woken.with(|list| list.push_back(self.id));
        }
    }
}

/// Takes what stands at a place, which nearly always is the first.
pub(super) fn take<T>(list: &mut VecDeque<T>, place: usize) -> Option<T> {
    if place == 0 { list.pop_front() } else { list.remove(place) }
}

impl Tasks {
    /// Adds a program; it first runs when it is its turn.
    pub fn spawn(&self, job: impl Future<Output = ()> + 'static) -> TaskId {
        let mut state = self.0.borrow_mut();
        let id = state.programs.insert(None);
        let bell = Arc::new(Bell { id, is_woken: AtomicBool::new(false), woken: state.woken.clone() });
        bell.wake_by_ref();
        let waker = Waker::from(bell.clone());
        state.programs[id] = Some(Program { job: Box::pin(job), waker, bell });
        id
    }

    /// Ends a program wherever it is. `false` when it had ended already.
    pub fn kill(&self, id: TaskId) -> bool {
        let removed = self.0.borrow_mut().programs.remove(id);
        removed.is_some() // Its future is dropped here, when nothing is borrowed any more.
    }

    pub fn is_running(&self, id: TaskId) -> bool {
        self.0.borrow().programs.contains_key(id)
    }

    /// How many programs have something to do.
    pub fn woken(&self) -> usize {
        self.0.borrow().woken.count.load(Ordering::Relaxed)
    }

    /// Polls the program that was woken as number `place`.
    pub fn run(&self, place: usize) {
        let Some((id, mut program)) = self.begin(place) else { return };
        program.bell.is_woken.store(false, Ordering::Relaxed);
        let done = program.job.as_mut().poll(&mut Context::from_waker(&program.waker)).is_ready();
        let mut state = self.0.borrow_mut();
        if done {
            state.programs.remove(id);
        } else if let Some(slot) = state.programs.get_mut(id) {
            *slot = Some(program);
            return;
        }
        drop(state);
        drop(program); // Ended, or killed by itself: what it holds may reach back into the world.
    }

    fn begin(&self, place: usize) -> Option<(TaskId, Program)> {
        let state = &mut *self.0.borrow_mut();
        let id = state.woken.with(|list| take(list, place))?;
        Some((id, state.programs.get_mut(id)?.take()?))
    }
}
