//! Patterns of the shell: `*`, `?`, `[…]`, and groups such as `@(a|b)` where they are wanted. A backslash makes the next
//! character plain.

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
    Group {
        kind: GroupKind,
        alternatives: Vec<Vec<Token>>,
    },
}

/// How often one of a group's alternatives matches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GroupKind {
    /// `@(…)`
    Once,
    /// `?(…)`
    AtMostOnce,
    /// `*(…)`
    Often,
    /// `+(…)`
    AtLeastOnce,
    /// `!(…)`: what none of them matches.
    Not,
}

impl GroupKind {
    fn read(sign: char) -> Option<GroupKind> {
        Some(match sign {
            '@' => GroupKind::Once,
            '?' => GroupKind::AtMostOnce,
            '*' => GroupKind::Often,
            '+' => GroupKind::AtLeastOnce,
            '!' => GroupKind::Not,
            _ => return None,
        })
    }
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
    pub(super) fn take(&mut self, steps: usize) -> bool {
        self.0 = self.0.saturating_sub(steps as u64);
        self.0 > 0
    }

    pub(super) fn left(&self) -> u64 {
        self.0
    }
}

/// A pattern, read once to be matched often.
pub(super) struct Pattern {
    tokens: Vec<Token>,
    /// It needs [`ends`], which takes longer.
    has_groups: bool,
}

/// Groups deeper inside of each other are plain text.
const DEPTH_MAX: usize = 30;

impl Pattern {
    /// With groups, if `extglob` is set.
    pub(super) fn new(pattern: &str, extglob: bool) -> Pattern {
        let chars: Vec<char> = pattern.chars().collect();
        let closers = if extglob { closers(&chars) } else { vec![None; chars.len()] };
        let mut reader = Reader { chars: &chars, closers: &closers, at: 0, depth: 0 };
        Pattern { tokens: reader.tokens(chars.len()), has_groups: closers.iter().any(Option::is_some) }
    }

    /// How many characters at the start it matches, at most or at least.
    pub(super) fn prefix(
        &self,
        text: &mut dyn Iterator<Item = char>,
        longest: bool,
        steps: &mut Steps,
    ) -> Option<usize> {
        let tokens = &self.tokens;
        if self.has_groups {
            let text: Vec<char> = text.collect();
            let ends = ends(tokens, start_of(&text), &text, steps);
            return if longest {
                ends.iter().rposition(|is_end| *is_end)
            } else {
                ends.iter().position(|is_end| *is_end)
            };
        }
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
        reverse(&mut self.tokens);
        self
    }

    /// Whether it matches a whole text.
    pub(super) fn matches(&self, text: &[char], steps: &mut Steps) -> bool {
        if self.has_groups {
            return ends(&self.tokens, start_of(text), text, steps)[text.len()];
        }
        let (tokens, mut token, mut at) = (&self.tokens, 0, 0);
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

/// For each parenthesis that opens a group, where it closes.
fn closers(chars: &[char]) -> Vec<Option<usize>> {
    let (mut closers, mut open, mut at) = (vec![None; chars.len()], Vec::new(), 0);
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 1,
            '(' => open.push(at),
            ')' => {
                let opened = open.pop().filter(|begin| *begin > 0);
                let group = opened.filter(|begin| GroupKind::read(chars[begin - 1]).is_some());
                if let Some(begin) = group {
                    closers[begin] = Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    closers
}

/// Reads the characters of a pattern.
struct Reader<'a> {
    chars: &'a [char],
    closers: &'a [Option<usize>],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn tokens(&mut self, end: usize) -> Vec<Token> {
        let mut tokens = Vec::new();
        while self.at < end && !(self.depth > 0 && self.chars[self.at] == '|') {
            let char = self.chars[self.at];
            self.at += 1;
            let closer = self.closers.get(self.at).copied().flatten().filter(|_| self.depth < DEPTH_MAX);
            tokens.push(match (char, GroupKind::read(char).zip(closer)) {
                (_, Some((kind, closer))) => self.group(kind, closer),
                ('\\', _) if self.at < end => {
                    self.at += 1;
                    Token::Char(self.chars[self.at - 1])
                }
                ('?', _) => Token::Any,
                ('*', _) if matches!(tokens.last(), Some(Token::Star)) => continue,
                ('*', _) => Token::Star,
                ('[', _) => match set(&self.chars[..end], self.at) {
                    Some((set, behind)) => {
                        self.at = behind;
                        set
                    }
                    None => Token::Char('['),
                },
                (other, _) => Token::Char(other),
            });
        }
        tokens
    }

    /// The group whose parenthesis is here, up to the one that closes it.
    fn group(&mut self, kind: GroupKind, closer: usize) -> Token {
        self.depth += 1;
        let mut alternatives = Vec::new();
        while self.at < closer {
            self.at += 1;
            alternatives.push(self.tokens(closer));
        }
        self.depth -= 1;
        self.at = closer + 1;
        Token::Group { kind, alternatives }
    }
}

fn reverse(tokens: &mut [Token]) {
    tokens.reverse();
    for token in tokens {
        if let Token::Group { alternatives, .. } = token {
            alternatives.iter_mut().for_each(|tokens| reverse(tokens));
        }
    }
}

/// The place before a text, as a set of its places.
fn start_of(text: &[char]) -> Vec<bool> {
    let mut places = vec![false; text.len() + 1];
    places[0] = true;
    places
}

/// Where in a text matches of `tokens` end that begin at one of the places `starts`. None once the steps are used up.
fn ends(tokens: &[Token], starts: Vec<bool>, text: &[char], steps: &mut Steps) -> Vec<bool> {
    let mut places = starts;
    for token in tokens {
        let nowhere = vec![false; places.len()];
        if !steps.take(places.len()) {
            return nowhere;
        }
        places = match token {
            Token::Star => {
                let first = places.iter().position(|is_place| *is_place).unwrap_or(places.len());
                (0..places.len()).map(|at| at >= first).collect()
            }
            Token::Group { kind, alternatives } => group_ends(*kind, alternatives, places, text, steps),
            one => {
                let mut next = nowhere;
                for (at, char) in text.iter().enumerate() {
                    next[at + 1] = places[at] && one.matches(*char);
                }
                next
            }
        };
    }
    places
}

fn group_ends(
    kind: GroupKind,
    alternatives: &[Vec<Token>],
    starts: Vec<bool>,
    text: &[char],
    steps: &mut Steps,
) -> Vec<bool> {
    let once = |starts: &[bool], steps: &mut Steps| {
        let mut all = vec![false; starts.len()];
        for tokens in alternatives {
            let found = ends(tokens, starts.to_vec(), text, steps);
            all.iter_mut().zip(found).for_each(|(is_end, found)| *is_end |= found);
        }
        all
    };
    let either = |one: &[bool], other: &[bool]| -> Vec<bool> {
        one.iter().zip(other).map(|(one, other)| *one || *other).collect()
    };
    match kind {
        GroupKind::Once => once(&starts, steps),
        GroupKind::AtMostOnce => either(&once(&starts, steps), &starts),
        GroupKind::Often | GroupKind::AtLeastOnce => {
            let mut found = if kind == GroupKind::Often { starts } else { once(&starts, steps) };
            loop {
                let more = either(&found, &once(&found, steps));
                if more == found {
                    return found;
                }
                found = more;
            }
        }
        GroupKind::Not => {
            let mut found = vec![false; starts.len()];
            for start in (0..starts.len()).filter(|at| starts[*at]) {
                let mut here = vec![false; starts.len()];
                here[start] = true;
                let matched = once(&here, steps);
                (start..starts.len()).for_each(|end| found[end] |= !matched[end]);
            }
            if steps.left() == 0 { vec![false; starts.len()] } else { found }
        }
    }
}

impl Token {
    fn matches(&self, char: char) -> bool {
        match self {
            Token::Char(own) => *own == char,
            Token::Any => true,
            Token::Star | Token::Group { .. } => false,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        let fits = |pattern: &str, text: &str| {
            Pattern::new(pattern, false).matches(&text.chars().collect::<Vec<char>>(), &mut Steps::new())
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

    #[test]
    fn groups_match_as_often_as_they_say() {
        let fits = |pattern: &str, text: &str| {
            let text: Vec<char> = text.chars().collect();
            let is_match = Pattern::new(pattern, true).matches(&text, &mut Steps::new());
            let mut backwards = text.iter().rev().copied();
            let reversed = Pattern::new(pattern, true).reversed();
            let count = reversed.prefix(&mut backwards, true, &mut Steps::new());
            assert_eq!(is_match, count == Some(text.len()), "{pattern} {text:?} backwards");
            is_match
        };
        for (pattern, text) in [
            ("@(a|bc)", "bc"),
            ("?(a|b)c", "c"),
            ("*(ab)", "ababab"),
            ("*(ab)", ""),
            ("+([0-9])", "2026"),
            ("!(a)", "aa"),
            ("!(a)", ""),
            ("!(*.txt)", "a.json"),
            ("*.!(txt)", "a.txt.gz"),
            ("+(a|+(b)c)", "abbca"),
            ("@(a\\|b|c)", "a|b"),
            ("x(a)", "x(a)"),
            ("@(", "@("),
            ("@(|a)b", "b"),
            ("@(a*|b)c", "axyc"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("@(a|bc)", "b"),
            ("?(a|b)c", "abc"),
            ("*(ab)", "aba"),
            ("+([0-9])", ""),
            ("!(a)", "a"),
            ("!(*.txt)", "a.txt"),
            ("a@(b)", "a"),
        ] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
        assert!(!Pattern::new("@(a)", false).matches(&['a'], &mut Steps::new()));
    }

    #[test]
    fn groups_inside_of_groups_cost_no_more_than_there_is() {
        let text = vec!['a'; 5000];
        for pattern in ["+(+(+(a)))b", "!(!(!(a)))b", &"@(".repeat(100_000), "*(a|aa|aaa)*(a)*(aa)b"] {
            let mut steps = Steps::new();
            assert!(!Pattern::new(pattern, true).matches(&text, &mut steps), "{}", pattern.len());
        }
    }
}
