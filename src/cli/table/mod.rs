//! Every command of `nats` with its arguments and flags: the one table that parsing, help, completion and the list of
//! what is covered read.
//!
//! The rows are text files beside this one, written by `generate.py` from what the real command says of itself:
//!
//! ```text
//! path,alias,…<TAB>help          `.` before it: hidden; `!`: known by name only, its own arguments are not here
//! |more of the help              >the long help
//!  <argument><TAB>kind[...][=default]<TAB>placeholder<TAB>help      `[<argument>]` is optional
//!  -f, --[no-]flag<TAB>…                                            `.` before it: hidden
//! ```

use std::sync::OnceLock;

/// A command, with its subcommands.
#[derive(Debug, Default)]
pub struct Command {
    /// The words that select it: `kv add`. Empty for `nats` itself.
    pub path: &'static str,
    pub aliases: Vec<&'static str>,
    pub hidden: bool,
    /// Only the name is known: whatever follows it is not.
    pub opaque: bool,
    pub help: String,
    pub long_help: String,
    pub args: Vec<Arg>,
    pub flags: Vec<Flag>,
    pub commands: Vec<Command>,
}

/// A positional argument.
#[derive(Debug)]
pub struct Arg {
    pub name: &'static str,
    pub required: bool,
    pub value: Value,
    pub help: &'static str,
}

#[derive(Debug)]
pub struct Flag {
    pub name: &'static str,
    pub short: Option<char>,
    pub hidden: bool,
    pub value: Value,
    pub placeholder: Option<&'static str>,
    /// With the environment variable in brackets at its end.
    pub help: &'static str,
}

/// What an argument or flag takes.
#[derive(Debug)]
pub struct Value {
    pub kind: Kind,
    /// May be given more than once.
    pub many: bool,
    pub default: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A flag without a value.
    Switch,
    /// A flag without a value that has a `--no-` form.
    Bool,
    Text,
    /// A path that has to exist.
    File,
    /// A number that the real command reads as a decimal fraction and then cuts.
    Int,
    I64,
    Uint,
    U16,
    Duration,
    /// `key=value` or `key:value`.
    Map,
    /// One of the words, which commas separate.
    Enum(&'static str),
}

/// The `nats` command with everything below it.
pub fn root() -> &'static Command {
    static ROOT: OnceLock<Command> = OnceLock::new();
    ROOT.get_or_init(|| {
        let mut root = Command::default();
        for text in [
            include_str!("global.txt"),
            include_str!("kv.txt"),
            include_str!("stream.txt"),
            include_str!("messages.txt"),
            include_str!("other.txt"),
        ] {
            read(text, &mut root);
        }
        root.commands.sort_by(|a, b| a.path.cmp(b.path));
        root
    })
}

impl Command {
    /// The last word of the path.
    pub fn name(&self) -> &'static str {
        self.path.rsplit(' ').next().unwrap_or_default()
    }

    /// The subcommand of this name or alias.
    pub fn find(&self, word: &str) -> Option<&Command> {
        self.commands.iter().find(|command| command.name() == word || command.aliases.contains(&word))
    }

    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.name == name)
    }

    /// This command and everything below it, in the order of the table.
    pub fn all(&self) -> Vec<&Command> {
        let mut all = vec![self];
        all.extend(self.commands.iter().flat_map(Command::all));
        all
    }

    fn at(&mut self, path: &str) -> &mut Command {
        let Some(index) = self.commands.iter().position(|command| {
            path.strip_prefix(command.path).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }) else {
            return self;
        };
        self.commands[index].at(path)
    }
}

impl Flag {
    /// The environment variable that stands in for the flag.
    pub fn variable(&self) -> Option<&'static str> {
        let (_, variable) = self.help.rsplit_once(" ($")?;
        variable.strip_suffix(')')
    }

    /// Whether it is given without a value.
    pub fn is_bool(&self) -> bool {
        matches!(self.value.kind, Kind::Switch | Kind::Bool)
    }
}

/// Adds the rows of `text` below `root`.
fn read(text: &'static str, root: &mut Command) {
    let mut current = "";
    for line in text.lines() {
        let command = root.at(current);
        if let Some(more) = line.strip_prefix('|') {
            command.help.push('\n');
            command.help.push_str(more);
        } else if let Some(more) = line.strip_prefix('>') {
            if !command.long_help.is_empty() {
                command.long_help.push('\n');
            }
            command.long_help.push_str(more);
        } else if let Some(item) = line.strip_prefix(' ') {
            read_item(item, command);
        } else {
            current = read_command(line, root);
        }
    }
}

fn read_command(line: &'static str, root: &mut Command) -> &'static str {
    let (names, help) = line.split_once('\t').expect("a command has a help");
    let (opaque, names) = names.strip_prefix('!').map_or((false, names), |names| (true, names));
    let (hidden, names) = names.strip_prefix('.').map_or((false, names), |names| (true, names));
    let mut names = names.split(',');
    let path = names.next().unwrap_or_default();
    if path.is_empty() {
        root.help = help.to_owned();
        return path;
    }
    let command = Command {
        path,
        aliases: names.collect(),
        hidden,
        opaque,
        help: help.to_owned(),
        ..Command::default()
    };
    root.at(path).commands.push(command);
    path
}

fn read_item(item: &'static str, command: &mut Command) {
    let mut columns = item.split('\t');
    let mut column = || columns.next().expect("an item has four columns");
    let (spec, value, placeholder, help) = (column(), read_value(column()), column(), column());
    let (hidden, spec) = spec.strip_prefix('.').map_or((false, spec), |spec| (true, spec));
    if let Some((short, name)) = spec.split_once("--") {
        let name = name.strip_prefix("[no-]").unwrap_or(name);
        let placeholder = Some(placeholder).filter(|placeholder| !placeholder.is_empty());
        command.flags.push(Flag { name, short: short.chars().nth(1), hidden, value, placeholder, help });
    } else {
        let required = spec.starts_with('<');
        command.args.push(Arg { name: spec.trim_matches(['[', ']', '<', '>']), required, value, help });
    }
}

fn read_value(text: &'static str) -> Value {
    let (text, default) = text.split_once('=').map_or((text, None), |(text, default)| (text, Some(default)));
    let (text, many) = text.strip_suffix("...").map_or((text, false), |text| (text, true));
    let kind = match text {
        "switch" => Kind::Switch,
        "bool" => Kind::Bool,
        "text" => Kind::Text,
        "file" => Kind::File,
        "int" => Kind::Int,
        "i64" => Kind::I64,
        "uint" => Kind::Uint,
        "u16" => Kind::U16,
        "duration" => Kind::Duration,
        "map" => Kind::Map,
        _ => Kind::Enum(
            text.strip_prefix("enum(").and_then(|text| text.strip_suffix(')')).expect("a known kind"),
        ),
    };
    Value { kind, many, default }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let root = root();
        assert_eq!(root.commands.iter().filter(|command| !command.hidden).count(), 25);
        assert_eq!(root.find("kv").expect("kv").commands.len(), 14);
        let add = root.find("kv").and_then(|kv| kv.find("new")).expect("an alias");
        assert_eq!((add.path, add.args.len(), add.flags.len()), ("kv add", 1, 18));
        let history = add.flag("history").expect("a flag");
        assert_eq!((history.value.kind, history.value.default), (Kind::I64, Some("1")));
        assert_eq!(root.flag("server").and_then(Flag::variable), Some("NATS_URL"));
        assert!(root.find("srv").expect("an alias").opaque);
    }

    #[test]
    fn no_two_commands_or_flags_share_a_name() {
        for command in root().all() {
            let subs = command.commands.iter();
            for mut names in [
                subs.flat_map(|sub| sub.aliases.iter().copied().chain([sub.name()])).collect::<Vec<_>>(),
                command.flags.iter().map(|flag| flag.name).collect(),
            ] {
                let count = names.len();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), count, "{}", command.path);
            }
        }
    }
}
