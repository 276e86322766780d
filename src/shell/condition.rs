//! Executes `[[ … ]]` and `case`.

use regex_lite::Regex;

use super::outcome::{Outcome, Stop};
use super::pattern::Pattern;
use super::state::{Shell, Value};
use super::syntax::{ArmEnd, CaseArm, Condition, Word};
use crate::base::Stdio;
use crate::programs::{regex, test};

use std::future::Future;
use std::pin::Pin;

type Holds<'a> = Pin<Box<dyn Future<Output = Result<bool, Stop>> + 'a>>;

impl Shell {
    pub(super) async fn case(&self, subject: &Word, arms: &[CaseArm], io: &Stdio) -> Outcome {
        let (subject, _) = self.value(subject, io).await?;
        let (mut status, mut goes_on) = (self.ended(0), false);
        for arm in arms {
            if !std::mem::take(&mut goes_on) && !self.matches_any(&arm.patterns, &subject, io).await? {
                continue;
            }
            status = self.script(&arm.body, io).await?;
            match arm.end {
                ArmEnd::Leave => break,
                ArmEnd::NextBody => goes_on = true,
                ArmEnd::NextMatch => {}
            }
        }
        Ok(status)
    }

    async fn matches_any(&self, patterns: &[Word], subject: &str, io: &Stdio) -> Result<bool, Stop> {
        let extglob = self.state().options.extglob;
        for pattern in patterns {
            if self.matches(&self.pattern(pattern, io).await?, subject, extglob)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a condition holds.
    pub(super) fn holds<'a>(&'a self, condition: &'a Condition, io: &'a Stdio) -> Holds<'a> {
        Box::pin(async move {
            Ok(match condition {
                Condition::Or(left, right) => self.holds(left, io).await? || self.holds(right, io).await?,
                Condition::And(left, right) => self.holds(left, io).await? && self.holds(right, io).await?,
                Condition::Not(inner) => !self.holds(inner, io).await?,
                Condition::Word(word) => !self.value(word, io).await?.0.is_empty(),
                Condition::Unary(operator, word) => {
                    let (text, _) = self.value(word, io).await?;
                    match operator.as_str() {
                        "-v" => self.variable(&text).is_some(),
                        "-o" => false,
                        operator => test::unary(operator, &text, &self.place(io)),
                    }
                }
                Condition::Binary(left, operator, right) => self.compares(left, operator, right, io).await?,
            })
        })
    }

    async fn compares(&self, left: &Word, operator: &str, right: &Word, io: &Stdio) -> Result<bool, Stop> {
        let (left, _) = self.value(left, io).await?;
        Ok(match operator {
            "=" | "==" => self.matches(&self.pattern(right, io).await?, &left, true)?,
            "!=" => !self.matches(&self.pattern(right, io).await?, &left, true)?,
            "=~" => self.matches_regex(&left, right, io).await?,
            "<" => left < self.value(right, io).await?.0,
            ">" => left > self.value(right, io).await?.0,
            "-nt" | "-ot" => {
                let (right, _) = self.value(right, io).await?;
                test::is_newer(&left, &right, operator == "-ot", &self.place(io))
            }
            operator => {
                let (left, right) = (self.arithmetic(&left)?, self.number(right, io).await?);
                test::compare(operator, left, right)
            }
        })
    }

    async fn matches_regex(&self, left: &str, right: &Word, io: &Stdio) -> Result<bool, Stop> {
        // What was quoted is plain in a pattern, and so in the regular expression.
        let quoted = right.parts.iter().any(|part| part.quoted);
        let pattern = match quoted {
            true => self.pattern(right, io).await?,
            false => self.value(right, io).await?.0,
        };
        let translated = regex::extended(&pattern);
        let Some(regex) = translated.ok().and_then(|pattern| Regex::new(&pattern).ok()) else {
            return Err(Stop::error("syntax error in conditional expression", 2));
        };
        regex::pay(&regex, left, &self.machine.meter).map_err(|text| Stop::error(text, 2))?;
        let found = regex.captures(left);
        let groups = found.iter().flat_map(|found| found.iter());
        let groups: Vec<String> =
            groups.map(|group| group.map_or("", |group| group.as_str()).to_owned()).collect();
        self.put("BASH_REMATCH", Value::List(groups.into()))?;
        Ok(found.is_some())
    }

    fn matches(&self, pattern: &str, text: &str, extglob: bool) -> Result<bool, Stop> {
        let text: Vec<char> = text.chars().collect();
        self.matched(|steps| Pattern::new(pattern, extglob).matches(&text, steps))
    }

    /// Where the conditions about files and terminals look.
    fn place<'a>(&'a self, io: &'a Stdio) -> test::Place<'a> {
        test::Place { files: &self.machine.files, folder: self.state().folder.clone(), stdio: io }
    }
}
