//! The standard streams of a running program.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::pty::Terminal;
use super::{Cost, LinkedText, Meter};

/// The streams of one program.
#[derive(Clone)]
pub struct Stdio {
    pub stdin: Stdin,
    pub stdout: Out,
    pub stderr: Out,
}

/// Where a program reads.
#[derive(Clone)]
pub enum Stdin {
    Terminal(Terminal),
    /// The whole of what another program wrote.
    Pipe(Rc<[u8]>),
}

/// Where a program writes.
#[derive(Clone)]
pub enum Out {
    Terminal(Terminal),
    Pipe(PipeBuffer),
}

/// Keeps what is written for whoever reads it later. Clones share it.
#[derive(Clone)]
pub struct PipeBuffer(Rc<PipeState>);

struct PipeState {
    meter: Meter,
    bytes: RefCell<Vec<u8>>,
    /// Nothing is kept.
    is_null: bool,
    is_full: Cell<bool>,
}

impl PipeBuffer {
    pub fn new(meter: &Meter) -> PipeBuffer {
        PipeBuffer::open(meter, false)
    }

    fn open(meter: &Meter, is_null: bool) -> PipeBuffer {
        let (meter, bytes, is_full) = (meter.clone(), RefCell::default(), Cell::new(false));
        PipeBuffer(Rc::new(PipeState { meter, bytes, is_null, is_full }))
    }

    pub fn write(&self, bytes: &[u8]) {
        let PipeBuffer(pipe) = self;
        let count = bytes.len() as u64;
        if !pipe.meter.spend(Cost::Bytes, count) || pipe.is_null {
        } else if pipe.meter.spend(Cost::Held, count) {
            pipe.bytes.borrow_mut().extend_from_slice(bytes);
        } else {
            pipe.is_full.set(true);
        }
    }

    /// What was written since the last call.
    pub fn take(&self) -> Vec<u8> {
        let bytes = self.0.bytes.take();
        self.0.meter.give_back(Cost::Held, bytes.len() as u64);
        bytes
    }

    /// Whether something that was written did not fit, and is lost.
    pub fn is_full(&self) -> bool {
        self.0.is_full.get()
    }
}

impl Drop for PipeState {
    fn drop(&mut self) {
        self.meter.give_back(Cost::Held, self.bytes.borrow().len() as u64);
    }
}

impl Stdio {
    /// All three streams on one terminal.
    pub fn on(terminal: &Terminal) -> Stdio {
        Stdio {
            stdin: Stdin::Terminal(terminal.clone()),
            stdout: Out::Terminal(terminal.clone()),
            stderr: Out::Terminal(terminal.clone()),
        }
    }
}

impl Out {
    /// Keeps nothing, as `/dev/null`.
    pub fn null(meter: &Meter) -> Out {
        Out::Pipe(PipeBuffer::open(meter, true))
    }

    pub fn write(&self, bytes: &[u8]) {
        match self {
            Out::Terminal(terminal) => terminal.write(bytes),
            Out::Pipe(pipe) => pipe.write(bytes),
        }
    }

    /// Writes a text, with its links if it goes to a terminal.
    pub fn write_linked(&self, text: &LinkedText) {
        match self {
            Out::Terminal(terminal) => terminal.write_linked(text),
            Out::Pipe(_) => self.write(text.bytes()),
        }
    }

    pub fn print(&self, text: &str) {
        self.write(text.as_bytes());
    }

    /// `text` and the end of the line.
    pub fn line(&self, text: &str) {
        self.print(text);
        self.print("\n");
    }

    pub fn terminal(&self) -> Option<&Terminal> {
        match self {
            Out::Terminal(terminal) => Some(terminal),
            Out::Pipe(_) => None,
        }
    }
}
