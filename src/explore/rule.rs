//! What must hold in every order.

use crate::lesson::Goal;
use crate::lesson::goal_form::GoalError;
use crate::programs::Status;

/// A line of the fence `rules`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its number in the file, counted from 1.
    pub line: usize,
    pub text: String,
    pub kind: RuleKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// So many clients are inside of a section at once.
    AtMost { count: usize, section: String },
    /// At every moment.
    Always(Goal),
    /// When no client does anything any more.
    AtEnd(Goal),
    /// So many clients end, and with this status of their last line.
    ExactlyEnd { count: usize, status: Status },
    /// None waits for ever, and none runs in circles that nothing ends.
    EveryClientEnds,
    /// Whoever writes the key has read, written or been told of its last value.
    NoUpdateLost(Key),
    /// Whoever reads the key gets the last value that was acknowledged.
    Linearizable(Key),
}

/// A key in its bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub bucket: String,
    pub name: String,
}

const FORMS: &str = "a rule is `at most N in SECTION`, `always GOAL`, `at end GOAL`, `exactly N end with STATUS`, \
                     `every client ends`, `no update lost BUCKET KEY` or `linearizable BUCKET KEY`";

impl RuleKind {
    /// Reads a line; the error says why it is none.
    pub fn parse(line: &str) -> Result<RuleKind, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let key = |bucket: &str, name: &str| Key { bucket: bucket.to_owned(), name: name.to_owned() };
        match words[..] {
            ["at", "most", count, "in", section] => {
                Ok(RuleKind::AtMost { count: number(count)?, section: section.to_owned() })
            }
            ["always", ..] => Ok(RuleKind::Always(goal(line, "always")?)),
            ["at", "end", ..] => Ok(RuleKind::AtEnd(goal(line, "at end")?)),
            ["exactly", count, "end", "with", status] => {
                Ok(RuleKind::ExactlyEnd { count: number(count)?, status: number(status)? })
            }
            ["every", "client", "ends"] => Ok(RuleKind::EveryClientEnds),
            ["no", "update", "lost", bucket, name] => Ok(RuleKind::NoUpdateLost(key(bucket, name))),
            ["linearizable", bucket, name] => Ok(RuleKind::Linearizable(key(bucket, name))),
            _ => Err(FORMS.to_owned()),
        }
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("{word} is no number"))
}

/// The goal behind these words, which has to be about the server's state.
fn goal(line: &str, words: &str) -> Result<Goal, String> {
    // Blanks between the words do not matter, those in a value do.
    let rest = words
        .split(' ')
        .fold(line.trim_start(), |rest, word| rest.strip_prefix(word).unwrap_or(rest).trim_start());
    let goal = Goal::parse(rest.trim_end()).map_err(|error| match error {
        GoalError::Unknown(word) => format!("no goal begins with `{word}`; LESSONS.md lists them"),
        GoalError::Form(forms) => format!("write that goal as `{}`", forms.join("` or `")),
        other => other.to_string(),
    })?;
    if goal.holds(None).is_none() || goal.wants_absence() {
        return Err(format!("`{rest}` is about what has happened; a rule asks for what is so at a moment"));
    }
    Ok(goal)
}
