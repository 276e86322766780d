//! `test` and `[`: comparing texts and numbers, and asking for files.

use super::program::{Invocation, Running, Status};
use crate::base::files::absolute;
use crate::base::{Files, Stdin, Stdio};

/// Where conditions about files and terminals look.
pub struct Place<'a> {
    pub files: &'a Files,
    pub folder: String,
    pub stdio: &'a Stdio,
}

/// `test condition`, `[ condition ]`: 0 if it is true, 1 if it is false, 2 after an error.
pub(super) fn run(call: Invocation) -> Running {
    Box::pin(std::future::ready(test(&call)))
}

fn test(call: &Invocation) -> Status {
    let args: Vec<&str> = call.args.iter().map(String::as_str).collect();
    let args = match (call.name.as_str(), args.split_last()) {
        ("[", Some((&"]", rest))) => rest,
        ("[", _) => return complain(call, "missing `]'"),
        _ => &args[..],
    };
    if args.is_empty() {
        return 1;
    }
    let place = Place { files: &call.machine.files, folder: call.folder.clone(), stdio: &call.stdio };
    let mut condition = Condition { args, at: 0, place };
    match condition.or().and_then(|holds| condition.end().map(|()| holds)) {
        Ok(holds) => i32::from(!holds),
        Err(text) => complain(call, &text),
    }
}

fn complain(call: &Invocation, text: &str) -> Status {
    call.stdio.stderr.line(&format!("bash: {}: {text}", call.name));
    2
}

struct Condition<'a> {
    args: &'a [&'a str],
    at: usize,
    place: Place<'a>,
}

type Truth = Result<bool, String>;

const NUMBER_OPERATORS: &[&str] = &["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];
const STRING_OPERATORS: &[&str] = &["=", "==", "!=", "<", ">"];
const FILE_OPERATORS: &[&str] = &["-nt", "-ot"];

impl<'a> Condition<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.args.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<&'a str> {
        let arg = self.peek(0)?;
        self.at += 1;
        Some(arg)
    }

    fn end(&self) -> Result<(), String> {
        self.peek(0).map_or(Ok(()), |arg| {
            Err(if self.args.len() > 3 {
                "too many arguments".to_owned()
            } else {
                format!("{arg}: binary operator expected")
            })
        })
    }

    fn or(&mut self) -> Truth {
        let mut holds = self.and()?;
        while self.peek(0) == Some("-o") {
            self.at += 1;
            holds |= self.and()?;
        }
        Ok(holds)
    }

    fn and(&mut self) -> Truth {
        let mut holds = self.not()?;
        while self.peek(0) == Some("-a") {
            self.at += 1;
            holds &= self.not()?;
        }
        Ok(holds)
    }

    fn not(&mut self) -> Truth {
        // A lone `!`, or one that is compared, is a string.
        if self.peek(0) == Some("!") && self.peek(1).is_some() && !self.is_comparison(1) {
            self.at += 1;
            return self.not().map(|holds| !holds);
        }
        self.primary()
    }

    fn is_comparison(&self, ahead: usize) -> bool {
        let sign = self.peek(ahead).unwrap_or("");
        let lists = [STRING_OPERATORS, NUMBER_OPERATORS, FILE_OPERATORS];
        lists.iter().any(|list| list.contains(&sign)) && self.peek(ahead + 1).is_some()
    }

    fn primary(&mut self) -> Truth {
        let first = self.next().ok_or("argument expected")?;
        if self.is_comparison(0) {
            let (sign, second) = (self.next().unwrap_or(""), self.next().unwrap_or(""));
            return match sign {
                _ if STRING_OPERATORS.contains(&sign) => Ok(compare_texts(first, sign, second)),
                "-nt" | "-ot" => Ok(is_newer(first, second, sign == "-ot", &self.place)),
                _ => compare_numbers(first, sign, second),
            };
        }
        match (first, self.peek(0)) {
            ("(", Some(_)) => {
                let holds = self.or()?;
                match self.next() {
                    Some(")") => Ok(holds),
                    _ => Err("closing paren expected".to_owned()),
                }
            }
            (operator, Some(text)) if is_unary(operator) => {
                let holds = unary(operator, text, &self.place);
                Ok(self.take(holds))
            }
            (text, _) => Ok(!text.is_empty()),
        }
    }

    /// Takes the argument that was tested.
    fn take(&mut self, holds: bool) -> bool {
        self.at += 1;
        holds
    }
}

/// Whether a word is an operator that is asked of one word.
fn is_unary(operator: &str) -> bool {
    let letter = operator.strip_prefix('-').filter(|letter| letter.len() == 1);
    letter.is_some_and(|letter| "bcdefghkLpOrsSuwxGnzt".contains(letter))
}

/// Whether `-n text`, `-f file` and the like hold.
pub fn unary(operator: &str, text: &str, place: &Place<'_>) -> bool {
    let info = || place.files.info(&absolute(&place.folder, text)).filter(|_| !text.is_empty());
    match operator {
        "-n" => !text.is_empty(),
        "-z" => text.is_empty(),
        "-t" => match text {
            "0" => matches!(place.stdio.stdin, Stdin::Terminal(_)),
            "1" => place.stdio.stdout.terminal().is_some(),
            "2" => place.stdio.stderr.terminal().is_some(),
            _ => false,
        },
        "-d" => info().is_some_and(|info| info.is_folder),
        "-f" => info().is_some_and(|info| !info.is_folder),
        "-s" => info().is_some_and(|info| info.is_folder || info.size > 0),
        "-e" | "-r" | "-w" | "-x" | "-a" | "-O" | "-G" => info().is_some(),
        _ => false, // there are no links, pipes, devices or sockets
    }
}

/// Whether a file is newer than another, or older; one that is not there is older than all.
pub fn is_newer(first: &str, second: &str, older: bool, place: &Place<'_>) -> bool {
    let time = |name: &str| place.files.info(&absolute(&place.folder, name)).map(|info| info.modified);
    if older { time(second) > time(first) } else { time(first) > time(second) }
}

fn compare_texts(first: &str, sign: &str, second: &str) -> bool {
    match sign {
        "=" | "==" => first == second,
        "!=" => first != second,
        "<" => first < second,
        _ => first > second,
    }
}

fn compare_numbers(first: &str, sign: &str, second: &str) -> Truth {
    let number =
        |text: &str| text.trim().parse::<i64>().map_err(|_| format!("{text}: integer expression expected"));
    Ok(compare(sign, number(first)?, number(second)?))
}

/// Compares numbers by `-eq` and the like.
pub fn compare(sign: &str, first: i64, second: i64) -> bool {
    match sign {
        "-eq" => first == second,
        "-ne" => first != second,
        "-lt" => first < second,
        "-le" => first <= second,
        "-gt" => first > second,
        _ => first >= second,
    }
}
