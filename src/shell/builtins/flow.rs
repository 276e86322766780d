//! Builtins for control flow: `:`, `break`, `continue`, `return`, `exit`.

use super::call::Call;
use crate::programs::Status;
use crate::shell::outcome::{Outcome, Stop};

pub(super) fn success(_: &Call<'_>) -> Outcome {
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
    let number = text.parse::<i64>();
    let number =
        number.map_err(|_| Stop::error(format!("{}: {text}: numeric argument required", call.name), 2))?;
    match usize::try_from(number).ok().filter(|loops| *loops > 0) {
        Some(loops) => Ok(loops.min(call.shell.state().loop_depth)),
        None => Err(Stop::error(format!("{}: {text}: loop count out of range", call.name), 1)),
    }
}

pub(super) fn return_from(call: &Call<'_>) -> Outcome {
    Err(Stop::Return(status(call)))
}

pub(super) fn exit(call: &Call<'_>) -> Outcome {
    Err(Stop::Exit(status(call)))
}

/// The argument of `return` and `exit`, or the last status.
fn status(call: &Call<'_>) -> Status {
    let Some(text) = call.args.first() else { return call.shell.state().status };
    match text.parse::<i64>() {
        Ok(status) => (status & 0xff) as Status,
        Err(_) => {
            call.io.stderr.line(&format!("bash: {}: {text}: numeric argument required", call.name));
            2
        }
    }
}
