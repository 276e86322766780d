//! Programs that start others: `env`, `xargs`, `which`, `sudo`, and `docker exec` or `kubectl exec` around `nats`.

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Programs, Running};

pub(super) fn env(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = with_variables(&call).await;
        call.end(outcome)
    })
}

async fn with_variables(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "+iu:", &[("ignore-environment", 'i'), ("unset", 'u')], 125)?;
    let mut variables = if options.has('i') { Default::default() } else { call.variables.clone() };
    options.values('u').for_each(|name| _ = variables.remove(name));
    let mut rest = &options.rest[..];
    while let [first, more @ ..] = rest
        && let Some((name, value)) = first.split_once('=')
    {
        variables.insert(name.to_owned(), value.to_owned());
        rest = more;
    }
    match rest {
        [] => {
            variables.iter().for_each(|(name, value)| call.stdio.stdout.line(&format!("{name}={value}")));
            Ok(0)
        }
        [name, args @ ..] => run(&Invocation { variables, ..call.clone() }, name, args).await,
    }
}

/// Runs a program for another.
async fn run(call: &Invocation, name: &str, args: &[String]) -> Outcome {
    match call.start(name, args) {
        Some(running) => Ok(running.await),
        None => Err(Complaint::new(format!("‘{name}’: No such file or directory"), 127)),
    }
}

pub(super) fn xargs(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = for_items(&call).await;
        call.end(outcome)
    })
}

async fn for_items(call: &Invocation) -> Outcome {
    let long = [
        ("null", '0'),
        ("max-args", 'n'),
        ("replace", 'I'),
        ("no-run-if-empty", 'r'),
        ("verbose", 't'),
        ("max-procs", 'P'),
        ("delimiter", 'd'),
        ("max-lines", 'L'),
    ];
    let options = Options::read(&call.args, "+0n:I:rtP:d:L:", &long, 1)?;
    let (name, args) = match &options.rest[..] {
        [] => ("echo", &[][..]),
        [name, args @ ..] => (name.as_str(), args),
    };
    if options.has('I') && options.has('n') {
        let ignored = "options --max-args and --replace/-I/-i are mutually exclusive, ignoring previous --max-args value";
        call.stdio.stderr.line(&format!("xargs: warning: {ignored}"));
    }
    let most = number(&options, 'n')?.or(number(&options, 'L')?).unwrap_or(5000).max(1);
    let inner = Invocation {
        stdio: crate::base::Stdio { stdin: crate::base::Stdin::of([]), ..call.stdio.clone() },
        ..call.clone()
    };
    let (mut waiting, mut status, mut has_run): (Vec<String>, _, _) = (Vec::new(), 0, false);
    let by_line = options.has('I') || options.has('L') || options.has('d');
    loop {
        let is_whole = options.has('d') || options.has('0');
        let line = if is_whole { call.stdio.stdin.all().await? } else { call.stdio.stdin.line().await? };
        let is_over = line.is_empty();
        let text = String::from_utf8_lossy(&line).into_owned();
        let text = if is_whole { text.as_str() } else { text.trim_end_matches('\n') };
        match options.value('d').map(|sign| if sign == "\\n" { "\n" } else { sign }) {
            _ if is_over => {}
            _ if options.has('0') => {
                waiting.extend(text.split('\0').filter(|item| !item.is_empty()).map(str::to_owned))
            }
            Some(sign) => {
                waiting.extend(text.strip_suffix(sign).unwrap_or(text).split(sign).map(str::to_owned))
            }
            None if by_line => {
                waiting.extend(Some(text.trim_start().to_owned()).filter(|text| !text.is_empty()))
            }
            None => waiting.extend(items(text)?),
        }
        while let Some(place) = options.value('I')
            && !waiting.is_empty()
        {
            let item = waiting.remove(0);
            let args: Vec<String> = args.iter().map(|arg| arg.replace(place, &item)).collect();
            has_run = true;
            status = status.max(once(&inner, &name.replace(place, &item), &args, &options).await?);
        }
        while waiting.len() >= most
            || is_over && (!waiting.is_empty() || !has_run && !options.has('r') && !options.has('I'))
        {
            let count = most.min(waiting.len());
            let all: Vec<String> = args.iter().cloned().chain(waiting.drain(..count)).collect();
            has_run = true;
            status = status.max(once(&inner, name, &all, &options).await?);
        }
        if is_over {
            return Ok(status);
        }
    }
}

fn number(options: &Options, letter: char) -> Result<Option<usize>, Complaint> {
    let Some(text) = options.value(letter) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Complaint::new(format!("invalid number \"{text}\""), 1))
}

/// Runs the command once. Returns what that means for `xargs`.
async fn once(call: &Invocation, name: &str, args: &[String], options: &Options) -> Outcome {
    if options.has('t') {
        call.stdio.stderr.line(
            &std::iter::once(name).chain(args.iter().map(String::as_str)).collect::<Vec<_>>().join(" "),
        );
    }
    Ok(match run(call, name, args).await? {
        0 => 0,
        255 => return Err(Complaint::new(format!("{name}: exited with status 255; aborting"), 124)),
        _ => 123,
    })
}

/// The words of a line, in which quotes and backslashes are special.
fn items(line: &str) -> Result<Vec<String>, Complaint> {
    let (mut items, mut item, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), close) if open == close => quote = None,
            (Some(_), other) => item.get_or_insert_default().push(other),
            (None, '\'' | '"') => {
                quote = Some(char);
                item.get_or_insert_default();
            }
            (None, '\\') => item.get_or_insert_default().extend(chars.next()),
            (None, blank) if blank.is_whitespace() => items.extend(item.take()),
            (None, other) => item.get_or_insert_default().push(other),
        }
    }
    if let Some(quote) = quote {
        let name = if quote == '"' { "double" } else { "single" };
        return Err(Complaint::new(
            format!(
                "unmatched {name} quote; by default quotes are special to xargs unless you use the -0 option"
            ),
            1,
        ));
    }
    items.extend(item);
    Ok(items)
}

pub(super) fn which(call: Invocation) -> Running {
    let mut status = 0;
    for name in call.args.iter().filter(|arg| !arg.starts_with('-')) {
        if is_known(&call, name) {
            call.stdio.stdout.line(&format!("/usr/bin/{name}"));
        } else {
            status = 1;
        }
    }
    Box::pin(std::future::ready(status))
}

/// Whether a program of this name can be started.
fn is_known(call: &Invocation, name: &str) -> bool {
    let installed: &dyn Programs = &*call.machine.installed;
    super::PROGRAMS.iter().any(|program| program.name == name)
        || ["sh", "bash"].contains(&name)
        || installed.names().iter().any(|(installed, _)| *installed == name)
}

pub(super) fn sudo(call: Invocation) -> Running {
    Box::pin(async move {
        let options = Options::read(&call.args, "+EHnSu:g:", &[], 1);
        let outcome = match options {
            Ok(Options { rest, .. }) if !rest.is_empty() => {
                call.stdio.stderr.line("(sudo is left out: everything here may be done without it)");
                run(&call, &rest[0], &rest[1..]).await
            }
            Ok(_) => Err(Complaint::new("everything here may be done without it", 1)),
            Err(complaint) => Err(complaint),
        };
        call.end(outcome)
    })
}

/// `docker`, `podman` and `kubectl`: only a `nats` or `nats-server` behind them is run, here.
pub(super) fn container(call: Invocation) -> Running {
    Box::pin(async move {
        let is_program = |arg: &String| matches!(arg.rsplit('/').next(), Some("nats" | "nats-server"));
        let runs = matches!(call.args.first().map(String::as_str), Some("exec" | "run"))
            || call.args.first().is_some_and(|arg| arg == "compose" || arg.starts_with('-'));
        // The image of `docker run nats` has the server as its program.
        let is_server = call.args.first().is_some_and(|arg| arg == "run");
        let first = call.args.iter().skip(1).position(is_program).map(|at| at + 1);
        // A container may be called as the program in it.
        let at = first.map(|at| at + usize::from(call.args.get(at + 1).is_some_and(is_program)));
        let outcome = match at.filter(|_| runs) {
            Some(at) => {
                let name = call.args[at].rsplit('/').next().unwrap_or("nats");
                let is_image = is_server
                    && name == "nats"
                    && call.args.get(at + 1).is_none_or(|arg| arg.starts_with('-'));
                let name = if is_image { "nats-server" } else { name };
                let left_out =
                    if call.args[0].starts_with('-') { String::new() } else { format!(" {}", call.args[0]) };
                call.stdio.stderr.line(&format!("({}{left_out} is left out: {name} runs here)", call.name));
                run(&call, name, &call.args[at + 1..]).await
            }
            None => {
                Err(Complaint::new("there are no containers here; nats and nats-server are here already", 1))
            }
        };
        call.end(outcome)
    })
}
