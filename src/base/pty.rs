//! A pseudo-terminal, which joins a running program to whoever shows its output and types for it.
//!
//! The program's side is [`Terminal::write`], [`Terminal::read_line`], [`Terminal::pick`] and [`Terminal::interrupted`], the other
//! side [`Terminal::take_output`], [`Terminal::answer`] and [`Terminal::interrupt`].

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::{LinkedText, Meter, SelectPrompt};

/// What [`Terminal::read_line`] returns for Ctrl-D on an empty line.
pub const END_OF_INPUT: &str = "\u{4}";

/// Ctrl-C was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupt;

/// Columns of a terminal that was not measured, and the fewest that programs see.
pub const COLUMNS: usize = 80;

/// A shared handle on a terminal.
#[derive(Clone)]
pub struct Terminal(Rc<RefCell<State>>);

/// What was written to the terminals that share one screen, in order, and not taken yet. Clones share it.
#[derive(Clone)]
pub struct ScreenOutput(Rc<Shared>);

struct Shared {
    text: RefCell<LinkedText>,
    meter: Meter,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.meter.take_output(self.text.borrow().bytes().len());
    }
}

impl ScreenOutput {
    /// Nothing yet. Programs pay to `meter` for what they print.
    pub fn new(meter: &Meter) -> ScreenOutput {
        ScreenOutput(Rc::new(Shared { text: RefCell::default(), meter: meter.clone() }))
    }

    fn push(&self, bytes: &[u8], push: impl FnOnce(&mut LinkedText)) {
        if self.0.meter.spend_output(bytes) {
            push(&mut self.0.text.borrow_mut());
        }
    }

    /// What was written since the last call.
    pub fn take(&self) -> LinkedText {
        let text = self.0.text.take();
        self.0.meter.take_output(text.bytes().len());
        text
    }
}

struct State {
    visible_columns: usize,
    /// Written and not taken yet.
    output: ScreenOutput,
    /// The question of the program that waits for a line.
    prompt: Option<String>,
    /// The list to pick from, if that question has one.
    select: Option<SelectPrompt>,
    /// What was typed for that program, or Ctrl-C.
    answer: Option<Result<String, Interrupt>>,
    reader: Option<Waker>,
    /// How many tasks trap Ctrl-C, so that it does not end the program.
    traps: usize,
    /// How many Ctrl-Cs were trapped.
    interrupts: u64,
    trap_wakers: Vec<Waker>,
}

impl Terminal {
    /// A terminal whose programs pay to `meter` for what they print.
    pub fn new(visible_columns: usize, meter: &Meter) -> Terminal {
        Terminal::sharing(visible_columns, &ScreenOutput::new(meter))
    }

    /// A terminal that writes on the same screen as others.
    pub fn sharing(visible_columns: usize, output: &ScreenOutput) -> Terminal {
        Terminal(Rc::new(RefCell::new(State {
            visible_columns,
            output: output.clone(),
            prompt: None,
            select: None,
            answer: None,
            reader: None,
            traps: 0,
            interrupts: 0,
            trap_wakers: Vec::new(),
        })))
    }

    /// Shows bytes: text, line ends, and the escape sequences of colour.
    pub fn write(&self, bytes: &[u8]) {
        self.0.borrow().output.push(bytes, |output| output.push(bytes));
    }

    /// The columns that programs lay tables out for. On a telephone they are more than are visible, and one scrolls: a table cut
    /// to what is visible would have nothing left in it.
    pub fn width(&self) -> usize {
        self.visible_columns().max(COLUMNS)
    }

    /// The columns for text that is better wrapped than scrolled; programs see it as `COLUMNS`.
    pub fn visible_columns(&self) -> usize {
        self.0.borrow().visible_columns
    }

    pub(super) fn write_linked(&self, text: &LinkedText) {
        self.0.borrow().output.push(text.bytes(), |output| output.append(text));
    }

    /// Asks for a line. `prompt` stands as the open last line while it waits and is gone afterwards: the program
    /// prints what shall remain.
    pub async fn read_line(&self, prompt: &str) -> Result<String, Interrupt> {
        let asked = Question::new(self, prompt);
        poll_fn(|context| {
            let mut state = asked.0.0.borrow_mut();
            if let Some(answer) = state.answer.take() {
                return Poll::Ready(answer);
            }
            state.reader = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Asks for one of the options of `select`, as [`Terminal::read_line`] does for a line.
    pub async fn pick(&self, mut select: SelectPrompt) -> Result<String, Interrupt> {
        loop {
            self.0.borrow_mut().select = Some(select.clone());
            let answer = self.read_line(&select.to_text()).await?;
            if let Some(option) = select.picked(&answer) {
                return Ok(option);
            }
        }
    }

    /// Ends at the next Ctrl-C. While this waits, Ctrl-C does not end the program.
    pub fn interrupted(&self) -> impl Future<Output = ()> + use<> {
        let trap = Trap::new(self);
        poll_fn(move |context| {
            let mut state = trap.terminal.0.borrow_mut();
            if state.interrupts > trap.interrupts_before {
                return Poll::Ready(());
            }
            state.trap_wakers.push(context.waker().clone());
            Poll::Pending
        })
    }

    // The side of whoever shows the terminal.

    /// What was written since the last call.
    pub fn take_output(&self) -> LinkedText {
        self.0.borrow().output.take()
    }

    /// Whether both write on the same screen.
    pub fn shares_screen(&self, other: &Terminal) -> bool {
        Rc::ptr_eq(&self.0.borrow().output.0, &other.0.borrow().output.0)
    }

    /// The screen's output, for another terminal of the same screen.
    pub fn output(&self) -> ScreenOutput {
        self.0.borrow().output.clone()
    }

    /// Whether somebody traps Ctrl-C.
    pub fn is_trapped(&self) -> bool {
        self.0.borrow().traps > 0
    }

    /// The question that a program waits to have answered.
    pub fn prompt(&self) -> Option<String> {
        self.0.borrow().prompt.clone()
    }

    /// Calls `act` with the open list to pick from, and shows it anew; `None` if none is open.
    pub fn with_select<T>(&self, act: impl FnOnce(&mut SelectPrompt) -> T) -> Option<T> {
        let state = &mut *self.0.borrow_mut();
        let select = state.select.as_mut()?;
        let result = act(select);
        state.prompt = Some(select.to_text());
        Some(result)
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
            if state.traps == 0 {
                return false;
            }
            state.interrupts += 1;
            std::mem::take(&mut state.trap_wakers)
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
struct Question<'a>(&'a Terminal);

impl<'a> Question<'a> {
    fn new(terminal: &'a Terminal, prompt: &str) -> Question<'a> {
        let mut state = terminal.0.borrow_mut();
        state.prompt = Some(prompt.to_owned());
        state.answer = None;
        Question(terminal)
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let mut state = self.0.0.borrow_mut();
        (state.prompt, state.select) = (None, None);
        state.answer = None;
        state.reader = None;
    }
}

/// Traps Ctrl-C as long as it lives.
struct Trap {
    terminal: Terminal,
    /// `State::interrupts` when the trap was set.
    interrupts_before: u64,
}

impl Trap {
    fn new(terminal: &Terminal) -> Trap {
        let mut state = terminal.0.borrow_mut();
        state.traps += 1;
        Trap { terminal: terminal.clone(), interrupts_before: state.interrupts }
    }
}

impl Drop for Trap {
    fn drop(&mut self) {
        self.terminal.0.borrow_mut().traps -= 1;
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
            let terminal = Terminal::new(80, &Meter::default());
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
        let terminal = Terminal::new(80, &Meter::default());
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
