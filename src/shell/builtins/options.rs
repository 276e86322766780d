//! Builtins for how the shell behaves: `set`, `shopt`, `trap`, `alias`, `unalias`.

use super::call::Call;
use crate::shell::outcome::Outcome;
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
            "expand_aliases" | "checkwinsize" | "histappend" | "cmdhist" | "inherit_errexit"
            | "login_shell" => {}
            name if !on && name != "sourcepath" => {}
            name => return call.fail(&format!("{name} is not simulated"), 1),
        }
    }
    Ok(0)
}

pub(super) fn trap(call: &Call<'_>) -> Outcome {
    let mut args = call.args;
    if let [first, rest @ ..] = args
        && first == "--"
    {
        args = rest;
    }
    let (command, signals) = match args {
        [] => {
            let state = call.shell.state();
            for (command, signal) in [(&state.exit_trap, "EXIT"), (&state.error_trap, "ERR")] {
                if let Some(command) = command {
                    call.io
                        .stdout
                        .line(&format!("trap -- {} {signal}", crate::shell::partial::quoted(command)));
                }
            }
            return Ok(0);
        }
        [command, signals @ ..] => (command, signals),
    };
    let is_exit = |signal: &String| matches!(signal.as_str(), "EXIT" | "exit" | "0");
    if signals.iter().any(|signal| matches!(signal.as_str(), "ERR" | "err")) {
        call.shell.state_mut().error_trap =
            Some(command.clone()).filter(|command| !command.is_empty() && command != "-");
        if signals.len() == 1 {
            return Ok(0);
        }
    }
    if !signals.iter().any(is_exit) {
        let names = signals.join(" ");
        return match command.as_str() {
            "-" | "" => Ok(0),
            _ => call.fail(&format!("{names}: only EXIT and ERR are there; Ctrl-C ends a line at once"), 1),
        };
    }
    call.shell.state_mut().exit_trap =
        Some(command.clone()).filter(|command| !command.is_empty() && command != "-");
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
