//! Transcripts: what was typed in which terminal and what was printed, as Markdown.
//!
//! One format serves tests, lessons, exports and documentation. In a fence marked `console`:
//!
//! ```text
//! name$ command      typed in the terminal called `name`
//! name> text         the command above goes on with this line
//! name< text         an answer typed at a prompt there
//! name| line         a line that this terminal printed later, while another was used
//! name^C             interrupt
//! name? 1            the last command there ended with this status; nothing is written for 0
//! @wait 1.5s         time passes
//! anything else      the output of the command above, as on the screen
//! ```
//!
//! Terminals have 80 columns, or as many as stand behind the fence's `console`. Fewer than 80 are only in the variable
//! `COLUMNS`.

mod documentation;
pub mod mask;

pub use documentation::from_documentation;

use std::fmt;
use std::time::Duration;

use crate::base::pty::COLUMNS;

/// A part of a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Prose, and the lines that open and close fences.
    Text(Vec<String>),
    /// The inside of a `console` fence.
    Console(Vec<String>),
}

/// A step of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Type { terminal: String, command: String },
    Answer { terminal: String, text: String },
    Interrupt { terminal: String },
    Wait { text: String, time: Duration },
}

impl Step {
    /// The terminal in which it is done; `None` for the clock.
    pub fn terminal(&self) -> Option<&str> {
        match self {
            Step::Type { terminal, .. } | Step::Answer { terminal, .. } | Step::Interrupt { terminal } => {
                Some(terminal)
            }
            Step::Wait { .. } => None,
        }
    }
}

/// As a transcript writes it.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Type { terminal, command } => {
                let next_line = format!("\n{terminal}> ");
                write!(f, "{terminal}$ {}", command.replace('\n', &next_line))
            }
            Step::Answer { terminal, text } if text.is_empty() => write!(f, "{terminal}<"),
            Step::Answer { terminal, text } => write!(f, "{terminal}< {text}"),
            Step::Interrupt { terminal } => write!(f, "{terminal}^C"),
            Step::Wait { text, .. } => f.write_str(text),
        }
    }
}

/// A step with the lines that came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of its first line.
    pub line: usize,
    pub step: Step,
    pub output: Vec<String>,
}

/// A line of a `console` fence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    Step(Step),
    /// A further line of the command above.
    More {
        terminal: &'a str,
        text: &'a str,
    },
    Later {
        terminal: &'a str,
        text: &'a str,
    },
    Status {
        terminal: &'a str,
        status: &'a str,
    },
    Output(&'a str),
}

/// Splits a Markdown text into prose and transcripts. [`join`] joins them again, byte for byte.
pub fn split(markdown: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut lines, mut console) = (Vec::new(), false);
    for line in markdown.split('\n') {
        if !console && line.starts_with("```console") {
            lines.push(line.to_owned());
            pieces.push(Piece::Text(std::mem::take(&mut lines)));
            console = true;
        } else if console && line.starts_with("```") {
            pieces.push(Piece::Console(std::mem::take(&mut lines)));
            lines.push(line.to_owned());
            console = false;
        } else {
            lines.push(line.to_owned());
        }
    }
    pieces.push(if console { Piece::Console(lines) } else { Piece::Text(lines) });
    pieces
}

/// Joins what [`split`] has split.
pub fn join(pieces: &[Piece]) -> String {
    let lines: Vec<&str> = pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Text(lines) | Piece::Console(lines) => lines,
        })
        .map(String::as_str)
        .collect();
    lines.join("\n")
}

/// The columns of the terminals of a fence, by the line that opens it.
pub fn columns(fence: &str) -> usize {
    fence.rsplit_once(' ').and_then(|(_, columns)| columns.parse().ok()).unwrap_or(COLUMNS)
}

/// Whether a transcript starts its own server. Otherwise it begins with one that has JetStream.
pub fn starts_server(markdown: &str) -> bool {
    markdown.lines().any(|line| {
        line.split_once("$ nats-server")
            .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
    })
}

/// The steps in the lines of a fence, without the output.
pub fn steps(lines: &[String]) -> Vec<Step> {
    entries(lines.iter().enumerate()).into_iter().map(|entry| entry.step).collect()
}

/// The steps in numbered lines of fences, each with its output. Lines before the first step belong to none.
pub fn entries<'a>(lines: impl IntoIterator<Item = (usize, &'a String)>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (number, line) in lines {
        match (read(line), entries.last_mut()) {
            (Line::Step(step), _) => entries.push(Entry { line: number, step, output: Vec::new() }),
            (
                Line::More { terminal, text },
                Some(Entry { step: Step::Type { terminal: typed, command }, output, .. }),
            ) if typed == terminal && output.is_empty() => {
                command.push('\n');
                command.push_str(text);
            }
            (_, Some(entry)) => entry.output.push(line.clone()),
            (_, None) => {}
        }
    }
    entries
}

/// Reads a line of a fence.
pub fn read(line: &str) -> Line<'_> {
    if let Some(time) = line.strip_prefix("@wait") {
        return Line::Step(Step::Wait { text: line.to_owned(), time: duration(time) });
    }
    let end = line.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-').count();
    let (name, rest) = line.split_at(end);
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Line::Output(line);
    }
    let terminal = name.to_owned();
    if rest == "^C" {
        return Line::Step(Step::Interrupt { terminal });
    }
    if rest == ">" {
        return Line::More { terminal: name, text: "" };
    }
    if rest == "<" {
        return Line::Step(Step::Answer { terminal, text: String::new() });
    }
    match (rest.get(..2), rest.get(2..)) {
        (Some("$ "), Some(command)) => Line::Step(Step::Type { terminal, command: command.to_owned() }),
        (Some("< "), Some(text)) => Line::Step(Step::Answer { terminal, text: text.to_owned() }),
        (Some("> "), Some(text)) => Line::More { terminal: name, text },
        (Some("| "), Some(text)) => Line::Later { terminal: name, text },
        (Some("? "), Some(status)) => Line::Status { terminal: name, status },
        _ => Line::Output(line),
    }
}

/// Reads `1.5s`, or a number of seconds with words around it.
fn duration(text: &str) -> Duration {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    Duration::try_from_secs_f64(digits.parse().unwrap_or(0.0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_and_put_together() {
        let text = "# A\n```console\nyou$ nats kv ls\nx\n```\nmore\n```sh\nno\n```\n";
        let pieces = split(text);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[1], Piece::Console(vec!["you$ nats kv ls".to_owned(), "x".to_owned()]));
        assert_eq!(join(&pieces), text);
    }

    #[test]
    fn lines_are_taken_apart() {
        let name = || "w1".to_owned();
        assert_eq!(read("w1$ a b"), Line::Step(Step::Type { terminal: name(), command: "a b".to_owned() }));
        assert_eq!(read("w1< y"), Line::Step(Step::Answer { terminal: name(), text: "y".to_owned() }));
        assert_eq!(read("w1<"), Line::Step(Step::Answer { terminal: name(), text: String::new() }));
        assert_eq!(read("w1^C"), Line::Step(Step::Interrupt { terminal: name() }));
        assert_eq!(read("w1> more"), Line::More { terminal: "w1", text: "more" });
        let typed = ["w1$ for i in a", "w1>", "w1> do x; done", "y"].map(str::to_owned);
        let command = "for i in a\n\ndo x; done".to_owned();
        let step = Step::Type { terminal: name(), command };
        assert_eq!(step.to_string(), typed[..3].join("\n").replace("w1>\n", "w1> \n"));
        assert_eq!(
            entries(typed.iter().enumerate()),
            [Entry { line: 0, step, output: vec!["y".to_owned()] }]
        );
        assert_eq!(read("w1| later"), Line::Later { terminal: "w1", text: "later" });
        assert_eq!(read("w1? 1"), Line::Status { terminal: "w1", status: "1" });
        for output in ["", "  Name: x", "? Delete key a > b? Yes", "Key1", "W$ x", "1a$ x", "a^Cb"] {
            assert_eq!(read(output), Line::Output(output));
        }
        let wait = Step::Wait { text: "@wait 1.5s".to_owned(), time: Duration::from_millis(1500) };
        assert_eq!(read("@wait 1.5s"), Line::Step(wait));
    }

    #[test]
    fn a_server_of_ones_own_is_seen() {
        assert!(starts_server("x\nserver$ nats-server -js\n"));
        assert!(!starts_server("run server: $ nats-server\nyou$ nats kv ls\n"));
    }
}
