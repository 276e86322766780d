//! Builtins for control flow (`true`, `false`, `break`, `continue`, `exit`) and variables (`export`, `unset`).

use super::call::Call;
use crate::shell::outcome::{Outcome, Stop};

pub(super) fn success(_: &Call<'_>) -> Outcome {
    Ok(0)
}

pub(super) fn failure(_: &Call<'_>) -> Outcome {
    Ok(1)
}

pub(super) fn export(call: &Call<'_>) -> Outcome {
    if call.args.is_empty() || call.args == ["-p"] {
        for (name, value) in call.shell.environment() {
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

pub(super) fn unset(call: &Call<'_>) -> Outcome {
    call.args.iter().for_each(|name| call.shell.state_mut().unset(name));
    Ok(0)
}

pub(super) fn break_loop(call: &Call<'_>) -> Outcome {
    let loops = loops(call)?;
    if loops == 0 { Ok(0) } else { Err(Stop::Break(loops)) }
}

pub(super) fn continue_loop(call: &Call<'_>) -> Outcome {
    let loops = loops(call)?;
    if loops == 0 { Ok(0) } else { Err(Stop::Continue(loops)) }
}

/// The argument of `break` and `continue`, at most the loops that there are.
fn loops(call: &Call<'_>) -> Result<usize, Stop> {
    let text = call.args.first().map_or("1", String::as_str);
    let loops = text.parse::<usize>().ok().filter(|loops| *loops > 0);
    let loops = loops.ok_or_else(|| Stop::error(format!("{}: Illegal number: {text}", call.name), 2))?;
    Ok(loops.min(call.shell.state().loop_depth))
}

pub(super) fn exit(call: &Call<'_>) -> Outcome {
    let status = call
        .args
        .first()
        .map_or(Ok(call.shell.state().status), |text| text.parse::<u32>().map(|status| status as i32));
    match status {
        Ok(status) => Err(Stop::Exit(status & 0xff)),
        Err(_) => Err(Stop::error(format!("exit: Illegal number: {}", call.args[0]), 2)),
    }
}
