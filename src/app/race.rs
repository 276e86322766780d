//! What was done last, as a scenario of which every order can be played: the last commands of the terminals are its race, and what
//! succeeded before them is its set-up.

use std::collections::{BTreeMap, BTreeSet};

use super::act::Act;
use super::export::plain_name;
use super::{App, TerminalId};
use crate::term::screen::{Block, NoteKind};

/// So many commands of a client, and so many clients, at most.
const COMMANDS_MAX: usize = 4;
const CLIENTS: std::ops::RangeInclusive<usize> = 2..=5;

/// A command that has ended.
struct Entered {
    client: String,
    text: String,
    /// Its place among all that was entered; 0 for what was there before anybody did something.
    order: usize,
    has_succeeded: bool,
}

impl App {
    /// The last commands of two to five terminals as a scenario in Markdown: at most four of each, and none from before a bucket or
    /// stream was made. Commands that still run are left out. `None` where fewer than two terminals have run some.
    pub fn race(&self) -> Option<String> {
        let mut entered = self.entered();
        entered.sort_by_key(|command| command.order);
        let first = entered.len() - raced(&entered);
        let (before, race) = entered.split_at(first);
        let clients: BTreeSet<&str> = race.iter().map(|command| command.client.as_str()).collect();
        if !CLIENTS.contains(&clients.len()) {
            return None;
        }
        let setup = before.iter().filter(|command| command.has_succeeded);
        let setup = setup.map(|command| lines("setup", &command.text));
        let race_lines = race.iter().map(|command| lines(&command.client, &command.text));
        let keys: BTreeSet<_> = race.iter().filter_map(|command| written_key(&command.text)).collect();
        let rules = keys.iter().map(|(bucket, key)| format!("no update lost {bucket} {key}\n"));
        Some(format!(
            "```race\n{}{}```\n\n```rules\n{}every client ends\n```\n",
            setup.collect::<String>(),
            race_lines.collect::<String>(),
            rules.collect::<String>()
        ))
    }

    /// The lines that were entered in a terminal, each with its place in the journal, counted from 1.
    fn lines_of(&self, terminal: TerminalId) -> impl Iterator<Item = (usize, &str)> + Clone {
        let acts = self.journal().entries.iter().map(|entry| &entry.act).zip(1..);
        acts.filter_map(move |(act, order)| match act {
            Act::Submit { terminal: its, line } if *its == terminal => Some((order, line.as_str())),
            _ => None,
        })
    }

    /// The commands that have ended, terminal by terminal, without servers.
    fn entered(&self) -> Vec<Entered> {
        let mut names: Vec<String> = vec!["setup".to_owned()];
        let mut all = Vec::new();
        for terminal in self.terminals.iter() {
            let client = plain_name(terminal.name(), &|name| names.iter().any(|other| other == name));
            names.push(client.clone());
            let mut lines = self.lines_of(terminal.id()).peekable();
            for block in terminal.session.screen.all_blocks() {
                let Some(command) = &block.command else { continue };
                // What lies between were answers.
                let (order, _) = lines.clone().find(|(_, line)| *line == command.text).unwrap_or_default();
                while lines.next_if(|(at, _)| *at <= order).is_some() {}
                all.extend(entered(&client, order, block));
            }
        }
        all
    }
}

fn entered(client: &str, order: usize, block: &Block) -> Option<Entered> {
    let command = block.command.as_ref().filter(|command| !command.cancelled)?;
    let (_, status) = block.ended?;
    let mut text = command.text.trim().to_owned();
    if text.is_empty() || text.starts_with("nats-server") {
        return None;
    }
    // A scenario answers no questions.
    let was_asked = block.notes.iter().any(|note| matches!(note.kind, NoteKind::Answer(_)));
    if was_asked && status == 0 && !text.contains('\n') {
        text.push_str(" --force");
    }
    Some(Entered { client: client.to_owned(), text, order, has_succeeded: status == 0 })
}

/// How many of the last commands are the race.
fn raced(entered: &[Entered]) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut raced = 0;
    for command in entered.iter().rev() {
        let count = counts.entry(&command.client).or_default();
        *count += 1;
        let is_enough = *count > COMMANDS_MAX || counts.len() > *CLIENTS.end();
        if is_enough || makes_storage(&command.text) {
            break;
        }
        raced += 1;
    }
    raced
}

fn makes_storage(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    matches!(words[..], ["nats", "kv", "add" | "new"] | ["nats", "stream" | "str", "add" | "new" | "create"])
}

/// The key that a command writes, where its name is written out.
fn written_key(text: &str) -> Option<(&str, &str)> {
    let mut words = text.split_whitespace();
    let verbs = ["put", "create", "update", "del", "purge"];
    if words.next() != Some("nats") || words.next() != Some("kv") || !verbs.contains(&words.next()?) {
        return None;
    }
    let is_plain = |word: &&str| {
        word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c)) && !word.starts_with('-')
    };
    let (bucket, key) = (words.next()?, words.next()?);
    Some((bucket, key)).filter(|(bucket, key)| is_plain(bucket) && is_plain(key))
}

/// The lines of a command, as a fence `race` has them.
fn lines(name: &str, text: &str) -> String {
    let mut lines = text.lines();
    let first = format!("{name}$ {}\n", lines.next().unwrap_or_default());
    lines.fold(first, |all, more| format!("{all}{name}> {more}\n"))
}
