//! "Did you mean": the nearest known word to an unknown one, and the line corrected by it.

use strsim::osa_distance;

use super::builtins::{self, BUILTINS};
use super::complete::CompletionSource;
use super::state::Shell;
use crate::cli::table::{self, Command};
use crate::programs::PROGRAMS;

/// The line with its first unknown word (a program, or a command, flag or bucket of `nats`) replaced by the nearest known
/// one. Only words before the first character that is special in the shell are checked.
pub fn correction(line: &str, shell: &Shell, source: &dyn CompletionSource) -> Option<String> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut rest = line;
    while let Some(begin) = rest.find(|char: char| !char.is_whitespace()) {
        let after = &rest[begin..];
        let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
        if word.contains(|char: char| "'\"\\|;&$()<>{}#`".contains(char)) {
            break;
        }
        words.push((line.len() - after.len(), word));
        rest = &after[word.len()..];
    }
    let (at, meant) = match words.split_first()? {
        ((_, "nats"), rest) => {
            let plain: Vec<&str> = rest.iter().map(|(_, word)| *word).collect();
            let (at, meant) = nats(&plain, source)?;
            (at + 1, meant)
        }
        ((_, program), _) => {
            if shell.knows(program) {
                return None;
            }
            (0, nearest_command(program, shell)?)
        }
    };
    let (begin, word) = words[at];
    Some(format!("{}{meant}{}", &line[..begin], &line[begin + word.len()..]))
}

/// The index of the first word that `nats` does not know, and the nearest known one.
fn nats(words: &[&str], source: &dyn CompletionSource) -> Option<(usize, String)> {
    let mut command = table::root();
    let mut is_value = false;
    let mut arguments = 0;
    for (at, word) in words.iter().enumerate() {
        if std::mem::take(&mut is_value) {
            continue;
        }
        if let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) {
            let (name, value) =
                name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value)));
            let all = || command.flags.iter().chain(&table::root().flags).filter(|flag| !flag.hidden);
            match all().find(|flag| flag.name == name || name.strip_prefix("no-") == Some(flag.name)) {
                Some(flag) => is_value = value.is_none() && !flag.is_bool(),
                None => {
                    let meant = nearest(name, all().map(|flag| flag.name))?;
                    let value = value.map_or(String::new(), |value| format!("={value}"));
                    return Some((at, format!("--{meant}{value}")));
                }
            }
        } else if word.starts_with('-') {
            // Short flags are all near to each other.
        } else if !command.commands.is_empty() {
            match command.find(word) {
                Some(found) => command = found,
                None => {
                    let known = command.commands.iter().filter(|command| !command.hidden && !command.opaque);
                    return nearest(word, known.map(Command::name)).map(|meant| (at, meant.to_owned()));
                }
            }
        } else {
            let there = match command.args.get(arguments).map(|arg| arg.name) {
                _ if command.path == "kv add" || command.path == "stream add" => Vec::new(),
                Some("bucket") => source.buckets(),
                Some("stream") => source.streams(),
                _ => Vec::new(),
            };
            arguments += 1;
            if !there.iter().any(|(name, _)| name == word)
                && let Some(meant) = nearest(word, there.iter().map(|(name, _)| name.as_str()))
            {
                return Some((at, meant.to_owned()));
            }
        }
    }
    None
}

/// The command that a word may mean. What is a command elsewhere is not a misspelt one here.
pub(super) fn nearest_command(word: &str, shell: &Shell) -> Option<String> {
    if builtins::ABSENT.iter().any(|(absent, _)| *absent == word) {
        return None;
    }
    let installed = shell.machine.installed.names();
    let known = installed.iter().map(|(name, _)| *name).chain(BUILTINS.iter().map(|builtin| builtin.name));
    let state = shell.state();
    let own = state.functions.keys().chain(state.aliases.keys()).map(String::as_str);
    let small = PROGRAMS.iter().map(|program| program.name);
    nearest(word, known.chain(small).chain(own)).map(str::to_owned)
}

/// The nearest of `known`, by at most one edit in a short word and two in a longer one. An edit inserts, deletes or
/// replaces a letter, or exchanges two neighbours.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let near = known.map(|other| (osa_distance(&word, &other.to_lowercase()), other));
    near.filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(
            nearest(word, ["nats", "nats-server", "echo", "history", "[", "true"].into_iter()),
            expected
        );
    }

    #[test]
    fn near_words_are_meant() {
        check("nast", Some("nats"));
        check("nat", Some("nats"));
        check("NATS", Some("nats"));
        check("nats-sever", Some("nats-server"));
        check("hsitory", Some("history"));
        check("ls", None);
        check("git", None);
        check("", None);
    }
}
