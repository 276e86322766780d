//! "Did you mean": the known word that an unknown one is nearest to, and the line with it in place.

use super::builtins::{self, BUILTINS};
use super::state::Shell;
use crate::base::letters;
use crate::cli::table::{self, Command};

/// The line with its first unknown word (a program, a verb or a flag of `nats`) replaced by the nearest known
/// one. Only of lines that are words and nothing else.
pub fn correction(line: &str, shell: &Shell) -> Option<String> {
    if line.contains(|char: char| "'\"\\|;&$()<>{}#`\n".contains(char)) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let (at, word) = match words.split_first()? {
        (&"nats", rest) => nats(rest).map(|(at, word)| (at + 1, word))?,
        (program, _) => {
            let programs = shell.programs.names();
            let names: Vec<&str> = programs.iter().map(|(name, _)| *name).collect();
            if names.contains(program) || builtins::find(program).is_some() {
                return None;
            }
            let known = names.into_iter().chain(BUILTINS.iter().map(|builtin| builtin.name));
            (0, nearest(program, known)?.to_owned())
        }
    };
    let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    words[at] = word;
    Some(words.join(" "))
}

/// The place of the first word that `nats` does not know, and the nearest that it does.
fn nats(words: &[&str]) -> Option<(usize, String)> {
    let mut command = table::root();
    let mut is_value = false;
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
        } else if !word.starts_with('-') && !command.commands.is_empty() {
            match command.find(word) {
                Some(found) => command = found,
                None => {
                    let known = command.commands.iter().filter(|command| !command.hidden && !command.opaque);
                    return nearest(word, known.map(Command::name)).map(|meant| (at, meant.to_owned()));
                }
            }
        }
    }
    None
}

/// The nearest of `known`, if it is near enough to be meant: a letter wrong, missing, too many or exchanged
/// in a short word, two in a longer one.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = letters::lower(word);
    let allowed = match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let near = known.map(|other| (distance(&word, &letters::lower(other)), other));
    near.filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// How many letters have to be put in, taken out, replaced or exchanged with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
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
