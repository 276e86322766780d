//! `jq`: queries of JSON, executed by the crates of jaq.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::write::{Pp, Styles};
use jaq_json::{Val, read, write};

use super::inputs::Inputs;
use super::jq_recursion::recursive_definition;
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};

/// Values that one query may make of one input.
const VALUES_MAX: usize = 100_000;

/// The names that `range`, `repeat` and the like have here: with a bound, since a query cannot be interrupted.
const BOUNDED: &str = r#"def __over(n): if n > 100000 then error("more than 100000 steps are not simulated") else . end;
def __range($a; $b; $c): range($a; $b; $c);
def range($a; $b; $c): __over(if $c == 0 then 0 else ($b - $a) / $c end) | __range($a; $b; $c);
def range($a; $b): range($a; $b; 1);
def range($n): range(0; $n; 1);
def until(c; u): def r($n): __over($n) | if c then . else (u | r($n + 1)) end; r(0);
def while(c; u): def r($n): __over($n) | if c then ., (u | r($n + 1)) else empty end; r(0);
def repeat(f): def r($n): ., (__over($n) | f | r($n + 1)); r(0);
def recurse(f): def r($n): ., (__over($n) | f | r($n + 1)); r(0);
def recurse(f; c): def r($n): ., (__over($n) | f | select(c) | r($n + 1)); r(0);
def now: $__now__;
def env: $ENV;
"#;

#[derive(Default)]
struct Options {
    raw: bool,
    joined: bool,
    compact: bool,
    null_input: bool,
    slurp: bool,
    raw_input: bool,
    by_status: bool,
    sort_keys: bool,
    indent: Option<usize>,
    variables: Vec<(String, Val)>,
    filter: Option<String>,
    files: Vec<String>,
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

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = query(&call).await;
        call.end(outcome)
    })
}

fn wrong(text: impl Into<String>) -> Complaint {
    Complaint::new(text, 2)
}

async fn options(call: &Invocation) -> Result<Options, Complaint> {
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
                let parsed = read::parse_single(text.as_bytes());
                named.push((
                    name,
                    parsed.map_err(|_| wrong(format!("Invalid JSON text passed to --argjson: {text}")))?,
                ));
            }
            "--slurpfile" | "--rawfile" => {
                let (name, file) = (value()?, value()?);
                let bytes = call.machine.files.read(&call.path(&file));
                let bytes = bytes
                    .map_err(|error| wrong(format!("Bad JSON in --{} {name} {file}: {error}", &arg[2..])))?;
                let parsed = match arg.as_str() {
                    "--rawfile" => Val::from(String::from_utf8_lossy(&bytes).into_owned()),
                    _ => read::parse_many(&bytes)
                        .collect::<Result<Val, _>>()
                        .map_err(|_| wrong(format!("Bad JSON in {file}")))?,
                };
                named.push((name, parsed));
            }
            "--indent" => options.indent = value()?.parse().ok(),
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
                    read::parse_single(arg.as_bytes())
                        .map_err(|_| wrong(format!("Invalid JSON text passed to --jsonargs: {arg}")))?,
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
    let own = [("ARGS", args), ("ENV", env), ("__now__", Val::from(now))];
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

async fn query(call: &Invocation) -> Outcome {
    let options = options(call).await?;
    let Some(filter) = &options.filter else {
        return Err(wrong("no filter: jq [options] filter [file …]"));
    };
    refuse_recursion(filter)?;
    let names: Vec<String> = options.variables.iter().map(|(name, _)| format!("${name}")).collect();
    let code = format!("{BOUNDED}{filter}");
    let arena = Arena::default();
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let loader = Loader::new(defs);
    let modules = loader.load(&arena, File { code: code.as_str(), path: () });
    let refused = || Complaint::new(format!("error: the filter {filter} is wrong, or not simulated"), 3);
    let modules = modules.map_err(|_| refused())?;
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let compiler = Compiler::default().with_funs(funs).with_global_vars(names.iter().map(String::as_str));
    let compiled = compiler.compile(modules).map_err(|_| refused())?;
    let printer = Printer { call, options: &options };
    let mut status = 0;
    let mut last = None;
    let mut inputs = Inputs::new(call, &options.files);
    let mut source = Source::default();
    let mut is_first = true;
    loop {
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
        let variables = Vars::new(options.variables.iter().map(|(_, value)| value.clone()));
        let ctx = Ctx::<data::JustLut<Val>>::new(&compiled.lut, variables);
        for (count, result) in compiled.id.run((ctx, input)).map(unwrap_valr).enumerate() {
            match result {
                _ if count >= VALUES_MAX => {
                    return Err(Complaint::new(
                        format!("error: more than {VALUES_MAX} values are not simulated"),
                        5,
                    ));
                }
                Ok(value) => {
                    printer.print(&value)?;
                    last = Some(value);
                }
                Err(error) => {
                    status = call.complain(&format!("error (at <stdin>): {error}"), 5);
                    break;
                }
            }
        }
        yield_now().await;
    }
    if status == 0 && inputs.failed {
        status = 2;
    }
    Ok(match (options.by_status, status, last) {
        (true, 0, None) => 4,
        (true, 0, Some(Val::Null | Val::Bool(false))) => 1,
        (_, status, _) => status,
    })
}

fn refuse_recursion(filter: &str) -> Result<(), Complaint> {
    let Some(name) = recursive_definition(filter) else { return Ok(()) };
    let instead = "use recurse, while, until, walk or reduce";
    Err(Complaint::new(format!("error: {name} calls itself, which is not simulated: {instead}"), 3))
}

/// The values in what is read.
#[derive(Default)]
struct Source {
    text: Vec<u8>,
    waiting: std::collections::VecDeque<Val>,
    is_over: bool,
}

impl Source {
    async fn next(
        &mut self,
        inputs: &mut Inputs<'_>,
        options: &Options,
    ) -> Result<Option<Result<Val, String>>, Complaint> {
        if options.slurp {
            if std::mem::replace(&mut self.is_over, true) {
                return Ok(None);
            }
            let all = inputs.all().await?;
            return Ok(Some(match options.raw_input {
                true => Ok(Val::from(String::from_utf8_lossy(&all).into_owned())),
                false => {
                    read::parse_many(&all).collect::<Result<Val, _>>().map_err(|error| error.to_string())
                }
            }));
        }
        if options.raw_input {
            return Ok(inputs.text().await?.map(|line| Ok(Val::from(line))));
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
                Some(line) => self.text.extend(line),
                None => self.is_over = true,
            }
            if !self.is_over && (!self.text.ends_with(b"\n") || !is_balanced(&self.text)) {
                continue;
            }
            let text = std::mem::take(&mut self.text);
            for value in read::parse_many(&text) {
                match value {
                    Ok(value) => self.waiting.push_back(value),
                    Err(error) if self.waiting.is_empty() => return Ok(Some(Err(error.to_string()))),
                    Err(error) => {
                        let first = self.waiting.pop_front();
                        let _ = error;
                        self.text = b"\x00".to_vec();
                        return Ok(first.map(Ok));
                    }
                }
            }
        }
    }
}

/// Whether no bracket and no string is open.
fn is_balanced(text: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for byte in text {
        match byte {
            _ if std::mem::take(&mut escaped) => {}
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth -= 1,
            _ => {}
        }
    }
    depth <= 0 && !in_string
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
