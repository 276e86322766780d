//! The functions of `awk`.

use super::machine::{Machine, Stop, error};
use super::syntax::Expression;
use super::value::{Value, format};
use crate::base::stdio::BUFFER_LIMIT;

/// What a match that is replaced takes, in bytes copied, and what a part of a text takes in a list.
const MATCH_COST: usize = 128;
const PART_SIZE: usize = 64;

type Evaluated = Result<Value, Stop>;

impl Machine<'_> {
    /// Calls a function that `awk` has.
    pub(super) fn call_builtin(&mut self, name: &str, args: &[Expression]) -> Evaluated {
        let machine = self;
        let text = |machine: &mut Machine<'_>, at: usize| text_of(machine, args, at);
        let number = |machine: &mut Machine<'_>, at: usize| match args.get(at) {
            Some(arg) => machine.evaluate(arg).map(|value| value.number()),
            None => Ok(0.0),
        };
        let count = |count: usize| Ok(Value::Number(count as f64));
        match name {
            "length" => {
                if let Some(Expression::Variable(list)) = args.first()
                    && matches!(machine.get(list), Value::Nothing)
                {
                    return count(machine.list(list).len());
                }
                count(text(machine, 0)?.chars().count())
            }
            "substr" => {
                let chars: Vec<char> = text(machine, 0)?.chars().collect();
                let begin = number(machine, 1)?.round();
                let end = if args.len() > 2 { begin + number(machine, 2)?.round() } else { f64::MAX };
                let picked = (1..=chars.len()).filter(|at| (*at as f64) >= begin && (*at as f64) < end);
                Ok(Value::Text(picked.map(|at| chars[at - 1]).collect()))
            }
            "index" => {
                let (whole, part) = (text(machine, 0)?, text(machine, 1)?);
                count(whole.find(&part).map_or(0, |at| whole[..at].chars().count() + 1))
            }
            "split" => split(machine, args),
            "sub" | "gsub" => substitute(machine, args, name == "gsub"),
            "match" => find(machine, args),
            "sprintf" => {
                let mut values = Vec::new();
                for arg in args.iter().skip(1) {
                    values.push(machine.evaluate(arg)?);
                }
                let shape = text(machine, 0)?;
                format(&shape, &values).map(Value::Text).map_err(error)
            }
            "toupper" => Ok(Value::Text(text(machine, 0)?.to_uppercase())),
            "tolower" => Ok(Value::Text(text(machine, 0)?.to_lowercase())),
            "srand" | "fflush" | "close" => count(0),
            "systime" => Ok(Value::Number((machine.call.machine.clock.now().nanos() / 1_000_000_000) as f64)),
            _ => {
                let (first, second) = (number(machine, 0)?, number(machine, 1)?);
                numeric(machine, name, first, second).map(Value::Number)
            }
        }
    }
}

/// `sub` and `gsub`: replaces matches in a variable, or in the line. Returns how many.
fn substitute(machine: &mut Machine<'_>, args: &[Expression], all: bool) -> Evaluated {
    let [regex, with, ..] = args else { return Err(error("sub and gsub need a pattern and a text")) };
    let regex = machine.regex_of(regex)?;
    let with = machine.evaluate(with)?.text();
    let line = Expression::Field(Box::new(Expression::Number(0.0)));
    let target = args.get(2).unwrap_or(&line);
    let whole = machine.evaluate(target)?.text();
    machine.pay(&regex, &whole)?;
    let (mut changed, mut from, mut count) = (String::new(), 0, 0);
    for found in regex.find_iter(&whole) {
        count += 1;
        machine.work(MATCH_COST + with.len())?;
        if changed.len() > BUFFER_LIMIT {
            return Err(error("so much text is not simulated"));
        }
        changed.push_str(&whole[from..found.start()]);
        let mut chars = with.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\\' if matches!(chars.peek(), Some('&' | '\\')) => changed.extend(chars.next()),
                '&' => {
                    machine.work(found.len())?;
                    changed.push_str(found.as_str());
                }
                other => changed.push(other),
            }
        }
        from = found.end();
        if !all {
            break;
        }
    }
    if count > 0 {
        changed.push_str(&whole[from..]);
        machine.assign(target, Value::Text(changed))?;
    }
    Ok(Value::Number(f64::from(count)))
}

fn numeric(machine: &Machine<'_>, name: &str, first: f64, second: f64) -> Result<f64, Stop> {
    let below = 1_u64 << 32;
    Ok(match name {
        "int" => first.trunc(),
        "sqrt" => first.sqrt(),
        "exp" => first.exp(),
        "log" => first.ln(),
        "sin" => first.sin(),
        "cos" => first.cos(),
        "atan2" => first.atan2(second),
        "rand" => machine.call.machine.ids.below(below) as f64 / below as f64,
        "systime" => (machine.call.machine.clock.now().nanos() / 1_000_000_000) as f64,
        _ => return Err(error(format!("the function {name} is not simulated"))),
    })
}

/// The text of an argument, or the line.
fn text_of(machine: &mut Machine<'_>, args: &[Expression], at: usize) -> Result<String, Stop> {
    match args.get(at) {
        Some(arg) => machine.evaluate(arg).map(|value| value.text()),
        None => Ok(machine.fields[0].clone()),
    }
}

/// `split(text, list, separator)`: puts the parts into a list. Returns how many.
fn split(machine: &mut Machine<'_>, args: &[Expression]) -> Evaluated {
    let whole = text_of(machine, args, 0)?;
    let Some(Expression::Variable(list)) = args.get(1) else {
        return Err(error("split needs a list"));
    };
    let parts = match args.get(2) {
        _ if whole.is_empty() => Vec::new(),
        Some(Expression::Regex(regex)) => {
            machine.pay(regex, &whole)?;
            regex.split(&whole).map(str::to_owned).collect()
        }
        Some(separator) => {
            let separator = machine.evaluate(separator)?.text();
            machine.split(&whole, &separator)?
        }
        None => {
            let separator = machine.get("FS").text();
            machine.split(&whole, &separator)?
        }
    };
    let length = parts.len();
    machine.count(whole.len() + length * PART_SIZE)?;
    machine.work(length * PART_SIZE)?;
    let items = parts.into_iter().enumerate().map(|(at, part)| ((at + 1).to_string(), Value::Input(part)));
    *machine.list(list) = items.collect();
    Ok(Value::Number(length as f64))
}

/// `match(text, pattern)`: where a match is.
fn find(machine: &mut Machine<'_>, args: &[Expression]) -> Evaluated {
    let whole = text_of(machine, args, 0)?;
    let regex = args.get(1).ok_or_else(|| error("match needs a pattern"))?;
    let regex = machine.regex_of(regex)?;
    machine.pay(&regex, &whole)?;
    let found = regex.find(&whole).map(|found| {
        (whole[..found.start()].chars().count() + 1, whole[found.start()..found.end()].chars().count())
    });
    let (start, length) = found.map_or((0.0, -1.0), |(start, length)| (start as f64, length as f64));
    machine.set("RSTART", Value::Number(start))?;
    machine.set("RLENGTH", Value::Number(length))?;
    Ok(Value::Number(start))
}
