//! The files that a program reads one after the other, or its standard input, line by line.

use std::collections::VecDeque;

use super::program::{Complaint, Invocation, yield_now};
use crate::base::{Cost, Interrupt, Stdin};

/// What a line costs beside its bytes.
const LINE_COST: u64 = 64;

/// What a line takes that is kept, beside its bytes.
const LINE_SIZE: usize = 48;

/// What is done at most between two moments at which others may run: lines, bytes, commands.
const LINES_PER_YIELD: u64 = 256;
const BYTES_PER_YIELD: u64 = 1 << 20;
const COMMANDS_PER_YIELD: u64 = 1000;

pub(super) struct Inputs<'a> {
    call: &'a Invocation,
    names: VecDeque<String>,
    current: Option<Stdin>,
    /// The name of the file that is read; `-` for standard input.
    pub name: String,
    /// A file could not be read, which was said.
    pub failed: bool,
    /// Stands before the name of a file that could not be read.
    pub prefix: &'static str,
    /// Nothing is said about files that could not be read.
    pub is_silent: bool,
    /// How many files were opened.
    pub opened: usize,
    /// Bytes that the program keeps of what it has read.
    kept: usize,
    /// Lines that were read since others could run, and what had been spent then.
    count: u64,
    spent: (u64, u64),
}

impl<'a> Inputs<'a> {
    /// The files of these names; standard input if there are none.
    pub(super) fn new(call: &'a Invocation, names: &[String]) -> Inputs<'a> {
        let names = if names.is_empty() { VecDeque::from(["-".to_owned()]) } else { names.to_vec().into() };
        Inputs {
            call,
            names,
            current: None,
            name: "-".to_owned(),
            failed: false,
            prefix: "",
            is_silent: false,
            opened: 0,
            kept: 0,
            count: 0,
            spent: (0, 0),
        }
    }

    /// Lets others run from time to time.
    async fn yield_sometimes(&mut self) {
        self.count += 1;
        let meter = &self.call.machine.meter;
        let spent = (meter.spent(Cost::Bytes), meter.spent(Cost::Commands));
        if self.count >= LINES_PER_YIELD
            || spent.0.saturating_sub(self.spent.0) > BYTES_PER_YIELD
            || spent.1.saturating_sub(self.spent.1) > COMMANDS_PER_YIELD
        {
            (self.count, self.spent) = (0, spent);
            yield_now().await;
        }
    }

    /// The next line with its end, which the last one of a file may lack. `None` at the end.
    pub(super) async fn line(&mut self) -> Result<Option<Vec<u8>>, Interrupt> {
        self.yield_sometimes().await;
        loop {
            if let Some(stdin) = &self.current {
                let line = stdin.line().await?;
                if !line.is_empty()
                    && self.call.machine.meter.spend(Cost::Bytes, LINE_COST + line.len() as u64)
                {
                    return Ok(Some(line));
                }
                self.current = None;
            }
            if !self.next_file() {
                return Ok(None);
            }
        }
    }

    /// The next line of this file; `None` at its end.
    pub(super) async fn line_here(&mut self) -> Result<Option<Vec<u8>>, Interrupt> {
        self.yield_sometimes().await;
        let Some(stdin) = &self.current else { return Ok(None) };
        let line = stdin.line().await?;
        if line.is_empty() || !self.call.machine.meter.spend(Cost::Bytes, LINE_COST + line.len() as u64) {
            self.current = None;
            return Ok(None);
        }
        Ok(Some(line))
    }

    /// The next line as text without its end.
    pub(super) async fn text(&mut self) -> Result<Option<String>, Interrupt> {
        Ok(self.line().await?.map(|line| text(&line)))
    }

    /// A program keeps so many bytes more of what it has read.
    ///
    /// # Errors
    /// It is too much to be kept.
    pub(super) fn keep(&mut self, bytes: usize) -> Result<(), Complaint> {
        self.kept += bytes + LINE_SIZE;
        if self.kept > crate::base::stdio::BUFFER_LIMIT {
            return Err(Complaint::new("so much input is not simulated", 1));
        }
        Ok(())
    }

    /// Everything that is left.
    pub(super) async fn all(&mut self) -> Result<Vec<u8>, Interrupt> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend(chunk);
            if all.len() > crate::base::stdio::BUFFER_LIMIT {
                break;
            }
        }
        Ok(all)
    }

    /// What is there of a file, once something is. `None` at the end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Vec<u8>>, Interrupt> {
        loop {
            if let Some(stdin) = &self.current {
                let chunk = stdin.chunk().await?;
                if !chunk.is_empty() {
                    return Ok(Some(chunk));
                }
                self.current = None;
            }
            if !self.next_file() {
                return Ok(None);
            }
        }
    }

    /// Says what is wrong with what was read.
    pub(super) fn complain(&self, text: &str) {
        self.call.complain(text, 1);
    }

    /// Reads no more of this file. Standard input is left to others.
    pub(super) fn skip_file(&mut self) {
        self.current = None;
    }

    /// Opens the next file. `false` if there is none.
    pub(super) fn next_file(&mut self) -> bool {
        while let Some(name) = self.names.pop_front() {
            if name == "-" || name == "/dev/stdin" {
                self.current = Some(self.call.stdio.stdin.clone());
                self.opened += 1;
                self.name = name;
                return true;
            }
            match self.call.read(&name) {
                Ok(bytes) => {
                    self.current = Some(Stdin::of(bytes));
                    self.opened += 1;
                    self.name = name;
                    return true;
                }
                Err(error) => {
                    self.failed = true;
                    if !self.is_silent {
                        self.call.complain(&format!("{}{name}: {error}", self.prefix), 1);
                    }
                }
            }
        }
        false
    }
}

/// A line as text without its end.
pub(super) fn text(line: &[u8]) -> String {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    String::from_utf8_lossy(line).into_owned()
}
