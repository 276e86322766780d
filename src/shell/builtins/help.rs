//! The `help` command: what can be typed, which keys there are, and what of bash this shell has.

use super::call::Call;
use crate::programs::PROGRAMS;
use crate::shell::outcome::Outcome;
use crate::term::keymap::{Binding, KEYS, spelled};
use crate::texts::Language;

/// The parts of bash that there are.
const LANGUAGE: &[(&str, &str)] = &[
    ("'…' \"…\" \\ $'…'", "quotes and escapes"),
    ("# …", "a comment"),
    (
        "a; b   a && b   a || b   ! a",
        "one after the other; if a succeeds; if it fails; success and failure exchanged",
    ),
    ("a | b   a |& b", "b reads what a writes, at the same time"),
    ("a &", "in the background: jobs lists it, fg waits for it, kill ends it"),
    ("> file   >> file   < file", "into a file, to its end, out of it; 2> and &> for errors"),
    (">/dev/null   2>&1", "output thrown away, or sent elsewhere"),
    ("cat <<END | a   a <<< text", "the next lines up to END, or a text, are read by a"),
    ("x=1   $x   ${x:-2}   $?   $!", "variables; the last status; the last background process"),
    ("${x#a} ${x%a} ${x/a/b} ${x:1:2} ${#x}", "without a start or an end, with b for a, a part, the length"),
    ("x=(a b)   ${x[0]}   \"${x[@]}\"", "lists"),
    ("$(a)   <(a)   $((1 + 2))", "what a prints, also as a file; arithmetic"),
    ("{a,b} {1..3} *.json", "several words; the files that match"),
    ("for x in a b; do …; done", "a loop over words; for ((i=0; i<3; i++)) counts"),
    ("while a; do …; done", "a loop while a succeeds; until: while it fails"),
    ("if a; then …; else …; fi   case x in a) …;; esac", "choices"),
    ("[[ $x == a* && -f file ]]", "conditions, with =~ for regular expressions"),
    ("f() { local x=$1; …; return 1; }", "functions"),
    ("{ …; }   ( … )", "commands as one; in a shell of their own"),
    ("set -euo pipefail   trap … EXIT", "how errors end a script; what runs at its end"),
];

/// `help`, `help keys`, `help command`
pub(super) fn run(call: &Call<'_>) -> Outcome {
    let out = &call.io.stdout;
    let mut programs = call.shell.machine.installed.names();
    let small = PROGRAMS.iter().map(|program| (program.name, program.help));
    match call.args.first().map(String::as_str) {
        None => {
            out.line("Programs (each has --help):");
            out.print(&table(programs.iter().copied()));
            out.line("\nSmall programs:");
            out.print(&table(small));
            out.line("\nCommands of this small shell:");
            let builtins = call.builtins.iter().map(|builtin| (builtin.name, builtin.help));
            out.print(&table(builtins));
            out.line("\nWhat it has of bash (the rest is refused by name):");
            out.print(&table(LANGUAGE.iter().copied()));
            out.line("\n\"help keys\" lists the keys.");
        }
        Some("keys") => {
            // What is printed is English, as in the real tools.
            let line = |binding: &Binding| {
                (spelled(binding.keys, Language::ENGLISH), binding.help(Language::ENGLISH))
            };
            let keys: Vec<(String, &str)> = KEYS.iter().map(line).collect();
            out.print(&table(keys.iter().map(|(keys, help)| (keys.as_str(), *help))));
        }
        Some(name) => {
            programs.extend(small);
            let usage = PROGRAMS.iter().find(|program| program.name == name);
            if let Some(program) = usage {
                out.line(&format!("{} {}\n  {}", program.name, program.usage, program.help));
                return Ok(0);
            }
            match (
                call.builtins.iter().find(|builtin| builtin.name == name),
                programs.iter().find(|(program, _)| *program == name),
            ) {
                (Some(builtin), _) => {
                    out.line(&format!("{} {}\n  {}", builtin.name, builtin.usage, builtin.help))
                }
                (None, Some((program, help))) => {
                    out.line(&format!("{program}: {help}; see {program} --help"))
                }
                (None, None) => return call.fail(&format!("no help topics match `{name}'"), 1),
            }
        }
    }
    Ok(0)
}

/// Two columns.
fn table<'a>(rows: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let width = rows.clone().map(|(left, _)| left.chars().count()).max().unwrap_or(0);
    rows.map(|(left, right)| format!("  {left:<width$}  {right}\n")).collect()
}
