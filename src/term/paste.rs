//! What is pasted: typography undone, and the commands picked out of a page of documentation, which has
//! prompts, comments and outputs around them. Nothing here runs anything.

/// What a paste means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// Words for the line as it is.
    Text(String),
    /// Commands of a block, to be shown as a list and run one by one.
    Commands(Vec<String>),
}

/// Prompts that stand before a command in documentation, apart from `name$ ` and `user@host:~$ `.
const PROMPTS: &[&str] = &["$ ", "% ", "❯ ", "➜ ", "PS> "];

/// Prompts that may as well begin a comment or a quotation, so that they count only where nothing else does.
const DOUBTFUL_PROMPTS: &[&str] = &["# ", "> "];

/// Undoes what word processors and web pages do to a command: typographic quotes, dashes and blanks outside
/// of plain quotes, invisible characters, other systems' line ends.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut quote = None;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                plain.push('\n');
            }
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\n' | '\t' => plain.push(char),
            control if control.is_control() => {}
            quoted if quote.is_some() => plain.push(quoted),
            '‘' | '’' | '‚' | '‛' => plain.push('\''),
            '“' | '”' | '„' | '‟' => plain.push('"'),
            // A dash for `--` stands where a flag begins.
            '—' | '–'
                if plain.ends_with([' ', '\n']) && chars.peek().is_some_and(char::is_ascii_alphabetic) =>
            {
                plain.push_str("--");
            }
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => plain.push(' '),
            other => plain.push(other),
        }
        quote = match (quote, char) {
            (_, '\r' | '\n') => None, // prose around commands has single apostrophes
            (None, '\'' | '"') => Some(char),
            (Some(open), close) if open == close => None,
            _ => quote,
        };
    }
    plain
}

/// Reads a paste. `is_command` tells whether a word begins a command here, `is_complete` whether a text is
/// all of a command (or goes on: an open quote, a backslash at the end).
///
/// Where lines have prompts, those are the commands; else the lines that begin with a command. What is left
/// is comment or output.
pub fn read(text: &str, is_command: &dyn Fn(&str) -> bool, is_complete: &dyn Fn(&str) -> bool) -> Pasted {
    let text = plain(text);
    let lines: Vec<&str> =
        text.trim_matches('\n').lines().filter(|line| !line.trim_start().starts_with("```")).collect();
    let command_in = |line: &'_ str| {
        let word = line.trim_start().split([' ', '\t', ';', '|']).next().unwrap_or("");
        is_command(word)
    };
    if let [only] = lines[..] {
        let command = prompted(only).filter(|rest| command_in(rest)).unwrap_or(only);
        return Pasted::Text(command.to_owned());
    }
    let ways: [fn(&str) -> Option<&str>; 3] = [prompted, |line| Some(line.trim_start()), doubtfully_prompted];
    let is_used = |way: &fn(&str) -> Option<&str>| lines.iter().any(|line| way(line).is_some_and(command_in));
    let Some(way) = ways.into_iter().find(is_used) else { return Pasted::Text(text) };

    let mut commands = Vec::new();
    let mut rest = lines.into_iter();
    while let Some(line) = rest.next() {
        let Some(first) = way(line).filter(|first| command_in(first)) else { continue };
        let mut command = first.to_owned();
        while !is_complete(&command)
            && let Some(next) = rest.next()
        {
            command.push('\n');
            command.push_str(next.strip_prefix("> ").unwrap_or(next));
        }
        commands.push(command.trim_end().to_owned());
    }
    Pasted::Commands(commands)
}

/// What follows a sure prompt at the start of a line.
fn prompted(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(rest) = PROMPTS.iter().find_map(|prompt| line.strip_prefix(prompt)) {
        return Some(rest.trim_start());
    }
    let ends = ["$ ", "# ", "% ", "❯ "];
    let (name, rest) =
        ends.iter().filter_map(|end| line.split_once(end)).min_by_key(|(name, _)| name.len())?;
    // Between the parts of a prompt such as `you@box ~ %` are blanks.
    let name = if name.contains(['~', '@']) { name.replace(' ', "") } else { name.to_owned() };
    let is_name = |char: char| char.is_alphanumeric() || "-_.@:~/[]".contains(char);
    (!name.is_empty() && name.chars().all(is_name)).then(|| rest.trim_start())
}

/// The command behind a prompt that was entered with it; `None` if there is no prompt.
pub fn without_prompt<'a>(line: &'a str, is_command: &dyn Fn(&str) -> bool) -> Option<&'a str> {
    let command_in = |line: &str| is_command(line.split([' ', '\t', ';', '|', '\n']).next().unwrap_or(""));
    if command_in(line.trim_start()) {
        return None;
    }
    prompted(line).or_else(|| line.trim_start().strip_prefix("> ")).filter(|rest| command_in(rest))
}

/// What follows something that may be a prompt.
fn doubtfully_prompted(line: &str) -> Option<&str> {
    let line = line.trim_start();
    DOUBTFUL_PROMPTS.iter().find_map(|prompt| line.strip_prefix(prompt)).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let is_command = |word: &str| matches!(word, "nats" | "echo" | "nats-server" | "cat");
        let is_complete =
            |command: &str| !command.ends_with('\\') && command.matches('\'').count().is_multiple_of(2);
        let commands = match read(text, &is_command, &is_complete) {
            Pasted::Text(text) => vec![format!("text: {text}")],
            Pasted::Commands(commands) => commands,
        };
        assert_eq!(commands, expected);
    }

    #[test]
    fn picks_commands_by_their_prompts() {
        check(
            "$ nats kv add my-kv\nmy_kv Key-Value Store Status\n\n$ nats kv ls",
            &["nats kv add my-kv", "nats kv ls"],
        );
        check("you$ nats kv ls\nyou? 1\nroot@box:~# nats kv add b", &["nats kv ls", "nats kv add b"]);
        check("> nats kv ls\nnats: error: no\n> nats rtt", &["nats kv ls", "nats rtt"]);
        check("you@box ~ % nats kv ls\n~ ❯ nats rtt", &["nats kv ls", "nats rtt"]);
        check("$ nats kv put b k 'one\n> two'\none\n$ nats rtt", &["nats kv put b k 'one\ntwo'", "nats rtt"]);
        check("# nats kv ls lists them\n$ unknown thing\n$ nats kv ls", &["nats kv ls"]);
        check("# nats kv ls lists them\nnats kv ls", &["nats kv ls"]);
        check("# nats kv ls\n# nats rtt", &["nats kv ls", "nats rtt"]);
    }

    #[test]
    fn picks_commands_by_their_first_word() {
        check(
            "nats kv add my-kv\nwhich returns\n\nmy-kv status\nnats kv ls\n",
            &["nats kv add my-kv", "nats kv ls"],
        );
        check(
            "```shell\nnats kv add b \\\n  --history 5\n```\n```\nnats: error: x\n```",
            &["nats kv add b \\\n  --history 5"],
        );
        check(
            "nats kv create my-sem S1 V1\nnats: error: wrong last sequence: 1",
            &["nats kv create my-sem S1 V1"],
        );
    }

    #[test]
    fn undoes_typography() {
        check("nats\u{a0}kv put b k “a b”", &["text: nats kv put b k \"a b\""]);
        check("nats kv add b —history 5 a–b", &["text: nats kv add b --history 5 a–b"]);
        check("nats kv put b k 'so “it” is'", &["text: nats kv put b k 'so “it” is'"]);
        check("$ nats kv put b k ‘v’\r\n", &["text: nats kv put b k 'v'"]);
    }

    #[test]
    fn leaves_other_text_as_it_is() {
        check("my-kv", &["text: my-kv"]);
        check("line one\nline two", &["text: line one\nline two"]);
        check("", &["text: "]);
        check("\u{1b}[31mred", &["text: [31mred"]);
    }
}
