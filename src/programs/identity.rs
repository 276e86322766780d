//! Programs that say who and where one is: `whoami`, `id`, `hostname`, `uname`, `uuidgen`.

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};

/// The machine of a terminal.
const HOST: &str = "playground";
const USER_ID: &str = "1000";

macro_rules! said {
    ($name:ident, $work:ident) => {
        pub(super) fn $name(call: Invocation) -> Running {
            let outcome = $work(&call);
            Box::pin(std::future::ready(call.end(outcome)))
        }
    };
}

said!(whoami, user);
said!(id, ids);
said!(hostname, host);
said!(uname, system);
said!(uuidgen, random_id);

fn user(call: &Invocation) -> Outcome {
    call.stdio.stdout.line("you");
    Ok(0)
}

fn ids(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "ugGn", &[("user", 'u'), ("group", 'g'), ("name", 'n')], 1)?;
    let text = match (options.last_of("ugG"), options.has('n')) {
        (None, _) => format!("uid={USER_ID}(you) gid={USER_ID}(you) groups={USER_ID}(you)"),
        (Some(_), true) => "you".to_owned(),
        (Some(_), false) => USER_ID.to_owned(),
    };
    call.stdio.stdout.line(&text);
    Ok(0)
}

fn host(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "sfiI", &[("short", 's'), ("fqdn", 'f')], 1)?;
    if !options.rest.is_empty() {
        return Err(Complaint::new("you must be root to change the host name", 1));
    }
    let is_address = options.has('i') || options.has('I');
    call.stdio.stdout.line(if is_address { "127.0.0.1" } else { HOST });
    Ok(0)
}

fn system(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "asnrmo", &[("all", 'a')], 1)?;
    let parts = [('s', "Linux"), ('n', HOST), ('r', "6.1.0"), ('m', "x86_64"), ('o', "GNU/Linux")];
    let is_plain = options.last_of("asnrmo").is_none();
    let is_shown = |letter: char| options.has('a') || options.has(letter) || is_plain && letter == 's';
    let shown: Vec<&str> =
        parts.iter().filter(|(letter, _)| is_shown(*letter)).map(|(_, text)| *text).collect();
    call.stdio.stdout.line(&shown.join(" "));
    Ok(0)
}

/// A random UUID (version 4).
fn random_id(call: &Invocation) -> Outcome {
    Options::read(&call.args, "rt", &[("random", 'r')], 1)?;
    let mut bytes: Vec<u8> = (0..16).map(|_| call.machine.ids.below(256) as u8).collect();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    call.stdio.stdout.line(&parts.join("-"));
    Ok(0)
}
