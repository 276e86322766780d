//! Values into fields, strictly as the real server does it: names in any case, unknown ones refused, and a wrong type
//! told with the path to it.

use std::collections::BTreeMap;

use super::Json;
use crate::base::Time;
use crate::gofmt::{self, Nanos, quote};

/// Why a value does not fit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    /// Said as it is.
    Text(String),
    /// A wrong type: what was found, what was wanted, and the steps to it, the last first.
    Type { found: String, wanted: &'static str, path: Vec<Step> },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Field(String),
    Item(usize),
}

pub(crate) type Set = Result<(), Problem>;

impl Problem {
    pub(crate) fn unknown(name: &str) -> Problem {
        Problem::Text(format!("json: unknown field {}", quote(name)))
    }

    fn within(self, step: Step) -> Problem {
        match self {
            Problem::Type { found, wanted, mut path } => {
                path.push(step);
                Problem::Type { found, wanted, path }
            }
            text => text,
        }
    }

    /// The text, where `root` is the type of the whole body.
    pub(crate) fn tell(self, root: &str) -> String {
        let (found, wanted, path) = match self {
            Problem::Text(text) => return text,
            Problem::Type { found, wanted, path } => (found, wanted, path),
        };
        let place = match path.first() {
            None => return format!("json: cannot unmarshal {found} into Go value of type {wanted}"),
            Some(Step::Field(_)) => "Go struct field ",
            Some(Step::Item(_)) => "",
        };
        let steps = path.iter().rev().map(|step| match step {
            Step::Field(name) => format!(".{name}"),
            Step::Item(index) => format!(".{index}"),
        });
        let steps: String = steps.collect();
        format!("json: cannot unmarshal {found} into {place}{root}{steps} of type {wanted}")
    }
}

impl<'a> Json<'a> {
    /// Gives every field of an object to `set`, its name in lower case; `Ok(false)` says that it is unknown.
    pub(crate) fn fields(
        &self,
        wanted: &'static str,
        set: &mut dyn FnMut(&str, &Json<'a>) -> Result<bool, Problem>,
    ) -> Set {
        let fields = match self {
            Json::Null => return Ok(()),
            Json::Object(fields) => fields,
            other => return other.mismatch(wanted),
        };
        for (name, value) in fields {
            let lower = name.to_ascii_lowercase();
            match set(&lower, value) {
                Ok(true) => {}
                Ok(false) => return Err(Problem::unknown(name)),
                Err(problem) => return Err(problem.within(Step::Field(lower))),
            }
        }
        Ok(())
    }

    /// Gives every item of a list to `set`.
    pub(crate) fn items(&self, wanted: &'static str, set: &mut dyn FnMut(&Json<'a>) -> Set) -> Set {
        let items = match self {
            Json::Null => return Ok(()),
            Json::List(items) => items,
            other => return other.mismatch(wanted),
        };
        for (index, item) in items.iter().enumerate() {
            set(item).map_err(|problem| problem.within(Step::Item(index)))?;
        }
        Ok(())
    }

    pub(crate) fn text(&self, to: &mut String) -> Set {
        match self {
            Json::Null => Ok(()),
            Json::Text(text) => {
                *to = text.clone().into_owned();
                Ok(())
            }
            other => other.mismatch("string"),
        }
    }

    /// A text of which the empty one is none.
    pub(crate) fn text_or_none(&self, to: &mut Option<String>) -> Set {
        let mut text = to.take().unwrap_or_default();
        self.text(&mut text)?;
        *to = (!text.is_empty()).then_some(text);
        Ok(())
    }

    pub(crate) fn texts(&self, to: &mut Vec<String>) -> Set {
        to.clear();
        self.items("[]string", &mut |item| {
            let mut text = String::new();
            item.text(&mut text)?;
            to.push(text);
            Ok(())
        })
    }

    pub(crate) fn truth(&self, to: &mut bool) -> Set {
        match self {
            Json::Null => Ok(()),
            Json::Bool(truth) => {
                *to = *truth;
                Ok(())
            }
            other => other.mismatch("bool"),
        }
    }

    pub(crate) fn int(&self, to: &mut i64) -> Set {
        self.integer("int", to)
    }

    /// A signed number; `wanted` is Go's name for the type.
    pub(crate) fn integer(&self, wanted: &'static str, to: &mut i64) -> Set {
        let number = match self {
            Json::Null => return Ok(()),
            Json::Number(text) => {
                text.parse().ok().filter(|n| wanted != "int32" || i32::try_from(*n).is_ok())
            }
            other => return other.mismatch(wanted),
        };
        match number {
            Some(number) => *to = number,
            None => return self.out_of_range(wanted),
        }
        Ok(())
    }

    pub(crate) fn unsigned(&self, to: &mut u64) -> Set {
        match self {
            Json::Null => Ok(()),
            Json::Number(text) => match text.parse() {
                Ok(number) => {
                    *to = number;
                    Ok(())
                }
                Err(_) => self.out_of_range("uint64"),
            },
            other => other.mismatch("uint64"),
        }
    }

    pub(crate) fn nanos(&self, to: &mut Nanos) -> Set {
        self.integer("time.Duration", &mut to.0)
    }

    pub(crate) fn time(&self, to: &mut Option<Time>) -> Set {
        match self {
            Json::Null => {
                *to = None;
                Ok(())
            }
            Json::Text(text) => {
                let time =
                    gofmt::time::parse(text.as_ref()).map_err(|error| Problem::Text(error.to_string()))?;
                *to = Some(time);
                Ok(())
            }
            other => other.mismatch("time.Time"),
        }
    }

    pub(crate) fn map(&self, to: &mut BTreeMap<String, String>) -> Set {
        let Json::Object(fields) = self else {
            return if *self == Json::Null { Ok(()) } else { self.mismatch("map[string]string") };
        };
        for (name, value) in fields {
            let mut text = String::new();
            value
                .text(&mut text)
                .map_err(|problem| problem.within(Step::Field(name.clone().into_owned())))?;
            to.insert(name.clone().into_owned(), text);
        }
        Ok(())
    }

    /// One of some words. What the real server says of another differs from type to type: `wrong` gets the JSON text.
    pub(crate) fn choice<T: Copy>(
        &self,
        choices: &[(&str, T)],
        to: &mut T,
        wrong: fn(&str) -> String,
    ) -> Set {
        let found = match self {
            Json::Text(text) => choices.iter().find(|(word, _)| word == text),
            _ => None,
        };
        match found {
            Some((_, choice)) => *to = *choice,
            None => return Err(Problem::Text(wrong(&self.source()))),
        }
        Ok(())
    }

    pub(crate) fn mismatch(&self, wanted: &'static str) -> Set {
        let found = match self {
            Json::Null => "null",
            Json::Bool(_) => "bool",
            Json::Number(_) => "number",
            Json::Text(_) => "string",
            Json::List(_) => "array",
            Json::Object(_) => "object",
        };
        Err(Problem::Type { found: found.to_owned(), wanted, path: Vec::new() })
    }

    fn out_of_range(&self, wanted: &'static str) -> Set {
        Err(Problem::Type { found: format!("number {}", self.source()), wanted, path: Vec::new() })
    }

    /// The value's text, as far as errors show it.
    fn source(&self) -> String {
        match self {
            Json::Null => "null".to_owned(),
            Json::Bool(truth) => truth.to_string(),
            Json::Number(text) => (*text).to_owned(),
            Json::Text(text) => quote(text.as_ref()),
            Json::List(_) => "[]".to_owned(),
            Json::Object(_) => "{}".to_owned(),
        }
    }
}
