//! `getopts`: the options of a script or a function, one by one.

use super::call::Call;
use crate::shell::outcome::{Outcome, Stop};
use crate::shell::state::OptionPlace;

pub(super) fn getopts(call: &Call<'_>) -> Outcome {
    let [wanted, name, args @ ..] = call.args else {
        return call.fail("usage: getopts optstring name [arg ...]", 2);
    };
    let positional = call.shell.state().positional.clone();
    let args = if args.is_empty() { &positional[..] } else { args };
    let index = call.shell.variable("OPTIND").and_then(|text| text.parse().ok()).unwrap_or(1_usize);
    let mut place = call.shell.state().option_place;
    if place.index != index {
        place = OptionPlace { index, read: 0 };
    }
    let arg = args.get(index.saturating_sub(1)).map_or("", String::as_str);
    if place.read == 0 {
        if !arg.starts_with('-') || arg == "-" || arg == "--" {
            place.index += usize::from(arg == "--");
            call.shell.assign(name, "?")?;
            set_place(call, place)?;
            return Ok(1);
        }
        place.read = 1;
    }
    let rest = &arg[place.read.min(arg.len())..];
    let Some(letter) = rest.chars().next() else { return Ok(1) };
    let rest = &rest[letter.len_utf8()..];
    place.read += letter.len_utf8();
    let (is_silent, wanted) = wanted.strip_prefix(':').map_or((false, &wanted[..]), |wanted| (true, wanted));
    let found = wanted.find(letter).filter(|_| letter != ':');
    let takes_value = found.is_some_and(|at| wanted[at + letter.len_utf8()..].starts_with(':'));
    let (mut option, mut value) = (letter.to_string(), None);
    if found.is_none() {
        value = is_silent.then(|| letter.to_string());
        "?".clone_into(&mut option);
        if !is_silent {
            call.io.stderr.line(&format!("bash: illegal option -- {letter}"));
        }
    } else if takes_value && !rest.is_empty() {
        value = Some(rest.to_owned());
    } else if takes_value {
        value = args.get(index).cloned();
        place.index += usize::from(value.is_some());
        if value.is_none() {
            value = is_silent.then(|| letter.to_string());
            if is_silent { ":" } else { "?" }.clone_into(&mut option);
            if !is_silent {
                call.io.stderr.line(&format!("bash: option requires an argument -- {letter}"));
            }
        }
    }
    if takes_value || rest.is_empty() {
        place = OptionPlace { index: place.index + 1, read: 0 };
    }
    call.shell.assign(name, &option)?;
    match value {
        Some(value) => call.shell.assign("OPTARG", &value)?,
        None => call.shell.state_mut().unset("OPTARG"),
    }
    set_place(call, place)?;
    Ok(0)
}

fn set_place(call: &Call<'_>, place: OptionPlace) -> Result<(), Stop> {
    call.shell.state_mut().option_place = place;
    call.shell.assign("OPTIND", &place.index.to_string())
}
