//! Patterns of the shell: `*`, `?`, `[…]`, and the files that they match. A backslash makes the next character plain.

use crate::base::Files;
use crate::base::files::absolute;

enum Token {
    Char(char),
    /// `?`
    Any,
    /// `*`
    Star,
    /// `[…]`
    Set {
        negated: bool,
        members: Vec<Member>,
    },
}

enum Member {
    Range(char, char),
    /// `[:name:]`
    Class(String),
}

/// How much may still be compared: a pattern with several stars compares a text again and again.
pub(super) struct Steps(u64);

impl Steps {
    /// What one expansion may take, which cannot be interrupted.
    pub(super) const MAX: u64 = 10_000_000;

    pub(super) fn new() -> Steps {
        Steps(Steps::MAX)
    }

    /// `false` if there are not so many left, and then there are none.
    fn take(&mut self, steps: usize) -> bool {
        self.0 = self.0.saturating_sub(steps as u64);
        self.0 > 0
    }

    pub(super) fn left(&self) -> u64 {
        self.0
    }
}

/// A pattern, read once to be matched often.
pub(super) struct Pattern(Vec<Token>);

impl Pattern {
    pub(super) fn new(pattern: &str) -> Pattern {
        let chars: Vec<char> = pattern.chars().collect();
        let (mut tokens, mut at) = (Vec::new(), 0);
        while at < chars.len() {
            let char = chars[at];
            at += 1;
            tokens.push(match char {
                '\\' if at < chars.len() => {
                    at += 1;
                    Token::Char(chars[at - 1])
                }
                '?' => Token::Any,
                '*' => {
                    if matches!(tokens.last(), Some(Token::Star)) {
                        continue;
                    }
                    Token::Star
                }
                '[' => match set(&chars, at) {
                    Some((set, end)) => {
                        at = end;
                        set
                    }
                    None => Token::Char('['),
                },
                other => Token::Char(other),
            });
        }
        Pattern(tokens)
    }

    /// How many characters at the start it matches, at most or at least.
    pub(super) fn prefix(
        &self,
        text: &mut dyn Iterator<Item = char>,
        longest: bool,
        steps: &mut Steps,
    ) -> Option<usize> {
        let tokens = &self.0;
        let mut states = vec![false; tokens.len() + 1];
        states[0] = true;
        let (mut found, mut count) = (None, 0);
        loop {
            for at in 0..tokens.len() {
                states[at + 1] |= states[at] && matches!(tokens[at], Token::Star);
            }
            if states[tokens.len()] {
                found = Some(count);
                if !longest {
                    return found;
                }
            }
            let Some(char) = text.next().filter(|_| steps.take(tokens.len())) else { return found };
            count += 1;
            let mut next = vec![false; states.len()];
            for (at, token) in tokens.iter().enumerate().filter(|(at, _)| states[*at]) {
                next[at] |= matches!(token, Token::Star);
                next[at + 1] |= token.matches(char);
            }
            if !next.contains(&true) {
                return found;
            }
            states = next;
        }
    }

    /// The pattern that matches texts read backwards.
    pub(super) fn reversed(mut self) -> Pattern {
        self.0.reverse();
        self
    }

    /// Whether it matches a whole text.
    pub(super) fn matches(&self, text: &[char], steps: &mut Steps) -> bool {
        let (tokens, mut token, mut at) = (&self.0, 0, 0);
        let mut star: Option<(usize, usize)> = None; // the token behind the last star, and where its text ends so far
        while at < text.len() {
            if !steps.take(1) {
                return false;
            }
            if matches!(tokens.get(token), Some(Token::Star)) {
                token += 1;
                star = Some((token, at));
            } else if tokens.get(token).is_some_and(|token| token.matches(text[at])) {
                (token, at) = (token + 1, at + 1);
            } else if let Some((behind, end)) = star {
                star = Some((behind, end + 1));
                (token, at) = (behind, end + 1);
            } else {
                return false;
            }
        }
        tokens[token..].iter().all(|token| matches!(token, Token::Star))
    }
}

impl Token {
    fn matches(&self, char: char) -> bool {
        match self {
            Token::Char(own) => *own == char,
            Token::Any => true,
            Token::Star => false,
            Token::Set { negated, members } => members.iter().any(|member| member.has(char)) != *negated,
        }
    }
}

impl Member {
    fn has(&self, char: char) -> bool {
        match self {
            Member::Range(first, last) => (*first..=*last).contains(&char),
            Member::Class(name) => match name.as_str() {
                "alpha" => char.is_alphabetic(),
                "digit" => char.is_ascii_digit(),
                "alnum" => char.is_alphanumeric(),
                "upper" => char.is_uppercase(),
                "lower" => char.is_lowercase(),
                "space" => char.is_whitespace(),
                "blank" => matches!(char, ' ' | '\t'),
                "punct" => char.is_ascii_punctuation(),
                "xdigit" => char.is_ascii_hexdigit(),
                "cntrl" => char.is_control(),
                _ => false,
            },
        }
    }
}

/// A set behind its `[`, and where it ends.
fn set(chars: &[char], begin: usize) -> Option<(Token, usize)> {
    let mut at = begin;
    let negated = matches!(chars.get(at), Some('!' | '^'));
    at += usize::from(negated);
    let mut members = Vec::new();
    loop {
        let mut char = *chars.get(at)?;
        at += 1;
        match char {
            ']' if !members.is_empty() => return Some((Token::Set { negated, members }, at)),
            '[' if chars.get(at) == Some(&':') => {
                let rest: String = chars[at + 1..].iter().collect();
                if let Some((name, _)) = rest.split_once(":]") {
                    at += 1 + name.chars().count() + 2;
                    members.push(Member::Class(name.to_owned()));
                    continue;
                }
            }
            '\\' => {
                char = *chars.get(at)?;
                at += 1;
            }
            _ => {}
        }
        match (chars.get(at), chars.get(at + 1)) {
            (Some('-'), Some(last)) if *last != ']' => {
                members.push(Member::Range(char, *last));
                at += 2;
            }
            _ => members.push(Member::Range(char, char)),
        }
    }
}

/// A pattern that matches this text only.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '*' | '?' | '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// The text that a pattern without special characters stands for.
fn unescape(pattern: &str) -> String {
    let mut chars = pattern.chars();
    let mut text = String::new();
    while let Some(char) = chars.next() {
        text.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    text
}

/// What looking into a folder and at a path takes, in steps.
const FOLDER_STEPS: usize = 2000;
const PATH_STEPS: usize = 50;

/// The files that a pattern matches, in order, as they are to be written in `folder`.
pub(super) fn files(pattern: &str, folder: &str, files: &Files, steps: &mut Steps) -> Vec<String> {
    let mut found = vec![if pattern.starts_with('/') { "/".to_owned() } else { String::new() }];
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        let mut next = Vec::new();
        for above in found {
            let inside = absolute(folder, if above.is_empty() { "." } else { &above });
            let names = match part.contains(['*', '?', '[']) {
                _ if !steps.take(FOLDER_STEPS) => return Vec::new(),
                true => {
                    let compiled = Pattern::new(part);
                    let mut fits = |name: &String| {
                        (!name.starts_with('.') || part.starts_with('.'))
                            && compiled.matches(&name.chars().collect::<Vec<char>>(), steps)
                    };
                    files.names(&inside).into_iter().filter(|name| fits(name)).collect()
                }
                false => vec![unescape(part)],
            };
            for name in names {
                if !steps.take(above.len() + PATH_STEPS) {
                    return Vec::new();
                }
                let path = format!("{above}{name}");
                let info = files.info(&absolute(folder, &path));
                if info.is_some_and(|info| is_last || info.is_folder) {
                    next.push(if is_last { path } else { format!("{path}/") });
                }
            }
        }
        found = next;
    }
    found.retain(|path| !path.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        let fits = |pattern: &str, text: &str| {
            Pattern::new(pattern).matches(&text.chars().collect::<Vec<char>>(), &mut Steps::new())
        };
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("a*c", "abbc"),
            ("*a*b*", "xxaybz"),
            ("?é?", "aéb"),
            ("[a-c]x", "bx"),
            ("[!a-c]x", "dx"),
            ("[]]", "]"),
            ("[[:digit:]]", "7"),
            ("\\*", "*"),
            ("[", "["),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("a", "ab"), ("a*c", "ab"), ("?", ""), ("[a-c]", "d"), ("\\*", "x"), ("*.json", "json")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
