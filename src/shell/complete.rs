//! Completion: programs and builtins, the commands and flags of `nats` from its own table, and the buckets, keys,
//! revisions and streams that there are.

use super::builtins::BUILTINS;
use super::partial::{self, quoted};
use super::state::Shell;
use crate::base::files::absolute;
use crate::cli::table::{self, Arg, Command, Flag, Kind};
use crate::programs::PROGRAMS;
use crate::term::menu::{Candidate, Candidates};

/// The names that exist on the server, each with a description.
pub trait CompletionSource {
    fn buckets(&self) -> Vec<(String, String)>;

    /// Keys of a bucket with this prefix; a few hundred are enough.
    fn keys(&self, bucket: &str, prefix: &str) -> Vec<(String, String)>;

    /// The newest revision of a key.
    fn revision(&self, bucket: &str, key: &str) -> Option<u64>;

    fn streams(&self) -> Vec<(String, String)>;
}

/// How many candidates are offered.
const CANDIDATES_MAX: usize = 200;

/// The candidates for the word at the cursor; `before` is the line up to there.
pub fn complete(before: &str, shell: &Shell, source: &dyn CompletionSource) -> Candidates {
    let partial = partial::read(before);
    let range = partial.start..before.len();
    if partial.in_comment {
        return Candidates { range, list: Vec::new() };
    }
    let (words, current) = (partial.words, partial.current);
    let mut list = match words.split_first() {
        _ if before[range.clone()].starts_with('$') => variables(shell),
        None => programs(shell),
        Some((program, words)) if program == "nats" => nats(words, &current, source),
        Some((program, _)) if program == "help" => programs(shell),
        Some((program, _)) if ["kill", "wait", "fg"].contains(&program.as_str()) => jobs(shell),
        Some(_) => files(&current, shell),
    };
    let is_raw = before[range.clone()].starts_with(['$', '%']);
    let typed = if is_raw { &before[range.clone()] } else { current.as_str() };
    list.retain(|candidate| candidate.text.starts_with(typed));
    list.truncate(CANDIDATES_MAX);
    if !is_raw {
        list.iter_mut().for_each(|candidate| candidate.text = quoted(&candidate.text));
    }
    Candidates { range, list }
}

fn programs(shell: &Shell) -> Vec<Candidate> {
    let programs =
        shell.machine.installed.names().into_iter().map(|(name, help)| Candidate::word(name, help));
    let small =
        PROGRAMS.iter().filter(|program| program.name != "[").map(|it| Candidate::word(it.name, it.help));
    let state = shell.state();
    let functions = state.functions.keys().map(|name| Candidate::word(name, "a function"));
    let aliases = state.aliases.iter().map(|(name, words)| Candidate::word(name, words));
    let builtins =
        BUILTINS.iter().filter(|builtin| builtin.name.starts_with(|char: char| char.is_alphabetic()));
    let builtins = builtins.map(|builtin| Candidate::word(builtin.name, builtin.help));
    programs.chain(small).chain(builtins).chain(functions).chain(aliases).collect()
}

fn variables(shell: &Shell) -> Vec<Candidate> {
    let all = shell.all_variables();
    all.into_iter().map(|(name, value)| Candidate::word(format!("${name}"), value)).collect()
}

/// The files whose names begin with `current`.
fn files(current: &str, shell: &Shell) -> Vec<Candidate> {
    let above = &current[..current.rfind('/').map_or(0, |at| at + 1)];
    let folder = absolute(&shell.state().folder, if above.is_empty() { "." } else { above });
    let candidate = |name: String| {
        let info = shell.machine.files.info(&absolute(&folder, &name));
        match info.is_some_and(|info| info.is_folder) {
            true => Candidate::word(format!("{above}{name}/"), "a folder"),
            false => Candidate::word(format!("{above}{name}"), "a file"),
        }
    };
    shell.machine.files.names(&folder).into_iter().map(candidate).collect()
}

fn jobs(shell: &Shell) -> Vec<Candidate> {
    let jobs = shell.jobs.background().into_iter();
    jobs.map(|job| Candidate::word(format!("%{}", job.number), job.text.to_string())).collect()
}

/// The candidates behind `nats` and these words.
fn nats(words: &[String], current: &str, source: &dyn CompletionSource) -> Vec<Candidate> {
    let position = CursorPosition::of(words);
    if let Some(flag) = position.flag {
        return flag_values(flag, &position, source);
    }
    if let Some((name, _)) = current.strip_prefix("--").and_then(|flag| flag.split_once('=')) {
        let values = position.find_flag(name).map_or(Vec::new(), |flag| flag_values(flag, &position, source));
        let prefixed = |value: Candidate| Candidate { text: format!("--{name}={}", value.text), ..value };
        return values.into_iter().map(prefixed).collect();
    }
    if current.starts_with('-') && !position.only_arguments {
        return position.flags();
    }
    let known = |command: &&Command| !command.hidden && !command.opaque;
    let commands = position.command.commands.iter().filter(known);
    let commands = commands.map(|command| Candidate::word(command.name(), first_line(&command.help)));
    match position.command.args.get(position.arguments.len()) {
        None if position.arguments.is_empty() => commands.collect(),
        None => Vec::new(),
        Some(arg) => argument(arg, &position, current, source),
    }
}

/// Where the cursor is in a command line of `nats`.
struct CursorPosition<'a> {
    command: &'a Command,
    /// The arguments before the cursor, without flags.
    arguments: Vec<&'a str>,
    /// The flag whose value is at the cursor.
    flag: Option<&'a Flag>,
    /// `--` stands before the cursor.
    only_arguments: bool,
}

impl<'a> CursorPosition<'a> {
    fn of(words: &'a [String]) -> CursorPosition<'a> {
        let mut position = CursorPosition {
            command: table::root(),
            arguments: Vec::new(),
            flag: None,
            only_arguments: false,
        };
        for word in words {
            if position.flag.take().is_some() {
                continue;
            }
            match word.as_str() {
                word if position.only_arguments => position.arguments.push(word),
                "--" => position.only_arguments = true,
                word if word.len() > 1 && word.starts_with('-') => {
                    let takes_next = !word.contains('=');
                    let flag = position.find_flag(word.trim_start_matches('-'));
                    position.flag = flag.filter(|flag| takes_next && !flag.is_bool());
                }
                word => match position.command.find(word).filter(|_| position.arguments.is_empty()) {
                    Some(command) => position.command = command,
                    None => position.arguments.push(word),
                },
            }
        }
        position
    }

    /// A flag of the command or a global one, by its name or its letter.
    fn find_flag(&self, name: &str) -> Option<&'a Flag> {
        let mut letters = name.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        let mut all = self.command.flags.iter().chain(&table::root().flags);
        all.find(|flag| flag.name == name || letter.is_some() && flag.short == letter)
    }

    fn flags(&self) -> Vec<Candidate> {
        let own = self.command.flags.iter();
        let global = table::root().flags.iter().filter(|_| !self.command.path.is_empty());
        let shown = own.chain(global).filter(|flag| !flag.hidden);
        shown.map(|flag| Candidate::word(format!("--{}", flag.name), flag.help)).collect()
    }
}

fn flag_values(flag: &Flag, position: &CursorPosition<'_>, source: &dyn CompletionSource) -> Vec<Candidate> {
    match (flag.value.kind, flag.name) {
        (Kind::Enum(words), _) => words.split(',').map(|word| Candidate::word(word, flag.help)).collect(),
        (_, "revision") => revision(position, source),
        (_, "mirror" | "source") if position.command.path.starts_with("kv ") => named(source.buckets()),
        _ => Vec::new(),
    }
}

fn argument(
    arg: &Arg,
    position: &CursorPosition<'_>,
    current: &str,
    source: &dyn CompletionSource,
) -> Vec<Candidate> {
    match (arg.name, arg.value.kind) {
        ("bucket", _) if position.command.path == "kv add" => Vec::new(), // a new one needs a new name
        ("bucket", _) => named(source.buckets()),
        ("key", _) => {
            position.arguments.first().map_or(Vec::new(), |bucket| named(source.keys(bucket, current)))
        }
        ("revision", _) => revision(position, source),
        ("stream", _) if position.command.path == "stream add" => Vec::new(),
        ("stream", _) => named(source.streams()),
        (_, Kind::Enum(words)) => words.split(',').map(|word| Candidate::word(word, arg.help)).collect(),
        _ => Vec::new(),
    }
}

fn revision(position: &CursorPosition<'_>, source: &dyn CompletionSource) -> Vec<Candidate> {
    let [bucket, key, ..] = position.arguments[..] else { return Vec::new() };
    let revision = source.revision(bucket, key);
    revision
        .map(|revision| Candidate::word(revision.to_string(), format!("the revision of {key} now")))
        .into_iter()
        .collect()
}

fn named(names: Vec<(String, String)>) -> Vec<Candidate> {
    names.into_iter().map(|(name, help)| Candidate::word(name, help)).collect()
}

fn first_line(help: &str) -> &str {
    help.lines().next().unwrap_or("")
}
