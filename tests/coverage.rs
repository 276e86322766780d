//! COVERAGE.md: every command, flag and error of the real tools, as simulated, differing or refused.
//!
//! It is written from the table of commands and the list of what runs: `UPDATE=1 cargo test --test coverage`.

use std::fmt::Write;

use playground::app::Cost;
use playground::app::budget::OWN;
use playground::cli::command::{REFUSED_EVERYWHERE, SIMULATED, Simulated};
use playground::cli::parse::VERSION;
use playground::cli::table::{self, Command, Flag};
use playground::term::screen::{BYTES_KEPT, LINES_KEPT};

const INTRODUCTION: &str = "\
# Coverage

What the terminal's `nats` has of the real command, and the simulated server of the real one. This file is written from
the tables that the commands themselves are run by: `UPDATE=1 cargo test --test coverage`.

**Simulated** means: the same bytes as the real tools print, errors and help pages included. **Refused** means: status 1 and
a sentence with the name, such as `nats: error: \"nats server\" is not simulated in this playground`. What **differs** is
said with its reason. Command lines are read, and help pages shown, for refused commands too where their flags are known.
";

/// Differences that belong to no single command.
const EVERYWHERE: [&str; 9] = [
    "Time is the world's clock: round trips take no time of their own, and show as `0s`.",
    "Files are those of the world: `@file` arguments read them; `--creds`, `--nkey`, `--config` and the TLS files fail as with a file that is missing.",
    "An error of the server that ends a connection is always told by a line of its own too; the real command often ends before it.",
    "Example times in help pages are fixed; in the real ones they are the present.",
    "A host that cannot be found answers like one where no server runs; the real command tells of the failed lookup.",
    "A URL that is none, or has a port above 65535, is passed over; the real command prints the parser's words.",
    "`LLMFORMAT`, `CLAUDECODE`, `TESTING`, `NATS_TABLE_FORMAT` and `NO_COLOR` in the environment change nothing.",
    "`--help-man`, `--help-llm`, `--completion-…` and other flags that the real help hides are refused.",
    "The order in which a bucket hears from several sources is chance in the real server, and fixed here.",
];

#[test]
fn coverage_is_what_the_tables_say() {
    let want = text();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/COVERAGE.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &want).expect("COVERAGE.md can be written");
    }
    let got = std::fs::read_to_string(path).unwrap_or_default();
    assert!(got == want, "COVERAGE.md is not what the tables say: UPDATE=1 cargo test --test coverage");
}

fn text() -> String {
    let mut out = String::from(INTRODUCTION);
    _ = writeln!(out, "\n## Of every command (nats {VERSION})\n");
    flags(&table::root().flags, REFUSED_EVERYWHERE, &mut out);
    EVERYWHERE.iter().for_each(|difference| _ = writeln!(out, "- Differs: {difference}"));
    for command in &table::root().commands {
        if !command.opaque && command.name() != "help" {
            group(command, &mut out);
        }
    }
    out.push_str("\n## Refused whole\n\n");
    for command in table::root().commands.iter().filter(|command| command.opaque) {
        let help = if command.hidden { "hidden" } else { &command.help };
        _ = writeln!(out, "- {}: {help}", names(command));
    }
    errors(&mut out);
    bounds(&mut out);
    out
}

/// What fills the memory of a machine would take the page with it, so that it is refused earlier here.
fn bounds(out: &mut String) {
    let of = |cost: Cost| OWN[cost as usize];
    let mebi = |cost| of(cost) >> 20;
    _ = write!(
        out,
        "
## `nats-server` in a terminal

- Flags, simulated: `-a`, `-p`, `-n`, `-js`, `-sd`, `-c`, `-t`, `-m`, `-l`, `-P`, `-D`, `-V`, `-DV`, `-T`, `--user`, `--pass`, `--auth`,
  `--version`, `--help`; refused by name: those of TLS, clusters, `-sl`, `--ports_file_dir` and what `serve` refuses.
- Differs: The port of `-m` is told in the log, but nothing serves pages there.
- Differs: A client is told the loopback address as the server's default, the real one listens on all.

## The shell and its programs

The shell is bash as tutorials use it. Its parts and programs are listed by `help`; what of bash is missing is refused by name, with what to
use instead. `tests/shell.rs`, `tests/data/programs.txt` and `tests/data/tutorial-lines.txt` compare it with the real programs.

- Differs: Definitions of `jq` that call themselves are refused, and what steps on without end ends after 100000 steps. A query may do and
  make only so much, and a value is at most 256 deep.
- Differs: `curl`, package managers and editors are refused by name: no request leaves the page.

## What is bounded

A page has less memory than a machine, so some things are refused earlier here, in the words of the real tools:

- Variables and what passes through pipes and `$(…)`: {} MiB in all terminals together, then `sh: 1: Out of space`; also for
  a line of more than 1 MiB. A word has 8 MiB at most.
- Jobs in all terminals together: {}, then `sh: 1: Cannot fork`.
- Connections: {}, then `maximum connections exceeded`.
- Messages in streams: {} MiB in all, then error 10023. Output that waits for all clients together: 32 MiB, then a client that
  would get more is a slow consumer.
- A terminal keeps {} lines and {} MiB of them; a line of more than 64 KiB goes on in the next one.
",
        mebi(Cost::Held),
        of(Cost::Jobs),
        of(Cost::Connections),
        mebi(Cost::Stored),
        LINES_KEPT,
        BYTES_KEPT >> 20,
    );
}

fn group(group: &Command, out: &mut String) {
    _ = writeln!(out, "\n## {}", names(group));
    let (mut refused, all) = (Vec::new(), group.all());
    for command in all.into_iter().filter(|command| command.commands.is_empty()) {
        match SIMULATED.iter().find(|simulated| simulated.path == command.path) {
            Some(simulated) => self::command(command, simulated, out),
            None => refused.push(names(command)),
        }
    }
    if !refused.is_empty() {
        _ = writeln!(out, "\nRefused, though read and with their help pages: {}.", refused.join(", "));
    }
}

fn command(command: &Command, simulated: &Simulated, out: &mut String) {
    _ = writeln!(out, "\n### {}\n\n{}.\n", names(command), command.help.lines().next().unwrap_or_default());
    let args: Vec<String> = command.args.iter().map(|arg| format!("`<{}>`", arg.name)).collect();
    if !args.is_empty() {
        _ = writeln!(out, "- Arguments: {}", args.join(", "));
    }
    flags(&command.flags, simulated.refused, out);
    simulated.differs.iter().for_each(|difference| _ = writeln!(out, "- Differs: {difference}"));
}

fn flags(flags: &[Flag], refused: &[&str], out: &mut String) {
    for (title, wanted) in [("Flags, simulated", false), ("Flags, refused", true)] {
        let listed: Vec<String> = flags
            .iter()
            .filter(|flag| refused.contains(&flag.name) == wanted && flag.help != "Not for people")
            .map(|flag| {
                flag.short
                    .map_or(format!("`--{}`", flag.name), |short| format!("`-{short}` `--{}`", flag.name))
            })
            .collect();
        if !listed.is_empty() {
            _ = writeln!(out, "- {title}: {}", listed.join(", "));
        }
    }
}

/// `` `nats kv del` (`rm`) ``
fn names(command: &Command) -> String {
    let aliases: Vec<String> = command.aliases.iter().map(|alias| format!("`{alias}`")).collect();
    let aliases = if aliases.is_empty() { String::new() } else { format!(" ({})", aliases.join(", ")) };
    format!("`nats {}`{aliases}", command.path)
}

/// The errors of the simulated server, read from its own table.
fn errors(out: &mut String) {
    out.push_str("\n## Errors of the JetStream API\n\nThe simulated server answers with these; of the others it has no cause.\n\n");
    let table = include_str!("../src/server/jetstream/api_error.rs");
    for line in table.lines() {
        let Some((place, text)) = line.split_once(" \"") else { continue };
        let numbers: Vec<u32> = place.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        if let ([code, number], Some(text)) = (&numbers[..], text.strip_suffix('"')) {
            _ = writeln!(out, "- {number} (code {code}): {}", text.replace("{}", "…"));
        }
    }
}
