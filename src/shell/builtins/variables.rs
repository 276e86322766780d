//! Builtins for variables: `export`, `local`, `declare`, `readonly`, `unset`, `let`, `shift`, `printf -v`.

use super::call::Call;
use crate::base::{Out, Stdio};
use crate::programs;
use crate::shell::list::List;
use crate::shell::lists::subscripted;
use crate::shell::outcome::{Outcome, Stop};
use crate::shell::state::Value;

pub(super) fn export(call: &Call<'_>) -> Outcome {
    if call.args.is_empty() || call.args == ["-p"] {
        for (name, value) in call.shell.environment() {
            call.io
                .stdout
                .line(&format!("declare -x {name}=\"{}\"", value.replace(['"', '\\', '$'], "\\$0")));
        }
        return Ok(0);
    }
    for arg in call.args.iter().filter(|arg| !arg.starts_with('-')) {
        let name = assign(call, arg)?;
        if call.shell.state().get(name).is_none() {
            call.shell.assign(name, "")?;
        }
        call.shell.state_mut().export(name);
    }
    Ok(0)
}

/// Assigns `name=value`. Returns the name.
fn assign<'a>(call: &Call<'_>, arg: &'a str) -> Result<&'a str, Stop> {
    match arg.split_once('=') {
        Some((name, value)) => {
            call.shell.assign(name, value)?;
            Ok(name)
        }
        None => {
            call.shell.check_assignable(arg)?;
            Ok(arg)
        }
    }
}

/// Makes a list by name of a variable, unless it is one.
fn make_named(call: &Call<'_>, name: &str) -> Result<(), Stop> {
    if call.shell.state().is_named_list(name) {
        return Ok(());
    }
    call.shell.check_assignable(name)?;
    call.shell.put(name, Value::List(List::empty(true)))
}

pub(super) fn local(call: &Call<'_>) -> Outcome {
    let has = |letter: char| call.args.iter().any(|arg| arg.starts_with('-') && arg.contains(letter));
    let (is_named, is_integer) = (has('A'), has('i'));
    if has('n') {
        return call.fail("-n is not simulated: use ${!name}", 1);
    }
    for arg in call.args.iter().filter(|arg| !arg.starts_with('-')) {
        let name = arg.split_once('=').map_or(arg.as_str(), |(name, _)| name);
        if !call.shell.state_mut().hide(name) {
            return call.fail("can only be used in a function", 1);
        }
        if is_named {
            make_named(call, name)?;
        }
        if is_integer {
            call.shell.check_assignable(name)?;
            call.shell.state_mut().make_integer(name);
        }
        assign(call, arg)?;
    }
    Ok(0)
}

pub(super) fn declare(call: &Call<'_>) -> Outcome {
    let [mut exports, mut is_readonly, mut is_global, mut is_named, mut is_integer] = [false; 5];
    for arg in call.args {
        match arg.strip_prefix('-') {
            Some("p") => return print_declarations(call),
            Some("f" | "F") => return call.fail(&format!("{arg} is not simulated"), 1),
            Some(letters) => {
                is_integer |= letters.contains('i');
                if letters.contains('n') {
                    return call.fail(&format!("{arg} is not simulated: use ${{!name}}"), 1);
                }
                is_named |= letters.contains('A');
                exports |= letters.contains('x');
                is_readonly |= letters.contains('r');
                is_global |= letters.contains('g');
            }
            None => {
                let name = arg.split_once('=').map_or(arg.as_str(), |(name, _)| name);
                if !is_global {
                    call.shell.state_mut().hide(name);
                }
                if is_named {
                    make_named(call, name)?;
                }
                if is_integer {
                    call.shell.check_assignable(name)?;
                    call.shell.state_mut().make_integer(name);
                }
                assign(call, arg)?;
                if exports {
                    call.shell.state_mut().export(name);
                }
                if is_readonly {
                    call.shell.state_mut().make_readonly(name);
                }
            }
        }
    }
    Ok(0)
}

/// `declare -p`: what makes variables as they are.
fn print_declarations(call: &Call<'_>) -> Outcome {
    let mut names: Vec<String> = call.args.iter().filter(|arg| !arg.starts_with('-')).cloned().collect();
    if names.is_empty() {
        names = call.shell.all_variables().into_keys().collect();
    }
    let mut status = 0;
    for name in names {
        match call.shell.state().declaration(&name) {
            Some(declaration) => call.io.stdout.line(&declaration),
            None => {
                status = 1;
                call.io.stderr.line(&format!("bash: declare: {name}: not found"));
            }
        }
    }
    Ok(status)
}

pub(super) fn readonly(call: &Call<'_>) -> Outcome {
    for arg in call.args.iter().filter(|arg| !arg.starts_with('-')) {
        let name = assign(call, arg)?;
        call.shell.state_mut().make_readonly(name);
    }
    Ok(0)
}

pub(super) fn unset(call: &Call<'_>) -> Outcome {
    let functions = call.args.first().is_some_and(|arg| arg == "-f");
    for name in call.args.iter().filter(|arg| !arg.starts_with('-')) {
        if let Some((list, subscript)) = subscripted(name) {
            let key = call.shell.key_of(list, subscript.trim_matches(['"', '\'']))?;
            let mut items = call.shell.state().list(list);
            key.into_iter().for_each(|key| items.remove(&key));
            call.shell.put(list, Value::List(items))?;
            continue;
        }
        if call.shell.state().is_readonly(name) {
            return call.fail(&format!("{name}: cannot unset: readonly variable"), 1);
        }
        let mut state = call.shell.state_mut();
        if functions || state.get(name).is_none() {
            state.functions.remove(name);
        }
        if !functions {
            state.unset(name);
        }
    }
    Ok(0)
}

pub(super) fn let_numbers(call: &Call<'_>) -> Outcome {
    let mut last = 0;
    for text in call.args {
        last = call.shell.arithmetic(text)?;
    }
    Ok(i32::from(last == 0))
}

pub(super) fn shift(call: &Call<'_>) -> Outcome {
    let count = call.args.first().map_or(Ok(1), |text| text.parse::<usize>());
    let Ok(count) = count else {
        return call.fail(&format!("{}: numeric argument required", call.args[0]), 1);
    };
    let mut state = call.shell.state_mut();
    if count > state.positional.len() {
        return Ok(1);
    }
    state.positional.drain(..count);
    Ok(0)
}

/// `printf`, which may put its text into a variable.
pub(super) async fn printf(call: Call<'_>) -> Outcome {
    let (name, args) = match call.args {
        [option, name, args @ ..] if option == "-v" => (Some(name), args),
        args => (None, args),
    };
    let (out, buffer) = Out::buffer(&call.shell.machine.meter);
    let stdout = if name.is_some() { out } else { call.io.stdout.clone() };
    let io = Stdio { stdout, ..call.io.clone() };
    let invocation = call.shell.invocation("printf", args.to_vec(), Default::default(), &io);
    let status = match programs::start(invocation) {
        Some(running) => running.await,
        None => 127,
    };
    if let Some(name) = name {
        call.shell.assign(name, &String::from_utf8_lossy(&buffer.take()))?;
    }
    Ok(status)
}
