//! Reads the expressions of `awk`, by their precedence.

use super::super::escapes::{Dialect, unescape};
use super::super::regex::{Syntax, compile};
use super::parse::{DEPTH_MAX, KEYWORDS, OPERATORS_MAX, Parsed, Parser};
use super::syntax::*;

impl Parser<'_> {
    /// Expressions between commas, up to `end`, which is taken.
    pub(super) fn list(&mut self, end: &str) -> Parsed<Vec<Expression>> {
        let mut list = Vec::new();
        if self.eat(end) {
            return Ok(list);
        }
        loop {
            self.skip_newlines();
            list.push(self.expression()?);
            self.skip_newlines();
            if self.eat(end) {
                return Ok(list);
            }
            self.expect(",")?;
        }
    }

    /// Counts an operator: a long row of them is a deep tree.
    fn operator(&mut self) -> Parsed<()> {
        self.operators += 1;
        match self.operators <= OPERATORS_MAX {
            true => Ok(()),
            false => Err("so long an expression is not simulated".to_owned()),
        }
    }

    pub(super) fn expression(&mut self) -> Parsed<Expression> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("so deep a nesting is not simulated".to_owned());
        }
        let expression = self.choice()?;
        self.skip();
        let operators = [
            ("^=", Some('^')),
            ("+=", Some('+')),
            ("-=", Some('-')),
            ("*=", Some('*')),
            ("/=", Some('/')),
            ("%=", Some('%')),
        ];
        let found = operators.into_iter().find(|(sign, _)| self.rest().starts_with(sign));
        let found =
            found.or((self.rest().starts_with('=') && !self.rest().starts_with("==")).then_some(("=", None)));
        let expression = match (found, &expression) {
            (
                Some((sign, operator)),
                Expression::Variable(_) | Expression::Item(..) | Expression::Field(_),
            ) => {
                self.at += sign.len();
                self.skip_newlines();
                Expression::Assign(Box::new(expression), operator, Box::new(self.expression()?))
            }
            _ => expression,
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn choice(&mut self) -> Parsed<Expression> {
        let condition = self.or()?;
        if !self.eat("?") {
            return Ok(condition);
        }
        self.skip_newlines();
        let one = self.expression()?;
        self.skip_newlines();
        self.expect(":")?;
        self.skip_newlines();
        Ok(Expression::Choice(Box::new(condition), Box::new(one), Box::new(self.expression()?)))
    }

    fn or(&mut self) -> Parsed<Expression> {
        let mut left = self.and()?;
        while self.eat("||") {
            self.skip_newlines();
            self.operator()?;
            left = Expression::Binary(Binary::Or, Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed<Expression> {
        let mut left = self.membership()?;
        while self.eat("&&") {
            self.skip_newlines();
            self.operator()?;
            left = Expression::Binary(Binary::And, Box::new(left), Box::new(self.membership()?));
        }
        Ok(left)
    }

    fn membership(&mut self) -> Parsed<Expression> {
        let mut left = self.matching()?;
        while !self.in_for && self.keyword("in") {
            self.operator()?;
            left = Expression::In(vec![left], self.name()?);
        }
        Ok(left)
    }

    fn matching(&mut self) -> Parsed<Expression> {
        let mut left = self.comparison()?;
        loop {
            let negated = self.eat("!~");
            if !negated && !self.eat("~") {
                return Ok(left);
            }
            self.operator()?;
            left = Expression::Match(Box::new(left), Box::new(self.comparison()?), negated);
        }
    }

    fn comparison(&mut self) -> Parsed<Expression> {
        let left = self.concatenation()?;
        self.skip();
        let signs = [
            ("<=", Binary::LessEqual),
            ("==", Binary::Equal),
            ("!=", Binary::NotEqual),
            (">=", Binary::GreaterEqual),
            ("<", Binary::Less),
            (">", Binary::Greater),
        ];
        let found = signs.into_iter().find(|(sign, _)| self.rest().starts_with(sign));
        match found.filter(|(sign, _)| !(self.in_print && sign.starts_with('>'))) {
            Some((sign, operator)) => {
                self.at += sign.len();
                Ok(Expression::Binary(operator, Box::new(left), Box::new(self.concatenation()?)))
            }
            None => Ok(left),
        }
    }

    pub(super) fn concatenation(&mut self) -> Parsed<Expression> {
        let mut left = self.sum()?;
        loop {
            self.skip();
            let begins = self
                .rest()
                .starts_with(|char: char| char.is_ascii_alphanumeric() || "_\"$(.!-+".contains(char));
            let is_operator = self.rest().starts_with("!=")
                || self.rest().starts_with("!~")
                || self.rest().starts_with(['-', '+']);
            let is_keyword = self.peek_name().is_some_and(|name| KEYWORDS.contains(&name));
            if !begins || is_operator || is_keyword {
                return Ok(left);
            }
            self.operator()?;
            left = Expression::Binary(Binary::Concatenate, Box::new(left), Box::new(self.sum()?));
        }
    }

    fn sum(&mut self) -> Parsed<Expression> {
        let mut left = self.product()?;
        loop {
            self.skip();
            let rest = self.rest();
            let operator = match () {
                () if rest.starts_with("++")
                    || rest.starts_with("--")
                    || rest.starts_with("+=")
                    || rest.starts_with("-=") =>
                {
                    return Ok(left);
                }
                () if rest.starts_with('+') => Binary::Add,
                () if rest.starts_with('-') => Binary::Subtract,
                () => return Ok(left),
            };
            self.at += 1;
            self.operator()?;
            left = Expression::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Parsed<Expression> {
        let mut left = self.unary()?;
        loop {
            self.skip();
            let rest = self.rest();
            let operator = match rest.chars().next() {
                _ if rest[1.min(rest.len())..].starts_with('=') => return Ok(left),
                Some('*') if !rest.starts_with("**") => Binary::Multiply,
                Some('/') => Binary::Divide,
                Some('%') => Binary::Remainder,
                _ => return Ok(left),
            };
            self.at += 1;
            self.operator()?;
            left = Expression::Binary(operator, Box::new(left), Box::new(self.unary()?));
        }
    }

    fn unary(&mut self) -> Parsed<Expression> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("so deep a nesting is not simulated".to_owned());
        }
        self.skip();
        let rest = self.rest();
        let expression = if rest.starts_with('!') && !rest.starts_with("!~") {
            self.at += 1;
            Expression::Not(Box::new(self.unary()?))
        } else if rest.starts_with('-') && !rest.starts_with("--") {
            self.at += 1;
            Expression::Negative(Box::new(self.unary()?))
        } else if rest.starts_with('+') && !rest.starts_with("++") {
            self.at += 1;
            Expression::Positive(Box::new(self.unary()?))
        } else {
            self.power()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn power(&mut self) -> Parsed<Expression> {
        let left = self.step()?;
        self.skip();
        let is_power = self.rest().starts_with('^') && !self.rest().starts_with("^=");
        if !is_power && !self.rest().starts_with("**") {
            return Ok(left);
        }
        self.at += if is_power { 1 } else { 2 };
        Ok(Expression::Binary(Binary::Power, Box::new(left), Box::new(self.unary()?)))
    }

    fn step(&mut self) -> Parsed<Expression> {
        for (sign, change) in [("++", 1.0), ("--", -1.0)] {
            if self.eat(sign) {
                return Ok(Expression::Step(Box::new(self.primary()?), change, true));
            }
        }
        let value = self.primary()?;
        if matches!(value, Expression::Variable(_) | Expression::Item(..) | Expression::Field(_)) {
            for (sign, change) in [("++", 1.0), ("--", -1.0)] {
                if self.eat(sign) {
                    return Ok(Expression::Step(Box::new(value), change, false));
                }
            }
        }
        Ok(value)
    }

    fn primary(&mut self) -> Parsed<Expression> {
        self.skip();
        match self.rest().chars().next() {
            Some('$') => {
                self.at += 1;
                // $NF-1 is ($NF)-1, and $++i is $(++i).
                let index = if self.rest().starts_with("++") || self.rest().starts_with("--") {
                    self.step()?
                } else {
                    self.primary()?
                };
                Ok(Expression::Field(Box::new(index)))
            }
            Some('(') => {
                self.at += 1;
                let (outer_print, outer_for) =
                    (std::mem::take(&mut self.in_print), std::mem::take(&mut self.in_for));
                let mut list = self.list(")")?;
                (self.in_print, self.in_for) = (outer_print, outer_for);
                match list.len() {
                    1 => Ok(Expression::Group(Box::new(list.remove(0)))),
                    _ if self.keyword("in") => Ok(Expression::In(list, self.name()?)),
                    _ => Err(self.wrong()),
                }
            }
            Some('"') => self.string(),
            Some('/') => self.regex(),
            Some(char) if char.is_ascii_digit() || char == '.' => {
                let (number, length) = super::value::prefix_number(self.rest());
                if length == 0 {
                    return Err(self.wrong());
                }
                self.at += length;
                Ok(Expression::Number(number))
            }
            Some(_) => self.named(),
            None => Err(self.wrong()),
        }
    }

    fn named(&mut self) -> Parsed<Expression> {
        match self.peek_name() {
            Some("getline") => return Err("getline is not simulated".to_owned()),
            Some("system") => return Err("system() is not simulated: use xargs".to_owned()),
            _ => {}
        }
        let name = self.name()?;
        if self.rest().starts_with('(') {
            self.at += 1;
            let outer = std::mem::take(&mut self.in_print);
            let args = self.list(")")?;
            self.in_print = outer;
            return Ok(Expression::Call(name, args));
        }
        if name == "length" {
            return Ok(Expression::Call(name, Vec::new()));
        }
        if self.rest().starts_with('[') {
            self.at += 1;
            let outer = std::mem::take(&mut self.in_print);
            let index = self.list("]")?;
            self.in_print = outer;
            return Ok(Expression::Item(name, index));
        }
        Ok(Expression::Variable(name))
    }

    fn string(&mut self) -> Parsed<Expression> {
        let text = self.quoted('"')?;
        let mut bytes = Vec::new();
        unescape(&text.replace("\\/", "/"), Dialect::Quoted, &mut bytes);
        Ok(Expression::Text(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn regex(&mut self) -> Parsed<Expression> {
        let text = self.quoted('/')?.replace("\\/", "/");
        Ok(Expression::Regex(compile(&text, Syntax::Extended, false)?))
    }

    /// What stands between two signs, with its backslashes.
    fn quoted(&mut self, end: char) -> Parsed<String> {
        let begin = self.at + 1;
        let mut chars = self.text[begin..].char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' => _ = chars.next(),
                '\n' => break,
                char if char == end => {
                    self.at = begin + at + 1;
                    return Ok(self.text[begin..begin + at].to_owned());
                }
                _ => {}
            }
        }
        Err(format!("runaway string or regular expression: {end}"))
    }
}
