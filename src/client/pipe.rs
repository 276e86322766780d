//! A pair of byte pipes between a client and what carries its bytes: the world or a socket.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;

/// The ids of pipes with something to do for their carrier, which makes one such queue for all its pipes and drains it.
pub type Ready = Rc<RefCell<VecDeque<u64>>>;

/// The client's end. Dropping it closes the connection.
pub struct Pipe(Rc<RefCell<State>>);

/// The carrier's end. Dropping it closes the connection.
pub struct PipeEnd(Rc<RefCell<State>>);

struct State {
    id: u64,
    ready: Ready,
    to_server: Vec<u8>,
    to_client: Vec<u8>,
    client_gone: bool,
    server_gone: bool,
    /// Of those who wait for input.
    wakers: Vec<Waker>,
}

impl Pipe {
    /// Both ends of a new connection. `id` is put into `ready` whenever the client has sent bytes or has closed.
    pub fn pair(id: u64, ready: &Ready) -> (Pipe, PipeEnd) {
        let state = State {
            id,
            ready: ready.clone(),
            to_server: Vec::new(),
            to_client: Vec::new(),
            client_gone: false,
            server_gone: false,
            wakers: Vec::new(),
        };
        let state = Rc::new(RefCell::new(state));
        (Pipe(state.clone()), PipeEnd(state))
    }

    /// Lets `write` append bytes for the server.
    pub fn send(&self, write: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.0.borrow_mut();
        let was_empty = state.to_server.is_empty();
        write(&mut state.to_server);
        if was_empty && !state.to_server.is_empty() {
            state.mark_ready();
        }
    }

    /// How many bytes the carrier has not taken yet.
    pub fn unsent(&self) -> usize {
        self.0.borrow().to_server.len()
    }

    /// Whether bytes have come in, or the server has closed.
    pub fn has_input(&self) -> bool {
        let state = self.0.borrow();
        !state.to_client.is_empty() || state.server_gone
    }

    /// Hands what has come in to `read`, which may swap the buffer for another one. `false` once the server has closed.
    pub fn receive(&self, read: impl FnOnce(&mut Vec<u8>)) -> bool {
        let mut state = self.0.borrow_mut();
        if !state.to_client.is_empty() {
            read(&mut state.to_client);
            state.to_client.clear(); // Keeps its capacity.
        }
        !state.server_gone
    }

    /// Wakes `waker` once when bytes come in or the server closes.
    pub fn wake_on_input(&self, waker: &Waker) {
        let wakers = &mut self.0.borrow_mut().wakers;
        if wakers.last().is_some_and(|last| last.will_wake(waker)) {
            return;
        }
        // Waking a task twice costs less than a search at each call, so duplicates are removed only before the list grows.
        if wakers.len() == wakers.capacity() {
            for index in (1..wakers.len()).rev() {
                if wakers[..index].iter().any(|other| other.will_wake(&wakers[index])) {
                    wakers.remove(index);
                }
            }
        }
        wakers.push(waker.clone());
    }
}

impl PipeEnd {
    /// Swaps what the client sent for `buffer`, which has to be empty and lends the pipe its capacity.
    pub fn take(&self, buffer: &mut Vec<u8>) {
        std::mem::swap(&mut self.0.borrow_mut().to_server, buffer);
    }

    /// Lets `read` look at what the client has sent.
    pub fn peek<T>(&self, read: impl FnOnce(&[u8]) -> T) -> T {
        read(&self.0.borrow().to_server)
    }

    /// Takes away what stands behind the first `length` bytes that the client has sent.
    pub fn split_off(&self, length: usize) -> Vec<u8> {
        self.0.borrow_mut().to_server.split_off(length)
    }

    /// Puts back what was taken away.
    pub fn restore(&self, bytes: Vec<u8>) {
        let mut state = self.0.borrow_mut();
        state.to_server = bytes;
        if !state.to_server.is_empty() {
            state.mark_ready();
        }
    }

    /// Delivers bytes to the client.
    pub fn send(&self, bytes: &[u8]) {
        let mut state = self.0.borrow_mut();
        state.to_client.extend_from_slice(bytes);
        state.wake();
    }

    /// As [`PipeEnd::send`], without copying where possible; `bytes` is empty then.
    pub fn send_all(&self, bytes: &mut Vec<u8>) {
        let mut state = self.0.borrow_mut();
        match state.to_client.is_empty() {
            true => std::mem::swap(&mut state.to_client, bytes),
            false => state.to_client.append(bytes),
        }
        state.wake();
    }

    pub fn client_gone(&self) -> bool {
        self.0.borrow().client_gone
    }
}

impl State {
    fn mark_ready(&self) {
        self.ready.borrow_mut().push_back(self.id);
    }

    fn wake(&mut self) {
        self.wakers.drain(..).for_each(Waker::wake);
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.client_gone = true;
        state.mark_ready();
    }
}

impl Drop for PipeEnd {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.server_gone = true;
        state.wake();
    }
}
