//! A screen as text, and as a Markdown transcript that can be played again.

use super::row::Row;
use super::screen::{Block, NoteKind, Screen};

impl Block {
    /// What was typed and printed, as it stands on the screen.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        if let Some(command) = &self.command {
            let cancelled = if command.cancelled { "^C" } else { "" };
            push_line(
                &mut text,
                &format!("{}{}{cancelled}", command.prompt, command.text.replace('\n', "\n> ")),
            );
        }
        for row in self.rows_from(0) {
            push_line(&mut text, row.text());
        }
        text
    }

    /// The output alone.
    pub fn output(&self) -> String {
        let mut text = String::new();
        self.rows_from(0).for_each(|row| push_line(&mut text, row.text()));
        text
    }

    /// The block in the transcript's notation, for the terminal called `name`; without the fence around it.
    pub fn to_transcript(&self, name: &str) -> String {
        let mut text = String::new();
        let mut is_later = self.command.is_none();
        if self.command.as_ref().is_some_and(|command| command.cancelled || command.text.trim().is_empty()) {
            return text; // nothing was run
        }
        if let Some(command) = &self.command {
            push_line(&mut text, &format!("{name}$ {}", one_line(&command.text)));
        }
        let mut line = self.first_line();
        let mut printed: Vec<&str> = Vec::new();
        let mut rows = self.rows_from(0).map(Row::text).peekable();
        for note in &self.notes {
            while line < note.line
                && let Some(row) = rows.next()
            {
                printed.push(row);
                line += 1;
            }
            push_printed(&mut text, name, &mut printed, is_later);
            match &note.kind {
                NoteKind::Answer(answer) => push_line(&mut text, format!("{name}< {answer}").trim_end()),
                NoteKind::Interrupt => {
                    push_line(&mut text, &format!("{name}^C"));
                    is_later = true;
                    rows.next_if(|row| row.trim() == "^C");
                }
            }
        }
        printed.extend(rows);
        push_printed(&mut text, name, &mut printed, is_later);
        if let Some((_, status)) = self.ended.filter(|(_, status)| *status != 0 && !is_later) {
            push_line(&mut text, &format!("{name}? {status}"));
        }
        text
    }
}

impl Screen {
    /// Everything that is kept, as it stands on the screen.
    pub fn to_text(&self) -> String {
        self.all_blocks().map(Block::to_text).collect()
    }

    /// Everything that is kept, as a Markdown transcript of the terminal called `name`.
    pub fn to_markdown(&self, name: &str) -> String {
        let blocks: String = self.all_blocks().map(|block| block.to_transcript(name)).collect();
        format!("```console\n{blocks}```\n")
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Writes lines as a transcript has them: no blanks at their ends, no empty lines at the end.
fn push_printed(text: &mut String, name: &str, lines: &mut Vec<&str>, is_later: bool) {
    let filled = lines.iter().rposition(|line| !line.trim_end().is_empty()).map_or(0, |last| last + 1);
    for line in lines.drain(..).take(filled).map(str::trim_end) {
        match is_later {
            true if line.is_empty() => {}
            true => push_line(text, &format!("{name}| {line}")),
            false => push_line(text, line),
        }
    }
}

/// A command of several lines as one, which means the same: in a transcript a command is a line.
fn one_line(command: &str) -> String {
    command.replace("\\\n", "").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Time;
    use crate::term::screen::Command;

    fn begin(screen: &mut Screen, text: &str) {
        screen.begin(
            Command { prompt: "$ ".to_owned(), text: text.to_owned(), cancelled: false },
            Time::default(),
        );
    }

    #[test]
    fn a_transcript_tells_what_was_typed_and_printed() {
        let (mut screen, now) = (Screen::default(), Time::default());
        begin(&mut screen, "nats kv del b k");
        screen.note(NoteKind::Answer("y".to_owned()));
        screen.write(b"? Delete key b > k? \x1b[36mYes\x1b[0m\n\n", now);
        screen.end(0, now);
        begin(&mut screen, "nats kv watch b");
        screen.write(b"one  \n", now);
        screen.note(NoteKind::Interrupt);
        screen.write(b"^C\ntwo\n", now);
        screen.end(130, now);
        screen.write(b"later\n", now);
        begin(&mut screen, "echo \\\na");
        screen.write(b"a", now);
        screen.end(1, now);
        let expected = "```console\nyou$ nats kv del b k\nyou< y\n? Delete key b > k? Yes\nyou$ nats kv watch b\n\
            one\nyou^C\nyou| two\nyou| later\nyou$ echo a\na\nyou? 1\n```\n";
        assert_eq!(screen.to_markdown("you"), expected);
        assert_eq!(screen.all_blocks().last().map(Block::to_text).as_deref(), Some("$ echo \\\n> a\na\n"));
    }
}
