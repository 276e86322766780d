//! The values that a query is given, one after the other.

use jaq_json::Val;

use super::json::{self, Brackets};
use super::options::Options;
use crate::programs::inputs::Inputs;
use crate::programs::program::{Complaint, Outcome};

/// What is read ahead for `inputs`, at most.
const READ_AHEAD_VALUES: usize = 20_000;
const READ_AHEAD_BYTES: usize = 2 << 20;

/// The values in what is read.
#[derive(Default)]
pub(super) struct Source {
    text: Vec<u8>,
    /// Those of the text.
    brackets: Brackets,
    waiting: std::collections::VecDeque<Val>,
    /// Bytes that were read.
    read: usize,
    /// Lines that were read of the last file, and how many files that was.
    lines: (usize, usize),
    is_over: bool,
}

impl Source {
    /// Reads everything, the first value to be the input, if there is one, and the rest for `inputs`.
    pub(super) async fn read_ahead(&mut self, inputs: &mut Inputs<'_>, options: &mut Options) -> Outcome {
        let mut all = Vec::new();
        let mut status = 0;
        while let Some(value) = self.next(inputs, options).await? {
            if all.len() == READ_AHEAD_VALUES || self.read > READ_AHEAD_BYTES {
                return Err(Complaint::new("error: so much input for `inputs` is not simulated", 5));
            }
            match value {
                Ok(value) => all.push(value),
                Err(text) => {
                    inputs.complain(&format!("error (at <stdin>): {text}"));
                    status = 2;
                    break;
                }
            }
        }
        let rest = if options.null_input || all.is_empty() {
            all
        } else {
            let rest = all.split_off(1);
            self.waiting.extend(all);
            rest
        };
        self.is_over = true;
        options.raw_input = false;
        options.slurp = false;
        options.variables.iter_mut().filter(|(name, _)| name == "__inputs__").for_each(|(_, value)| {
            *value = Val::Arr(rest.to_vec().into());
        });
        Ok(status)
    }

    /// How far it has read, as errors tell it.
    pub(super) fn place(&self, inputs: &Inputs<'_>) -> String {
        let name = if inputs.name == "-" { "<stdin>" } else { &inputs.name };
        format!("{name}:{}", self.lines.0)
    }

    fn count_lines(&mut self, text: &[u8], inputs: &Inputs<'_>) {
        let before = if self.lines.1 == inputs.opened { self.lines.0 } else { 0 };
        let ends = text.iter().filter(|byte| **byte == b'\n').count();
        self.lines = (before + ends, inputs.opened);
    }

    pub(super) async fn next(
        &mut self,
        inputs: &mut Inputs<'_>,
        options: &Options,
    ) -> Result<Option<Result<Val, String>>, Complaint> {
        if options.slurp {
            if std::mem::replace(&mut self.is_over, true) {
                return Ok(None);
            }
            let all = inputs.all().await?;
            self.count_lines(&all, inputs);
            return Ok(Some(match options.raw_input {
                true => Ok(Val::from(String::from_utf8_lossy(&all).into_owned())),
                false => json::values(&all).collect::<Result<Val, _>>(),
            }));
        }
        if options.raw_input {
            let line = inputs.text().await?;
            self.read += line.as_ref().map_or(0, String::len);
            self.count_lines(if line.is_some() { b"\n" } else { b"" }, inputs);
            return Ok(line.map(|line| Ok(Val::from(line))));
        }
        loop {
            if let Some(value) = self.waiting.pop_front() {
                return Ok(Some(Ok(value)));
            }
            if self.is_over {
                return Ok(None);
            }
            // A value may have several lines, and a line several values.
            match inputs.line().await? {
                Some(line) => {
                    self.read += line.len();
                    self.count_lines(&line, inputs);
                    self.brackets.add(&line);
                    self.text.extend(line);
                }
                None => self.is_over = true,
            }
            if !self.is_over && (!self.text.ends_with(b"\n") || !self.brackets.are_closed()) {
                continue;
            }
            let text = std::mem::take(&mut self.text);
            self.brackets = Brackets::default();
            for value in json::values(&text) {
                match value {
                    Ok(value) => self.waiting.push_back(value),
                    Err(error) if self.waiting.is_empty() => return Ok(Some(Err(error))),
                    Err(_) => {
                        let first = self.waiting.pop_front();
                        self.text = b"\x00".to_vec();
                        return Ok(first.map(Ok));
                    }
                }
            }
        }
    }
}
