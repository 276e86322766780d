//! Parameter expansion: the values of variables, positional and special parameters, and what `${…}` makes of them.

use super::jobs::SHELL_PID;
use super::outcome::Stop;
use super::pattern::{Pattern, Steps};
use super::state::Shell;
use super::syntax::{Form, Index, Parameter, Place, Word};
use crate::base::{Cost, Stdio};

/// The longest value that patterns are looked for in, in characters.
const PATTERN_TEXT_MAX: usize = 100_000;

/// Steps of matching that cost as much as a command.
const STEPS_PER_COMMAND: u64 = 1024;

/// The result of a parameter expansion.
pub(super) enum ParameterValue<'a> {
    Value(String),
    /// Of `$@` and the like.
    Items {
        items: Vec<String>,
        /// Of `$*` and the like.
        joined: bool,
    },
    /// The word behind `-` or `+`, to be expanded by its own quotes.
    Word(&'a Word),
}

impl Shell {
    pub(super) async fn parameter<'a>(
        &self,
        parameter: &'a Parameter,
        io: &Stdio,
    ) -> Result<ParameterValue<'a>, Stop> {
        let name = parameter.name.as_str();
        let joined = name == "*" || parameter.index == Some(Index::Joined);
        let is_list = joined || name == "@" || parameter.index == Some(Index::Each);
        let mut items = match (&parameter.index, is_list) {
            (_, true) if matches!(name, "@" | "*") => self.state().positional.clone(),
            (_, true) if parameter.form == Form::Keys => self.state().list(name).keys(),
            (_, true) => self.state().list(name).values(),
            (Some(Index::At(word)), _) => {
                let key = self.list_key(name, word, io).await?;
                key.and_then(|key| self.state().list(name).get(&key).map(str::to_owned)).into_iter().collect()
            }
            _ => self.variable(name).into_iter().collect(),
        };
        let is_set = |empty_too: bool| items.iter().any(|item| !empty_too || !item.is_empty());
        match &parameter.form {
            Form::Bad => return Err(Stop::error("${}: bad substitution", 1)),
            Form::Default { word, empty_too } if !is_set(*empty_too) => {
                return Ok(ParameterValue::Word(word));
            }
            Form::Assign { word, empty_too } if !is_set(*empty_too) => {
                let (value, _) = self.value(word, io).await?;
                self.assign(name, &value)?;
                return Ok(ParameterValue::Value(value));
            }
            Form::Required { word, empty_too } if !is_set(*empty_too) => {
                let (text, _) = self.value(word, io).await?;
                let text = if text.is_empty() { "parameter null or not set".to_owned() } else { text };
                return Err(self.fatal(format!("{name}: {text}")));
            }
            Form::Alternative { word, empty_too } if is_set(*empty_too) => {
                return Ok(ParameterValue::Word(word));
            }
            Form::Alternative { .. } => return Ok(ParameterValue::Value(String::new())),
            Form::Length if items.is_empty() && !self.state().options.unset_is_error => {
                return Ok(ParameterValue::Value("0".to_owned()));
            }
            Form::Length if is_list => return Ok(ParameterValue::Value(items.len().to_string())),
            _ if items.is_empty() && !is_list && self.state().options.unset_is_error => {
                return Err(self.fatal(format!("{name}: unbound variable")));
            }
            Form::Indirect => {
                let other = items.pop().unwrap_or_default();
                return Ok(ParameterValue::Value(self.variable(&other).unwrap_or_default()));
            }
            Form::Substring { offset, length } if is_list => {
                if matches!(name, "@" | "*") {
                    items.insert(0, "bash".to_owned());
                }
                items = self.slice(items, offset, length.as_ref(), io).await?;
            }
            form => {
                for item in &mut items {
                    *item = self.transformed(std::mem::take(item), form, io).await?;
                }
            }
        }
        Ok(match is_list {
            true => ParameterValue::Items { items, joined },
            false => ParameterValue::Value(items.pop().unwrap_or_default()),
        })
    }

    /// An error that ends a script with another status than a line.
    fn fatal(&self, message: String) -> Stop {
        Stop::fatal(message, if self.is_interactive { 1 } else { 127 })
    }

    /// What a form makes of a value.
    async fn transformed(&self, value: String, form: &Form, io: &Stdio) -> Result<String, Stop> {
        Ok(match form {
            Form::Length => value.chars().count().to_string(),
            Form::Quoted => format!("'{}'", value.replace('\'', "'\\''")),
            Form::Remove { pattern, at_end, longest } => {
                let extglob = self.state().options.extglob;
                let pattern = Pattern::new(&self.pattern(pattern, io).await?, extglob);
                let text = characters(&value)?;
                self.matched(|steps| remove(&text, pattern, *at_end, *longest, steps))?
            }
            Form::Replace { pattern, with, place } => {
                let pattern = self.pattern(pattern, io).await?;
                let (with, _) = self.value(with, io).await?;
                match (pattern.is_empty(), place) {
                    (true, Place::Start) => return Ok(with + &value),
                    (true, Place::End) => return Ok(value + &with),
                    (true, Place::First | Place::All) => return Ok(value),
                    (false, _) => {}
                }
                let extglob = self.state().options.extglob;
                let (text, pattern) = (characters(&value)?, Pattern::new(&pattern, extglob));
                self.matched(|steps| replace(&text, pattern, &with, *place, steps))?
            }
            Form::Substring { offset, length } => {
                let chars: Vec<char> = value.chars().collect();
                self.slice(chars, offset, length.as_ref(), io).await?.into_iter().collect()
            }
            Form::Case { upper, all } => {
                let mut chars = value.chars();
                let changed =
                    if *all { value.as_str() } else { &value[..chars.next().map_or(0, char::len_utf8)] };
                let rest = &value[changed.len()..];
                let changed = if *upper { changed.to_uppercase() } else { changed.to_lowercase() };
                changed + rest
            }
            _ => value,
        })
    }

    /// What comes of matching patterns, which is paid for.
    pub(super) fn matched<T>(&self, work: impl FnOnce(&mut Steps) -> T) -> Result<T, Stop> {
        let mut steps = Steps::new();
        let result = work(&mut steps);
        let taken = Steps::MAX - steps.left();
        if steps.left() == 0 || !self.machine.meter.spend(Cost::Commands, taken / STEPS_PER_COMMAND) {
            return Err(Stop::error("so much matching is not simulated", 1));
        }
        Ok(result)
    }

    /// The part of a list from an offset on, with a length, either of which may count from the end.
    async fn slice<T>(
        &self,
        mut all: Vec<T>,
        offset: &Word,
        length: Option<&Word>,
        io: &Stdio,
    ) -> Result<Vec<T>, Stop> {
        let count = all.len() as i64;
        let offset = self.number(offset, io).await?;
        let begin = if offset < 0 { count + offset } else { offset.min(count) };
        if begin < 0 {
            return Ok(Vec::new());
        }
        let end = match length {
            None => count,
            Some(length) => match self.number(length, io).await? {
                length if length < 0 => count + length,
                length => (begin + length).min(count),
            },
        };
        if end < begin {
            return Err(Stop::error(format!("{}: substring expression < 0", end - begin), 1));
        }
        all.truncate(end as usize);
        all.drain(..begin as usize);
        Ok(all)
    }

    /// The value of a variable, a positional or a special parameter.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let clock = &self.machine.clock;
        if let Ok(number) = name.parse::<usize>() {
            return match number {
                0 => Some(self.state().name.clone()),
                number => self.state().positional.get(number - 1).cloned(),
            };
        }
        match name {
            "?" => Some(self.state().status.to_string()),
            "!" => self.jobs.last_background_pid().map(|process| process.to_string()),
            "$" => Some(SHELL_PID.to_string()),
            "#" => Some(self.state().positional.len().to_string()),
            "@" | "*" => Some(self.state().positional.join(" ")),
            "-" => Some(if self.is_interactive { "himBHs" } else { "hBc" }.to_owned()),
            "PWD" => Some(self.state().folder.clone()),
            "RANDOM" => Some(self.machine.ids.below(1 << 15).to_string()),
            "SECONDS" => Some(clock.now().since(self.state().began).as_secs().to_string()),
            "EPOCHSECONDS" => Some((clock.now().nanos() / 1_000_000_000).to_string()),
            "FUNCNAME" => self.state().running.last().cloned(),
            "LINENO" => Some("1".to_owned()),
            "OPTIND" => Some(self.state().get(name).unwrap_or("1").to_owned()),
            "BASH_VERSION" => Some("5.2.15(1)-release".to_owned()),
            name => self.state().get(name).map(str::to_owned),
        }
    }
}

fn characters(value: &str) -> Result<Vec<char>, Stop> {
    let chars: Vec<char> = value.chars().collect();
    match chars.len() > PATTERN_TEXT_MAX {
        true => {
            Err(Stop::error(format!("patterns in values over {PATTERN_TEXT_MAX} characters: use sed"), 1))
        }
        false => Ok(chars),
    }
}

/// The text without what matches at one of its ends.
fn remove(text: &[char], pattern: Pattern, at_end: bool, longest: bool, steps: &mut Steps) -> String {
    let count = match at_end {
        true => pattern.reversed().prefix(&mut text.iter().rev().copied(), longest, steps),
        false => pattern.prefix(&mut text.iter().copied(), longest, steps),
    };
    let count = count.unwrap_or(0);
    let rest = if at_end { &text[..text.len() - count] } else { &text[count..] };
    rest.iter().collect()
}

/// The text with its longest matches replaced.
fn replace(text: &[char], pattern: Pattern, with: &str, place: Place, steps: &mut Steps) -> String {
    if place == Place::End {
        let count = pattern.reversed().prefix(&mut text.iter().rev().copied(), true, steps);
        let Some(count) = count else { return text.iter().collect() };
        return text[..text.len() - count].iter().collect::<String>() + with;
    }
    let (mut replaced, mut at) = (String::new(), 0);
    while at < text.len() && steps.left() > 0 {
        let found = pattern.prefix(&mut text[at..].iter().copied(), true, steps);
        match found.filter(|count| *count > 0) {
            Some(count) => {
                replaced.push_str(with);
                at += count;
                if place != Place::All {
                    break;
                }
            }
            None if place == Place::Start => break,
            None => {
                replaced.push(text[at]);
                at += 1;
            }
        }
    }
    replaced.extend(&text[at..]);
    replaced
}
