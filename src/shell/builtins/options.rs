//! Builtins for how the shell behaves: `set`, `shopt`, `trap`, `alias`, `unalias`.

use super::call::Call;
use crate::shell::outcome::Outcome;
use crate::shell::signal::Signal;
use crate::shell::state::Shell;

pub(super) fn set(call: &Call<'_>) -> Outcome {
    if call.args.is_empty() {
        for (name, value) in call.shell.all_variables() {
            call.io.stdout.line(&format!("{name}={}", crate::shell::partial::quoted(&value)));
        }
        return Ok(0);
    }
    let mut args = call.args.iter();
    while let Some(arg) = args.next() {
        let option = match arg.as_str() {
            "--" => {
                call.shell.state_mut().positional = args.cloned().collect();
                return Ok(0);
            }
            "-o" | "+o" => match args.next() {
                Some(name) => format!("{arg}{name}"),
                None => return call.fail(&format!("{arg} without a name is not simulated"), 1),
            },
            arg if arg.starts_with(['-', '+']) && arg.len() > 1 => match arg.strip_suffix('o') {
                Some(letters) if letters.len() > 1 => {
                    if let Err(text) = call.shell.set_options(letters) {
                        return call.fail(&text, 2);
                    }
                    format!("{}o{}", &arg[..1], args.next().map_or("", String::as_str))
                }
                _ => arg.to_owned(),
            },
            _ => {
                call.shell.state_mut().positional = std::iter::once(arg).chain(args).cloned().collect();
                return Ok(0);
            }
        };
        if let Err(text) = call.shell.set_options(&option) {
            return call.fail(&text, 2);
        }
    }
    Ok(0)
}

impl Shell {
    /// Sets the options of `-eu`, `+x`, `-opipefail` and the like.
    pub(in crate::shell) fn set_options(&self, text: &str) -> Result<(), String> {
        let on = text.starts_with('-');
        let mut state = self.state_mut();
        let options = &mut state.options;
        if let Some(name) = text[1..].strip_prefix('o') {
            match name {
                "errexit" => options.exit_on_error = on,
                "nounset" => options.unset_is_error = on,
                "pipefail" => options.pipefail = on,
                "xtrace" => options.trace = on,
                "errtrace" | "posix" | "emacs" | "vi" | "history" | "monitor" | "noclobber" | "functrace" => {
                }
                _ => return Err(format!("{name}: invalid option name")),
            }
            return Ok(());
        }
        for letter in text[1..].chars() {
            match letter {
                'e' => options.exit_on_error = on,
                'u' => options.unset_is_error = on,
                'x' => options.trace = on,
                'E' | 'T' | 'h' | 'm' | 'B' | 'H' | 'l' | 'i' | 'c' | 'a' | 'C' | 'f' | 'b' => {}
                _ => return Err(format!("-{letter} is not simulated")),
            }
        }
        Ok(())
    }
}

pub(super) fn shopt(call: &Call<'_>) -> Outcome {
    let (on, names) = match call.args {
        [option, names @ ..] if option == "-s" || option == "-u" => (option == "-s", names),
        _ => return call.fail("only shopt -s and -u are there", 1),
    };
    for name in names {
        match name.as_str() {
            "nullglob" => call.shell.state_mut().options.nullglob = on,
            "extglob" => call.shell.state_mut().options.extglob = on,
            "expand_aliases" | "checkwinsize" | "histappend" | "cmdhist" | "inherit_errexit"
            | "login_shell" => {}
            name if !on && name != "sourcepath" => {}
            name => return call.fail(&format!("{name} is not simulated"), 1),
        }
    }
    Ok(0)
}

pub(super) fn trap(call: &Call<'_>) -> Outcome {
    let is_end = |arg: &String| arg == "--";
    let args = if call.args.first().is_some_and(is_end) { &call.args[1..] } else { call.args };
    let (command, names) = match args {
        [] => return print_traps(call, &[]),
        [first, names @ ..] if first == "-p" => return print_traps(call, names),
        [first, ..] if first.len() > 1 && first.starts_with('-') => {
            return call.fail(&format!("{first} is not simulated"), 1);
        }
        // A signal alone is left to itself again.
        [name] => ("-", std::slice::from_ref(name)),
        [command, names @ ..] => (command.as_str(), names),
    };
    let mut status = 0;
    for name in names {
        let Some(signal) = Signal::read(name) else {
            let there_are = "only EXIT, ERR, INT, TERM, HUP and QUIT are there";
            status = 1;
            call.fail(&format!("{name}: {there_are}"), status)?;
            continue;
        };
        let mut state = call.shell.state_mut();
        match command {
            "-" => _ = state.traps.remove(&signal),
            command => _ = state.traps.insert(signal, command.to_owned()),
        }
    }
    Ok(status)
}

/// Prints the commands for some signals, or for all.
fn print_traps(call: &Call<'_>, names: &[String]) -> Outcome {
    let wanted: Vec<Option<Signal>> = names.iter().map(|name| Signal::read(name)).collect();
    for (signal, command) in &call.shell.state().traps {
        if wanted.is_empty() || wanted.contains(&Some(*signal)) {
            let quoted = format!("'{}'", command.replace('\'', "'\\''"));
            call.io.stdout.line(&format!("trap -- {quoted} {}", signal.name()));
        }
    }
    Ok(0)
}

pub(super) fn alias(call: &Call<'_>) -> Outcome {
    let mut status = 0;
    if call.args.is_empty() {
        for (name, words) in &call.shell.state().aliases {
            call.io.stdout.line(&format!("alias {name}='{words}'"));
        }
    }
    for arg in call.args {
        match arg.split_once('=') {
            Some((name, words)) => {
                call.shell.state_mut().aliases.insert(name.to_owned(), words.to_owned());
            }
            None => match call.shell.state().aliases.get(arg) {
                Some(words) => call.io.stdout.line(&format!("alias {arg}='{words}'")),
                None => {
                    status = 1;
                    call.fail(&format!("{arg}: not found"), status)?;
                }
            },
        }
    }
    Ok(status)
}

pub(super) fn unalias(call: &Call<'_>) -> Outcome {
    let mut status = 0;
    for name in call.args {
        let mut state = call.shell.state_mut();
        if name == "-a" {
            state.aliases.clear();
        } else if state.aliases.remove(name).is_none() {
            drop(state);
            status = 1;
            call.fail(&format!("{name}: not found"), status)?;
        }
    }
    Ok(status)
}
