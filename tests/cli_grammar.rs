//! Command lines, good and bad, as the real command reads them.

use std::collections::BTreeMap;

use playground::base::files::HOME;
use playground::base::{Clock, Files, Meter, Time};
use playground::cli::call::Call;
use playground::cli::context::{Context, Contexts};
use playground::cli::exit::Exit;
use playground::cli::parse::{ParseEnv, parse};

/// What the recording keeps of an outcome.
fn short(outcome: Result<(), Exit>) -> String {
    let exit = match outcome {
        Ok(()) => return "runs\n\n? 1\n".to_owned(),
        Err(exit) => exit,
    };
    let first = exit.stdout.lines().next().unwrap_or_default();
    format!("{}{first}\n? {}\n", exit.stderr.replace("\n\n", "\n"), exit.status)
}

/// The words of a line, where single and double quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = match first {
            '\'' | '"' => rest[1..].split_once(first).expect("a closing quote"),
            _ => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[test]
fn lines_are_read_as_the_real_command_reads_them() {
    let files = Files::new(&Clock::new(Time::from_secs(1)), &Meter::default());
    let mut wrong = String::new();
    for block in include_str!("data/cli/grammar.txt").split("$ nats ").skip(1) {
        let (line, want) = block.split_once('\n').expect("a command line");
        let mut words = words(line);
        let mut variables = BTreeMap::new();
        while let Some((name, value)) = words.first().and_then(|word| word.split_once('=')) {
            if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
                break;
            }
            variables.insert(name.to_owned(), value.to_owned());
            words.remove(0);
        }
        let contexts = Contexts::new(&files, HOME, &variables);
        let context = |call: &Call| Context::of(call, &contexts);
        let env = ParseEnv { variables: &variables, width: 80, read_file: &|_| None, context: &context };
        let got = short(parse(&words, &env).map(|_| ()));
        if got != want {
            wrong += &format!("$ nats {line}\n--- real\n{want}--- ours\n{got}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
