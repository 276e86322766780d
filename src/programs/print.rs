//! Programs that print: `echo`, `cat`, `tac`, `rev`, `nl`, `seq`, `yes`.

use super::escapes::{Dialect, unescape};
use super::inputs::{Inputs, text};
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running, yield_now};

pub(super) fn echo(call: Invocation) -> Running {
    let (mut ends, mut escapes) = (true, false);
    let mut words = &call.args[..];
    while let Some((first, rest)) = words.split_first()
        && let Some(letters) = first.strip_prefix('-')
        && !letters.is_empty()
        && letters.chars().all(|letter| "neE".contains(letter))
    {
        ends &= !letters.contains('n');
        escapes = letters.chars().rev().find(|letter| *letter != 'n').map_or(escapes, |letter| letter == 'e');
        words = rest;
    }
    let line = words.join(" ");
    let mut bytes = Vec::new();
    if escapes {
        ends &= unescape(&line, Dialect::Echo, &mut bytes);
    } else {
        bytes.extend_from_slice(line.as_bytes());
    }
    if ends {
        bytes.push(b'\n');
    }
    call.stdio.stdout.write(&bytes);
    Box::pin(std::future::ready(0))
}

pub(super) fn cat(call: Invocation) -> Running {
    Box::pin(async move { call.end(copy(&call).await) })
}

async fn copy(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "nbuv", &[("number", 'n')], 1)?;
    let mut inputs = Inputs::new(call, &options.rest);
    let mut number = 0;
    if !options.has('n') && !options.has('b') {
        while let Some(chunk) = inputs.chunk().await? {
            call.stdio.stdout.write(&chunk);
        }
    } else {
        while let Some(line) = inputs.line().await? {
            if !options.has('b') || line != b"\n" {
                number += 1;
                call.stdio.stdout.print(&format!("{number:6}\t"));
            }
            call.stdio.stdout.write(&line);
        }
    }
    Ok(i32::from(inputs.failed))
}

pub(super) fn tac(call: Invocation) -> Running {
    Box::pin(async move {
        let work = async {
            let options = Options::read(&call.args, "", &[], 1)?;
            let mut inputs = Inputs::new(&call, &options.rest);
            while inputs.next_file() {
                let mut lines = Vec::new();
                while let Some(line) = inputs.line_here().await? {
                    inputs.keep(line.len())?;
                    lines.push(line);
                }
                lines.iter().rev().for_each(|line| call.stdio.stdout.write(line));
            }
            Ok(i32::from(inputs.failed))
        };
        call.end(work.await)
    })
}

pub(super) fn rev(call: Invocation) -> Running {
    Box::pin(async move {
        let work = async {
            let options = Options::read(&call.args, "", &[], 1)?;
            let mut inputs = Inputs::new(&call, &options.rest);
            while let Some(line) = inputs.text().await? {
                call.stdio.stdout.line(&line.chars().rev().collect::<String>());
            }
            Ok(i32::from(inputs.failed))
        };
        call.end(work.await)
    })
}

pub(super) fn nl(call: Invocation) -> Running {
    Box::pin(async move {
        let work = async {
            let options = Options::read(&call.args, "b:w:s:v:i:n:", &[], 1)?;
            let number = |letter: char, default: usize| match options.value(letter) {
                None => Ok(default),
                Some(text) => {
                    text.parse().map_err(|_| Complaint::new(format!("invalid number: ‘{text}’"), 1))
                }
            };
            let (width, step, mut next) = (number('w', 6)?, number('i', 1)?, number('v', 1)?);
            if width > 1000 {
                return Err(Complaint::new("so wide numbers are not simulated", 1));
            }
            let joint = options.value('s').unwrap_or("\t");
            let mut inputs = Inputs::new(&call, &options.rest);
            while let Some(line) = inputs.line().await? {
                let line = text(&line);
                let is_numbered = match options.value('b') {
                    Some("a") => true,
                    Some("n") => false,
                    _ => !line.is_empty(),
                };
                if !is_numbered {
                    call.stdio.stdout.line(&format!("{}{line}", " ".repeat(width + joint.chars().count())));
                    continue;
                }
                let number = match options.value('n') {
                    Some("ln") => format!("{next:<width$}"),
                    Some("rz") => format!("{next:0>width$}"),
                    _ => format!("{next:>width$}"),
                };
                call.stdio.stdout.line(&format!("{number}{joint}{line}"));
                next += step;
            }
            Ok(i32::from(inputs.failed))
        };
        call.end(work.await)
    })
}

pub(super) fn yes(call: Invocation) -> Running {
    Box::pin(async move {
        let line = if call.args.is_empty() { "y".to_owned() } else { call.args.join(" ") };
        loop {
            // A block at a time, as the real one.
            call.stdio.stdout.print(&format!("{line}\n").repeat(1 + 4096 / (line.len() + 1)));
            if let Some(error) = call.stdio.stdout.take_error() {
                return call.complain(&format!("write error: {error}"), 1);
            }
            yield_now().await;
            if call.stdio.stdout.terminal().is_some() {
                call.machine.clock.sleep(std::time::Duration::from_millis(10)).await;
            }
        }
    })
}

pub(super) fn seq(call: Invocation) -> Running {
    Box::pin(async move { call.end(count(&call).await) })
}

async fn count(call: &Invocation) -> Outcome {
    const NUMBERS_MAX: i64 = 1_000_000;
    let (mut separator, mut is_wide, mut args) = ("\n", false, &call.args[..]);
    loop {
        match args {
            [option, value, rest @ ..] if option == "-s" => (separator, args) = (value, rest),
            [option, rest @ ..] if option.len() > 2 && option.starts_with("-s") => {
                (separator, args) = (&option[2..], rest);
            }
            [option, rest @ ..] if option == "-w" => (is_wide, args) = (true, rest),
            [option, rest @ ..] if option == "--" => args = rest,
            _ => break,
        }
    }
    let digits = |text: &String| text.split_once('.').map_or(0, |(_, digits)| digits.len());
    let precision = args.iter().take(2).chain(args.last()).map(digits).max().unwrap_or(0).min(9);
    let scale = 10_f64.powi(precision as i32);
    let mut numbers = Vec::new();
    for text in args {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && number.abs() < 1e15);
        let Some(number) = number else {
            return Err(Complaint::new(format!("invalid floating point argument: ‘{text}’"), 1));
        };
        numbers.push((number * scale).round() as i64);
    }
    let one = scale as i64;
    let (first, step, last) = match numbers[..] {
        [last] => (one, one, last),
        [first, last] => (first, one, last),
        [first, step, last] => (first, step, last),
        [] => return Err(Complaint::new("missing operand", 1)),
        _ => return Err(Complaint::new(format!("extra operand ‘{}’", args[3]), 1)),
    };
    if step == 0 {
        return Err(Complaint::new(format!("invalid Zero increment value: ‘{}’", args[1]), 1));
    }
    if (last - first) / step >= NUMBERS_MAX {
        return Err(Complaint::new(format!("more than {NUMBERS_MAX} numbers are not simulated"), 1));
    }
    let shown = |number: i64| format!("{:.precision$}", number as f64 / scale);
    let width = if is_wide { shown(first).len().max(shown(last).len()) } else { 0 };
    let mut at = first;
    let mut text = String::new();
    while if step > 0 { at <= last } else { at >= last } {
        if at != first {
            text.push_str(separator);
        }
        text.push_str(&format!("{:0>width$}", shown(at)));
        at += step;
        if text.len() > 1 << 15 {
            call.stdio.stdout.print(&std::mem::take(&mut text));
            yield_now().await;
        }
    }
    if at != first {
        text.push('\n');
    }
    call.stdio.stdout.print(&text);
    Ok(0)
}
