//! Buckets, keys, values and revisions in what a terminal shows, and the commands that can be made of them.
//!
//! Nothing is marked while output is drawn: a line is read when somebody points at it, by the command that printed it
//! and the lines that such a command prints.

use super::{App, TerminalId, command};
use crate::term::row::Row;
use crate::term::screen::Block;

/// A bucket or an entry that a line of output tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    pub bucket: String,
    /// Empty for the bucket itself.
    pub key: String,
    pub revision: Option<u64>,
    pub value: Option<String>,
}

/// What can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Get,
    GetRevision(u64),
    History,
    /// From this revision on.
    Update(u64),
    Info,
    List,
    Watch,
}

/// How many things of a block are offered, and how many of its last lines are read for that.
const OFFERED: usize = 12;
const READ: usize = 300;

impl App {
    /// Whether a block may show such things.
    pub fn may_show_things(block: &Block) -> bool {
        block.command.as_ref().is_some_and(|command| command.text.contains("nats kv "))
            && block.chunks().len() > 0
    }

    /// What the last lines of a block tell of, each once.
    pub fn things(&self, terminal: TerminalId, block: u64) -> Vec<Thing> {
        let mut things: Vec<Thing> = Vec::new();
        let Some(block) = self.screen(terminal).and_then(|screen| screen.block(block)) else { return things };
        let command = block.command.as_ref().map_or("", |command| command.text.as_str());
        for line in block.chunks().rev().flat_map(|chunk| chunk.rows().iter().rev()).map(Row::text).take(READ)
        {
            let Some(thing) = read(command, line) else { continue };
            if things.len() < OFFERED && !things.iter().any(|known| known.covers(&thing)) {
                things.push(thing);
            }
        }
        things.reverse();
        things
    }

    /// What a line tells of, if somebody points at a part of it that names it.
    pub fn thing_at(&self, terminal: TerminalId, block: u64, line: &str, at: usize) -> Option<Thing> {
        let block = self.screen(terminal)?.block(block)?;
        let thing = read(&block.command.as_ref()?.text, line)?;
        let parts = [Some(thing.bucket.clone()), Some(thing.key.clone()), thing.value.clone()];
        let revision = thing.revision.map(|revision| revision.to_string());
        let (before, after) = line.split_at_checked(at)?;
        let ends = |char: char| char.is_whitespace() || char == '│';
        let begin =
            before.rfind(ends).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let end = after.find(ends).map_or(line.len(), |end| at + end);
        let word = line[begin..end].trim_end_matches(':');
        let named = |part: &String| !word.is_empty() && part.split_whitespace().any(|piece| piece == word);
        let is_named = parts.iter().flatten().any(named) || revision.as_deref() == Some(word);
        is_named.then_some(thing)
    }

    /// What can be done with a thing, as commands.
    pub fn uses(&self, thing: &Thing) -> Vec<(Use, String)> {
        let Thing { bucket, key, .. } = thing;
        let of_bucket = |verb| command(&["nats", "kv", verb, bucket]);
        if key.is_empty() {
            let uses = [(Use::Info, "info"), (Use::List, "ls"), (Use::Watch, "watch")];
            return uses.map(|(what, verb)| (what, of_bucket(verb))).into();
        }
        let live = self.record.view.as_ref().and_then(|view| view.bucket(bucket)?.key(key));
        let mut uses = vec![(Use::Get, command(&["nats", "kv", "get", bucket, key]))];
        if let Some(revision) = thing.revision {
            let number = revision.to_string();
            let get = command(&["nats", "kv", "get", bucket, key, "--revision", &number]);
            uses.push((Use::GetRevision(revision), get));
        }
        uses.push((Use::History, command(&["nats", "kv", "history", bucket, key])));
        if let Some(revision) = thing.revision.or_else(|| Some(live?.last().sequence)) {
            let value = thing.value.clone().or_else(|| String::from_utf8(live?.last().value.clone()).ok());
            let value = value.filter(|value| !value.is_empty()).unwrap_or_else(|| "Value".to_owned());
            let update = command(&["nats", "kv", "update", bucket, key, &value, &revision.to_string()]);
            uses.push((Use::Update(revision), update));
        }
        uses
    }
}

impl Thing {
    fn bucket(bucket: &str) -> Option<Thing> {
        (!bucket.is_empty()).then(|| Thing { bucket: bucket.to_owned(), ..Thing::default() })
    }

    fn key(bucket: &str, key: &str) -> Option<Thing> {
        Thing::bucket(bucket).filter(|_| !key.is_empty()).map(|thing| Thing { key: key.to_owned(), ..thing })
    }

    /// Whether it says all that another one says.
    fn covers(&self, other: &Thing) -> bool {
        (&self.bucket, &self.key) == (&other.bucket, &other.key)
            && (other.revision.is_none() || self.revision == other.revision)
    }
}

/// What a line tells of that such a command has printed.
fn read(command: &str, line: &str) -> Option<Thing> {
    let line = line.trim_end();
    if line.is_empty() || line.starts_with("nats: error:") {
        return None;
    }
    let parts = command.split([';', '&', '|', '\n']).filter_map(|part| part.split_once("nats kv "));
    parts.filter_map(|(_, words)| told(words, line)).next()
}

/// As [`read`], by one command, of which `nats kv` is taken off.
fn told(words: &str, line: &str) -> Option<Thing> {
    let mut plain = words.split_whitespace().map(|word| word.trim_matches(['\'', '"']));
    let verb = plain.next()?;
    let mut plain = plain.filter(|word| !word.starts_with('-'));
    let (bucket, key) = (plain.next().unwrap_or_default(), plain.next().unwrap_or_default());
    match verb {
        "watch" => watched(line),
        "get" => found(line).or_else(|| entry(bucket, key, line)),
        "put" | "create" | "update" => entry(bucket, key, line).filter(|_| words.contains(line.trim())),
        "history" => past(bucket, line),
        "ls" | "list" if bucket.is_empty() => cells(line).first().map_or_else(
            || Thing::bucket(line).filter(|_| !line.contains(' ')),
            |cell| Thing::bucket(cell).filter(|_| *cell != "Bucket" && cells(line).len() > 1),
        ),
        "ls" | "list" => cells(line).first().map_or_else(
            || Thing::key(bucket, line).filter(|_| !line.contains(' ')),
            |cell| Thing::key(bucket, cell).filter(|_| *cell != "Key" && cells(line).len() > 1),
        ),
        "info" | "add" | "status" => Thing::bucket(line.trim_start().strip_prefix("Bucket Name: ")?),
        _ => None,
    }
}

fn entry(bucket: &str, key: &str, value: &str) -> Option<Thing> {
    Thing::key(bucket, key).map(|thing| Thing { value: Some(value.to_owned()), ..thing })
}

/// `[2026-11-24 14:49:23] PUT my-kv > Key1: Value1`, or without a value `DELETE my-kv > Key1`.
fn watched(line: &str) -> Option<Thing> {
    let (verb, rest) = line.strip_prefix('[')?.split_once("] ")?.1.split_once(' ')?;
    let (bucket, rest) = rest.split_once(" > ")?;
    match (verb, rest.split_once(": ")) {
        ("PUT", Some((key, value))) => entry(bucket, key, value),
        _ => Thing::key(bucket, rest.trim_end_matches(':')),
    }
}

/// `my-kv > Key1 revision: 3 created @ 24 Nov 26 14:49 UTC`
fn found(line: &str) -> Option<Thing> {
    let (bucket, rest) = line.split_once(" > ")?;
    let (key, rest) = rest.split_once(" revision: ")?;
    let revision = rest.split(' ').next()?.parse().ok()?;
    Thing::key(bucket, key).map(|thing| Thing { revision: Some(revision), ..thing })
}

/// `│ Key1 │ 3 │ PUT │ 2026-11-24 14:49:23 │ 6 │ Value2 │`
fn past(bucket: &str, line: &str) -> Option<Thing> {
    let cells = cells(line);
    let [key, revision, operation, _, _, value] = cells[..] else { return None };
    let thing = Thing { revision: Some(revision.parse().ok()?), ..Thing::key(bucket, key)? };
    Some(Thing { value: (operation == "PUT").then(|| value.to_owned()), ..thing })
}

/// The cells of a row of a table.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.strip_prefix('│').and_then(|line| line.strip_suffix('│'));
    inner.map(|inner| inner.split('│').map(str::trim).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key, revision and value that a line tells of.
    fn told(command: &str, line: &str) -> Option<(String, Option<u64>, Option<String>)> {
        read(command, line)
            .map(|thing| (format!("{} > {}", thing.bucket, thing.key), thing.revision, thing.value))
    }

    fn key(
        name: &str,
        revision: Option<u64>,
        value: Option<&str>,
    ) -> Option<(String, Option<u64>, Option<String>)> {
        Some((name.to_owned(), revision, value.map(str::to_owned)))
    }

    #[test]
    fn lines_are_read_by_the_command_that_printed_them() {
        let watch = "nats kv watch b";
        let line = "[2026-11-24 14:49:23] PUT b > k: some value: x";
        assert_eq!(told(watch, line), key("b > k", None, Some("some value: x")));
        assert_eq!(told(watch, "[2026-11-24 14:49:23] DELETE b > k"), key("b > k", None, None));
        let get = "nats kv get b k";
        assert_eq!(told(get, "b > k revision: 3 created @ 24 Nov 26 14:49 UTC"), key("b > k", Some(3), None));
        assert_eq!(told(get, "some value"), key("b > k", None, Some("some value")));
        assert_eq!(
            told("nats kv put b k 'some value'", "some value"),
            key("b > k", None, Some("some value"))
        );
        let row = "│ k   │        3 │ PUT │ 2026-11-24 14:49:23 │ 6      │ Value2 │";
        assert_eq!(told("nats kv history b", row), key("b > k", Some(3), Some("Value2")));
        assert_eq!(told("nats kv ls b", "users.1"), key("b > users.1", None, None));
        assert_eq!(
            told("nats kv ls", "│ b1  │ text │ 2026-11-24 14:49:23 │ 0 B │ 0 │ never │"),
            key("b1 > ", None, None)
        );
        assert_eq!(told("nats kv add b --history 3", "            Bucket Name: b"), key("b > ", None, None));
    }

    #[test]
    fn what_names_nothing_is_left_alone() {
        for (command, line) in [
            ("nats kv get b k", "nats: error: nats: key not found"),
            ("nats kv ls b", "No keys found in bucket"),
            ("nats kv history b k", "│ Key │ Revision │ Op │ Created │ Length │ Value │"),
            ("nats kv ls", "│ Bucket │ Description │ Created │ Size │ Values │ Last Update │"),
            ("nats kv ls", "│                Key-Value Buckets                │"),
            ("nats kv history b k", "├──────┬──────────┤"),
            ("nats account info", "Account Information"),
            ("echo b", "b"),
        ] {
            assert_eq!(told(command, line), None, "{command}: {line}");
        }
    }

    #[test]
    fn of_several_commands_the_one_that_printed_a_line_is_meant() {
        let command = "nats kv put b k 1; nats kv put b other 'x y' && nats kv get b k";
        assert_eq!(told(command, "x y"), key("b > other", None, Some("x y")));
        assert_eq!(told(command, "b > k revision: 1 created @ now"), key("b > k", Some(1), None));
    }
}
