//! Reads a command line: words in, a command with its values out, or what to print instead.
//!
//! The checks have the real command's order: environment, validators, what `--version` and `help` do, the grammar,
//! `--help`, the values, what is required.

mod line;
mod scanner;

use std::collections::BTreeMap;

use super::call::{Call, Values, read_value};
use super::context::{Context, NotFound};
use super::exit::Exit;
use super::help::Page;
use super::table::{Arg, Flag};
use super::values::parse_bytes;
use crate::gofmt::parse_decimal;
use line::{Element, Line, LineError};

/// The environment of a command line.
pub struct ParseEnv<'a> {
    /// The environment variables.
    pub variables: &'a BTreeMap<String, String>,
    /// Columns of the screen, for help pages.
    pub width: usize,
    /// Reads the file of an argument `@file`, which stands for its lines.
    pub read_file: &'a dyn Fn(&str) -> Option<String>,
    /// Loads the context that a command names, or the selected one.
    pub context: &'a dyn Fn(&Call) -> Result<Context, NotFound>,
}

/// The version of the real command that is simulated.
pub const VERSION: &str = "v0.5.1";

/// Reads the words after `nats`.
pub fn parse(words: &[String], env: &ParseEnv) -> Result<Call, Exit> {
    let mut line = Line::new(words, env.read_file);
    let grammar = line.read();
    if let Some(command) = line.commands.iter().find(|command| command.opaque) {
        return Err(Exit::not_simulated(&format!("nats {}", command.path)));
    }
    let evaluation = Evaluation { line, env };
    evaluation.call(grammar).map_err(|stop| match stop {
        Stop::Exit(exit) => exit,
        Stop::Error(error) => evaluation.exit(error),
    })
}

/// Why a command does not run.
enum Stop {
    Exit(Exit),
    Error(LineError),
}

impl From<LineError> for Stop {
    fn from(error: LineError) -> Stop {
        Stop::Error(error)
    }
}

/// A line that was read, with the environment that completes it.
struct Evaluation<'a> {
    line: Line<'a>,
    env: &'a ParseEnv<'a>,
}

impl Evaluation<'_> {
    fn call(&self, grammar: Result<(), LineError>) -> Result<Call, Stop> {
        let mut call = Call {
            command: self.line.command(),
            args: Values::new(),
            flags: Values::new(),
            given: Vec::new(),
        };
        if !self.line.has_flag("help") {
            self.set_defaults(&mut call)?;
        }
        self.validate()?;
        let values = self.set_values(&mut call);
        self.act_early(&call)?;
        grammar?;
        if self.line.has_flag("help") || self.line.commands.len() == 1 && values.is_ok() {
            return Err(Stop::Exit(Exit::output(self.page())));
        }
        values?;
        self.require(&call)?;
        Ok(call)
    }

    /// Sets values from the environment and defaults, for what is not on the command line.
    fn set_defaults(&self, call: &mut Call) -> Result<(), LineError> {
        for flag in self.line.flags().filter(|flag| !self.line.has_flag(flag.name)) {
            let variable = flag.variable().and_then(|name| self.env.variables.get(name));
            let Some(text) =
                variable.map(String::as_str).filter(|text| !text.is_empty()).or(flag.value.default)
            else {
                continue;
            };
            let value = read_value(&flag.value, text).map_err(LineError::Message)?;
            call.flags.insert(flag.name, vec![value]);
        }
        for arg in &self.line.command().args {
            let given =
                |element: &Element| matches!(element, Element::Arg(given, _) if given.name == arg.name);
            if let Some(text) = arg.value.default.filter(|_| !self.line.elements.iter().any(given)) {
                let value = read_value(&arg.value, text).map_err(LineError::Message)?;
                call.args.insert(arg.name, vec![value]);
            }
        }
        Ok(())
    }

    /// Checks `--history`, the one value with limits of its own, before all others.
    fn validate(&self) -> Result<(), LineError> {
        for element in &self.line.elements {
            let Element::Flag(flag @ Flag { name: "history", .. }, text) = element else { continue };
            if flag.is_bool() {
                continue;
            }
            let wrong = match parse_decimal(text) {
                Err(message) => message,
                Ok(..1) => "must be greater than or equal to 1".to_owned(),
                Ok(65..) => "must be less than or equal to 64".to_owned(),
                Ok(_) => continue,
            };
            return Err(LineError::Message(format!("history: {wrong}")));
        }
        Ok(())
    }

    fn set_values(&self, call: &mut Call) -> Result<(), LineError> {
        for element in &self.line.elements {
            match element {
                Element::Flag(flag, text) => {
                    if call.given.contains(&flag.name) && !flag.value.many {
                        return Err(LineError::Usage(format!("flag '{}' cannot be repeated", flag.name)));
                    }
                    let value = read_value(&flag.value, text).map_err(LineError::Message)?;
                    if !call.given.contains(&flag.name) {
                        call.given.push(flag.name);
                        call.flags.remove(flag.name);
                    }
                    call.flags.entry(flag.name).or_default().push(value);
                }
                Element::Arg(arg, text) => {
                    let value = read_value(&arg.value, text).map_err(LineError::Message)?;
                    call.args.entry(arg.name).or_default().push(value);
                }
            }
        }
        if self.line.commands.len() > 1 && !self.line.command().commands.is_empty() {
            return Err(LineError::Usage(
                "a subcommand from the list below is required, use --help for full help including flags and arguments"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// Checks that come before errors in the rest of the line.
    fn act_early(&self, call: &Call) -> Result<(), Stop> {
        if let Err(NotFound(lost)) = (self.env.context)(call) {
            return Err(Stop::Exit(Exit { stdout: lost, ..Exit::error("context not found") }));
        }
        for element in &self.line.elements {
            let Element::Flag(flag, _) = element else { continue };
            if flag.name == "version" {
                return Err(Stop::Exit(Exit::output(format!("{VERSION}\n"))));
            }
            if flag.opaque {
                return Err(Stop::Exit(Exit::not_simulated(&format!("--{}", flag.name))));
            }
        }
        match self.line.command().path {
            "help" => Err(Stop::Exit(self.help_command(call))),
            "kv add" | "kv edit" => {
                self.check_sizes(call, &[("max-value-size", 32), ("max-bucket-size", 64)])
            }
            "stream add" | "stream edit" | "stream copy" => {
                self.check_sizes(call, &[("max-bytes", 32), ("max-msg-size", 32)])
            }
            _ => Ok(()),
        }
    }

    fn check_sizes(&self, call: &Call, sizes: &[(&str, u32)]) -> Result<(), Stop> {
        for (name, bits) in sizes {
            let text = call.text(name);
            if !text.is_empty() {
                parse_bytes(text, *bits).map_err(LineError::Message)?;
            }
        }
        Ok(())
    }

    fn help_command(&self, call: &Call) -> Exit {
        let words = call.texts("command");
        let mut line = Line::new(&words, self.env.read_file);
        if let Err(LineError::Usage(message) | LineError::Message(message)) = line.read() {
            let message =
                message.trim_end_matches(", use --help for full help including flags and arguments");
            return Exit::error(message);
        }
        if let Some(command) = line.commands.iter().find(|command| command.opaque) {
            return Exit::not_simulated(&format!("nats {}", command.path));
        }
        Exit::output(
            Page { chain: &line.commands, width: self.env.width, globals: line.has_flag("help") }.render(),
        )
    }

    fn require(&self, call: &Call) -> Result<(), LineError> {
        let missing = |arg: &&Arg| arg.required && !call.args.contains_key(arg.name);
        match self.line.command().args.iter().find(missing) {
            Some(arg) => Err(LineError::Usage(format!("required argument '{}' not provided", arg.name))),
            None => Ok(()),
        }
    }

    fn page(&self) -> String {
        Page { chain: &self.line.commands, width: self.env.width, globals: self.line.has_flag("help") }
            .render()
    }

    fn exit(&self, error: LineError) -> Exit {
        match error {
            LineError::Message(message) => Exit::error(message),
            LineError::Usage(message) => Exit::usage(&message, self.page()),
        }
    }
}
