//! `$(( … ))`: whole numbers of 64 bits, as bash counts.

/// Deeper nesting is refused, since the evaluator is recursive.
const DEPTH_MAX: usize = 50;

/// The variables of an expression, whose names may have a subscript behind them.
pub(super) struct Variables<'a> {
    pub(super) value: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a list has names: its subscripts are texts, those of others expressions.
    pub(super) is_named_list: &'a dyn Fn(&str) -> bool,
}

/// Evaluates an expression. Assignments are added to `assigned`.
pub(super) fn value(
    text: &str,
    vars: &Variables<'_>,
    assigned: &mut Vec<(String, String)>,
) -> Result<i64, String> {
    let mut evaluator = Evaluator { text, at: 0, depth: 0, vars, assigned, skipping: 0 };
    if evaluator.peek().is_none() {
        return Ok(0);
    }
    let value = evaluator.sequence()?;
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
    vars: &'a Variables<'a>,
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
        format!(
            "{}: syntax error: operand expected (error token is \"{}\")",
            self.text.trim(),
            self.rest().trim()
        )
    }

    /// Expressions between commas.
    fn sequence(&mut self) -> Result<i64, String> {
        let mut value = self.assignment()?;
        while self.peek() == Some(',') {
            self.at += 1;
            value = self.assignment()?;
        }
        Ok(value)
    }

    fn assignment(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("{}: expression recursion level exceeded", self.text.trim()));
        }
        let (begin, before) = (self.at, self.assigned.len());
        let value = match self.reference()? {
            Some(name) => match self.assigns() {
                Some(sign) => {
                    let right = self.assignment()?;
                    let value = match sign {
                        "=" => right,
                        sign => {
                            let left = self.variable(&name)?;
                            self.combine(sign, left, right)?
                        }
                    };
                    self.assign(name, value);
                    value
                }
                None => {
                    self.at = begin;
                    self.assigned.truncate(before);
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
            _ if right == 0 => Err(format!("{}: division by 0", self.text.trim())),
            "/" => Ok(left.wrapping_div(right)),
            _ => Ok(left.wrapping_rem(right)),
        }
    }

    fn unary(&mut self) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("{}: expression recursion level exceeded", self.text.trim()));
        }
        let sign = self.peek();
        let step = ["++", "--"].into_iter().find(|step| self.rest().starts_with(step));
        if let Some(step) = step {
            let begin = self.at;
            self.at += 2;
            self.peek();
            if let Some(name) = self.reference()? {
                let value = self.variable(&name)?.wrapping_add(if step == "++" { 1 } else { -1 });
                self.assign(name, value);
                self.depth -= 1;
                return Ok(value);
            }
            self.at = begin;
        }
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
                let value = self.sequence()?;
                if self.peek() != Some(')') {
                    return Err(format!("{}: missing `)'", self.text));
                }
                self.at += 1;
                value
            }
            _ => self.primary()?,
        };
        // A power binds to the right, and less than a sign.
        self.peek();
        let value = match self.rest().starts_with("**") && !self.rest().starts_with("**=") {
            true => {
                self.at += 2;
                let power = self.unary()?;
                let power = u32::try_from(power).map_err(|_| "exponent less than 0".to_owned())?;
                value.wrapping_pow(power)
            }
            false => value,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn primary(&mut self) -> Result<i64, String> {
        if let Some(name) = self.reference()? {
            let value = self.variable(&name)?;
            self.peek();
            let rest = self.rest();
            let step = if rest.starts_with("++") {
                1
            } else if rest.starts_with("--") {
                -1
            } else {
                return Ok(value);
            };
            self.at += 2;
            self.assign(name, value.wrapping_add(step));
            return Ok(value);
        }
        let is_digit = |char: char| char.is_ascii_alphanumeric() || char == '#';
        let end = self.rest().find(|char: char| !is_digit(char)).unwrap_or(self.rest().len());
        let value = number(&self.rest()[..end]).ok_or_else(|| self.wrong())?;
        self.at += end;
        Ok(value)
    }

    /// A name with its subscript, if there is one.
    fn reference(&mut self) -> Result<Option<String>, String> {
        let Some(name) = self.name() else { return Ok(None) };
        if !self.rest().starts_with('[') {
            return Ok(Some(name));
        }
        let mut depth = 0;
        let end = self.rest().find(|char| {
            depth += i32::from(char == '[') - i32::from(char == ']');
            depth == 0
        });
        let Some(end) = end else { return Err(self.wrong()) };
        let subscript = &self.rest()[1..end];
        self.at += end + 1;
        if (self.vars.is_named_list)(&name) {
            return Ok(Some(format!("{name}[{subscript}]")));
        }
        let number = self.inner(subscript)?;
        Ok(Some(format!("{name}[{number}]")))
    }

    fn name(&mut self) -> Option<String> {
        self.peek().filter(|char| char.is_ascii_alphabetic() || *char == '_')?;
        let rest = self.rest();
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
        self.at += end;
        Some(rest[..end].to_owned())
    }

    fn assign(&mut self, name: String, value: i64) {
        if self.skipping == 0 {
            self.assigned.push((name, value.to_string()));
        }
    }

    /// The value of a variable, which may be an expression itself.
    fn variable(&mut self, name: &str) -> Result<i64, String> {
        let assigned =
            self.assigned.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        let text = assigned.or_else(|| (self.vars.value)(name)).unwrap_or_default();
        if let Some(value) = number(text.trim()) {
            return Ok(value);
        }
        self.inner(&text)
    }

    /// The value of another text.
    fn inner(&mut self, text: &str) -> Result<i64, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("{text}: expression recursion level exceeded (error token is \"{text}\")"));
        }
        let mut inner = Evaluator {
            text,
            at: 0,
            depth: self.depth,
            skipping: self.skipping,
            vars: self.vars,
            assigned: self.assigned,
        };
        let value = match inner.peek() {
            None => 0,
            Some(_) => inner.sequence()?,
        };
        if inner.peek().is_some() {
            return Err(inner.wrong());
        }
        self.depth -= 1;
        Ok(value)
    }
}

/// Decimal, `0x` hexadecimal, `0` octal or `base#digits`. It wraps around, as the shell's own numbers do.
fn number(text: &str) -> Option<i64> {
    let (base, digits) = if let Some((base, digits)) = text.split_once('#') {
        (base.parse().ok().filter(|base| (2..=36).contains(base))?, digits)
    } else if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        (16, digits)
    } else if text.is_empty() {
        return None;
    } else {
        (if text.starts_with('0') { 8 } else { 10 }, text)
    };
    let digits = digits.chars().map(|digit| digit.to_digit(base));
    digits.into_iter().try_fold(0_i64, |value, digit| {
        Some(value.wrapping_mul(i64::from(base)).wrapping_add(i64::from(digit?)))
    })
}
