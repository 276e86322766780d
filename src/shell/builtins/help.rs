//! The `help` command: what can be typed, which keys there are, and what of `sh` this shell is.

use super::call::Call;
use crate::shell::outcome::Outcome;
use crate::term::keymap::{KEYS, spelled};

/// The parts of `sh` that are supported.
const LANGUAGE: &[(&str, &str)] = &[
    ("'…' \"…\" \\", "quotes and escapes"),
    ("# …", "a comment"),
    (
        "a; b   a && b   a || b   ! a",
        "one after the other; if a succeeds; if it fails; success and failure exchanged",
    ),
    ("a | b", "b reads what a has written; | cat passes it on as it comes"),
    ("a &", "in the background: jobs lists it, kill ends it"),
    ("cat <<END | a", "the next lines up to END are read by a"),
    ("x=1   $x   ${x:-2}   $?   $!", "variables; the last status; the last background process"),
    ("$(a)   $((1 + 2))", "what a prints; arithmetic"),
    ("for x in a b; do …; done", "a loop over words"),
    ("while a; do …; done", "a loop while a succeeds; until: while it fails"),
    ("if a; then …; else …; fi", "a choice"),
    ("{ …; }   ( … )", "commands as one; in a shell of their own"),
    (">/dev/null   2>&1", "output thrown away, or sent elsewhere"),
];

/// `help`, `help keys`, `help command`
pub(super) fn run(call: &Call<'_>) -> Outcome {
    let out = &call.io.stdout;
    let programs = call.shell.programs.names();
    match call.args.first().map(String::as_str) {
        None => {
            out.line("Programs (each has --help):");
            out.print(&table(programs.iter().copied()));
            out.line("\nCommands of this small shell:");
            let builtins = call.builtins.iter().map(|builtin| (builtin.name, builtin.help));
            out.print(&table(builtins));
            out.line("\nWhat it has of sh (the rest is refused by name):");
            out.print(&table(LANGUAGE.iter().copied()));
            out.line("\n\"help keys\" lists the keys.");
        }
        Some("keys") => {
            let keys: Vec<(String, &str)> =
                KEYS.iter().map(|binding| (spelled(binding.keys), binding.help)).collect();
            out.print(&table(keys.iter().map(|(keys, help)| (keys.as_str(), *help))));
        }
        Some(name) => match (
            call.builtins.iter().find(|builtin| builtin.name == name),
            programs.iter().find(|(program, _)| *program == name),
        ) {
            (Some(builtin), _) => {
                out.line(&format!("{} {}\n  {}", builtin.name, builtin.usage, builtin.help))
            }
            (None, Some((program, help))) => out.line(&format!("{program}: {help}; see {program} --help")),
            (None, None) => return call.fail(&format!("no help for {name}"), 1),
        },
    }
    Ok(0)
}

/// Two columns.
fn table<'a>(rows: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let width = rows.clone().map(|(left, _)| left.chars().count()).max().unwrap_or(0);
    rows.map(|(left, right)| format!("  {left:<width$}  {right}\n")).collect()
}
