//! What the command line of `find` says: conditions, and what is done with the files that meet them.

use std::cmp::Ordering;

use regex_lite::Regex;

use super::program::{Complaint, Invocation};
use super::regex::{self, Syntax};
use crate::base::{FileError, Time};

/// A condition, or something to do that is one too.
pub(super) enum Test {
    Always(bool),
    Not(Box<Test>),
    /// All of them, as far as they are met.
    All(Vec<Test>),
    Any(Vec<Test>),
    /// The last name matches, or the whole path.
    Name(Regex),
    Path(Regex),
    Type(Vec<char>),
    Empty,
    /// Units of so many bytes, rounded upwards.
    Size(Ordering, u64, u64),
    /// Whole units of so many seconds ago.
    Modified(Ordering, u64, u64),
    Newer(Time),
    Print(&'static str),
    PrintFormat(String),
    Delete,
    Prune,
    Quit,
    /// The command; whether it gets many files at once, by its place among those.
    Exec(Vec<String>, Option<usize>),
}

/// What was read of the command line.
pub(super) struct Expression {
    pub(super) test: Test,
    pub(super) min_depth: usize,
    pub(super) max_depth: usize,
    /// What is in a folder comes before it.
    pub(super) is_deep: bool,
    /// The commands that get many files at once.
    pub(super) batches: Vec<Vec<String>>,
}

/// Reads the arguments behind the names of files.
pub(super) fn read(call: &Invocation, args: &[String]) -> Result<Expression, Complaint> {
    Parser { call, args, at: 0, expression: Expression::new(), acts: false }.whole()
}

impl Expression {
    fn new() -> Expression {
        Expression {
            test: Test::Always(true),
            min_depth: 0,
            max_depth: usize::MAX,
            is_deep: false,
            batches: Vec::new(),
        }
    }
}

struct Parser<'a> {
    call: &'a Invocation,
    args: &'a [String],
    at: usize,
    expression: Expression,
    /// Something is done, so that nothing is printed by itself.
    acts: bool,
}

/// How deeply parentheses and `!` may stand in each other.
const NESTING_MAX: usize = 50;

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Result<Expression, Complaint> {
        let test = if self.args.is_empty() { Test::Always(true) } else { self.any(0)? };
        if let Some(extra) = self.args.get(self.at) {
            return Err(Complaint::new(format!("paths must precede expression: `{extra}'"), 1));
        }
        let mut expression = std::mem::replace(&mut self.expression, Expression::new());
        expression.test = if self.acts { test } else { Test::All(vec![test, Test::Print("\n")]) };
        Ok(expression)
    }

    fn peek(&self) -> Option<&'a str> {
        self.args.get(self.at).map(String::as_str)
    }

    fn any(&mut self, depth: usize) -> Result<Test, Complaint> {
        let mut all = vec![self.all(depth)?];
        while matches!(self.peek(), Some("-o" | "-or")) {
            self.at += 1;
            all.push(self.all(depth)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Test::Any(all) })
    }

    fn all(&mut self, depth: usize) -> Result<Test, Complaint> {
        let mut all = vec![self.one(depth)?];
        while !matches!(self.peek(), None | Some(")" | "-o" | "-or")) {
            if matches!(self.peek(), Some("-a" | "-and")) {
                self.at += 1;
            }
            all.push(self.one(depth)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Test::All(all) })
    }

    fn value(&mut self, name: &str) -> Result<&'a str, Complaint> {
        let value = self.peek().ok_or_else(|| Complaint::new(format!("missing argument to `{name}'"), 1))?;
        self.at += 1;
        Ok(value)
    }

    fn one(&mut self, depth: usize) -> Result<Test, Complaint> {
        if depth > NESTING_MAX {
            return Err(Complaint::new("so many parentheses are not simulated", 1));
        }
        let Some(name) = self.peek() else { return Err(Complaint::new("invalid expression", 1)) };
        self.at += 1;
        Ok(match name {
            "!" | "-not" => Test::Not(Box::new(self.one(depth + 1)?)),
            "(" => {
                let test = self.any(depth + 1)?;
                if self.peek() != Some(")") {
                    return Err(Complaint::new(
                        "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
                        1,
                    ));
                }
                self.at += 1;
                test
            }
            name => match self.action(name)? {
                Some(action) => action,
                None => self.condition(name)?,
            },
        })
    }

    /// Something to do, or an option, which is always met.
    fn action(&mut self, name: &str) -> Result<Option<Test>, Complaint> {
        let depth_of = |text: &str| {
            let wrong = format!("Expected a positive decimal integer argument to {name}, but got ‘{text}’");
            text.parse::<usize>().map_err(|_| Complaint::new(wrong, 1))
        };
        Ok(Some(match name {
            "-maxdepth" => {
                self.expression.max_depth = depth_of(self.value(name)?)?;
                Test::Always(true)
            }
            "-mindepth" => {
                self.expression.min_depth = depth_of(self.value(name)?)?;
                Test::Always(true)
            }
            "-depth" => {
                self.expression.is_deep = true;
                Test::Always(true)
            }
            "-prune" => Test::Prune,
            "-print" => self.act(Test::Print("\n")),
            "-print0" => self.act(Test::Print("\0")),
            "-printf" => {
                let format = self.value(name)?.to_owned();
                self.act(Test::PrintFormat(format))
            }
            "-quit" => self.act(Test::Quit),
            "-delete" => {
                self.expression.is_deep = true;
                self.act(Test::Delete)
            }
            "-exec" => self.exec()?,
            _ => return Ok(None),
        }))
    }

    fn condition(&mut self, name: &str) -> Result<Test, Complaint> {
        let call = self.call;
        Ok(match name {
            "-name" | "-iname" => Test::Name(glob(self.value(name)?, name == "-iname")?),
            "-path" | "-wholename" | "-ipath" => Test::Path(glob(self.value(name)?, name == "-ipath")?),
            "-regex" => {
                let pattern = format!("^\\({}\\)$", self.value(name)?);
                Test::Path(
                    regex::compile(&pattern, Syntax::Basic, false).map_err(|why| Complaint::new(why, 1))?,
                )
            }
            "-type" => {
                let kinds = self.value(name)?;
                if let Some(kind) =
                    kinds.split(',').find(|kind| !["f", "d", "l", "p", "s", "b", "c"].contains(kind))
                {
                    return Err(Complaint::new(format!("Unknown argument to -type: {kind}"), 1));
                }
                Test::Type(kinds.chars().collect())
            }
            "-empty" => Test::Empty,
            "-true" => Test::Always(true),
            "-false" => Test::Always(false),
            "-size" => {
                let text = self.value(name)?;
                let (digits, unit) = match text.chars().last() {
                    Some('c') => (&text[..text.len() - 1], 1),
                    Some('k') => (&text[..text.len() - 1], 1 << 10),
                    Some('M') => (&text[..text.len() - 1], 1 << 20),
                    Some('b') => (&text[..text.len() - 1], 512),
                    _ => (text, 512),
                };
                let (order, count) = compared(digits)
                    .ok_or_else(|| Complaint::new(format!("Invalid argument `{text}' to -size"), 1))?;
                Test::Size(order, count, unit)
            }
            "-mmin" | "-mtime" => {
                let text = self.value(name)?;
                let (order, count) = compared(text)
                    .ok_or_else(|| Complaint::new(format!("invalid argument `{text}' to `{name}'"), 1))?;
                Test::Modified(order, count, if name == "-mmin" { 60 } else { 86_400 })
            }
            "-newer" => {
                let file = self.value(name)?;
                let info = call.machine.files.info(&call.path(file));
                let missing = || Complaint::new(format!("‘{file}’: {}", FileError::NotFound), 1);
                Test::Newer(info.ok_or_else(missing)?.modified)
            }
            other if other.starts_with('-') => {
                return Err(Complaint::new(format!("the condition {other} is not simulated"), 1));
            }
            other => return Err(Complaint::new(format!("paths must precede expression: `{other}'"), 1)),
        })
    }

    fn act(&mut self, test: Test) -> Test {
        self.acts = true;
        test
    }

    fn exec(&mut self) -> Result<Test, Complaint> {
        let rest = &self.args[self.at..];
        let is_many = |at: usize| rest[at] == "+" && at > 0 && rest[at - 1] == "{}";
        let Some(end) = (0..rest.len()).find(|at| rest[*at] == ";" || is_many(*at)) else {
            return Err(Complaint::new("missing argument to `-exec'", 1));
        };
        self.at += end + 1;
        if end == 0 {
            return Err(Complaint::new("invalid argument `;' to `-exec'", 1));
        }
        if rest[end] == ";" {
            return Ok(self.act(Test::Exec(rest[..end].to_vec(), None)));
        }
        self.expression.batches.push(rest[..end - 1].to_vec());
        let batch = self.expression.batches.len() - 1;
        Ok(self.act(Test::Exec(Vec::new(), Some(batch))))
    }
}

/// `5`, `+5` for more and `-5` for fewer.
fn compared(text: &str) -> Option<(Ordering, u64)> {
    let (order, digits) = match text.chars().next()? {
        '+' => (Ordering::Greater, &text[1..]),
        '-' => (Ordering::Less, &text[1..]),
        _ => (Ordering::Equal, text),
    };
    Some((order, digits.parse().ok()?))
}

/// A pattern of the shell for a whole text.
fn glob(pattern: &str, ignore_case: bool) -> Result<Regex, Complaint> {
    let mut out = String::from("^(?s:");
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            '\\' => out.push_str(&regex_lite::escape(&chars.next().map_or(String::new(), String::from))),
            '[' => match class(chars.clone().collect::<String>().as_str()) {
                Some((class, length)) => {
                    out.push_str(&class);
                    chars.nth(length - 1);
                }
                None => out.push_str("\\["),
            },
            other => out.push_str(&regex_lite::escape(&other.to_string())),
        }
    }
    out.push_str(")$");
    regex::compile(&out, Syntax::Perl, ignore_case)
        .map_err(|_| Complaint::new(format!("the pattern {pattern} is not simulated"), 1))
}

/// The class behind a `[`, and how many characters it has with its `]`.
fn class(rest: &str) -> Option<(String, usize)> {
    let chars: Vec<char> = rest.chars().collect();
    let is_negated = matches!(chars.first(), Some('!' | '^'));
    let first = usize::from(is_negated);
    let end = (first + 1..chars.len()).find(|at| chars[*at] == ']')?;
    let inner: String = chars[first..end]
        .iter()
        .map(|char| match char {
            '\\' | '[' | ']' | '^' | '&' | '~' => format!("\\{char}"),
            other => other.to_string(),
        })
        .collect();
    Some((format!("[{}{inner}]", if is_negated { "^" } else { "" }), end + 1))
}
