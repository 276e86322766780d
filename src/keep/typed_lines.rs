//! The lines that are being typed, as text: kept for when the same tab is loaded again.

use crate::app::TerminalId;

/// Between terminals: a character that nobody types.
const BETWEEN: char = '\u{1e}';

/// A longer line was hardly typed by hand; in bytes.
const LONGEST_LINE: usize = 4000;

/// What is being typed in each terminal of this sandbox.
pub fn write_lines<'a>(sandbox: &str, lines: impl Iterator<Item = (TerminalId, &'a str)>) -> String {
    let mut text = sandbox.to_owned();
    for (terminal, line) in lines {
        if (1..=LONGEST_LINE).contains(&line.len()) {
            text.push_str(&format!("{BETWEEN}{terminal} {line}"));
        }
    }
    text
}

/// What was being typed, if it was in this sandbox.
pub fn read_lines(sandbox: &str, text: &str) -> Vec<(TerminalId, String)> {
    let mut parts = text.split(BETWEEN);
    if parts.next() != Some(sandbox) {
        return Vec::new();
    }
    let line = |part: &str| {
        let (terminal, line) = part.split_once(' ')?;
        Some((terminal.parse().ok()?, line.to_owned()))
    };
    parts.filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_to_their_sandbox_only() {
        let long = "x".repeat(LONGEST_LINE + 1);
        let text = write_lines("My locks", [(1, "nats kv"), (2, ""), (3, " a\nb "), (4, &long)].into_iter());
        let lines = [(1, "nats kv".to_owned()), (3, " a\nb ".to_owned())];
        assert_eq!(read_lines("My locks", &text), lines);
        assert_eq!(read_lines("Another", &text), []);
        assert_eq!(read_lines("", ""), []);
    }
}
