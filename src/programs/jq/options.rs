//! The options of `jq`, and the variables that a query has.

use jaq_json::Val;

use super::super::program::{Complaint, Invocation};
use super::json;

/// The widest indentation, as `jq` has it.
const INDENT_MAX: usize = 7;

#[derive(Default)]
pub(super) struct Options {
    pub raw: bool,
    pub joined: bool,
    pub compact: bool,
    pub null_input: bool,
    pub slurp: bool,
    pub raw_input: bool,
    /// The status says what the last value was.
    pub by_status: bool,
    pub sort_keys: bool,
    /// Columns; `None` as `jq` has it by itself.
    pub indent: Option<usize>,
    pub variables: Vec<(String, Val)>,
    pub filter: Option<String>,
    pub files: Vec<String>,
}

impl Options {
    /// Sets an option without a value.
    fn set(&mut self, name: &str) -> Result<(), Complaint> {
        match name {
            "--raw-output" | "-r" => self.raw = true,
            "--join-output" | "-j" => (self.raw, self.joined) = (true, true),
            "--compact-output" | "-c" => self.compact = true,
            "--null-input" | "-n" => self.null_input = true,
            "--slurp" | "-s" => self.slurp = true,
            "--raw-input" | "-R" => self.raw_input = true,
            "--exit-status" | "-e" => self.by_status = true,
            "--sort-keys" | "-S" => self.sort_keys = true,
            "--monochrome-output" | "--color-output" | "--unbuffered" | "-M" | "-C" | "-a" => {}
            _ => return Err(wrong(format!("the option {name} is not simulated"))),
        }
        Ok(())
    }
}

pub(super) fn wrong(text: impl Into<String>) -> Complaint {
    Complaint::new(text, 2)
}

/// The options and the filter of a call.
pub(super) fn read(call: &Invocation) -> Result<Options, Complaint> {
    let mut options = Options::default();
    let mut named = Vec::new();
    let mut positional = Vec::new();
    let mut args = call.args.iter();
    let mut rest_is = None; // what the arguments behind --args or --jsonargs are
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().ok_or_else(|| wrong(format!("{arg} takes two parameters")));
        match arg.as_str() {
            "--arg" => {
                let (name, text) = (value()?, value()?);
                named.push((name, Val::from(text)));
            }
            "--argjson" => {
                let (name, text) = (value()?, value()?);
                let parsed = json::value(text.as_bytes());
                named.push((
                    name,
                    parsed.ok_or_else(|| wrong(format!("Invalid JSON text passed to --argjson: {text}")))?,
                ));
            }
            "--slurpfile" | "--rawfile" => {
                let (name, file) = (value()?, value()?);
                let bytes = call.machine.files.read(&call.path(&file));
                let bytes = bytes
                    .map_err(|error| wrong(format!("Bad JSON in --{} {name} {file}: {error}", &arg[2..])))?;
                let parsed = match arg.as_str() {
                    "--rawfile" => Val::from(String::from_utf8_lossy(&bytes).into_owned()),
                    _ => json::values(&bytes)
                        .collect::<Result<Val, _>>()
                        .map_err(|_| wrong(format!("Bad JSON in {file}")))?,
                };
                named.push((name, parsed));
            }
            "--indent" => match value()?.parse() {
                Ok(columns @ 0..=INDENT_MAX) => options.indent = Some(columns),
                Ok(_) => return Err(wrong(format!("Cannot indent more than {INDENT_MAX} characters"))),
                Err(_) => return Err(wrong("--indent takes a number")),
            },
            "-f" | "--from-file" => {
                let file = value()?;
                let bytes = call.machine.files.read(&call.path(&file));
                let bytes = bytes.map_err(|error| wrong(format!("Could not open {file}: {error}")))?;
                options.filter = Some(String::from_utf8_lossy(&bytes).into_owned());
            }
            "--args" | "--jsonargs" => rest_is = Some(arg.as_str()),
            "--tab" => return Err(wrong("--tab is not simulated: use --indent")),
            long if long.starts_with("--") => options.set(long)?,
            letters if letters.len() > 1 && letters.starts_with('-') => {
                for letter in letters[1..].chars() {
                    options.set(&format!("-{letter}"))?;
                }
            }
            _ if options.filter.is_none() => options.filter = Some(arg.clone()),
            _ => match rest_is {
                None => options.files.push(arg.clone()),
                Some("--args") => positional.push(Val::from(arg.clone())),
                Some(_) => positional.push(
                    json::value(arg.as_bytes())
                        .ok_or_else(|| wrong(format!("Invalid JSON text passed to --jsonargs: {arg}")))?,
                ),
            },
        }
    }
    options.variables = variables(call, named, positional);
    Ok(options)
}

/// The variables of a query: those that were given, and those that are always there.
fn variables(call: &Invocation, named: Vec<(String, Val)>, positional: Vec<Val>) -> Vec<(String, Val)> {
    let text = |text: &str| Val::from(text.to_owned());
    let empty = || Val::obj(Default::default());
    let all = named.iter().map(|(name, value)| (text(name), value.clone())).fold(empty(), put);
    let args = put(empty(), (text("positional"), positional.into_iter().collect()));
    let args = put(args, (text("named"), all));
    let env = call.variables.iter().map(|(name, value)| (text(name), text(value))).fold(empty(), put);
    let now = call.machine.clock.now().nanos() as f64 / 1e9;
    let none = Val::Arr(Vec::new().into());
    let own = [("ARGS", args), ("ENV", env), ("__now__", Val::from(now)), ("__inputs__", none)];
    named.into_iter().chain(own.map(|(name, value)| (name.to_owned(), value))).collect()
}

/// An object with one more member.
fn put(object: Val, (name, value): (Val, Val)) -> Val {
    if let Val::Obj(mut members) = object {
        std::rc::Rc::make_mut(&mut members).insert(name, value);
        return Val::Obj(members);
    }
    object
}
