//! `bc`: a calculator with decimal numbers of any length.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::bc_number::{DIGITS_MAX, Number, Result, Wrong};
use super::inputs::Inputs;
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};

/// How deeply parentheses may stand in each other.
const NESTING_MAX: usize = 50;

pub(super) fn bc(call: Invocation) -> Running {
    Box::pin(async move {
        let outcome = calculate(&call).await;
        call.end(outcome)
    })
}

async fn calculate(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "lq", &[("mathlib", 'l'), ("quiet", 'q')], 1)?;
    let mut inputs = Inputs::new(call, &options.rest);
    let mut calculator = Calculator { scale: if options.has('l') { 20 } else { 0 }, ..Calculator::default() };
    while let Some(line) = inputs.text().await? {
        let line = line.split('#').next().unwrap_or_default();
        for statement in line.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            if ["quit", "halt"].contains(&statement) {
                return Ok(0);
            }
            match calculator.execute(statement) {
                Ok(Some(text)) => call.stdio.stdout.print(&text),
                Ok(None) => {}
                Err(Wrong::Runtime(why)) => {
                    call.stdio.stderr.line(&format!("Runtime error (func=(main), adr=0): {why}"));
                }
                Err(Wrong::Syntax) => call.stdio.stderr.line("(standard_in) 1: syntax error"),
                Err(Wrong::Absent(what)) => {
                    return Err(Complaint::new(format!("{what} is not simulated"), 1));
                }
            }
        }
    }
    Ok(i32::from(inputs.failed))
}

#[derive(Default)]
struct Calculator {
    /// How many digits a quotient has behind the point.
    scale: usize,
    variables: BTreeMap<String, Number>,
}

/// A word, a number or a sign of a statement.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Number),
    Name(String),
    Sign(&'static str),
}

const SIGNS: &[&str] = &[
    "+=", "-=", "*=", "/=", "%=", "^=", "++", "--", "==", "<=", ">=", "!=", "&&", "||", "+", "-", "*", "/",
    "%", "^", "(", ")", "=", "<", ">", "!",
];

impl Calculator {
    /// What a statement prints.
    fn execute(&mut self, statement: &str) -> Result<Option<String>> {
        if let Some(rest) = statement.strip_prefix("print ") {
            return self.print(rest).map(Some);
        }
        if let Some(text) = statement.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return Ok(Some(text.to_owned()));
        }
        let words = ["if", "while", "for", "define", "return", "auto", "read", "obase", "ibase"];
        let first = statement.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or_default();
        if words.contains(&first) {
            return Err(Wrong::Absent(first.to_owned()));
        }
        let tokens = tokens(statement)?;
        let is_assignment = matches!(
            &tokens[..],
            [Token::Name(_), Token::Sign("=" | "+=" | "-=" | "*=" | "/=" | "%=" | "^="), ..]
        );
        let value = self.whole(&tokens)?;
        Ok((!is_assignment).then(|| wrapped(&value.to_text())))
    }

    fn print(&mut self, rest: &str) -> Result<String> {
        let mut out = String::new();
        for part in rest.split(',').map(str::trim) {
            match part.strip_prefix('"').and_then(|part| part.strip_suffix('"')) {
                Some(text) => out.push_str(&text.replace("\\n", "\n").replace("\\t", "\t")),
                None => out.push_str(&self.whole(&tokens(part)?)?.to_text()),
            }
        }
        Ok(out)
    }

    fn whole(&mut self, tokens: &[Token]) -> Result<Number> {
        let mut reader = Reader { calculator: self, tokens, at: 0, depth: 0 };
        let value = reader.expression()?;
        if reader.at < tokens.len() { Err(Wrong::Syntax) } else { Ok(value) }
    }

    fn get(&self, name: &str) -> Number {
        match name {
            "scale" => Number::from(self.scale),
            name => self.variables.get(name).cloned().unwrap_or_default(),
        }
    }

    fn set(&mut self, name: &str, value: &Number) -> Result<()> {
        if name == "scale" {
            self.scale = value
                .to_count()
                .filter(|scale| *scale <= DIGITS_MAX)
                .ok_or(Wrong::Runtime("scale too large"))?;
        } else {
            self.variables.insert(name.to_owned(), value.clone());
        }
        Ok(())
    }

    /// The result of an operator.
    fn operate(&self, sign: &str, a: &Number, b: &Number) -> Result<Number> {
        let is_zero = b.digits == BigInt::ZERO;
        match sign {
            "+" => Ok(a.add(b)),
            "-" => Ok(a.add(&b.negated())),
            "*" => {
                let digits = &a.digits * &b.digits;
                let scale = (a.scale + b.scale).min(self.scale.max(a.scale).max(b.scale));
                Number { digits, scale: a.scale + b.scale }.cut(scale).bounded()
            }
            "/" | "%" if is_zero => {
                Err(Wrong::Runtime(if sign == "/" { "Divide by zero" } else { "Modulo by zero" }))
            }
            "/" => a.divided(b, self.scale).bounded(),
            "%" => {
                let scale = a.scale.max(b.scale + self.scale);
                let times = a.divided(b, self.scale);
                let whole = Number { digits: &times.digits * &b.digits, scale: times.scale + b.scale };
                a.add(&whole.negated()).at_scale(scale).bounded()
            }
            "^" => self.power(a, b),
            "==" => Ok(Number::truth(a.compare(b) == Ordering::Equal)),
            "!=" => Ok(Number::truth(a.compare(b) != Ordering::Equal)),
            "<" => Ok(Number::truth(a.compare(b) == Ordering::Less)),
            ">" => Ok(Number::truth(a.compare(b) == Ordering::Greater)),
            "<=" => Ok(Number::truth(a.compare(b) != Ordering::Greater)),
            ">=" => Ok(Number::truth(a.compare(b) != Ordering::Less)),
            "&&" => Ok(Number::truth(a.is_true() && b.is_true())),
            "||" => Ok(Number::truth(a.is_true() || b.is_true())),
            _ => Err(Wrong::Syntax),
        }
    }

    fn power(&self, base: &Number, exponent: &Number) -> Result<Number> {
        let exponent = exponent.clone().cut(0);
        let times = exponent.absolute().to_count().ok_or(Wrong::Runtime("exponent too large"))?;
        let length = base.digits.to_string().len();
        if times.saturating_mul(length) > DIGITS_MAX {
            return Err(Wrong::Runtime("so long a number is not simulated"));
        }
        let times = u32::try_from(times).map_err(|_| Wrong::Runtime("exponent too large"))?;
        let power = Number { digits: base.digits.pow(times), scale: base.scale * times as usize };
        if exponent.digits < BigInt::ZERO {
            if power.digits == BigInt::ZERO {
                return Err(Wrong::Runtime("Divide by zero"));
            }
            return Number::from(1).divided(&power, self.scale).bounded();
        }
        let scale = power.scale.min(self.scale.max(base.scale));
        power.cut(scale).bounded()
    }

    /// A square root by Newton's method, in whole numbers.
    fn root(&self, number: &Number) -> Result<Number> {
        if number.digits < BigInt::ZERO {
            return Err(Wrong::Runtime("Square root of a negative number"));
        }
        let scale = self.scale.max(number.scale);
        let square = number.at_scale(2 * scale);
        square.clone().bounded()?;
        Ok(Number { digits: square.digits.sqrt(), scale })
    }
}

struct Reader<'a> {
    calculator: &'a mut Calculator,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

/// Operators from those that bind least, in groups.
const LEVELS: &[&[&str]] =
    &[&["||"], &["&&"], &["==", "!=", "<", ">", "<=", ">="], &["+", "-"], &["*", "/", "%"]];

impl Reader<'_> {
    fn sign(&self) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    fn expression(&mut self) -> Result<Number> {
        self.depth += 1;
        if self.depth > NESTING_MAX {
            return Err(Wrong::Absent("so many parentheses".to_owned()));
        }
        let value = match &self.tokens[self.at..] {
            [Token::Name(name), Token::Sign(sign @ ("=" | "+=" | "-=" | "*=" | "/=" | "%=" | "^=")), ..] => {
                self.at += 2;
                let right = self.expression()?;
                let operator = sign.trim_end_matches('=');
                let value = match operator {
                    "" => right,
                    operator => self.calculator.operate(operator, &self.calculator.get(name), &right)?,
                };
                self.calculator.set(name, &value)?;
                value
            }
            _ => self.level(0)?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn level(&mut self, level: usize) -> Result<Number> {
        let Some(operators) = LEVELS.get(level) else { return self.power() };
        let mut left = self.level(level + 1)?;
        while let Some(sign) = self.sign().filter(|sign| operators.contains(sign)) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = self.calculator.operate(sign, &left, &right)?;
        }
        Ok(left)
    }

    fn power(&mut self) -> Result<Number> {
        let base = self.unary()?;
        if self.sign() != Some("^") {
            return Ok(base);
        }
        self.at += 1;
        self.depth += 1;
        if self.depth > NESTING_MAX {
            return Err(Wrong::Absent("so many powers".to_owned()));
        }
        let exponent = self.power()?;
        self.depth -= 1;
        self.calculator.operate("^", &base, &exponent)
    }

    fn unary(&mut self) -> Result<Number> {
        let mut is_negated = false;
        while self.sign() == Some("-") {
            self.at += 1;
            is_negated = !is_negated;
        }
        let value = self.primary()?;
        Ok(if is_negated { value.negated() } else { value })
    }

    fn primary(&mut self) -> Result<Number> {
        let token = self.tokens.get(self.at).cloned().ok_or(Wrong::Syntax)?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(number),
            Token::Sign("(") => self.closed(),
            Token::Sign("!") => Ok(Number::truth(!self.primary()?.is_true())),
            Token::Name(name) if self.sign() == Some("(") => {
                self.at += 1;
                let value = self.closed()?;
                match name.as_str() {
                    "sqrt" => self.calculator.root(&value),
                    "scale" => Ok(Number::from(value.scale)),
                    "length" => Ok(Number::from(value.absolute().digits.to_string().len())),
                    _ => Err(Wrong::Absent(format!("{name}()"))),
                }
            }
            Token::Name(name) => {
                let value = self.calculator.get(&name);
                if let Some(sign @ ("++" | "--")) = self.sign() {
                    self.at += 1;
                    let one = if sign == "++" { Number::from(1) } else { Number::from(1).negated() };
                    self.calculator.set(&name, &value.add(&one))?;
                }
                Ok(value)
            }
            Token::Sign(_) => Err(Wrong::Syntax),
        }
    }

    fn closed(&mut self) -> Result<Number> {
        let value = self.expression()?;
        if self.sign() != Some(")") {
            return Err(Wrong::Syntax);
        }
        self.at += 1;
        Ok(value)
    }
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_part: fn(char) -> bool = match first {
            '0'..='9' | '.' => |char| char.is_ascii_digit() || char == '.',
            'a'..='z' => |char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_',
            _ => |_| false,
        };
        let length = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
        let (token, length) = match first {
            '0'..='9' | '.' => (Token::Number(Number::read(&rest[..length]).ok_or(Wrong::Syntax)?), length),
            'a'..='z' => (Token::Name(rest[..length].to_owned()), length),
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).ok_or(Wrong::Syntax)?;
                (Token::Sign(sign), sign.len())
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// Lines of 70 signs, as `bc` breaks them.
fn wrapped(text: &str) -> String {
    const COLUMNS: usize = 69;
    let mut out = String::new();
    let mut rest = text;
    while rest.len() > COLUMNS {
        let (line, more) = rest.split_at(COLUMNS - 1);
        out.push_str(line);
        out.push_str("\\\n");
        rest = more;
    }
    out + rest + "\n"
}
