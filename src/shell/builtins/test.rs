//! `test` and `[`: comparing texts and numbers. There are no files to test.

use super::call::Call;
use crate::shell::outcome::Outcome;

/// `test condition`, `[ condition ]`: 0 if it is true, 1 if it is false, 2 after an error.
pub(super) fn run(call: &Call<'_>) -> Outcome {
    let args: Vec<&str> = call.args.iter().map(String::as_str).collect();
    let args = match (call.name, args.split_last()) {
        ("[", Some((&"]", rest))) => rest,
        ("[", _) => return complain(call, "missing ]"),
        _ => &args[..],
    };
    if args.is_empty() {
        return Ok(1);
    }
    let mut condition = Condition { args, at: 0 };
    match condition.or().and_then(|holds| condition.end().map(|()| holds)) {
        Ok(holds) => Ok(i32::from(!holds)),
        Err(text) => complain(call, &text),
    }
}

fn complain(call: &Call<'_>, text: &str) -> Outcome {
    call.io.stderr.line(&format!("sh: 1: {}: {text}", call.name));
    Ok(2)
}

struct Condition<'a> {
    args: &'a [&'a str],
    at: usize,
}

type Truth = Result<bool, String>;

const NUMBER_OPERATORS: &[&str] = &["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];
const STRING_OPERATORS: &[&str] = &["=", "!=", "<", ">"];

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
        self.peek(0).map_or(Ok(()), |arg| Err(format!("{arg}: unexpected operator")))
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
        (STRING_OPERATORS.contains(&sign) || NUMBER_OPERATORS.contains(&sign))
            && self.peek(ahead + 1).is_some()
    }

    fn primary(&mut self) -> Truth {
        let first = self.next().ok_or("argument expected")?;
        if self.is_comparison(0) {
            let (sign, second) = (self.next().unwrap_or(""), self.next().unwrap_or(""));
            return if STRING_OPERATORS.contains(&sign) {
                Ok(compare(first, sign, second))
            } else {
                compare_numbers(first, sign, second)
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
            ("-n", Some(text)) => Ok(self.take(!text.is_empty())),
            ("-z", Some(text)) => Ok(self.take(text.is_empty())),
            ("-t", Some(_)) => Err("-t is not simulated".to_owned()),
            (file, Some(_))
                if file.len() == 2 && file.starts_with('-') && "bcdefghkLpOrsSuwxG".contains(&file[1..]) =>
            {
                Ok(self.take(false)) // there are no files
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

fn compare(first: &str, sign: &str, second: &str) -> bool {
    match sign {
        "=" => first == second,
        "!=" => first != second,
        "<" => first < second,
        _ => first > second,
    }
}

fn compare_numbers(first: &str, sign: &str, second: &str) -> Truth {
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| format!("Illegal number: {text}"));
    let (first, second) = (number(first)?, number(second)?);
    Ok(match sign {
        "-eq" => first == second,
        "-ne" => first != second,
        "-lt" => first < second,
        "-le" => first <= second,
        "-gt" => first > second,
        _ => first >= second,
    })
}
