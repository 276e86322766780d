//! `awk`: patterns and actions on the lines and fields of the input, as POSIX has them, without `getline`, pipes and
//! `system`.

mod eval;
mod expression;
mod functions;
mod machine;
mod parse;
mod syntax;
mod value;

use super::escapes::{Dialect, unescape};
use super::inputs::Inputs;
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};
use machine::{Machine, Stop};
use syntax::Pattern;
use value::Value;

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = execute(&call).await;
        call.end(outcome)
    })
}

async fn execute(call: &Invocation) -> Outcome {
    let mut options = Options::read(&call.args, "+F:v:f:", &[], 2)?;
    let mut text = String::new();
    for name in options.values('f') {
        let read = call
            .input(name)
            .await?
            .map_err(|error| Complaint::new(format!("can't open file {name}: {error}"), 2))?;
        text.push_str(&String::from_utf8_lossy(&read));
        text.push('\n');
    }
    if !options.has('f') {
        if options.rest.is_empty() {
            return Err(Complaint::new("no program: awk [-F sign] [-v name=value] program [file …]", 2));
        }
        text = options.rest.remove(0);
    }
    let program = parse::parse(&text).map_err(|text| Complaint::new(text, 2))?;
    let mut machine = Machine::new(&program, call);
    if let Some(separator) = options.value('F') {
        let separator = if separator == "t" { "\t".to_owned() } else { unescaped(separator) };
        machine.variables.insert("FS".to_owned(), Value::Text(separator));
    }
    let is_assignment = |arg: &str| {
        let name = arg.split_once('=').map_or("", |(name, _)| name);
        name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
            && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    };
    for assigned in options.values('v') {
        assign(&mut machine, assigned);
    }
    // Those among the files hold from the beginning here.
    let (assigned, files): (Vec<String>, Vec<String>) =
        options.rest.iter().cloned().partition(|arg| is_assignment(arg));
    let mut status = all_lines(&mut machine, &assigned, &files).await?;
    for body in &program.end {
        match machine.run(body) {
            Ok(()) => {}
            Err(Stop::Exit) => break,
            Err(Stop::Error(text)) => return Err(Complaint::new(text, 2)),
            Err(_) => {}
        }
    }
    status = status.max(machine.status);
    Ok(status)
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    unescape(text, Dialect::Format, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn assign(machine: &mut Machine<'_>, text: &str) {
    if let Some((name, value)) = text.split_once('=') {
        machine.variables.insert(name.to_owned(), Value::Input(unescaped(value)));
    }
}

/// Runs what stands before the lines, and the rules for each line.
async fn all_lines(machine: &mut Machine<'_>, assigned: &[String], files: &[String]) -> Outcome {
    let program = machine.program;
    let ended = |stop: Stop| match stop {
        Stop::Error(text) => Err(Complaint::new(text, 2)),
        _ => Ok(0),
    };
    for body in &program.begin {
        if let Err(stop) = machine.run(body) {
            return ended(stop);
        }
    }
    assigned.iter().for_each(|text| assign(machine, text));
    if program.rules.is_empty() && program.end.is_empty() {
        return Ok(0);
    }
    if machine.get("RS").text() != "\n" {
        return Err(Complaint::new("RS other than a newline is not simulated: use tr", 2));
    }
    let mut inputs = Inputs::new(machine.call, files);
    let (mut number, mut of_file, mut opened) = (0.0, 0.0, 0);
    while let Some(line) = inputs.text().await? {
        if inputs.opened != opened {
            (opened, of_file) = (inputs.opened, 0.0);
        }
        (number, of_file) = (number + 1.0, of_file + 1.0);
        machine.variables.insert("NR".to_owned(), Value::Number(number));
        machine.variables.insert("FNR".to_owned(), Value::Number(of_file));
        let name = if inputs.name == "-" { "" } else { &inputs.name };
        machine.variables.insert("FILENAME".to_owned(), Value::Text(name.to_owned()));
        match machine.set_line(&line).and_then(|()| rules(machine)) {
            Ok(()) | Err(Stop::Next) => {}
            Err(stop) => return ended(stop),
        }
    }
    Ok(if inputs.failed { 2 } else { 0 })
}

/// Runs the rules for the line.
fn rules(machine: &mut Machine<'_>) -> Result<(), Stop> {
    let program = machine.program;
    for (at, rule) in program.rules.iter().enumerate() {
        let applies = match &rule.pattern {
            Pattern::Always => true,
            Pattern::When(condition) => machine.evaluate(condition)?.holds(),
            Pattern::Range(first, last) => {
                let begins = machine.between[at] || machine.evaluate(first)?.holds();
                machine.between[at] = begins && !machine.evaluate(last)?.holds();
                begins
            }
        };
        match &rule.body {
            _ if !applies => {}
            Some(body) => machine.run(body)?,
            None => {
                let line = machine.fields[0].clone() + &machine.get("ORS").text();
                machine.call.stdio.stdout.print(&line);
            }
        }
    }
    Ok(())
}
