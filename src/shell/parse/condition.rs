//! Reads `[[ … ]]`.

use super::parser::{Parser, unfinished};
use crate::shell::syntax::*;

const BINARY: &[&str] =
    &["==", "=~", "!=", "=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot"];

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Result<CommandKind, SyntaxError> {
        self.skip("[[".len());
        let condition = self.condition_or()?;
        self.skip_lines();
        if self.peek().is_none() {
            return Err(unfinished());
        }
        if self.keyword() != Some("]]") {
            return Err(self.wrong_condition());
        }
        self.skip("]]".len());
        Ok(CommandKind::Condition(condition))
    }

    fn condition_or(&mut self) -> Result<Condition, SyntaxError> {
        self.deeper()?;
        let mut condition = self.condition_and()?;
        self.skip_lines();
        while self.eat("||") {
            condition = Condition::Or(Box::new(condition), Box::new(self.condition_and()?));
            self.skip_lines();
        }
        self.depth -= 1;
        Ok(condition)
    }

    fn condition_and(&mut self) -> Result<Condition, SyntaxError> {
        let mut condition = self.condition_not()?;
        self.skip_lines();
        while self.eat("&&") {
            condition = Condition::And(Box::new(condition), Box::new(self.condition_not()?));
            self.skip_lines();
        }
        Ok(condition)
    }

    fn condition_not(&mut self) -> Result<Condition, SyntaxError> {
        self.skip_lines();
        let mut negated = false;
        while self.keyword() == Some("!") {
            self.skip(1);
            self.skip_lines();
            negated = !negated;
        }
        let condition = self.primary()?;
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn primary(&mut self) -> Result<Condition, SyntaxError> {
        if self.eat("(") {
            let condition = self.condition_or()?;
            return match self.eat(")") {
                true => Ok(condition),
                false => Err(self.wrong_condition()),
            };
        }
        let unary = self.keyword().filter(|word| {
            word.len() == 2 && word.starts_with('-') && "abcdefghkLnNoOprsStuvwxzG".contains(&word[1..])
        });
        if let Some(operator) = unary {
            let operator = operator.to_owned();
            self.skip(2);
            self.skip_blanks();
            if self.keyword() != Some("]]") {
                let word = self.word()?.ok_or_else(|| self.wrong_condition())?;
                return Ok(Condition::Unary(operator, word));
            }
            return Ok(Condition::Word(Word::literal(&operator)));
        }
        if self.keyword() == Some("]]") {
            return Err(self.wrong_condition());
        }
        let left = self.word()?.ok_or_else(|| self.wrong_condition())?;
        self.skip_blanks();
        let is_operator = |sign: &&&str| {
            let rest = self.rest().strip_prefix(**sign);
            rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '"', '$', '\'']))
        };
        let Some(operator) = BINARY.iter().find(is_operator) else {
            return Ok(Condition::Word(left));
        };
        self.skip(operator.len());
        self.skip_blanks();
        let right = match *operator {
            "=~" => self.regex_word()?,
            "=" | "==" | "!=" => self.pattern_word()?,
            _ => self.word()?,
        };
        let right = right.ok_or_else(|| self.wrong_condition())?;
        Ok(Condition::Binary(left, (*operator).to_owned(), right))
    }

    /// A word that is a pattern, which has groups whatever `shopt` says.
    fn pattern_word(&mut self) -> Result<Option<Word>, SyntaxError> {
        let before = std::mem::replace(&mut self.extglob, true);
        let word = self.word();
        self.extglob = before;
        word
    }

    fn wrong_condition(&self) -> SyntaxError {
        match self.peek() {
            None => unfinished(),
            Some(_) => SyntaxError::Invalid("syntax error in conditional expression".to_owned()),
        }
    }
}
