//! The commands that are a part of the shell, as one table: what runs them, and the line that `help` and
//! completion show.

use std::time::Duration;

mod help;
mod printf;
mod test;

use crate::base::stdio::END_OF_INPUT;
use crate::base::{Stdin, Stdio, Terminal, float};
use crate::shell::jobs::{INTERRUPTED, TERMINATED};
use crate::shell::run::{Later, Outcome, Stop};
use crate::shell::state::Shell;

/// One of them.
pub struct Builtin {
    pub name: &'static str,
    /// What may follow the name.
    pub usage: &'static str,
    /// What it does.
    pub help: &'static str,
    pub(super) run: for<'a> fn(Call<'a>) -> Later<'a>,
}

/// How it was called.
pub(super) struct Call<'a> {
    pub shell: &'a Shell,
    pub name: &'a str,
    pub args: &'a [String],
    pub io: &'a Stdio,
}

impl Call<'_> {
    /// Complains in the command's name.
    pub(super) fn fail(&self, text: &str, status: i32) -> Outcome {
        self.io.stderr.line(&format!("{}: {text}", self.name));
        Ok(status)
    }
}

/// Makes a table entry of a function that has its outcome at once.
macro_rules! now {
    ($name:literal, $usage:literal, $help:literal, $run:path) => {
        Builtin {
            name: $name,
            usage: $usage,
            help: $help,
            run: |call| Box::pin(std::future::ready($run(&call))),
        }
    };
}

/// Makes a table entry of a function that may wait.
macro_rules! later {
    ($name:literal, $usage:literal, $help:literal, $run:path) => {
        Builtin { name: $name, usage: $usage, help: $help, run: |call| Box::pin($run(call)) }
    };
}

/// All of them.
pub const BUILTINS: &[Builtin] = &[
    now!("echo", "[-n] [text …]", "print text", echo),
    now!("printf", "format [value …]", "print values in a format", printf::run),
    later!("cat", "[-]", "print what comes through a pipe or <<END", cat),
    now!("seq", "[first [step]] last", "print numbers", seq),
    later!("sleep", "time", "let time pass on the simulated clock: 5, 0.5, 2m", sleep),
    now!("test", "condition", "compare texts and numbers; also [ condition ]", test::run),
    now!("[", "condition ]", "compare texts and numbers", test::run),
    now!("true", "", "succeed", success),
    now!(":", "", "do nothing", success),
    now!("false", "", "fail", failure),
    now!("export", "name[=value] …", "let programs see a variable", export),
    now!("unset", "name …", "forget a variable", unset),
    now!("break", "[loops]", "leave a loop", leave_loop),
    now!("continue", "[loops]", "go on with the next round of a loop", next_round),
    now!("exit", "[status]", "end the line", exit),
    now!("jobs", "", "list what runs in the background", jobs),
    now!("kill", "[-signal] %job …", "end what runs in the background", kill),
    later!("wait", "[%job …]", "wait for what runs in the background", wait),
    now!("history", "", "list the commands of this terminal", history),
    now!("clear", "", "clear the view", clear),
    now!("help", "[command]", "what can be typed here", help::run),
];

/// The builtin of that name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.name == name)
}

/// Other shells' and systems' commands that people try, with what to do instead.
pub(super) const ABSENT: &[(&str, &str)] = &[
    ("read", "a loop over words is: for x in …"),
    ("cd", "there are no files here"),
    ("ls", "there are no files here; \"nats kv ls\" lists buckets"),
    ("pwd", "there are no files here"),
    ("grep", "there are no other programs here"),
    ("jq", "there are no other programs here"),
    ("watch", "\"nats kv watch\" watches a bucket"),
    ("fg", "a background job is listed by jobs and ended by kill"),
    ("bg", "end a command with & to send it to the background"),
    ("date", "the page shows the simulated clock"),
    ("sudo", "everything here may be done without it"),
    ("man", "\"nats --help\" and \"help\" say what there is"),
    ("vi", "there are no files here"),
    ("curl", "nothing here reaches the network"),
    ("docker", "nats-server is here already: type nats-server -js"),
];

fn echo(call: &Call<'_>) -> Outcome {
    let (ends, words) = match call.args.split_first() {
        Some((first, rest)) if first == "-n" => (false, rest),
        _ => (true, call.args),
    };
    let mut bytes = Vec::new();
    let goes_on = printf::unescape(&words.join(" "), printf::Dialect::Echo, &mut bytes);
    if ends && goes_on {
        bytes.push(b'\n');
    }
    call.io.stdout.write(&bytes);
    Ok(0)
}

async fn cat(call: Call<'_>) -> Outcome {
    let mut status = 0;
    let stdin = ["-".to_owned()];
    for name in if call.args.is_empty() { &stdin } else { call.args } {
        match (name.as_str(), &call.io.stdin) {
            ("-", Stdin::Pipe(bytes)) => call.io.stdout.write(bytes),
            ("-", Stdin::Terminal(terminal)) => copy_lines(terminal, call.io).await?,
            (option, _) if option.starts_with('-') => {
                return call.fail(&format!("{option} is not simulated"), 1);
            }
            (file, _) => {
                status = 1;
                call.fail(&format!("{file}: No such file or directory"), status)?;
            }
        }
    }
    Ok(status)
}

/// Writes each line that is typed, up to Ctrl-D.
async fn copy_lines(terminal: &Terminal, io: &Stdio) -> Result<(), Stop> {
    loop {
        match terminal.read_line("").await {
            Ok(line) if line == END_OF_INPUT => return Ok(()),
            Ok(line) => {
                terminal.write(format!("{line}\n").as_bytes()); // as a terminal shows what is typed
                io.stdout.line(&line);
            }
            Err(_) => return Err(Stop::Exit(INTERRUPTED)),
        }
    }
}

fn seq(call: &Call<'_>) -> Outcome {
    const NUMBERS_MAX: i64 = 100_000;
    let mut numbers = Vec::new();
    for text in call.args {
        match text.parse::<i64>() {
            Ok(number) => numbers.push(number),
            Err(_) => return call.fail(&format!("invalid floating point argument: ‘{text}’"), 1),
        }
    }
    let (first, step, last) = match numbers[..] {
        [last] => (1, 1, last),
        [first, last] => (first, 1, last),
        [first, step, last] => (first, step, last),
        [] => return call.fail("missing operand", 1),
        _ => return call.fail(&format!("extra operand ‘{}’", call.args[3]), 1),
    };
    if step == 0 {
        return call.fail(&format!("invalid Zero increment value: ‘{}’", call.args[1]), 1);
    }
    let count = last.saturating_sub(first).checked_div(step).map_or(0, |steps| steps.saturating_add(1));
    if count > NUMBERS_MAX {
        return call.fail(&format!("more than {NUMBERS_MAX} numbers are not simulated"), 1);
    }
    let is_ahead = if step > 0 { first <= last } else { first >= last };
    let lines = (0..count.max(0)).filter(|_| is_ahead).map(|at| format!("{}\n", first + at * step));
    call.io.stdout.print(&lines.collect::<String>());
    Ok(0)
}

async fn sleep(call: Call<'_>) -> Outcome {
    if call.args.is_empty() {
        return call.fail("missing operand", 1);
    }
    let mut total = Duration::ZERO;
    for text in call.args {
        match duration(text) {
            Some(time) => total = total.saturating_add(time),
            None => return call.fail(&format!("invalid time interval ‘{text}’"), 1),
        }
    }
    call.shell.clock.sleep(total).await;
    Ok(0)
}

/// `1.5`, `2s`, `3m`, `4h`, `5d`
fn duration(text: &str) -> Option<Duration> {
    let unit = text.chars().next_back().filter(char::is_ascii_alphabetic);
    let seconds = match unit {
        None | Some('s') => 1.0,
        Some('m') => 60.0,
        Some('h') => 3600.0,
        Some('d') => 86_400.0,
        Some(_) => return None,
    };
    let number = text.trim_end_matches(|char: char| char.is_ascii_alphabetic() && unit == Some(char));
    if !number.starts_with(|char: char| char.is_ascii_digit() || char == '.') {
        return None;
    }
    Duration::try_from_secs_f64(float::parse(number)? * seconds).ok()
}

fn success(_: &Call<'_>) -> Outcome {
    Ok(0)
}

fn failure(_: &Call<'_>) -> Outcome {
    Ok(1)
}

fn export(call: &Call<'_>) -> Outcome {
    if call.args.is_empty() || call.args == ["-p"] {
        for (name, value) in call.shell.state().exported() {
            call.io.stdout.line(&format!("export {name}='{}'", value.replace('\'', r#"'"'"'"#)));
        }
        return Ok(0);
    }
    for arg in call.args {
        let name = match arg.split_once('=') {
            Some((name, value)) => {
                call.shell.assign(name, value)?;
                name
            }
            None => arg,
        };
        call.shell.state_mut().export(name);
    }
    Ok(0)
}

fn unset(call: &Call<'_>) -> Outcome {
    call.args.iter().for_each(|name| call.shell.state_mut().unset(name));
    Ok(0)
}

fn leave_loop(call: &Call<'_>) -> Outcome {
    let loops = loops(call)?;
    if loops == 0 { Ok(0) } else { Err(Stop::Break(loops)) }
}

fn next_round(call: &Call<'_>) -> Outcome {
    let loops = loops(call)?;
    if loops == 0 { Ok(0) } else { Err(Stop::Continue(loops)) }
}

/// How many loops `break 2` means, of those that there are.
fn loops(call: &Call<'_>) -> Result<usize, Stop> {
    let text = call.args.first().map_or("1", String::as_str);
    let loops = text.parse::<usize>().ok().filter(|loops| *loops > 0);
    let loops = loops.ok_or_else(|| Stop::failed(format!("{}: Illegal number: {text}", call.name), 2))?;
    Ok(loops.min(call.shell.state().loops))
}

fn exit(call: &Call<'_>) -> Outcome {
    let status = call
        .args
        .first()
        .map_or(Ok(call.shell.state().status), |text| text.parse::<u32>().map(|status| status as i32));
    match status {
        Ok(status) => Err(Stop::Exit(status & 0xff)),
        Err(_) => Err(Stop::failed(format!("exit: Illegal number: {}", call.args[0]), 2)),
    }
}

fn jobs(call: &Call<'_>) -> Outcome {
    let jobs = call.shell.jobs.background();
    for (at, job) in jobs.iter().enumerate() {
        let mark = match jobs.len() - at {
            1 => '+',
            2 => '-',
            _ => ' ',
        };
        let state = if job.status().is_none() { "Running" } else { "Done" };
        call.io.stdout.line(&format!("[{}] {mark} {state:<27}{}", job.number, job.text));
    }
    Ok(0)
}

fn kill(call: &Call<'_>) -> Outcome {
    let (mut signal, mut names) = ("TERM", call.args);
    if let Some((first, rest)) = call.args.split_first()
        && let Some(name) = first.strip_prefix('-')
    {
        (signal, names) = (name.strip_prefix("SIG").unwrap_or(name), rest);
    }
    if names.is_empty() {
        return call.fail("usage: kill [-signal] %job, with the jobs that \"jobs\" lists", 2);
    }
    let status = match signal {
        "TERM" | "15" => TERMINATED,
        "INT" | "2" => INTERRUPTED,
        "KILL" | "9" => 137,
        "HUP" | "1" => 129,
        other => return call.fail(&format!("-{other} is not simulated: only TERM, INT, KILL and HUP"), 1),
    };
    let mut outcome = 0;
    for name in names {
        match call.shell.jobs.find(name) {
            Some(job) if status == INTERRUPTED && job.terminal.interrupt() => {}
            Some(job) => job.kill(status),
            None => {
                outcome = 1;
                let text = if name.starts_with('%') { "No such job" } else { "No such process" };
                call.fail(&format!("{text}: {name}"), outcome)?;
            }
        }
    }
    Ok(outcome)
}

async fn wait(call: Call<'_>) -> Outcome {
    let mut status = 0;
    if call.args.is_empty() {
        for job in call.shell.jobs.background() {
            job.ended().await;
        }
    }
    for name in call.args {
        status = match call.shell.jobs.find(name) {
            Some(job) => job.ended().await,
            None => 127,
        };
    }
    Ok(status)
}

fn history(call: &Call<'_>) -> Outcome {
    if !call.args.is_empty() {
        return call.fail(&format!("{} is not simulated", call.args[0]), 1);
    }
    let history = call.shell.state().history.clone();
    let lines = history.numbered().map(|(number, command)| format!("{number:>5}  {command}\n"));
    call.io.stdout.print(&lines.collect::<String>());
    Ok(0)
}

fn clear(call: &Call<'_>) -> Outcome {
    call.io.stdout.print("\x1b[H\x1b[2J\x1b[3J");
    Ok(0)
}
