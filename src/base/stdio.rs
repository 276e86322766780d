//! The standard streams of a running program.

use std::cell::RefCell;
use std::rc::Rc;

use super::LinkedText;
use super::pty::Terminal;

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
    Pipe(Rc<RefCell<Vec<u8>>>),
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
    /// A pipe that keeps everything for whoever reads it later.
    pub fn pipe() -> (Out, Rc<RefCell<Vec<u8>>>) {
        let buffer = Rc::new(RefCell::new(Vec::new()));
        (Out::Pipe(buffer.clone()), buffer)
    }

    pub fn write(&self, bytes: &[u8]) {
        match self {
            Out::Terminal(terminal) => terminal.write(bytes),
            Out::Pipe(buffer) => buffer.borrow_mut().extend_from_slice(bytes),
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
