//! Help pages, from the table of commands.

use super::table::{Arg, Command, Flag, Kind};
use crate::gofmt::doc::to_text;
use crate::gofmt::quote;

/// The help page of a command.
pub struct Page<'a> {
    /// The commands from `nats` down to the one that is shown.
    pub chain: &'a [&'a Command],
    /// Columns of the screen.
    pub width: usize,
    /// Whether global flags are listed, as with `--help`.
    pub globals: bool,
}

impl Page<'_> {
    /// The page's text.
    pub fn render(&self) -> String {
        let Some(command) = self.chain.last() else { return String::new() };
        let width = self.width as isize;
        let mut out = usage(command);
        if !command.help.is_empty() {
            out.push('\n');
            out.push_str(&to_text(&command.help, width));
        }
        out.push('\n');
        if !command.long_help.is_empty() {
            out.push_str(&to_text(&command.long_help, width));
            out.push('\n');
        }
        self.section("Args:", command.args.iter().map(arg_row).collect(), &mut out);
        let title = if command.path.is_empty() { "Commands:" } else { "Subcommands:" };
        let shown = command.commands.iter().filter(|command| !command.hidden);
        let first_line = |help: &str| help.lines().next().unwrap_or_default().to_owned();
        self.section(
            title,
            shown.map(|sub| (sub.path.to_owned(), first_line(&sub.help))).collect(),
            &mut out,
        );
        if !command.path.is_empty() {
            self.section("Flags:", flag_rows(&command.flags), &mut out);
            if !command.aliases.is_empty() {
                out.push_str(&format!("Command Aliases: {}\n", command.aliases.join(", ")));
            }
            out.push('\n');
        }
        if self.globals {
            let everywhere = self.chain.iter().take(self.chain.len() - usize::from(self.chain.len() > 1));
            let flags: Vec<&Flag> = everywhere.flat_map(|command| &command.flags).collect();
            self.section("Global Flags:", flag_rows(flags), &mut out);
        } else {
            out.push_str("Pass --help to see global flags applicable to this command.\n");
        }
        out
    }

    /// A titled list in two columns, unless it is empty.
    fn section(&self, title: &str, rows: Vec<(String, String)>, out: &mut String) {
        if rows.is_empty() {
            return;
        }
        out.push_str(&format!("{title}\n"));
        // A longer first column gets a line of its own.
        let limit = ((self.width as f32 * 0.75 / 2.0) as usize).max(30);
        let first =
            rows.iter().map(|(name, _)| name.len()).filter(|length| *length < limit).max().unwrap_or(0);
        let indent = " ".repeat(first + 4);
        for (name, help) in rows {
            let help = to_text(&help, self.width as isize - first as isize - 4);
            let mut lines = help.trim_end_matches('\n').split('\n');
            let own_line = if name.len() >= limit { format!("\n{indent}") } else { String::new() };
            out.push_str(&format!("  {name:first$}  {own_line}{}\n", lines.next().unwrap_or_default()));
            for line in lines {
                out.push_str(&format!("{indent}{line}\n"));
            }
        }
        out.push('\n');
    }
}

/// The line that begins with `usage:`.
fn usage(command: &Command) -> String {
    let mut words = vec!["usage: nats".to_owned()];
    words.extend(Some(command.path.to_owned()).filter(|path| !path.is_empty()));
    if !command.flags.is_empty() {
        words.push("[<flags>]".to_owned());
    }
    for arg in &command.args {
        let more = if arg.value.many { "..." } else { "" };
        let (open, close) = if arg.required { ("", "") } else { ("[", "]") };
        words.push(format!("{open}<{}>{more}{close}", arg.name));
    }
    if !command.commands.is_empty() {
        words.push("<command> [<args> ...]".to_owned());
    }
    words.join(" ") + "\n"
}

fn arg_row(arg: &Arg) -> (String, String) {
    let name = arg.placeholder.map_or_else(|| format!("<{}>", arg.name), str::to_owned);
    let name = if arg.required { name } else { format!("[{name}]") };
    (name, arg.help.to_owned())
}

fn flag_rows<'a>(flags: impl IntoIterator<Item = &'a Flag>) -> Vec<(String, String)> {
    let flags: Vec<&Flag> = flags.into_iter().collect();
    let indent = flags.iter().any(|flag| flag.short.is_some());
    let shown = flags.into_iter().filter(|flag| !flag.hidden);
    shown.map(|flag| (flag_name(flag, indent), flag.help.to_owned())).collect()
}

/// `-f, --force`, `    --ttl=DURATION`; `indent` leaves space for the short forms of others.
fn flag_name(flag: &Flag, indent: bool) -> String {
    let mut name = match flag.short {
        Some(short) => format!("-{short}, --"),
        None if indent => "    --".to_owned(),
        None => "--".to_owned(),
    };
    if flag.value.kind == Kind::Bool {
        name.push_str("[no-]");
    }
    name.push_str(flag.name);
    if !flag.is_bool() {
        name.push('=');
        name.push_str(&match (flag.placeholder, flag.value.default) {
            (Some(placeholder), _) => placeholder.to_owned(),
            (None, Some(default)) if flag.value.kind == Kind::Text => quote(default),
            (None, Some(default)) => default.to_owned(),
            (None, None) => flag.name.to_ascii_uppercase(),
        });
    }
    if flag.value.many {
        name.push_str(" ...");
    }
    name
}

/// The page of the command at `path`, without global flags.
pub fn page_of(path: &str, width: usize) -> String {
    let mut chain = vec![super::table::root()];
    for word in path.split(' ') {
        chain.extend(chain[chain.len() - 1].find(word));
    }
    Page { chain: &chain, width, globals: false }.render()
}
