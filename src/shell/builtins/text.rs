//! Builtins that print: `echo`, `cat`, `seq`, `history`, `clear`.

use super::call::Call;
use super::printf;
use crate::base::pty::END_OF_INPUT;
use crate::base::{Stdin, Stdio, Terminal};
use crate::shell::jobs::INTERRUPTED;
use crate::shell::outcome::{Outcome, Stop};

pub(super) fn echo(call: &Call<'_>) -> Outcome {
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

pub(super) async fn cat(call: Call<'_>) -> Outcome {
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

/// Copies the lines that are typed, up to Ctrl-D.
async fn copy_lines(terminal: &Terminal, io: &Stdio) -> Result<(), Stop> {
    loop {
        match terminal.read_line("").await {
            Ok(line) if line == END_OF_INPUT => return Ok(()),
            Ok(line) => {
                terminal.write(format!("{line}\n").as_bytes()); // the terminal's echo
                io.stdout.line(&line);
            }
            Err(_) => return Err(Stop::Exit(INTERRUPTED)),
        }
    }
}

pub(super) fn seq(call: &Call<'_>) -> Outcome {
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

pub(super) fn history(call: &Call<'_>) -> Outcome {
    if !call.args.is_empty() {
        return call.fail(&format!("{} is not simulated", call.args[0]), 1);
    }
    let history = call.shell.state().history.clone();
    let lines = history.numbered().map(|(number, command)| format!("{number:>5}  {command}\n"));
    call.io.stdout.print(&lines.collect::<String>());
    Ok(0)
}

pub(super) fn clear(call: &Call<'_>) -> Outcome {
    call.io.stdout.print("\x1b[H\x1b[2J\x1b[3J");
    Ok(0)
}
