//! What a program writes to a terminal, taken apart: text, line ends, and the few escape sequences that
//! command-line tools use (colours, going back to the line's start, erasing it, clearing the screen).
//! Sequences that are not understood vanish, as they do on a terminal that lacks the feature.
//!
//! Not by the crate `vte`, which follows a VT500 to the letter: after an Escape in a value it swallows the blanks and the frame
//! of a table that follow, and a sequence without an end swallows all output. The recordings show the text.

use super::style::Style;
use super::utf8::Decoder;

/// One thing that a terminal is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op<'a> {
    /// Without control characters.
    Text(&'a str, Style),
    /// To the start of the next line.
    NewLine,
    /// To the start of this line.
    Return,
    /// One column back.
    Back,
    /// So many lines up, in the same column.
    Up(u16),
    /// To the next column that 8 divides.
    Tab,
    Erase(Erase),
    /// Take everything from view.
    ClearScreen,
}

/// Which part of the line is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erase {
    ToEnd,
    ToStart,
    All,
}

/// Longer escape sequences are given up, so that one without an end does not swallow the output.
const SEQUENCE_BYTES_MAX: usize = 256;

/// Reads writes in the order in which they come; a sequence may be cut between two.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    decoder: Decoder,
    style: Style,
    /// What has come of an escape sequence, without the Escape.
    sequence: Option<String>,
}

impl Parser {
    /// Calls `sink` for each thing that `bytes` say.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut dyn FnMut(Op<'_>)) {
        let text = self.decoder.decode(bytes);
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            if let Some(sequence) = &self.sequence {
                if first >= ' ' || sequence.starts_with(']') {
                    rest = &rest[first.len_utf8()..];
                    self.in_sequence(first, sink);
                    continue;
                }
                // A control character acts even in the midst of a sequence, and takes the place of a short one.
                self.sequence.take_if(|sequence| sequence.is_empty());
            }
            let plain = rest.bytes().position(|byte| byte < 0x20 || byte == 0x7f).unwrap_or(rest.len());
            if plain > 0 {
                sink(Op::Text(&rest[..plain], self.style));
                rest = &rest[plain..];
                continue;
            }
            rest = &rest[1..];
            match first {
                '\n' | '\u{b}' | '\u{c}' => sink(Op::NewLine),
                '\r' => sink(Op::Return),
                '\u{8}' => sink(Op::Back),
                '\t' => sink(Op::Tab),
                '\u{1b}' => self.sequence = Some(String::new()),
                _ => {}
            }
        }
    }

    fn in_sequence(&mut self, char: char, sink: &mut dyn FnMut(Op<'_>)) {
        let Some(sequence) = &mut self.sequence else { return };
        sequence.push(char);
        let is_over = match sequence.as_bytes()[0] {
            b'[' => sequence.len() > 1 && ('\u{40}'..='\u{7e}').contains(&char),
            b']' => char == '\u{7}' || sequence.ends_with("\u{1b}\\"),
            b'(' | b')' | b'#' => sequence.len() > 1,
            _ => true,
        };
        if is_over || sequence.len() > SEQUENCE_BYTES_MAX {
            let sequence = self.sequence.take().unwrap_or_default();
            self.act(&sequence, sink);
        }
    }

    fn act(&mut self, sequence: &str, sink: &mut dyn FnMut(Op<'_>)) {
        let Some(body) = sequence.strip_prefix('[') else { return };
        let Some((last, arguments)) = body.char_indices().next_back().map(|(at, last)| (last, &body[..at]))
        else {
            return;
        };
        let numbers: Vec<u16> =
            arguments.split([';', ':']).map(|number| number.parse().unwrap_or(0)).collect();
        match (last, numbers[0]) {
            ('m', _) => self.style = self.style.select(&numbers),
            ('A', lines) => sink(Op::Up(lines.max(1))),
            ('K', 0) => sink(Op::Erase(Erase::ToEnd)),
            ('K', 1) => sink(Op::Erase(Erase::ToStart)),
            ('K', 2) => sink(Op::Erase(Erase::All)),
            ('J', 2 | 3) => sink(Op::ClearScreen),
            ('G', 0 | 1) => sink(Op::Return),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::style::Colour;

    #[track_caller]
    fn check(writes: &[&str], expected: &str) {
        let (mut parser, mut said) = (Parser::default(), Vec::new());
        for write in writes {
            parser.feed(write.as_bytes(), &mut |op| {
                said.push(match op {
                    Op::Text(text, style) => format!("{}{text:?}", show(style)),
                    other => format!("{other:?}"),
                });
            });
        }
        assert_eq!(said.join(" "), expected);
    }

    fn show(style: Style) -> String {
        let mut shown = String::new();
        if style.colour != Colour::Default {
            shown.push_str(&format!("{:?} ", style.colour));
        }
        if style.background != Colour::Default {
            shown.push_str(&format!("on {:?} ", style.background));
        }
        for (set, name) in [(style.bold, "bold "), (style.dim, "dim "), (style.underline, "underline ")] {
            shown.push_str(if set { name } else { "" });
        }
        shown
    }

    #[test]
    fn styles() {
        check(&["\u{1b}[1;32mok\u{1b}[0m."], r#"Indexed(2) bold "ok" ".""#);
        check(&["\u{1b}[91;44ma\u{1b}[39mb"], r#"Indexed(9) on Indexed(4) "a" on Indexed(4) "b""#);
        check(&["\u{1b}[38;5;201ma\u{1b}[38;2;1;2;3mb\u{1b}[mc"], r#"Indexed(201) "a" Rgb(1, 2, 3) "b" "c""#);
        check(&["\u{1b}[38;5ma\u{1b}[38;2;999;2;3mb"], r#""a" dim "b""#);
    }

    #[test]
    fn a_style_writes_the_sequence_that_reads_as_it() {
        for sequence in ["1;2;3;4;7;9", "31", "97", "42;103", "38;5;201", "38;2;1;2;3;48;5;16", "0"] {
            let styled = |text: &str| {
                let mut style = Style::default();
                Parser::default().feed(text.as_bytes(), &mut |op| {
                    if let Op::Text(_, seen) = op {
                        style = seen;
                    }
                });
                style
            };
            let style = styled(&format!("\x1b[{sequence}mx"));
            assert_eq!(styled(&format!("{}x", style.sequence())), style, "{sequence}");
        }
    }

    #[test]
    fn sequences_may_be_cut_and_unknown_ones_vanish() {
        check(&["a\u{1b}", "[3", "1mb"], r#""a" Indexed(1) "b""#);
        check(&["\u{1b}[?25la\u{1b}]0;title\u{7}b\u{1b}(Bc\u{1b}Md"], r#""a" "b" "c" "d""#);
        check(&["a\u{7}\u{0}b"], r#""a" "b""#);
        check(&["\u{1b}é\u{1b}[é5mx"], r#""x""#);
        check(&["a\u{1b}\nb\u{1b}[3\r1mc"], r#""a" NewLine "b" Return Indexed(1) "c""#);
    }

    #[test]
    fn moving_and_erasing() {
        check(&["a\r\n\tb\u{8}"], r#""a" Return NewLine Tab "b" Back"#);
        check(
            &["\u{1b}[K\u{1b}[1K\u{1b}[2K\u{1b}[0G\u{1b}[2J"],
            "Erase(ToEnd) Erase(ToStart) Erase(All) Return ClearScreen",
        );
        check(&["\u{1b}[A\u{1b}[3A"], "Up(1) Up(3)");
    }

    #[test]
    fn a_sequence_without_end_does_not_swallow_everything() {
        let mut parser = Parser::default();
        let mut shown = 0;
        parser.feed(format!("\u{1b}]{}", "x".repeat(1000)).as_bytes(), &mut |op| {
            if let Op::Text(text, _) = op {
                shown += text.len();
            }
        });
        assert!(shown > 700);
    }
}
