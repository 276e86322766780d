//! Executes programs of `awk`.

use std::collections::HashMap;
use std::rc::Rc;

use regex_lite::Regex;

use super::machine::{Done, Machine, Stop, error};
use super::syntax::*;
use super::value::{Value, format};
use crate::base::files::FileWriter;
use crate::base::stdio::BUFFER_LIMIT;

/// What a call, and a key that is looked at, take, in bytes copied.
const CALL_COST: usize = 256;
const KEY_COST: usize = 64;

/// How deeply functions may call each other.
const CALLS_MAX: usize = 40;

type Evaluated = Result<Value, Stop>;

impl Machine<'_> {
    /// Runs statements from the beginning of a rule.
    pub(super) fn run(&mut self, statements: &[Statement]) -> Done {
        self.steps = 0;
        self.block(statements)
    }

    /// The program of a regular expression, or of the text of another expression.
    pub(super) fn regex_of(&mut self, expression: &Expression) -> Result<Rc<Regex>, Stop> {
        match expression {
            Expression::Regex(regex) => Ok(Rc::new(regex.clone())),
            other => {
                let text = self.evaluate(other)?.text();
                self.regex(&text)
            }
        }
    }

    fn key(&mut self, index: &[Expression]) -> Result<String, Stop> {
        let mut keys = Vec::new();
        for part in index {
            keys.push(self.evaluate(part)?.text());
        }
        Ok(keys.join(&self.get("SUBSEP").text()))
    }

    fn block(&mut self, statements: &[Statement]) -> Done {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    /// Runs the body of a loop. Returns whether the loop goes on.
    fn iteration(&mut self, body: &[Statement]) -> Result<bool, Stop> {
        match self.block(body) {
            Ok(()) | Err(Stop::Continue) => Ok(true),
            Err(Stop::Break) => Ok(false),
            Err(other) => Err(other),
        }
    }

    fn statement(&mut self, statement: &Statement) -> Done {
        self.step()?;
        match statement {
            Statement::Expression(expression) => _ = self.evaluate(expression)?,
            Statement::Print { values, formatted, target } => {
                self.print(values, *formatted, target.as_ref())?
            }
            Statement::If(condition, body, otherwise) => {
                let holds = self.evaluate(condition)?.holds();
                self.block(if holds { body } else { otherwise })?;
            }
            Statement::While(..) | Statement::DoWhile(..) | Statement::For(..) | Statement::ForIn(..) => {
                self.loops(statement)?
            }
            Statement::Block(body) => self.block(body)?,
            Statement::Next => return Err(Stop::Next),
            Statement::Exit(status) => {
                if let Some(status) = status {
                    self.status = self.evaluate(status)?.number() as i32 & 0xff;
                }
                return Err(Stop::Exit);
            }
            Statement::Return(value) => {
                let value = match value {
                    Some(value) => self.evaluate(value)?,
                    None => Value::Nothing,
                };
                return Err(Stop::Return(value));
            }
            Statement::Break => return Err(Stop::Break),
            Statement::Continue => return Err(Stop::Continue),
            Statement::Delete(name, index) if index.is_empty() => self.list(name).clear(),
            Statement::Delete(name, index) => {
                let key = self.key(index)?;
                self.list(name).remove(&key);
            }
        }
        Ok(())
    }

    fn loops(&mut self, statement: &Statement) -> Done {
        match statement {
            Statement::While(condition, body) => {
                while self.evaluate(condition)?.holds() && self.iteration(body)? {
                    self.step()?;
                }
            }
            Statement::DoWhile(body, condition) => {
                while self.iteration(body)? && self.evaluate(condition)?.holds() {
                    self.step()?;
                }
            }
            Statement::For(first, condition, step, body) => {
                if let Some(first) = first {
                    self.statement(first)?;
                }
                loop {
                    self.step()?;
                    if let Some(condition) = condition
                        && !self.evaluate(condition)?.holds()
                    {
                        break;
                    }
                    if !self.iteration(body)? {
                        break;
                    }
                    if let Some(step) = step {
                        self.statement(step)?;
                    }
                }
            }
            Statement::ForIn(name, list, body) => {
                let count = self.list(list).len();
                self.work(count * KEY_COST)?;
                let keys: Vec<String> = self.list(list).keys().cloned().collect();
                for key in keys {
                    self.set(name, Value::Input(key))?;
                    if !self.iteration(body)? {
                        break;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn print(&mut self, values: &[Expression], formatted: bool, target: Option<&Target>) -> Done {
        let mut evaluated = Vec::new();
        for value in values {
            evaluated.push(self.evaluate(value)?);
        }
        let text = match (formatted, evaluated.split_first()) {
            (true, Some((first, values))) => format(&first.text(), values).map_err(error)?,
            (true, None) => return Err(error("printf without a format")),
            (false, None) => self.fields[0].clone() + &self.get("ORS").text(),
            (false, Some(_)) => {
                let texts: Vec<String> = evaluated.iter().map(Value::text).collect();
                texts.join(&self.get("OFS").text()) + &self.get("ORS").text()
            }
        };
        let Some(target) = target else {
            self.call.stdio.stdout.print(&text);
            return Ok(());
        };
        let name = self.evaluate(&target.file)?.text();
        match name.as_str() {
            "/dev/stderr" => self.call.stdio.stderr.print(&text),
            "/dev/stdout" | "-" => self.call.stdio.stdout.print(&text),
            name => {
                if !self.files.contains_key(name) {
                    let opened =
                        FileWriter::open(&self.call.machine.files, &self.call.path(name), target.append);
                    self.files
                        .insert(name.to_owned(), opened.map_err(|wrong| error(format!("{name}: {wrong}")))?);
                }
                if let Some(file) = self.files.get(name) {
                    file.write(text.as_bytes());
                }
            }
        }
        Ok(())
    }

    pub(super) fn evaluate(&mut self, expression: &Expression) -> Evaluated {
        let value = self.value_of(expression)?;
        if let Value::Text(text) | Value::Input(text) = &value {
            self.work(text.len())?;
        }
        Ok(value)
    }

    fn value_of(&mut self, expression: &Expression) -> Evaluated {
        let truth = |holds: bool| Ok(Value::Number(f64::from(u8::from(holds))));
        match expression {
            Expression::Number(number) => Ok(Value::Number(*number)),
            Expression::Text(text) => Ok(Value::Text(text.clone())),
            Expression::Regex(regex) => {
                let line = std::mem::take(&mut self.fields[0]);
                let paid = self.pay(regex, &line);
                let found = paid.is_ok() && regex.is_match(&line);
                self.fields[0] = line;
                paid?;
                truth(found)
            }
            Expression::Variable(name) => Ok(self.get(name)),
            Expression::Item(name, index) => {
                let key = self.key(index)?;
                self.count(key.len())?;
                Ok(self.list(name).entry(key).or_insert(Value::Nothing).clone())
            }
            Expression::Field(index) => {
                let index = self.evaluate(index)?.number();
                if index < 0.0 {
                    return Err(error("trying to access a field before $0"));
                }
                Ok(self.fields.get(index as usize).map_or(Value::Nothing, |text| Value::Input(text.clone())))
            }
            Expression::Assign(target, operator, value) => {
                let mut value = self.evaluate(value)?;
                if let Some(operator) = operator {
                    let left = self.evaluate(target)?.number();
                    value = Value::Number(calculate(*operator, left, value.number())?);
                }
                self.assign(target, value.clone())?;
                Ok(value)
            }
            Expression::Step(target, change, is_new) => {
                let old = self.evaluate(target)?.number();
                self.assign(target, Value::Number(old + change))?;
                Ok(Value::Number(if *is_new { old + change } else { old }))
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expression::Not(inner) => {
                let holds = self.evaluate(inner)?.holds();
                truth(!holds)
            }
            Expression::Negative(inner) => Ok(Value::Number(-self.evaluate(inner)?.number())),
            Expression::Positive(inner) => Ok(Value::Number(self.evaluate(inner)?.number())),
            Expression::Match(text, regex, negated) => {
                let text = self.evaluate(text)?.text();
                let regex = self.regex_of(regex)?;
                self.pay(&regex, &text)?;
                truth(regex.is_match(&text) != *negated)
            }
            Expression::In(index, name) => {
                let key = self.key(index)?;
                truth(self.list(name).contains_key(&key))
            }
            Expression::Choice(condition, one, other) => {
                let holds = self.evaluate(condition)?.holds();
                self.evaluate(if holds { one } else { other })
            }
            Expression::Group(inner) => self.evaluate(inner),
            Expression::Call(name, args) => self.call(name, args),
        }
    }

    fn binary(&mut self, operator: Binary, left: &Expression, right: &Expression) -> Evaluated {
        use std::cmp::Ordering;
        let truth = |holds: bool| Ok(Value::Number(f64::from(u8::from(holds))));
        if matches!(operator, Binary::And | Binary::Or) {
            let left = self.evaluate(left)?.holds();
            return match left == (operator == Binary::Or) {
                true => truth(left),
                false => truth(self.evaluate(right)?.holds()),
            };
        }
        let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
        let number = |sign: char| Ok(Value::Number(calculate(sign, left.number(), right.number())?));
        match operator {
            Binary::Add => number('+'),
            Binary::Subtract => number('-'),
            Binary::Multiply => number('*'),
            Binary::Divide => number('/'),
            Binary::Remainder => number('%'),
            Binary::Power => number('^'),
            Binary::Concatenate => {
                let text = left.text() + &right.text();
                if text.len() > BUFFER_LIMIT {
                    return Err(error("so much text is not simulated"));
                }
                Ok(Value::Text(text))
            }
            Binary::Less => truth(left.compare(&right) == Ordering::Less),
            Binary::LessEqual => truth(left.compare(&right) != Ordering::Greater),
            Binary::Equal => truth(left.compare(&right) == Ordering::Equal),
            Binary::NotEqual => truth(left.compare(&right) != Ordering::Equal),
            Binary::Greater => truth(left.compare(&right) == Ordering::Greater),
            Binary::GreaterEqual => truth(left.compare(&right) != Ordering::Less),
            Binary::And | Binary::Or => Ok(Value::Nothing),
        }
    }

    pub(super) fn assign(&mut self, target: &Expression, value: Value) -> Done {
        match target {
            Expression::Variable(name) => self.set(name, value),
            Expression::Item(name, index) => {
                let key = self.key(index)?;
                self.count(key.len() + value.text().len())?;
                self.list(name).insert(key, value);
                Ok(())
            }
            Expression::Field(index) => {
                let index = self.evaluate(index)?.number();
                if !(0.0..10_000.0).contains(&index) {
                    return Err(error("fields beyond 10000 are not simulated"));
                }
                let index = index as usize;
                if index == 0 {
                    return self.set_line(&value.text());
                }
                if self.fields.len() <= index {
                    self.fields.resize(index + 1, String::new());
                    let count = self.fields.len() - 1;
                    self.variables.insert("NF".to_owned(), Value::Number(count as f64));
                }
                self.fields[index] = value.text();
                self.join_fields()
            }
            _ => Err(error("assignment to something that is no variable")),
        }
    }

    fn call(&mut self, name: &str, args: &[Expression]) -> Evaluated {
        let program = self.program;
        let Some(function) = program.functions.iter().find(|function| function.name == name) else {
            return self.call_builtin(name, args);
        };
        if self.locals.len() >= CALLS_MAX {
            return Err(error(format!("functions deeper than {CALLS_MAX} are not simulated")));
        }
        if args.len() > function.parameters.len() {
            return Err(error(format!("function {name} called with too many arguments")));
        }
        self.work(CALL_COST)?;
        let (mut values, mut lists, mut lent) = (HashMap::new(), HashMap::new(), Vec::new());
        for (at, parameter) in function.parameters.iter().enumerate() {
            let value = match args.get(at) {
                // A list is lent to the function and given back.
                Some(Expression::Variable(list)) if matches!(self.get(list), Value::Nothing) => {
                    let items = std::mem::take(self.list(list));
                    lists.insert(parameter.clone(), items);
                    lent.push((parameter.clone(), list.clone()));
                    Value::Nothing
                }
                Some(arg) => self.evaluate(arg)?,
                None => Value::Nothing,
            };
            values.insert(parameter.clone(), value);
        }
        self.locals.push((values, lists));
        let done = self.block(&function.body);
        let (_, mut lists) = self.locals.pop().unwrap_or_default();
        for (parameter, list) in lent {
            *self.list(&list) = lists.remove(&parameter).unwrap_or_default();
        }
        match done {
            Ok(()) => Ok(Value::Nothing),
            Err(Stop::Return(value)) => Ok(value),
            Err(other) => Err(other),
        }
    }
}

fn calculate(operator: char, left: f64, right: f64) -> Result<f64, Stop> {
    Ok(match operator {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' | '%' if right == 0.0 => return Err(error("division by zero")),
        '/' => left / right,
        '%' => left % right,
        _ => left.powf(right),
    })
}
