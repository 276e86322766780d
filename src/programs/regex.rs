//! POSIX regular expressions, basic and extended, with GNU's additions, as patterns of the crate that executes them.

use std::iter::Peekable;
use std::str::Chars;

use regex_lite::{Regex, RegexBuilder};

use crate::base::{Cost, Meter};

/// How a pattern is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Basic,
    Extended,
    /// As it is, for `grep -P`.
    Perl,
    /// Plain text.
    Fixed,
}

/// The program of a pattern, or what is wrong with it.
pub(super) fn compile(pattern: &str, syntax: Syntax, ignore_case: bool) -> Result<Regex, String> {
    let translated = match syntax {
        Syntax::Basic => translate(pattern, true)?,
        Syntax::Extended => translate(pattern, false)?,
        Syntax::Perl => pattern.to_owned(),
        Syntax::Fixed => regex_lite::escape(pattern),
    };
    let built = RegexBuilder::new(&translated).case_insensitive(ignore_case).size_limit(1 << 20).build();
    built.map_err(|_| format!("the regular expression {pattern} is wrong, or not simulated"))
}

/// Steps that one match may take, which cannot be interrupted.
const STEPS_MAX: u64 = 20_000_000;

/// Steps that cost as much as a byte.
const STEPS_PER_BYTE: u64 = 8;

/// Pays for a match of a whole text, which may compare each byte with each part of the pattern. What is wrong if it costs
/// too much.
pub fn pay(regex: &Regex, text: &str, meter: &Meter) -> Result<(), &'static str> {
    let steps = (text.len() as u64 + 1).saturating_mul(weight(regex.as_str()));
    match steps <= STEPS_MAX && meter.spend(Cost::Bytes, steps / STEPS_PER_BYTE) {
        true => Ok(()),
        false => Err("so much matching is not simulated"),
    }
}

/// How many parts a pattern has at most, with all their repetitions.
pub(super) fn weight(pattern: &str) -> u64 {
    const MOST: u64 = 1 << 15; // a program of more parts is not compiled
    let counts = pattern.split('{').skip(1).filter_map(|rest| {
        let counts = rest.split_once('}')?.0;
        counts.split(',').filter_map(|count| count.parse::<u64>().ok()).max()
    });
    let repeated = counts.fold(1_u64, |product, count| product.saturating_mul(count.max(1)));
    (pattern.len() as u64).saturating_mul(repeated).clamp(1, MOST)
}

/// An extended pattern, translated.
pub fn extended(pattern: &str) -> Result<String, String> {
    translate(pattern, false)
}

fn translate(pattern: &str, is_basic: bool) -> Result<String, String> {
    let mut chars = pattern.chars().peekable();
    let mut out = String::new();
    let mut at_start = true; // of the pattern or a group, where a star is plain
    while let Some(char) = chars.next() {
        let starts = std::mem::take(&mut at_start);
        match char {
            '\\' => {
                let Some(next) = chars.next() else { return Err("Trailing backslash".to_owned()) };
                match next {
                    '(' | '|' if is_basic => {
                        out.push(next);
                        at_start = true;
                    }
                    ')' if is_basic => out.push(')'),
                    '{' if is_basic => interval(&mut chars, &mut out, true)?,
                    '+' | '?' if is_basic => out.push(next),
                    '<' | '>' | 'b' => out.push_str("\\b"),
                    'B' | 'w' | 'W' | 's' | 'S' => out.extend(['\\', next]),
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    '`' => out.push_str("\\A"),
                    '1'..='9' => return Err(format!("the back-reference \\{next} is not simulated")),
                    other => out.push_str(&regex_lite::escape(&other.to_string())),
                }
            }
            '[' => bracket(&mut chars, &mut out)?,
            '*' if starts => out.push_str("\\*"),
            '*' | '.' => out.push(char),
            '^' if !is_basic || starts => {
                out.push('^');
                at_start = true;
            }
            '$' if !is_basic || ends(&chars) => out.push('$'),
            '(' | '|' if !is_basic => {
                out.push(char);
                at_start = true;
            }
            ')' if !is_basic => out.push(char),
            '+' | '?' if !is_basic && !starts => out.push(char),
            '{' if !is_basic && !starts => interval(&mut chars, &mut out, false)?,
            other => out.push_str(&regex_lite::escape(&other.to_string())),
        }
    }
    Ok(out)
}

/// Whether a basic pattern or a group of it ends here.
fn ends(chars: &Peekable<Chars<'_>>) -> bool {
    let mut rest = chars.clone();
    match (rest.next(), rest.next()) {
        (None, _) => true,
        (Some('\\'), Some(next)) => matches!(next, ')' | '|'),
        _ => false,
    }
}

/// How often something is repeated, behind its brace. In an extended pattern, a brace of something else is plain.
fn interval(chars: &mut Peekable<Chars<'_>>, out: &mut String, is_basic: bool) -> Result<(), String> {
    let end = if is_basic { "\\}" } else { "}" };
    let rest: String = chars.clone().collect();
    let counts = rest.split_once(end).map(|(counts, _)| counts);
    let is_interval = |counts: &&str| {
        let (least, most) = counts.split_once(',').unwrap_or((counts, "0"));
        let is_number = |text: &str| text.chars().all(|char| char.is_ascii_digit());
        !counts.is_empty() && is_number(least) && is_number(most)
    };
    match counts.filter(is_interval) {
        Some(counts) => {
            let counts = if counts.starts_with(',') { format!("0{counts}") } else { counts.to_owned() };
            out.push_str(&format!("{{{counts}}}"));
            let taken = rest.split_once(end).map_or(0, |(counts, _)| counts.chars().count() + end.len());
            chars.nth(taken - 1);
            Ok(())
        }
        None if is_basic => Err("Invalid content of \\{\\}".to_owned()),
        None => {
            out.push_str("\\{");
            Ok(())
        }
    }
}

/// A set of characters, behind its bracket. A backslash in it is plain.
fn bracket(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), String> {
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_first = true;
    loop {
        let Some(char) = chars.next() else { return Err("Unmatched [, [^, [:, [., or [=".to_owned()) };
        match char {
            ']' if !is_first => break,
            '[' if chars.peek() == Some(&':') => {
                out.push('[');
                let mut before = ' ';
                for char in chars.by_ref() {
                    out.push(char);
                    if char == ']' && before == ':' {
                        break;
                    }
                    before = char;
                }
            }
            '\\' if matches!(chars.peek(), Some('n' | 't')) => {
                out.push(if chars.next() == Some('n') { '\n' } else { '\t' });
            }
            '\\' | '[' | ']' | '&' | '~' | '^' => out.extend(['\\', char]),
            '-' if is_first || chars.peek() == Some(&']') => out.push_str("\\-"),
            other => out.push(other),
        }
        is_first = false;
    }
    out.push(']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_translated() {
        for (pattern, syntax, text, expected) in [
            (r"a\+b", Syntax::Basic, "aab", true),
            ("a+b", Syntax::Basic, "a+b", true),
            ("a+b", Syntax::Extended, "aab", true),
            (r"^\(a\|b\)$", Syntax::Basic, "b", true),
            ("x^y$z", Syntax::Basic, "x^y$z", true),
            (r#"{"a":1}"#, Syntax::Extended, r#"{"a":1}"#, true),
            ("a{2}", Syntax::Extended, "aa", true),
            (r"a\{2,\}", Syntax::Basic, "aaa", true),
            (r"[]\]", Syntax::Basic, r"\", true),
            ("[^]]", Syntax::Basic, "]", false),
            ("[[:digit:]-]", Syntax::Basic, "-", true),
            ("*a", Syntax::Basic, "*a", true),
            (r"\bword\b", Syntax::Extended, "a word.", true),
            ("a.c", Syntax::Fixed, "abc", false),
        ] {
            let regex = compile(pattern, syntax, false).expect(pattern);
            assert_eq!(regex.is_match(text), expected, "{pattern} {text}");
        }
        assert!(compile("[", Syntax::Basic, false).is_err());
        assert!(compile("(", Syntax::Extended, false).is_err());
    }
}
