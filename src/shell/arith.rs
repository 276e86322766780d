//! `$(( … ))`: whole numbers of 64 bits, as `sh` counts.

use std::collections::BTreeMap;

/// Deeper nesting is refused, since the evaluator is recursive.
const DEPTH_MAX: usize = 50;

/// Evaluates an expression. Assignments are added to `assigned`.
pub(super) fn value(
    text: &str,
    vars: &BTreeMap<String, String>,
    assigned: &mut Vec<(String, String)>,
) -> Result<i64, String> {
    let mut evaluator = Evaluator { text, at: 0, depth: 0, vars, assigned, skipping: 0 };
    if evaluator.peek().is_none() {
        return Ok(0);
    }
    let value = evaluator.assignment()?;
    match evaluator.peek() {
        None => Ok(value),
        Some(_) => Err(evaluator.wrong()),
    }
}

/// Binary operators by precedence, lowest first.
const LEVELS: &[&[&str]] = &[
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<=", ">=", "<", ">"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

struct Evaluator<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    vars: &'a BTreeMap<String, String>,
    assigned: &'a mut Vec<(String, String)>,
    /// Above 0 in a part that is not evaluated, such as the right side of `0 && …`.
    skipping: usize,
}

impl<'a> Evaluator<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&mut self) -> Option<char> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        self.rest().chars().next()
    }

    fn wrong(&self) -> String {
        format!("arithmetic expression: expecting primary: \"{}\"", self.text)
    }

    fn assignment(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("arithmetic expression: too deep".to_owned());
        }
        let begin = self.at;
        let value = match self.name() {
            Some(name) => match self.assigns() {
                Some(sign) => {
                    let right = self.assignment()?;
                    let value =
                        if sign == "=" { right } else { self.combine(sign, self.variable(&name)?, right)? };
                    if self.skipping == 0 {
                        self.assigned.push((name, value.to_string()));
                    }
                    value
                }
                None => {
                    self.at = begin;
                    self.choice()?
                }
            },
            None => self.choice()?,
        };
        self.depth -= 1;
        Ok(value)
    }

    /// The operator of an assignment, without its `=`.
    fn assigns(&mut self) -> Option<&'static str> {
        self.peek();
        let is_plain = self.rest().starts_with('=') && !self.rest().starts_with("==");
        let signs = ["+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"];
        let combined = signs
            .into_iter()
            .find(|sign| self.rest().strip_prefix(sign).is_some_and(|rest| rest.starts_with('=')));
        let sign = if is_plain { "=" } else { combined? };
        self.at += sign.len() + usize::from(!is_plain);
        Some(sign)
    }

    fn choice(&mut self) -> Result<i64, String> {
        let condition = self.level(0)?;
        if self.peek() != Some('?') {
            return Ok(condition);
        }
        self.at += 1;
        let one = self.unless(condition == 0, Self::assignment)?;
        if self.peek() != Some(':') {
            return Err(self.wrong());
        }
        self.at += 1;
        let other = self.unless(condition != 0, Self::assignment)?;
        Ok(if condition != 0 { one } else { other })
    }

    fn level(&mut self, level: usize) -> Result<i64, String> {
        let Some(signs) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        while let Some(sign) = self.sign(signs) {
            let decided = sign == "&&" && left == 0 || sign == "||" && left != 0;
            let right = self.unless(decided, |evaluator| evaluator.level(level + 1))?;
            left = self.combine(sign, left, right)?;
        }
        Ok(left)
    }

    /// Reads a part that is not evaluated if `skip`.
    fn unless(
        &mut self,
        skip: bool,
        read: impl FnOnce(&mut Self) -> Result<i64, String>,
    ) -> Result<i64, String> {
        self.skipping += usize::from(skip);
        let value = read(self)?;
        self.skipping -= usize::from(skip);
        Ok(value)
    }

    /// Takes one of these operators, if it is here and not the beginning of a longer one.
    fn sign(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        self.peek();
        let rest = self.rest();
        let longer = LEVELS
            .iter()
            .copied()
            .flatten()
            .filter(|sign| rest.starts_with(**sign))
            .max_by_key(|sign| sign.len())?;
        let sign = signs.iter().find(|sign| *sign == longer)?;
        self.at += sign.len();
        Some(sign)
    }

    fn combine(&self, sign: &str, left: i64, right: i64) -> Result<i64, String> {
        let truth = |is: bool| Ok(i64::from(is));
        match sign {
            "||" => truth(left != 0 || right != 0),
            "&&" => truth(left != 0 && right != 0),
            "|" => Ok(left | right),
            "^" => Ok(left ^ right),
            "&" => Ok(left & right),
            "==" => truth(left == right),
            "!=" => truth(left != right),
            "<=" => truth(left <= right),
            ">=" => truth(left >= right),
            "<" => truth(left < right),
            ">" => truth(left > right),
            "<<" => Ok(left.wrapping_shl(right as u32)),
            ">>" => Ok(left.wrapping_shr(right as u32)),
            "+" => Ok(left.wrapping_add(right)),
            "-" => Ok(left.wrapping_sub(right)),
            "*" => Ok(left.wrapping_mul(right)),
            _ if right == 0 && self.skipping > 0 => Ok(0),
            _ if right == 0 => Err("arithmetic expression: division by zero".to_owned()),
            "/" => Ok(left.wrapping_div(right)),
            _ => Ok(left.wrapping_rem(right)),
        }
    }

    fn unary(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("arithmetic expression: too deep".to_owned());
        }
        let sign = self.peek();
        let value = match sign {
            Some('-' | '+' | '!' | '~') => {
                self.at += 1;
                let value = self.unary()?;
                match sign {
                    Some('-') => value.wrapping_neg(),
                    Some('!') => i64::from(value == 0),
                    Some('~') => !value,
                    _ => value,
                }
            }
            Some('(') => {
                self.at += 1;
                let value = self.assignment()?;
                if self.peek() != Some(')') {
                    return Err("arithmetic expression: expecting ')'".to_owned());
                }
                self.at += 1;
                value
            }
            _ => self.primary()?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn primary(&mut self) -> Result<i64, String> {
        if let Some(name) = self.name() {
            return self.variable(&name);
        }
        let end = self.rest().find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(self.rest().len());
        let value = number(&self.rest()[..end]).ok_or_else(|| self.wrong())?;
        self.at += end;
        Ok(value)
    }

    fn name(&mut self) -> Option<String> {
        self.peek().filter(|char| char.is_ascii_alphabetic() || *char == '_')?;
        let rest = self.rest();
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
        self.at += end;
        Some(rest[..end].to_owned())
    }

    fn variable(&self, name: &str) -> Result<i64, String> {
        let assigned = self.assigned.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value);
        match assigned.or_else(|| self.vars.get(name)).map(|value| value.trim()) {
            None | Some("") => Ok(0),
            Some(text) => {
                let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
                let value = number(digits.trim_start_matches('+'));
                value.map(|value| sign * value).ok_or_else(|| format!("Illegal number: {text}"))
            }
        }
    }
}

/// Decimal, `0x` hexadecimal or `0` octal.
fn number(text: &str) -> Option<i64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None if text.len() > 1 && text.starts_with('0') => i64::from_str_radix(text, 8).ok(),
        None if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        None => None,
    }
}
