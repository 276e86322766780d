//! A pipe between two programs that run at the same time: bytes that one writes and the other reads.
//!
//! Writing never waits. Instead, whoever runs the writer lets it rest while the pipe is full ([`PipeWriter::is_full`]), and
//! ends it once it has written what nobody will read ([`PipeWriter::is_broken`]), as SIGPIPE does.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{Cost, Meter};

/// Bytes in a pipe from which on it is full.
pub const PIPE_CAPACITY: usize = 64 << 10;

/// Bytes that one may write beyond that before one is made to rest. More breaks the pipe.
const PIPE_LIMIT: usize = 64 << 20;

struct State {
    meter: Meter,
    bytes: VecDeque<u8>,
    writers: usize,
    readers: usize,
    /// What there is was not enough for the reader.
    reader_waits: bool,
    /// Something was written that nobody will read.
    broken: bool,
    waiting: Vec<Waker>,
}

/// The writing end; clones share it.
pub struct PipeWriter(Rc<RefCell<State>>);

/// The reading end; clones share it.
pub struct PipeReader(Rc<RefCell<State>>);

/// A new pipe. What goes through it, and what it holds, is paid to `meter`.
pub fn pipe(meter: &Meter) -> (PipeWriter, PipeReader) {
    let state = Rc::new(RefCell::new(State::new(meter, VecDeque::new(), 1)));
    (PipeWriter(state.clone()), PipeReader(state))
}

impl State {
    fn new(meter: &Meter, bytes: VecDeque<u8>, writers: usize) -> State {
        State {
            meter: meter.clone(),
            bytes,
            writers,
            readers: 1,
            reader_waits: false,
            broken: false,
            waiting: Vec::new(),
        }
    }

    fn wake(state: &RefCell<State>) {
        let waiting = std::mem::take(&mut state.borrow_mut().waiting);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.meter.give_back(Cost::Held, self.bytes.len() as u64);
    }
}

impl PipeWriter {
    pub fn is_same(&self, other: &PipeWriter) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    pub fn write(&self, bytes: &[u8]) {
        {
            let mut state = self.0.borrow_mut();
            let count = bytes.len() as u64;
            let is_read = state.readers > 0 && state.bytes.len() + bytes.len() <= PIPE_LIMIT;
            if !is_read || !state.meter.spend(Cost::Bytes, count) || !state.meter.spend(Cost::Held, count) {
                state.broken |= !bytes.is_empty();
                return;
            }
            state.bytes.extend(bytes);
        }
        State::wake(&self.0);
    }

    /// Whether the writer has to rest.
    pub fn is_full(&self) -> bool {
        let state = self.0.borrow();
        state.bytes.len() >= PIPE_CAPACITY && state.readers > 0 && !state.reader_waits
    }

    pub fn is_broken(&self) -> bool {
        self.0.borrow().broken
    }

    /// Wakes a task at the next change.
    pub fn wake_at_change(&self, context: &Context<'_>) {
        self.0.borrow_mut().waiting.push(context.waker().clone());
    }
}

impl PipeReader {
    pub fn is_same(&self, other: &PipeReader) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// A pipe that holds these bytes, and to which nobody writes.
    pub fn of(bytes: impl Into<Vec<u8>>) -> PipeReader {
        let state = State::new(&Meter::default(), VecDeque::from(bytes.into()), 0);
        PipeReader(Rc::new(RefCell::new(state)))
    }

    /// What is there, once something is. Empty at the end.
    pub async fn chunk(&self) -> Vec<u8> {
        self.when(|bytes| (!bytes.is_empty()).then_some(bytes.len())).await
    }

    /// A line with its end, which the last one may lack. Empty at the end.
    pub async fn line(&self) -> Vec<u8> {
        let mut seen = 0;
        self.when(move |bytes| {
            let found = bytes.range(seen..).position(|byte| *byte == b'\n').map(|at| seen + at + 1);
            seen = bytes.len();
            found.or_else(|| (bytes.len() >= PIPE_LIMIT).then_some(bytes.len()))
        })
        .await
    }

    /// Takes as many bytes as `enough` says, or all if nobody writes any more.
    async fn when(&self, mut enough: impl FnMut(&VecDeque<u8>) -> Option<usize>) -> Vec<u8> {
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            let count = match enough(&state.bytes) {
                None if state.writers > 0 => {
                    state.reader_waits = true;
                    state.waiting.push(context.waker().clone());
                    return Poll::Pending;
                }
                count => count.unwrap_or(state.bytes.len()),
            };
            state.reader_waits = false;
            let taken: Vec<u8> = state.bytes.drain(..count).collect();
            state.meter.give_back(Cost::Held, taken.len() as u64);
            drop(state);
            State::wake(&self.0);
            Poll::Ready(taken)
        })
        .await
    }
}

impl Clone for PipeWriter {
    fn clone(&self) -> PipeWriter {
        self.0.borrow_mut().writers += 1;
        PipeWriter(self.0.clone())
    }
}

impl Clone for PipeReader {
    fn clone(&self) -> PipeReader {
        self.0.borrow_mut().readers += 1;
        PipeReader(self.0.clone())
    }
}

impl Drop for PipeWriter {
    fn drop(&mut self) {
        self.0.borrow_mut().writers -= 1;
        State::wake(&self.0);
    }
}

impl Drop for PipeReader {
    fn drop(&mut self) {
        self.0.borrow_mut().readers -= 1;
        State::wake(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;

    #[test]
    fn lines_come_as_they_are_written() {
        let (writer, reader) = pipe(&Meter::default());
        let mut context = Context::from_waker(Waker::noop());
        let mut line = pin!(reader.line());
        writer.write(b"a");
        assert!(line.as_mut().poll(&mut context).is_pending());
        writer.write(b"b\nc");
        assert_eq!(line.as_mut().poll(&mut context), Poll::Ready(b"ab\n".to_vec()));
        drop(writer);
        assert_eq!(pin!(reader.line()).poll(&mut context), Poll::Ready(b"c".to_vec()));
        assert_eq!(pin!(reader.chunk()).poll(&mut context), Poll::Ready(Vec::new()));
    }

    #[test]
    fn a_full_pipe_rests_and_one_without_a_reader_breaks() {
        let (writer, reader) = pipe(&Meter::default());
        writer.write(&vec![b'x'; PIPE_CAPACITY]);
        assert!(writer.is_full());
        let mut context = Context::from_waker(Waker::noop());
        {
            let mut line = pin!(reader.line());
            assert!(line.as_mut().poll(&mut context).is_pending());
            assert!(!writer.is_full(), "who waits for the end of a line gets more of it");
        }
        drop(reader);
        assert!(!writer.is_broken());
        writer.write(b"y");
        assert!(writer.is_broken());
    }
}
