//! The standard streams of a running program.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::files::{FileError, FileWriter};
use super::pipe::{PipeReader, PipeWriter};
use super::pty::{END_OF_INPUT, Interrupt, Terminal};
use super::{Cost, LinkedText, Meter, pipe};

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
    /// What another program writes, a file, or a text in the command.
    Pipe(PipeReader),
}

/// Where a program writes.
#[derive(Clone)]
pub enum Out {
    Terminal(Terminal),
    /// A program that reads at the same time.
    Pipe(PipeWriter),
    /// A buffer that is read when the program has ended.
    Buffer(PipeBuffer),
    File(FileWriter),
    /// `/dev/null`
    Null(Meter),
}

/// Bytes that a buffer keeps; a program that writes more is ended.
pub const BUFFER_LIMIT: usize = 8 << 20;

/// Keeps what is written for whoever reads it later. Clones share it.
#[derive(Clone)]
pub struct PipeBuffer(Rc<BufferState>);

struct BufferState {
    meter: Meter,
    bytes: RefCell<Vec<u8>>,
    is_full: Cell<bool>,
}

impl PipeBuffer {
    pub fn new(meter: &Meter) -> PipeBuffer {
        let (meter, bytes, is_full) = (meter.clone(), RefCell::default(), Cell::new(false));
        PipeBuffer(Rc::new(BufferState { meter, bytes, is_full }))
    }

    fn write(&self, bytes: &[u8]) {
        let PipeBuffer(buffer) = self;
        let count = bytes.len() as u64;
        let fits = buffer.bytes.borrow().len() <= BUFFER_LIMIT;
        if fits && buffer.meter.spend(Cost::Bytes, count) && buffer.meter.spend(Cost::Held, count) {
            buffer.bytes.borrow_mut().extend_from_slice(bytes);
        } else {
            buffer.is_full.set(true);
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

impl Drop for BufferState {
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

impl Stdin {
    /// Whether both read from the same place.
    pub fn is_same(&self, other: &Stdin) -> bool {
        match (self, other) {
            (Stdin::Terminal(one), Stdin::Terminal(other)) => one.shares_screen(other),
            (Stdin::Pipe(one), Stdin::Pipe(other)) => one.is_same(other),
            (Stdin::Terminal(_) | Stdin::Pipe(_), _) => false,
        }
    }

    /// These bytes and no more.
    pub fn of(bytes: impl Into<Vec<u8>>) -> Stdin {
        Stdin::Pipe(PipeReader::of(bytes))
    }

    /// The next line with its end, which the last one may lack. Empty at the end.
    pub async fn line(&self) -> Result<Vec<u8>, Interrupt> {
        match self {
            Stdin::Terminal(terminal) => read_terminal(terminal).await,
            Stdin::Pipe(pipe) => Ok(pipe.line().await),
        }
    }

    /// What is there, once something is. Empty at the end.
    pub async fn chunk(&self) -> Result<Vec<u8>, Interrupt> {
        match self {
            Stdin::Terminal(terminal) => read_terminal(terminal).await,
            Stdin::Pipe(pipe) => Ok(pipe.chunk().await),
        }
    }

    /// Everything up to the end, but no more than [`BUFFER_LIMIT`] and a chunk.
    pub async fn all(&self) -> Result<Vec<u8>, Interrupt> {
        let mut all = Vec::new();
        loop {
            let chunk = self.chunk().await?;
            if chunk.is_empty() || all.len() > BUFFER_LIMIT {
                return Ok(all);
            }
            all.extend_from_slice(&chunk);
        }
    }
}

/// A line that is typed, which the terminal shows; empty for Ctrl-D.
async fn read_terminal(terminal: &Terminal) -> Result<Vec<u8>, Interrupt> {
    let line = terminal.read_line("").await?;
    if line == END_OF_INPUT {
        return Ok(Vec::new());
    }
    let line = format!("{line}\n");
    terminal.write(line.as_bytes());
    Ok(line.into_bytes())
}

impl Out {
    /// Whether both write to the same place.
    pub fn is_same(&self, other: &Out) -> bool {
        match (self, other) {
            (Out::Terminal(one), Out::Terminal(other)) => one.shares_screen(other),
            (Out::Pipe(one), Out::Pipe(other)) => one.is_same(other),
            (Out::Buffer(one), Out::Buffer(other)) => Rc::ptr_eq(&one.0, &other.0),
            (Out::File(one), Out::File(other)) => one.is_same(other),
            (Out::Null(_), Out::Null(_)) => true,
            (Out::Terminal(_) | Out::Pipe(_) | Out::Buffer(_) | Out::File(_) | Out::Null(_), _) => false,
        }
    }

    /// A buffer that keeps everything for whoever reads it later.
    pub fn buffer(meter: &Meter) -> (Out, PipeBuffer) {
        let buffer = PipeBuffer::new(meter);
        (Out::Buffer(buffer.clone()), buffer)
    }

    /// A pipe to a program that reads at the same time.
    pub fn pipe(meter: &Meter) -> (Out, Stdin) {
        let (writer, reader) = pipe::pipe(meter);
        (Out::Pipe(writer), Stdin::Pipe(reader))
    }

    pub fn write(&self, bytes: &[u8]) {
        match self {
            Out::Terminal(terminal) => terminal.write(bytes),
            Out::Pipe(pipe) => pipe.write(bytes),
            Out::Buffer(buffer) => buffer.write(bytes),
            Out::File(file) => file.write(bytes),
            Out::Null(meter) => _ = meter.spend(Cost::Bytes, bytes.len() as u64),
        }
    }

    /// Writes a text, with its links if it goes to a terminal.
    pub fn write_linked(&self, text: &LinkedText) {
        match self {
            Out::Terminal(terminal) => terminal.write_linked(text),
            Out::Pipe(_) | Out::Buffer(_) | Out::File(_) | Out::Null(_) => self.write(text.bytes()),
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
            Out::Pipe(_) | Out::Buffer(_) | Out::File(_) | Out::Null(_) => None,
        }
    }

    /// Whether what writes here has to be ended: nobody reads it, or it is too much.
    pub fn is_broken(&self) -> bool {
        match self {
            Out::Pipe(pipe) => pipe.is_broken(),
            Out::Buffer(buffer) => buffer.is_full(),
            Out::Terminal(_) | Out::File(_) | Out::Null(_) => false,
        }
    }

    /// Why not everything could be written, since the last call.
    pub fn take_error(&self) -> Option<FileError> {
        match self {
            Out::File(file) => file.take_error(),
            Out::Terminal(_) | Out::Pipe(_) | Out::Buffer(_) | Out::Null(_) => None,
        }
    }
}
