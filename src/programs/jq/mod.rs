//! `jq`: queries of JSON, executed by the crates of jaq.

mod access;
mod allowance;
mod functions;
mod json;
mod metered;
mod operators;
mod options;
mod recursion;
mod source;
mod value;

use jaq_core::compile::TermId;
use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars};
use jaq_json::write::{Pp, Styles};
use jaq_json::{Val, write};

use self::metered::{Bounded, Metered};
use self::options::{Options, wrong};
use self::recursion::recursive_definition;
use self::source::Source;
use self::value::Value;
use super::inputs::Inputs;
use super::program::{Complaint, Invocation, Outcome, Running, Status, yield_now};
use crate::base::{Cost, Stdin};

/// Values that one query may make of one input.
const VALUES_MAX: usize = 100_000;

/// What costs as much as a command of the shell.
const UNITS_PER_COMMAND: u64 = 256;

/// The longest filter, how many words and operators it may have, and how many of its brackets may be open at once: it is
/// read and executed by recursion.
const FILTER_BYTES_MAX: usize = 4096;
const FILTER_PARTS_MAX: usize = 300;
const FILTER_DEPTH_MAX: i32 = 100;

/// The names that `range`, `repeat` and the like have here: with a bound, since a query cannot be interrupted. And what
/// jaq's definitions lack.
const BOUNDED: &str = include_str!("definitions.jq");

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = query(&call).await;
        call.end(outcome)
    })
}

async fn query(call: &Invocation) -> Outcome {
    let mut options = options::read(call)?;
    let filter = filter(call, &options)?;
    let files = options.files.clone();
    let (mut inputs, mut source) = (Inputs::new(call, &files), Source::default());
    let reads_ahead = filter.contains("inputs");
    let mut status = if reads_ahead { source.read_ahead(&mut inputs, &mut options).await? } else { 0 };
    let (id, metered) = compiled(&filter, &options)?;
    let (printer, mut last) = (Printer { call, options: &options }, None);
    let mut is_first = true;
    'inputs: loop {
        let input = match options.null_input {
            true if is_first => Val::Null,
            true => break,
            false => match source.next(&mut inputs, &options).await? {
                Some(Ok(input)) => input,
                Some(Err(text)) => {
                    status = call.complain(&format!("error (at <stdin>): {text}"), 2);
                    break;
                }
                None => break,
            },
        };
        is_first = false;
        allowance::grant(allowance::UNITS);
        let variables = options.variables.iter().map(|(_, value)| Value::measured(value.clone()));
        let ctx = Ctx::<Bounded>::new(&metered, Vars::new(variables));
        for (count, result) in id.run((ctx, Value::measured(input))).enumerate() {
            if allowance::is_exhausted() {
                return Err(Complaint::new("error: so much work is not simulated", 5));
            }
            match result {
                _ if count >= VALUES_MAX => {
                    return Err(Complaint::new(
                        format!("error: more than {VALUES_MAX} values are not simulated"),
                        5,
                    ));
                }
                Ok(value) => {
                    printer.print(value.val())?;
                    last = Some(value.into_val());
                }
                Err(exn) => match exn.get_err() {
                    Ok(error) => {
                        let text = error_text(error.into_val());
                        let place =
                            if options.null_input { "<unknown>".to_owned() } else { source.place(&inputs) };
                        status = call.complain(&format!("error (at {place}): {text}"), 5);
                        break;
                    }
                    Err(exn) => {
                        (status, last) = (exn.get_halt().unwrap_or(5), None);
                        break 'inputs;
                    }
                },
            }
        }
        let spent = allowance::UNITS - allowance::left();
        if !call.machine.meter.spend(Cost::Commands, spent / UNITS_PER_COMMAND) {
            return Err(Complaint::new("error: cannot allocate memory", 5));
        }
        yield_now().await;
    }
    if status == 0 && inputs.failed {
        status = 2;
    }
    Ok(by_last(&options, status, last))
}

/// The filter; without one everything passes, unless somebody sits at both ends.
fn filter(call: &Invocation, options: &options::Options) -> Result<String, Complaint> {
    let is_terminal =
        matches!(call.stdio.stdin, Stdin::Terminal(_)) && call.stdio.stdout.terminal().is_some();
    match options.filter.clone() {
        Some(filter) => Ok(filter),
        None if is_terminal => Err(wrong("no filter: jq [options] filter [file …]")),
        None => Ok(".".to_owned()),
    }
}

/// What is said of an error's value.
fn error_text(value: Value) -> String {
    match value.into_val() {
        Val::TStr(text) => String::from_utf8_lossy(&text).into_owned(),
        other => format!("(not a string): {other}"),
    }
}

/// The status of a query that has ended with this status and this last value.
fn by_last(options: &Options, status: Status, last: Option<Val>) -> Status {
    match (options.by_status, status, last) {
        (true, 0, None) => 4,
        (true, 0, Some(Val::Null | Val::Bool(false))) => 1,
        (_, status, _) => status,
    }
}

/// The program of a filter, and where it begins.
fn compiled(filter: &str, options: &Options) -> Result<(TermId, Metered), Complaint> {
    refuse_nesting(filter)?;
    refuse_recursion(filter)?;
    let names: Vec<String> = options.variables.iter().map(|(name, _)| format!("${name}")).collect();
    let code = format!("{BOUNDED}{filter}");
    let arena = Arena::default();
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let loader = Loader::new(defs);
    let modules = loader.load(&arena, File { code: code.as_str(), path: () });
    let refused = || Complaint::new(format!("error: the filter {filter} is wrong, or not simulated"), 3);
    let modules = modules.map_err(|_| refused())?;
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(functions::functions());
    let compiler = Compiler::default().with_funs(funs).with_global_vars(names.iter().map(String::as_str));
    let compiled = compiler.compile(modules).map_err(|_| refused())?;
    Ok((compiled.id, Metered::new(compiled.lut)))
}

/// Refuses what would be read by too deep a recursion.
fn refuse_nesting(filter: &str) -> Result<(), Complaint> {
    let brackets = filter.bytes().scan(0_i32, |open, byte| {
        *open += match byte {
            b'(' | b'[' | b'{' => 1,
            b')' | b']' | b'}' => -1,
            _ => 0,
        };
        Some(*open)
    });
    let is_operator = |char: char| "|,+-*/%=<>?".contains(char);
    let parts = filter.split_whitespace().count() + filter.matches(is_operator).count();
    if parts > FILTER_PARTS_MAX
        || filter.len() > FILTER_BYTES_MAX
        || brackets.max().unwrap_or(0) > FILTER_DEPTH_MAX
    {
        return Err(Complaint::new("error: so long or deep a filter is not simulated", 3));
    }
    Ok(())
}

fn refuse_recursion(filter: &str) -> Result<(), Complaint> {
    let Some(name) = recursive_definition(filter) else { return Ok(()) };
    let instead = "use recurse, while, until, walk or reduce";
    Err(Complaint::new(format!("error: {name} calls itself, which is not simulated: {instead}"), 3))
}

struct Printer<'a> {
    call: &'a Invocation,
    options: &'a Options,
}

impl Printer<'_> {
    fn print(&self, value: &Val) -> Result<(), Complaint> {
        let options = self.options;
        let mut bytes = Vec::new();
        match value {
            Val::TStr(text) | Val::BStr(text) if options.raw => bytes.extend_from_slice(text),
            value => {
                let indent = (!options.compact && options.indent != Some(0))
                    .then(|| " ".repeat(options.indent.unwrap_or(2)));
                let pp = Pp {
                    sep_space: indent.is_some(),
                    indent,
                    sort_keys: options.sort_keys,
                    styles: Styles::default(),
                };
                write::write(&mut bytes, &pp, 0, value)
                    .map_err(|error| Complaint::new(error.to_string(), 5))?;
            }
        }
        if !options.joined {
            bytes.push(b'\n');
        }
        self.call.stdio.stdout.write(&bytes);
        Ok(())
    }
}
