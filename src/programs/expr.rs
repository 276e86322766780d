//! `expr`: sums, comparisons and parts of texts, as old scripts have them.

use super::program::{Complaint, Invocation, Outcome, Running};
use super::regex::{self, Syntax};

/// How deeply parentheses may stand in each other.
const NESTING_MAX: usize = 50;

/// Operators from those that bind least.
const LEVELS: &[&[&str]] =
    &[&["|"], &["&"], &["<", "<=", "=", "==", "!=", ">=", ">"], &["+", "-"], &["*", "/", "%"], &[":"]];

pub(super) fn expr(call: Invocation) -> Running {
    let outcome = evaluate(&call);
    Box::pin(std::future::ready(call.end(outcome)))
}

fn evaluate(call: &Invocation) -> Outcome {
    let args = call.args.strip_prefix(&["--".to_owned()]).unwrap_or(&call.args);
    if args.is_empty() {
        return Err(Complaint::new("missing operand", 2));
    }
    let mut reader = Reader { call, args, at: 0, depth: 0 };
    let value = reader.level(0)?;
    if let Some(extra) = args.get(reader.at) {
        return Err(Complaint::new(format!("syntax error: unexpected argument ‘{extra}’"), 2));
    }
    call.stdio.stdout.line(&value);
    Ok(i32::from(is_null(&value)))
}

fn is_null(value: &str) -> bool {
    value.is_empty() || value.parse() == Ok(0)
}

struct Reader<'a> {
    call: &'a Invocation,
    args: &'a [String],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<String, Complaint> {
        let missing = || {
            let last = self.args.last().map_or("", String::as_str);
            Complaint::new(format!("syntax error: missing argument after ‘{last}’"), 2)
        };
        let next = self.args.get(self.at).cloned().ok_or_else(missing)?;
        self.at += 1;
        Ok(next)
    }

    fn level(&mut self, level: usize) -> Result<String, Complaint> {
        let Some(operators) = LEVELS.get(level) else { return self.primary() };
        let mut left = self.level(level + 1)?;
        while let Some(operator) = self.args.get(self.at).filter(|arg| operators.contains(&arg.as_str())) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = operate(self.call, &left, operator, &right)?;
        }
        Ok(left)
    }

    fn primary(&mut self) -> Result<String, Complaint> {
        let next = self.next()?;
        match next.as_str() {
            "(" => {
                self.depth += 1;
                if self.depth > NESTING_MAX {
                    return Err(Complaint::new("so many parentheses are not simulated", 2));
                }
                let value = self.level(0)?;
                self.depth -= 1;
                match self.next()?.as_str() {
                    ")" => Ok(value),
                    other => {
                        Err(Complaint::new(format!("syntax error: expecting ')' instead of ‘{other}’"), 2))
                    }
                }
            }
            "length" if self.at < self.args.len() => Ok(self.next()?.chars().count().to_string()),
            "match" if self.at + 1 < self.args.len() => {
                let (text, pattern) = (self.next()?, self.next()?);
                matched(self.call, &text, &pattern)
            }
            "index" if self.at + 1 < self.args.len() => {
                let (text, signs) = (self.next()?, self.next()?);
                let place = text.chars().position(|char| signs.contains(char));
                Ok(place.map_or(0, |at| at + 1).to_string())
            }
            "substr" if self.at + 2 < self.args.len() => {
                let (text, from, count) = (self.next()?, self.next()?, self.next()?);
                let [from, count] = [from, count].map(|text| text.parse::<usize>().unwrap_or(0));
                Ok(if from == 0 { String::new() } else { text.chars().skip(from - 1).take(count).collect() })
            }
            _ => Ok(next),
        }
    }
}

fn operate(call: &Invocation, left: &str, operator: &str, right: &str) -> Result<String, Complaint> {
    let numbers = left.parse::<i64>().ok().zip(right.parse::<i64>().ok());
    let truth = |holds: bool| Ok(i32::from(holds).to_string());
    let order = numbers.map_or_else(|| left.cmp(right), |(left, right)| left.cmp(&right));
    match operator {
        "|" => Ok(if is_null(left) { if is_null(right) { "0" } else { right } } else { left }.to_owned()),
        "&" => Ok(if is_null(left) || is_null(right) { "0" } else { left }.to_owned()),
        "<" => truth(order.is_lt()),
        "<=" => truth(order.is_le()),
        "=" | "==" => truth(order.is_eq()),
        "!=" => truth(order.is_ne()),
        ">=" => truth(order.is_ge()),
        ">" => truth(order.is_gt()),
        ":" => matched(call, left, right),
        _ => {
            let Some((left, right)) = numbers else { return Err(Complaint::new("non-integer argument", 2)) };
            if right == 0 && ["/", "%"].contains(&operator) {
                return Err(Complaint::new("division by zero", 2));
            }
            let result = match operator {
                "+" => left.checked_add(right),
                "-" => left.checked_sub(right),
                "*" => left.checked_mul(right),
                "/" => left.checked_div(right),
                _ => left.checked_rem(right),
            };
            let result = result.ok_or_else(|| Complaint::new("so large a number is not simulated", 2))?;
            Ok(result.to_string())
        }
    }
}

/// What the first group of a pattern matches at the beginning of a text, or how many characters match.
fn matched(call: &Invocation, text: &str, pattern: &str) -> Result<String, Complaint> {
    let regex = regex::compile(&format!("^{pattern}"), Syntax::Basic, false);
    let regex = regex.map_err(|why| Complaint::new(why, 2))?;
    regex::pay(&regex, text, &call.machine.meter).map_err(|why| Complaint::new(why, 2))?;
    let found = regex.captures(text);
    Ok(match (found, regex.captures_len() > 1) {
        (Some(found), true) => found.get(1).map_or(String::new(), |group| group.as_str().to_owned()),
        (None, true) => String::new(),
        (Some(found), false) => found[0].chars().count().to_string(),
        (None, false) => "0".to_owned(),
    })
}
