//! The state of a running `awk`: variables, lists, fields, open files, and how much it has done.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use regex_lite::Regex;

use super::super::program::Invocation;
use super::super::regex::{Syntax, compile, pay, weight};
use super::syntax::Program;
use super::value::Value;
use crate::base::Cost;
use crate::base::files::FileWriter;
use crate::base::stdio::BUFFER_LIMIT;

/// Steps of one rule at one line, since a program cannot be interrupted within.
const STEPS_MAX: u32 = 2_000_000;

/// Bytes whose copying takes as long as a step.
const BYTES_PER_STEP: usize = 64;

/// What compiling a part of a pattern takes, in bytes copied; what a compiled one takes beside its parts, and how many
/// parts are kept.
const COMPILE_COST: usize = 256;
const COMPILED_SIZE: u64 = 64;
const COMPILED_MAX: u64 = 1 << 16;

/// Comparisons of a match that take as long as copying a byte.
const MATCHED_PER_BYTE: usize = 8;

/// Steps that cost as much as a command of the shell.
const STEPS_PER_COMMAND: u32 = 256;

/// Bytes that the variables may hold.
const VARIABLES_MAX: usize = 32 << 20;

/// Why a statement is not followed by the next one.
pub(super) enum Stop {
    Break,
    Continue,
    Next,
    Exit,
    Return(Value),
    Error(String),
}

pub(super) type Done = Result<(), Stop>;
/// A list, in the order of its keys.
pub(super) type List = BTreeMap<String, Value>;

pub(super) struct Machine<'a> {
    pub program: &'a Program,
    pub call: &'a Invocation,
    pub variables: HashMap<String, Value>,
    pub lists: HashMap<String, List>,
    /// The variables and lists of the functions that run.
    pub locals: Vec<(HashMap<String, Value>, HashMap<String, List>)>,
    /// The line, and its fields.
    pub fields: Vec<String>,
    pub steps: u32,
    /// Bytes that were copied since the last step.
    worked: usize,
    bytes: usize,
    regexes: HashMap<String, Rc<Regex>>,
    /// How much the programs of `regexes` take, in parts of patterns.
    compiled: u64,
    pub files: HashMap<String, FileWriter>,
    pub status: i32,
    /// For each rule with two patterns whether it is between them.
    pub between: Vec<bool>,
}

pub(super) fn error(text: impl Into<String>) -> Stop {
    Stop::Error(text.into())
}

impl<'a> Machine<'a> {
    pub(super) fn new(program: &'a Program, call: &'a Invocation) -> Machine<'a> {
        let mut variables = HashMap::new();
        for (name, text) in
            [("FS", " "), ("OFS", " "), ("ORS", "\n"), ("RS", "\n"), ("SUBSEP", "\u{1c}"), ("FILENAME", "")]
        {
            variables.insert(name.to_owned(), Value::Text(text.to_owned()));
        }
        for name in ["NR", "FNR", "NF", "RSTART"] {
            variables.insert(name.to_owned(), Value::Number(0.0));
        }
        variables.insert("RLENGTH".to_owned(), Value::Number(-1.0));
        let environment =
            call.variables.iter().map(|(name, value)| (name.clone(), Value::Input(value.clone())));
        let lists = HashMap::from([("ENVIRON".to_owned(), environment.collect())]);
        Machine {
            program,
            call,
            variables,
            lists,
            locals: Vec::new(),
            fields: vec![String::new()],
            steps: 0,
            worked: 0,
            bytes: 0,
            regexes: HashMap::new(),
            compiled: 0,
            files: HashMap::new(),
            status: 0,
            between: vec![false; program.rules.len()],
        }
    }

    /// Sets the line and its fields.
    pub(super) fn set_line(&mut self, line: &str) -> Done {
        let separator = self.get("FS").text();
        self.fields = vec![line.to_owned()];
        let parts = self.split(line, &separator)?;
        self.fields.extend(parts);
        let count = self.fields.len() - 1;
        self.variables.insert("NF".to_owned(), Value::Number(count as f64));
        Ok(())
    }

    /// The parts of a text.
    pub(super) fn split(&mut self, text: &str, separator: &str) -> Result<Vec<String>, Stop> {
        let owned = |part: &str| part.to_owned();
        self.work(text.len())?;
        Ok(match separator {
            _ if text.is_empty() => Vec::new(),
            " " => text.split_whitespace().map(owned).collect(),
            "" => text.chars().map(String::from).collect(),
            one if one.chars().count() == 1 && one != "\\" => text.split(one).map(owned).collect(),
            pattern => {
                let regex = self.regex(pattern)?;
                self.pay(&regex, text)?;
                regex.split(text).map(owned).collect()
            }
        })
    }

    pub(super) fn regex(&mut self, pattern: &str) -> Result<Rc<Regex>, Stop> {
        if let Some(regex) = self.regexes.get(pattern) {
            return Ok(regex.clone());
        }
        let weight = weight(pattern);
        self.work(COMPILE_COST * weight as usize)?;
        let regex = Rc::new(compile(pattern, Syntax::Extended, false).map_err(error)?);
        self.compiled += COMPILED_SIZE + weight;
        if self.compiled > COMPILED_MAX {
            self.compiled = COMPILED_SIZE + weight;
            self.regexes.clear();
        }
        self.regexes.insert(pattern.to_owned(), regex.clone());
        Ok(regex)
    }

    pub(super) fn get(&self, name: &str) -> Value {
        let local = self.locals.last().and_then(|(values, _)| values.get(name));
        local.or_else(|| self.variables.get(name)).cloned().unwrap_or(Value::Nothing)
    }

    pub(super) fn set(&mut self, name: &str, value: Value) -> Done {
        if let Value::Text(text) | Value::Input(text) = &value {
            self.count(text.len())?;
        }
        if name == "NF" {
            let count = value.number().clamp(0.0, 10_000.0) as usize;
            self.fields.resize(count + 1, String::new());
            self.join_fields()?;
        }
        match self.locals.last_mut() {
            Some((values, _)) if values.contains_key(name) => _ = values.insert(name.to_owned(), value),
            _ => _ = self.variables.insert(name.to_owned(), value),
        }
        Ok(())
    }

    /// Counts what is kept, so that it does not fill the memory.
    pub(super) fn count(&mut self, bytes: usize) -> Done {
        self.bytes += bytes;
        if bytes > BUFFER_LIMIT || self.bytes > VARIABLES_MAX {
            let held: usize = self.variables.values().map(|value| value.text().len()).sum();
            let items: usize =
                self.lists.values().flatten().map(|(key, value)| key.len() + value.text().len()).sum();
            self.bytes = held + items;
            if bytes > BUFFER_LIMIT || self.bytes > VARIABLES_MAX / 2 {
                return Err(error("so much text is not simulated"));
            }
        }
        Ok(())
    }

    /// A list, which is made if there is none.
    pub(super) fn list(&mut self, name: &str) -> &mut List {
        let is_local = self.locals.last().is_some_and(|(values, lists)| {
            lists.contains_key(name) || matches!(values.get(name), Some(Value::Nothing))
        });
        match self.locals.last_mut().filter(|_| is_local) {
            Some((_, lists)) => lists.entry(name.to_owned()).or_default(),
            None => self.lists.entry(name.to_owned()).or_default(),
        }
    }

    /// Counts a step.
    pub(super) fn step(&mut self) -> Done {
        self.work(BYTES_PER_STEP)
    }

    /// Pays for what a match of a text costs at most.
    pub(super) fn pay(&mut self, regex: &Regex, text: &str) -> Done {
        pay(regex, text, &self.call.machine.meter).map_err(error)?;
        self.work(text.len().saturating_mul(weight(regex.as_str()) as usize) / MATCHED_PER_BYTE)
    }

    /// Counts what takes as long as copying so many bytes.
    pub(super) fn work(&mut self, bytes: usize) -> Done {
        let before = self.steps;
        self.worked += bytes;
        let steps = self.worked / BYTES_PER_STEP;
        self.worked %= BYTES_PER_STEP;
        self.steps = self.steps.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
        let commands = self.steps / STEPS_PER_COMMAND - before / STEPS_PER_COMMAND;
        if !self.call.machine.meter.spend(Cost::Commands, u64::from(commands)) {
            return Err(error("cannot allocate memory"));
        }
        if self.steps > STEPS_MAX {
            Err(error(format!("more than {STEPS_MAX} steps at one line are not simulated")))
        } else {
            Ok(())
        }
    }

    /// Makes the line again of its fields.
    pub(super) fn join_fields(&mut self) -> Done {
        let separator = self.get("OFS").text();
        let size = self.fields[1..].iter().map(|field| field.len() + separator.len()).sum();
        self.work(size)?;
        if size > BUFFER_LIMIT {
            return Err(error("so much text is not simulated"));
        }
        self.fields[0] = self.fields[1..].join(&separator);
        Ok(())
    }
}
