//! Builtins about commands and folders: `command`, `type`, `eval`, `source`, `exec`, `cd`, `pwd`, `history`, `clear`.

use super::call::Call;
use crate::base::files::HOME;
use crate::programs::PROGRAMS;
use crate::shell::outcome::{Outcome, Stop};

/// Words that the parser knows.
const RESERVED: &[&str] = &[
    "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "in",
    "function", "time", "{", "}", "!", "[[", "]]",
];

/// What a name is to the shell.
enum Kind {
    Alias(String),
    Keyword,
    Function,
    Builtin,
    /// A program, with its path.
    Program(String),
}

fn kind(call: &Call<'_>, name: &str) -> Option<Kind> {
    let state = call.shell.state();
    // What bash has built in stays so in its answers, though it is a program here.
    let built_in = ["echo", "printf", "test", "[", "true", "false"];
    let installed = || call.shell.machine.installed.names().iter().any(|(program, _)| *program == name);
    let is_program = || {
        PROGRAMS.iter().any(|program| program.name == name) || ["sh", "bash"].contains(&name) || installed()
    };
    if let Some(words) = state.aliases.get(name) {
        return Some(Kind::Alias(words.clone()));
    }
    Some(match () {
        () if RESERVED.contains(&name) => Kind::Keyword,
        () if state.functions.contains_key(name) => Kind::Function,
        () if super::find(name).is_some() || built_in.contains(&name) => Kind::Builtin,
        () if is_program() => Kind::Program(format!("/usr/bin/{name}")),
        () if name.contains('/') && call.shell.machine.files.info(&call.shell.path(name)).is_some() => {
            Kind::Program(name.to_owned())
        }
        () => return None,
    })
}

pub(super) async fn command(call: Call<'_>) -> Outcome {
    match call.args {
        [] => Ok(0),
        [option, names @ ..] if option == "-v" || option == "-V" => {
            let mut status = 1;
            for name in names {
                let text = match (option.as_str(), kind(&call, name)) {
                    ("-V", Some(kind)) => description(name, kind),
                    (_, Some(Kind::Alias(words))) => format!("alias {name}='{words}'"),
                    (_, Some(Kind::Program(path))) => path,
                    (_, Some(_)) => name.clone(),
                    (_, None) => continue,
                };
                call.io.stdout.line(&text);
                status = 0;
            }
            Ok(status)
        }
        [option, ..] if option.starts_with('-') && option != "-p" => {
            call.fail(&format!("{option}: invalid option"), 2)
        }
        args => {
            let args = if args[0] == "-p" { &args[1..] } else { args };
            let Some((name, rest)) = args.split_first() else { return Ok(0) };
            let function = call.shell.state_mut().functions.remove(name);
            let outcome = Box::pin(call.shell.call(name, rest.to_vec(), Vec::new(), call.io)).await;
            if let Some(function) = function {
                call.shell.state_mut().functions.insert(name.clone(), function);
            }
            outcome
        }
    }
}

pub(super) fn type_of(call: &Call<'_>) -> Outcome {
    let mut status = 0;
    let is_short = call.args.first().is_some_and(|arg| arg == "-t");
    for name in call.args.iter().filter(|arg| !matches!(arg.as_str(), "-t" | "-a" | "-p")) {
        match kind(call, name) {
            Some(kind) if is_short => call.io.stdout.line(match kind {
                Kind::Alias(_) => "alias",
                Kind::Keyword => "keyword",
                Kind::Function => "function",
                Kind::Builtin => "builtin",
                Kind::Program(_) => "file",
            }),
            Some(kind) => call.io.stdout.line(&description(name, kind)),
            None => {
                status = 1;
                if !is_short {
                    call.fail(&format!("{name}: not found"), status)?;
                }
            }
        }
    }
    Ok(status)
}

fn description(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Alias(words) => format!("{name} is aliased to `{words}'"),
        Kind::Keyword => format!("{name} is a shell keyword"),
        Kind::Function => format!("{name} is a function"),
        Kind::Builtin => format!("{name} is a shell builtin"),
        Kind::Program(path) => format!("{name} is {path}"),
    }
}

pub(super) async fn eval(call: Call<'_>) -> Outcome {
    let text = call.args.join(" ");
    run_text(&call, &text).await
}

/// Runs a text in this shell.
async fn run_text(call: &Call<'_>, text: &str) -> Outcome {
    let Some(_entered) = call.shell.enter_text() else {
        return Err(Stop::error("so many lines inside of each other are not simulated", 1));
    };
    match call.shell.parse(text) {
        Ok(script) => call.shell.script(&script, call.io).await,
        Err(error) => Ok(call.shell.complain_of(&error, call.io)),
    }
}

pub(super) async fn source(call: Call<'_>) -> Outcome {
    let Some((name, args)) = call.args.split_first() else {
        return call.fail("filename argument required", 2);
    };
    let text = match call.shell.machine.files.read(&call.shell.path(name)) {
        Ok(text) => text,
        Err(error) => {
            call.io.stderr.line(&format!("bash: {name}: {error}"));
            return Ok(1);
        }
    };
    let outer = call.shell.state().positional.clone();
    if !args.is_empty() {
        call.shell.state_mut().positional = args.to_vec();
    }
    call.shell.state_mut().hidden.push(Default::default());
    let outcome = run_text(&call, &String::from_utf8_lossy(&text)).await;
    call.shell.state_mut().unhide();
    call.shell.state_mut().positional = outer;
    match outcome {
        Err(Stop::Return(status)) => Ok(status),
        other => other,
    }
}

pub(super) async fn exec(call: Call<'_>) -> Outcome {
    let Some((name, args)) = call.args.split_first() else {
        return Ok(0);
    };
    let status = Box::pin(call.shell.call(name, args.to_vec(), Vec::new(), call.io)).await?;
    Err(Stop::Exit(status))
}

pub(super) fn cd(call: &Call<'_>) -> Outcome {
    let before = call.shell.state().get("OLDPWD").map(str::to_owned);
    let name = match call.args.first().map(String::as_str) {
        None => call.shell.state().get("HOME").unwrap_or(HOME).to_owned(),
        Some("-") => match before {
            Some(folder) => {
                call.io.stdout.line(&folder);
                folder
            }
            None => return call.fail("OLDPWD not set", 1),
        },
        Some(name) => name.to_owned(),
    };
    let path = call.shell.path(&name);
    match call.shell.machine.files.info(&path) {
        Some(info) if info.is_folder => {
            let old = std::mem::replace(&mut call.shell.state_mut().folder, path);
            call.shell.assign("OLDPWD", &old)?;
            Ok(0)
        }
        Some(_) => call.fail(&format!("{name}: Not a directory"), 1),
        None => call.fail(&format!("{name}: No such file or directory"), 1),
    }
}

pub(super) fn pwd(call: &Call<'_>) -> Outcome {
    call.io.stdout.line(&call.shell.state().folder);
    Ok(0)
}

pub(super) fn history(call: &Call<'_>) -> Outcome {
    let count = call.args.first().map_or(Ok(usize::MAX), |text| text.parse::<usize>());
    let Ok(count) = count else { return call.fail(&format!("{} is not simulated", call.args[0]), 1) };
    let history = call.shell.state().history.clone();
    let lines: Vec<String> =
        history.numbered().map(|(number, command)| format!("{number:>5}  {command}\n")).collect();
    call.io.stdout.print(&lines[lines.len().saturating_sub(count)..].concat());
    Ok(0)
}

pub(super) fn clear(call: &Call<'_>) -> Outcome {
    call.io.stdout.print("\x1b[H\x1b[2J\x1b[3J");
    Ok(0)
}
