//! The templates in message bodies: a small part of Go's, with the functions that the real command offers.

use crate::base::Ids;
use crate::cli::Env;
use crate::gofmt::{self, quote};

/// What a template may speak of.
pub struct Facts<'a> {
    pub env: &'a Env,
    /// The number of the message.
    pub count: i64,
    /// What was asked, in an answer.
    pub request: Option<&'a str>,
}

/// The text with its actions replaced, or what is wrong with it.
pub fn expand(text: &str, facts: &Facts) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    let mut line = 1;
    // Everything is read before anything is done, so that an error comes before its effects.
    let mut parts = Vec::new();
    while let Some((before, after)) = rest.split_once("{{") {
        line += before.matches('\n').count();
        let wrong = |message: String| format!("template: body:{line}: {message}");
        let (action, after) = after.split_once("}}").ok_or_else(|| wrong("unclosed action".to_owned()))?;
        let (trim_left, action) = action.strip_prefix("- ").map_or((false, action), |action| (true, action));
        let (trim_right, action) = action.strip_suffix(" -").map_or((false, action), |action| (true, action));
        let before = if trim_left { before.trim_end() } else { before };
        let column = text.len() - rest.len() + before.len() + 2;
        parts.push((before, Action::read(action).map_err(wrong)?, line, column));
        rest = if trim_right { after.trim_start() } else { after };
    }
    for (before, action, line, column) in parts {
        out.push_str(before);
        let wrong =
            |message: String| format!("template: body:{line}:{column}: executing \"body\" at {message}");
        out.push_str(&action.run(facts).map_err(wrong)?);
    }
    out.push_str(rest);
    Ok(out)
}

enum Action {
    Count,
    Unix,
    UnixNano,
    TimeStamp,
    Time,
    Id,
    Request,
    /// Random letters and digits, between `a` and `b` of them.
    Random {
        text: String,
        a: u64,
        b: u64,
    },
    Text(String),
    Nothing,
    /// A field that there is not.
    Unknown(String),
}

/// The longest random text: more than any server takes as a message.
const RANDOM_MAX: u64 = (64 << 20) + 1;

/// A random text. The errors are those of Go, where lengths are signed.
fn random(least: u64, most: u64, ids: &Ids) -> Result<String, &'static str> {
    let length = match (most - least) as i64 {
        0 => least,
        i64::MAX | ..0 => return Err("invalid argument to IntN"),
        span => least + ids.below(span as u64 + 1),
    };
    if length >= 1 << 46 {
        return Err("runtime error: makeslice: len out of range");
    }
    Ok(ids.short(length.min(RANDOM_MAX) as usize))
}

fn length(argument: &str) -> Result<u64, String> {
    argument.parse().map_err(|_| match argument.bytes().all(|b| b.is_ascii_digit()) {
        true => format!("integer overflow: {}", quote(argument)),
        false => format!("function {} not defined", quote(argument)),
    })
}

impl Action {
    fn read(action: &str) -> Result<Action, String> {
        let words: Vec<&str> = action.split_whitespace().collect();
        let Some((first, arguments)) = words.split_first() else {
            return Err("missing value for command".to_owned());
        };
        if first.starts_with("/*") {
            return Ok(Action::Nothing);
        }
        let (field, name) = first.strip_prefix('.').map_or((false, *first), |name| (true, name));
        Ok(match name {
            "Count" | "Cnt" => Action::Count,
            "Unix" => Action::Unix,
            "UnixNano" => Action::UnixNano,
            "TimeStamp" => Action::TimeStamp,
            "Time" => Action::Time,
            "ID" => Action::Id,
            "Request" => Action::Request,
            "Random" if !field => match *arguments {
                [negative, _] | [_, negative] if negative.parse().is_ok_and(|number: i64| number < 0) => {
                    Action::Unknown(format!("<{negative}>: expected unsigned integer; found {negative}"))
                }
                [a, b] => Action::Random { text: action.trim().to_owned(), a: length(a)?, b: length(b)? },
                _ => Action::Unknown(format!(
                    "<Random>: wrong number of args for Random: want 2 got {}",
                    arguments.len()
                )),
            },
            _ if field => {
                Action::Unknown(format!("<.{name}>: can't evaluate field {name} in type *util.pubData"))
            }
            text if text.starts_with('"') => Action::Text(action.trim().trim_matches('"').to_owned()),
            text if text.parse::<i64>().is_ok() => Action::Text(text.to_owned()),
            _ => return Err(format!("function {} not defined", quote(name))),
        })
    }

    fn run(&self, facts: &Facts) -> Result<String, String> {
        let Env { clock, ids, zone, .. } = facts.env;
        let now = clock.now();
        Ok(match self {
            Action::Count => facts.count.to_string(),
            Action::Unix => (now.nanos() / 1_000_000_000).to_string(),
            Action::UnixNano => now.nanos().to_string(),
            Action::TimeStamp => gofmt::time::rfc3339_in(now, zone),
            Action::Time => gofmt::time::kitchen(now, zone),
            Action::Id => ids.nuid(),
            Action::Request => facts.request.unwrap_or_default().to_owned(),
            Action::Random { text, a, b } => {
                let random = random(*a.min(b), *a.max(b), &facts.env.ids);
                random.map_err(|error| format!("<{text}>: error calling Random: {error}"))?
            }
            Action::Text(text) => text.clone(),
            Action::Nothing => String::new(),
            Action::Unknown(message) => return Err(message.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As nats 0.5.1 does.
    #[test]
    fn lengths_of_random_texts_are_bounded() {
        let ids = Ids::new(1);
        assert_eq!(random(0, u64::MAX, &ids), Err("invalid argument to IntN"));
        assert_eq!(random(0, i64::MAX as u64, &ids), Err("invalid argument to IntN"));
        let too_long = Err("runtime error: makeslice: len out of range");
        assert_eq!(random(1 << 63, 1 << 63, &ids), too_long);
        assert_eq!(random(u64::MAX - 1, u64::MAX, &ids), too_long);
        assert_eq!(random(3, 3, &ids).map(|text| text.len()), Ok(3));
        assert_eq!(
            length("18446744073709551616"),
            Err("integer overflow: \"18446744073709551616\"".to_owned())
        );
    }
}
