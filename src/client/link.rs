//! A pair of pipes between a client and whatever carries its bytes.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Waker;

/// Which links have something for their carrier to do; whoever makes links shares one and empties it.
pub type Ready = Rc<RefCell<VecDeque<u64>>>;

/// The client's end. Dropping it closes the connection.
pub struct Link(Rc<RefCell<State>>);

/// The carrier's end. Dropping it closes the connection.
pub struct LinkEnd(Rc<RefCell<State>>);

struct State {
    id: u64,
    ready: Ready,
    to_server: Vec<u8>,
    to_client: Vec<u8>,
    client_gone: bool,
    server_gone: bool,
    readers: Vec<Waker>,
}

impl Link {
    /// Both ends of a new connection. `id` is put into `ready` whenever the client has sent bytes or has gone.
    pub fn pair(id: u64, ready: &Ready) -> (Link, LinkEnd) {
        let state = State {
            id,
            ready: ready.clone(),
            to_server: Vec::new(),
            to_client: Vec::new(),
            client_gone: false,
            server_gone: false,
            readers: Vec::new(),
        };
        let state = Rc::new(RefCell::new(state));
        (Link(state.clone()), LinkEnd(state))
    }

    /// Lets `write` append bytes for the server.
    pub fn send(&self, write: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.0.borrow_mut();
        let was_empty = state.to_server.is_empty();
        write(&mut state.to_server);
        if was_empty && !state.to_server.is_empty() {
            state.announce();
        }
    }

    /// Whether anything has come in, or nothing more will.
    pub fn has_news(&self) -> bool {
        let state = self.0.borrow();
        !state.to_client.is_empty() || state.server_gone
    }

    /// Hands what has come in to `read`, which may keep it and give other memory back. `false` when nothing more will come.
    pub fn receive(&self, read: impl FnOnce(&mut Vec<u8>)) -> bool {
        let mut state = self.0.borrow_mut();
        if !state.to_client.is_empty() {
            read(&mut state.to_client);
            state.to_client.clear(); // Its room is used again.
        }
        !state.server_gone
    }

    /// Wakes `waker` once when bytes come in or the server goes.
    pub fn wake_on_input(&self, waker: &Waker) {
        let readers = &mut self.0.borrow_mut().readers;
        if readers.last().is_some_and(|reader| reader.will_wake(waker)) {
            return;
        }
        // To look through all of them each time would cost more than to wake somebody twice, so those that stand there
        // twice go only before the list grows.
        if readers.len() == readers.capacity() {
            for at in (1..readers.len()).rev() {
                if readers[..at].iter().any(|reader| reader.will_wake(&readers[at])) {
                    readers.remove(at);
                }
            }
        }
        readers.push(waker.clone());
    }
}

impl LinkEnd {
    /// Takes what the client sent into `buffer`, which must be empty; its room goes to the link.
    pub fn take(&self, buffer: &mut Vec<u8>) {
        std::mem::swap(&mut self.0.borrow_mut().to_server, buffer);
    }

    pub fn send(&self, bytes: &[u8]) {
        let mut state = self.0.borrow_mut();
        state.to_client.extend_from_slice(bytes);
        state.wake();
    }

    /// As [`LinkEnd::send`], of all that is in `bytes`, which has the room of what was read before then.
    pub fn give(&self, bytes: &mut Vec<u8>) {
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
    fn announce(&self) {
        self.ready.borrow_mut().push_back(self.id);
    }

    fn wake(&mut self) {
        self.readers.drain(..).for_each(Waker::wake);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.client_gone = true;
        state.announce();
    }
}

impl Drop for LinkEnd {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.server_gone = true;
        state.wake();
    }
}
