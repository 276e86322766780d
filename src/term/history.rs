//! The commands that were run in one terminal, oldest first, and the way up and down through them.

/// Older commands than this are forgotten.
pub const COMMANDS_KEPT: usize = 1000;

/// Longer commands than this are run but not kept: they would fill the visitor's storage.
const COMMAND_BYTES_MAX: usize = 16 * 1024;

/// The commands that were run.
#[derive(Clone, Debug, Default)]
pub struct History {
    commands: Vec<String>,
    /// How many were forgotten at the front, so that numbers stay.
    forgotten: usize,
    walk: Option<Walk>,
}

/// On the way through older commands.
#[derive(Clone, Debug)]
struct Walk {
    /// The line as it was before the first step, which comes back at the end of the way down.
    unsent: String,
    /// Only commands that begin so are met.
    prefix: String,
    at: usize,
}

impl History {
    /// Keeps a command, unless it repeats the one before, is blank, or begins with a blank (as bash's
    /// `ignoreboth`). The walk is over.
    pub fn push(&mut self, command: &str) {
        self.walk = None;
        let hidden =
            command.starts_with(' ') || command.trim().is_empty() || command.len() > COMMAND_BYTES_MAX;
        if hidden || self.commands.last().is_some_and(|last| last == command) {
            return;
        }
        self.commands.push(command.to_owned());
        if self.commands.len() > COMMANDS_KEPT {
            self.commands.remove(0);
            self.forgotten += 1;
        }
    }

    /// All commands with their numbers, oldest first.
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> + ExactSizeIterator {
        self.commands.iter().enumerate().map(|(at, command)| (self.forgotten + at + 1, command.as_str()))
    }

    /// The place and text of the newest command before place `before` that `fits`.
    pub fn newest_before(&self, before: usize, fits: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
        let before = before.min(self.commands.len());
        let at = self.commands[..before].iter().rposition(|command| fits(command))?;
        Some((at, &self.commands[at]))
    }

    /// The place and text of the oldest command after place `after` that `fits`.
    pub fn oldest_after(&self, after: usize, fits: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
        let begin = (after + 1).min(self.commands.len());
        let at = begin + self.commands[begin..].iter().position(|command| fits(command))?;
        Some((at, &self.commands[at]))
    }

    /// The next older command that begins as `line` did before its cursor when the walk began.
    pub fn older(&mut self, line: &str, prefix: &str) -> Option<&str> {
        let walk = self.walk.clone().unwrap_or_else(|| Walk {
            unsent: line.to_owned(),
            prefix: prefix.to_owned(),
            at: self.commands.len(),
        });
        let fits = |command: &str| command.starts_with(&walk.prefix) && command != line;
        let (at, _) = self.newest_before(walk.at, fits)?;
        self.walk = Some(Walk { at, ..walk });
        Some(&self.commands[at])
    }

    /// The next newer command of the walk, and behind the newest the unsent line.
    pub fn newer(&mut self, line: &str) -> Option<String> {
        let walk = self.walk.clone()?;
        let fits = |command: &str| command.starts_with(&walk.prefix) && command != line;
        let Some((at, _)) = self.oldest_after(walk.at, fits) else {
            self.walk = None;
            return Some(walk.unsent);
        };
        self.walk = Some(Walk { at, ..walk });
        Some(self.commands[at].clone())
    }

    /// The oldest command of all; the unsent line waits below.
    pub fn oldest(&mut self, line: &str) -> Option<&str> {
        let unsent = self.walk.take().map_or_else(|| line.to_owned(), |walk| walk.unsent);
        let first = self.commands.first()?;
        self.walk = Some(Walk { unsent, prefix: String::new(), at: 0 });
        Some(first)
    }

    /// The unsent line, if a walk was under way; it is over then.
    pub fn unsent(&mut self) -> Option<String> {
        self.walk.take().map(|walk| walk.unsent)
    }

    /// The line was changed: what is shown now is the line to be sent.
    pub fn stop_walking(&mut self) {
        self.walk = None;
    }

    /// What the newest command that begins with `line` adds to it.
    pub fn suggestion(&self, line: &str) -> Option<&str> {
        if line.trim().is_empty() {
            return None;
        }
        let (_, command) = self
            .newest_before(usize::MAX, |command| command.len() > line.len() && command.starts_with(line))?;
        Some(&command[line.len()..])
    }

    /// A command a line, newlines within one written `\n` and backslashes doubled; for storage.
    pub fn export(&self) -> String {
        let mut text = String::new();
        for command in &self.commands {
            text.push_str(&command.replace('\\', r"\\").replace('\n', r"\n"));
            text.push('\n');
        }
        text
    }

    /// Reads what `export` wrote; never fails, since storage may hold anything: control characters are
    /// left out, and only the newest commands are taken.
    pub fn import(text: &str) -> History {
        let mut history = History::default();
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines[lines.len().saturating_sub(COMMANDS_KEPT)..] {
            history.push(&unescaped(line));
        }
        history
    }
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' if chars.as_str().starts_with('n') => {
                chars.next();
                text.push('\n');
            }
            '\\' => text.extend(chars.next()),
            control if control.is_control() && control != '\t' => {}
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_from_storage() {
        let mut history = History::default();
        for command in ["nats kv ls", r"printf 'a\nb'", "echo 'one\ntwo'", "a\tb"] {
            history.push(command);
        }
        let text = history.export();
        assert_eq!(History::import(&text).commands, history.commands);
        assert_eq!(History::import("a\u{1b}[2Jb\u{0}\n\\").commands, ["a[2Jb"]);
    }

    #[test]
    fn keeps_numbers_when_it_forgets() {
        let mut history = History::default();
        for n in 1..=COMMANDS_KEPT + 2 {
            history.push(&format!("echo {n}"));
        }
        assert_eq!(history.numbered().next(), Some((3, "echo 3")));
        assert_eq!(history.numbered().count(), COMMANDS_KEPT);
    }

    #[test]
    fn leaves_out_what_nobody_looks_for() {
        let mut history = History::default();
        for command in ["a", "a", " secret", "", "b", "a", &"x".repeat(COMMAND_BYTES_MAX + 1)] {
            history.push(command);
        }
        assert_eq!(history.commands, ["a", "b", "a"]);
    }
}
