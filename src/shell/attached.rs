//! What a line that was typed waits for: a program, a pipeline or a subshell, of which Ctrl-Z makes a job.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::programs::{Running, STOPPED, Status};

/// Something that runs in the foreground; clones share it.
#[derive(Clone)]
pub(super) struct Attached(Rc<RefCell<State>>);

struct State {
    /// The command, for the list of jobs.
    text: Rc<str>,
    /// `None` while it is polled, after its end, and when it was taken away.
    running: Option<Running>,
    is_taken: bool,
    waiting: Option<Waker>,
}

impl Attached {
    pub(super) fn new(text: Rc<str>, running: Running) -> Attached {
        let state = State { text, running: Some(running), is_taken: false, waiting: None };
        Attached(Rc::new(RefCell::new(state)))
    }

    /// Takes it from the line, which goes on as if it had ended with [`STOPPED`].
    pub(super) fn take(&self) -> Option<(Rc<str>, Running)> {
        let mut state = self.0.borrow_mut();
        let running = state.running.take()?;
        state.is_taken = true;
        let (text, waiting) = (state.text.clone(), state.waiting.take());
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
        Some((text, running))
    }

    /// As a future does; [`STOPPED`] once it was taken.
    pub(super) fn poll(&self, context: &mut Context<'_>) -> Poll<Status> {
        if self.0.borrow().is_taken {
            return Poll::Ready(STOPPED);
        }
        let Some(mut running) = self.0.borrow_mut().running.take() else { return Poll::Pending };
        let polled = running.as_mut().poll(context);
        if polled.is_pending() {
            let mut state = self.0.borrow_mut();
            state.running = Some(running);
            state.waiting = Some(context.waker().clone());
        }
        polled
    }
}
