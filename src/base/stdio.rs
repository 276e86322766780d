//! The standard streams of a running program, and the terminal that they may lead to.
//!
//! The terminal's other side (who shows the output and types the answers) is [`Terminal::take_output`],
//! [`Terminal::answer`] and [`Terminal::interrupt`].

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::{LinkedText, Picker};

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

/// What [`Terminal::read_line`] answers when somebody pressed Ctrl-D on an empty line.
pub const END_OF_INPUT: &str = "\u{4}";

/// Somebody pressed Ctrl-C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupt;

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
            Out::Terminal(terminal) => terminal.0.borrow_mut().output.append(text),
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

/// Columns of a terminal that nobody has measured, and the fewest that there are.
pub const COLUMNS: usize = 80;

/// A shared handle on a terminal.
#[derive(Clone)]
pub struct Terminal(Rc<RefCell<State>>);

struct State {
    /// In columns, as many as are in sight.
    room: usize,
    /// Written and not yet shown.
    output: LinkedText,
    /// The question of the program that waits for a line.
    prompt: Option<String>,
    /// What that question lets pick from, if it does.
    picker: Option<Picker>,
    /// What was typed for that program, or Ctrl-C.
    answer: Option<Result<String, Interrupt>>,
    reader: Option<Waker>,
    /// How many wait for Ctrl-C, so that it must not kill them.
    trapping: usize,
    /// Counts the Ctrl-Cs that were trapped.
    interrupts: u64,
    trap: Vec<Waker>,
}

impl Terminal {
    /// A terminal of which so many columns are in sight.
    pub fn new(room: usize) -> Terminal {
        Terminal(Rc::new(RefCell::new(State {
            room,
            output: LinkedText::default(),
            prompt: None,
            picker: None,
            answer: None,
            reader: None,
            trapping: 0,
            interrupts: 0,
            trap: Vec::new(),
        })))
    }

    /// Shows bytes: text, line ends, and the escape sequences of colour.
    pub fn write(&self, bytes: &[u8]) {
        self.0.borrow_mut().output.push(bytes);
    }

    /// How many columns there are. Where fewer are in sight, what is wide is reached by moving it sideways: on a
    /// telephone, tables cut to what is in sight would have nothing left in them.
    pub fn width(&self) -> usize {
        self.room().max(COLUMNS)
    }

    /// How many columns are in sight: `COLUMNS`, for what is better broken than moved.
    pub fn room(&self) -> usize {
        self.0.borrow().room
    }

    /// Asks for a line. `prompt` stands as the open last line while it waits and is gone afterwards: the program
    /// prints what shall remain.
    pub async fn read_line(&self, prompt: &str) -> Result<String, Interrupt> {
        let asking = Asking::new(self, prompt);
        poll_fn(|context| {
            let mut state = asking.0.0.borrow_mut();
            if let Some(answer) = state.answer.take() {
                return Poll::Ready(answer);
            }
            state.reader = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Asks for one of `options`, as [`Terminal::read_line`] does for a line.
    pub async fn pick(&self, question: &str, options: &[String]) -> Result<String, Interrupt> {
        let mut picker = Picker::new(question, options);
        loop {
            self.0.borrow_mut().picker = Some(picker.clone());
            let answer = self.read_line(&picker.shown()).await?;
            if let Some(option) = picker.picked(&answer) {
                return Ok(option);
            }
        }
    }

    /// Ends at the next Ctrl-C. While this waits, Ctrl-C does not end the program.
    pub fn interrupted(&self) -> impl Future<Output = ()> + use<> {
        let trap = Trap::new(self);
        poll_fn(move |context| {
            let mut state = trap.terminal.0.borrow_mut();
            if state.interrupts > trap.seen {
                return Poll::Ready(());
            }
            state.trap.push(context.waker().clone());
            Poll::Pending
        })
    }

    // The side of whoever holds the terminal.

    /// What was written since the last call.
    pub fn take_output(&self) -> LinkedText {
        std::mem::take(&mut self.0.borrow_mut().output)
    }

    pub fn has_output(&self) -> bool {
        !self.0.borrow().output.is_empty()
    }

    /// The question that a program waits to have answered.
    pub fn prompt(&self) -> Option<String> {
        self.0.borrow().prompt.clone()
    }

    /// Changes what a picker shows; `None` where nothing is to be picked.
    pub fn with_picker<T>(&self, act: impl FnOnce(&mut Picker) -> T) -> Option<T> {
        let state = &mut *self.0.borrow_mut();
        let picker = state.picker.as_mut()?;
        let done = act(picker);
        state.prompt = Some(picker.shown());
        Some(done)
    }

    /// Gives the waiting program its line. `false` when none waits.
    pub fn answer(&self, line: &str) -> bool {
        self.reply(Ok(line.to_owned()))
    }

    /// Ctrl-C. `false` when nobody traps it, so that the program has to be ended.
    pub fn interrupt(&self) -> bool {
        if self.reply(Err(Interrupt)) {
            return true;
        }
        let wakers = {
            let mut state = self.0.borrow_mut();
            if state.trapping == 0 {
                return false;
            }
            state.interrupts += 1;
            std::mem::take(&mut state.trap)
        };
        wakers.into_iter().for_each(Waker::wake);
        true
    }

    fn reply(&self, answer: Result<String, Interrupt>) -> bool {
        let mut state = self.0.borrow_mut();
        if state.prompt.take().is_none() {
            return false;
        }
        state.answer = Some(answer);
        let reader = state.reader.take();
        drop(state);
        reader.into_iter().for_each(Waker::wake);
        true
    }
}

/// A question on a terminal, withdrawn when dropped.
struct Asking<'a>(&'a Terminal);

impl<'a> Asking<'a> {
    fn new(terminal: &'a Terminal, prompt: &str) -> Asking<'a> {
        let mut state = terminal.0.borrow_mut();
        state.prompt = Some(prompt.to_owned());
        state.answer = None;
        Asking(terminal)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let mut state = self.0.0.borrow_mut();
        (state.prompt, state.picker) = (None, None);
        state.answer = None;
        state.reader = None;
    }
}

/// Somebody who traps Ctrl-C, as long as this lives.
struct Trap {
    terminal: Terminal,
    /// The interrupts that had been when the trap was set.
    seen: u64,
}

impl Trap {
    fn new(terminal: &Terminal) -> Trap {
        let mut state = terminal.0.borrow_mut();
        state.trapping += 1;
        Trap { terminal: terminal.clone(), seen: state.interrupts }
    }
}

impl Drop for Trap {
    fn drop(&mut self) {
        self.terminal.0.borrow_mut().trapping -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::Context;

    #[test]
    fn a_question_is_answered_or_interrupted() {
        for (act, want) in [(true, Ok("y".to_owned())), (false, Err(Interrupt))] {
            let terminal = Terminal::new(80);
            assert!(!terminal.answer("early"));
            let mut asked = pin!(terminal.read_line("sure? "));
            let mut context = Context::from_waker(Waker::noop());
            assert!(asked.as_mut().poll(&mut context).is_pending());
            assert_eq!(terminal.prompt().as_deref(), Some("sure? "));
            assert!(if act { terminal.answer("y") } else { terminal.interrupt() });
            assert_eq!(asked.as_mut().poll(&mut context), Poll::Ready(want));
            assert_eq!(terminal.prompt(), None);
        }
    }

    #[test]
    fn ctrl_c_is_trapped_only_while_somebody_waits_for_it() {
        let terminal = Terminal::new(80);
        let mut context = Context::from_waker(Waker::noop());
        assert!(!terminal.interrupt());
        {
            let mut trap = pin!(terminal.interrupted());
            assert!(trap.as_mut().poll(&mut context).is_pending());
            assert!(terminal.interrupt());
            assert!(trap.as_mut().poll(&mut context).is_ready());
        }
        assert!(!terminal.interrupt());
    }
}
