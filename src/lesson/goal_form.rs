//! How goals are written: one table, by which they are read, by which a line that is none is answered, and which the guide for
//! authors (LESSONS.md) lists.

use std::fmt;
use std::time::Duration;

use super::goal::{ConditionalWrite, Goal, Key, WatchStart};
use super::world_state::ContentionKind;

/// A way to write a goal.
pub struct GoalForm {
    /// Words that stand as they are, and parameters in capitals. What stands behind ` = ` may have blanks.
    pub pattern: &'static str,
    pub example: &'static str,
    make: fn(&Parameters<'_>) -> Result<Goal, GoalError>,
}

/// All of them.
pub const FORMS: &[GoalForm] = &[
    form("account seen", "account seen", |_| Ok(Goal::AccountSeen)),
    form("jetstream on", "jetstream on", |_| Ok(Goal::JetStream)),
    form("bucket BUCKET exists", "bucket my-kv exists", |it| Ok(Goal::BucketExists { bucket: it.bucket() })),
    form("bucket BUCKET gone", "bucket my-kv gone", |it| Ok(Goal::BucketGone { bucket: it.bucket() })),
    form("bucket BUCKET ttl = DURATION", "bucket locks ttl = 30s", |it| {
        Ok(Goal::BucketTtl { bucket: it.bucket(), ttl: it.duration()? })
    }),
    form("bucket BUCKET history = ENTRIES", "bucket books history = 3", |it| {
        Ok(Goal::BucketHistory { bucket: it.bucket(), entries: number(it.of("ENTRIES"))? })
    }),
    form("bucket BUCKET marker-ttl = DURATION", "bucket desks marker-ttl = 10s", |it| {
        Ok(Goal::BucketMarkerTtl { bucket: it.bucket(), ttl: it.duration()? })
    }),
    form("bucket BUCKET max-size = BYTES", "bucket small max-size = 150", |it| {
        Ok(Goal::BucketMaxSize { bucket: it.bucket(), bytes: number(it.of("BYTES"))? })
    }),
    form("bucket BUCKET max-value-size = BYTES", "bucket notes max-value-size = 10", |it| {
        Ok(Goal::BucketMaxValueSize { bucket: it.bucket(), bytes: number(it.of("BYTES"))? })
    }),
    form("bucket BUCKET mirrors ORIGIN", "bucket copy mirrors orders", |it| {
        Ok(Goal::BucketMirrors { bucket: it.bucket(), origin: it.of("ORIGIN").to_owned() })
    }),
    form("bucket BUCKET sources ORIGIN", "bucket all sources orders", |it| {
        Ok(Goal::BucketSources { bucket: it.bucket(), origin: it.of("ORIGIN").to_owned() })
    }),
    form("bucket BUCKET age >= DURATION", "bucket locks age >= 40s", |it| {
        Ok(Goal::BucketAge { bucket: it.bucket(), age: it.duration()? })
    }),
    form("value BUCKET KEY = VALUE", "value my-kv Key1 = Value1", |it| {
        Ok(Goal::Value { key: it.key(), value: it.value() })
    }),
    form("created BUCKET KEY = VALUE", "created locks report = you", |it| {
        Ok(Goal::Created { key: it.key(), value: it.value() })
    }),
    form("updated BUCKET KEY = VALUE", "updated locks report = you", |it| {
        Ok(Goal::Updated { key: it.key(), value: it.value() })
    }),
    form("revision BUCKET KEY >= REVISION", "revision my-kv Key1 >= 13", |it| {
        Ok(Goal::Revision { key: it.key(), at_least: number(it.of("REVISION"))? })
    }),
    form("marker BUCKET KEY delete", "marker my-kv Key1 delete", |it| {
        Ok(Goal::Marker { key: it.key(), purge: false })
    }),
    form("marker BUCKET KEY purge", "marker my-kv Key1 purge", |it| {
        Ok(Goal::Marker { key: it.key(), purge: true })
    }),
    form("entries BUCKET KEY = COUNT", "entries cart apples = 1", |it| {
        Ok(Goal::Entries { key: it.key(), count: number(it.of("COUNT"))? })
    }),
    form("watcher BUCKET active", "watcher my-kv active", |it| Ok(it.watcher(None))),
    form("watcher BUCKET history", "watcher room history", |it| Ok(it.watcher(Some(WatchStart::History)))),
    form("watcher BUCKET updates", "watcher room updates", |it| Ok(it.watcher(Some(WatchStart::Updates)))),
    form("watcher BUCKET revision REVISION", "watcher room revision 7", |it| {
        Ok(it.watcher(Some(WatchStart::Revision(number(it.of("REVISION"))?))))
    }),
    form("watcher BUCKET gone", "watcher my-kv gone", |it| Ok(Goal::WatcherGone { bucket: it.bucket() })),
    form("read BUCKET KEY", "read my-kv Key1", |it| Ok(Goal::Read { key: it.key(), revision: None })),
    form("read BUCKET KEY revision REVISION", "read books dune revision 4", |it| {
        Ok(Goal::Read { key: it.key(), revision: Some(number(it.of("REVISION"))?) })
    }),
    form("not-found BUCKET KEY", "not-found books dune", |it| Ok(Goal::NotFound { key: it.key() })),
    form("delivered BUCKET KEY", "delivered my-kv Key1", |it| {
        Ok(Goal::Delivered { key: it.key(), value: None })
    }),
    form("delivered BUCKET KEY = VALUE", "delivered my-kv Key1 = Value2", |it| {
        Ok(Goal::Delivered { key: it.key(), value: Some(it.value()) })
    }),
    form("delivered BUCKET KEY delete", "delivered cart apples delete", |it| {
        Ok(Goal::DeliveredMarker { key: it.key(), purge: false })
    }),
    form("delivered BUCKET KEY purge", "delivered cart apples purge", |it| {
        Ok(Goal::DeliveredMarker { key: it.key(), purge: true })
    }),
    form("refused BUCKET KEY create", "refused locks report create", |it| {
        Ok(Goal::Refused { key: it.key(), write: ConditionalWrite::Create })
    }),
    form("refused BUCKET KEY update", "refused locks report update", |it| {
        Ok(Goal::Refused { key: it.key(), write: ConditionalWrite::Update })
    }),
    form("refused BUCKET KEY error CODE", "refused small c error 10077", |it| {
        Ok(Goal::RefusedWithError { key: it.key(), code: it.code()? })
    }),
    form("requested SUBJECT", "requested $JS.API.STREAM.LIST", |it| Ok(it.requested(None))),
    form("requested SUBJECT error CODE", "requested $JS.API.STREAM.INFO.KV_none error 10059", |it| {
        Ok(it.requested(Some(it.code()?)))
    }),
    form("message-read STREAM SUBJECT", "message-read KV_copy $KV.orders.a1", |it| {
        Ok(Goal::MessageRead { stream: it.of("STREAM").to_owned(), subject: it.subject() })
    }),
    form("expired BUCKET KEY", "expired locks report", |it| Ok(Goal::Expired { key: it.key() })),
    form("contended BUCKET KEY shared-read", "contended counter visits shared-read", |it| {
        Ok(Goal::Contended { key: it.key(), kind: ContentionKind::SharedRead })
    }),
    form("contended BUCKET KEY lost-update", "contended counter visits lost-update", |it| {
        Ok(Goal::Contended { key: it.key(), kind: ContentionKind::LostUpdate })
    }),
    form("contended BUCKET KEY retried", "contended counter visits retried", |it| {
        Ok(Goal::Contended { key: it.key(), kind: ContentionKind::Retried })
    }),
];

const fn form(
    pattern: &'static str,
    example: &'static str,
    make: fn(&Parameters<'_>) -> Result<Goal, GoalError>,
) -> GoalForm {
    GoalForm { pattern, example, make }
}

/// Why a line is no goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalError {
    /// No goal begins with this word.
    Unknown(String),
    /// The line has none of these forms, which its first word asks for.
    Form(Vec<&'static str>),
    /// Not a whole number, or not a duration such as `30s`, `5m` or `2h`.
    Number(String),
}

impl fmt::Display for GoalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoalError::Unknown(word) => write!(f, "no goal begins with `{word}`"),
            GoalError::Form(forms) => write!(f, "such a goal is written `{}`", forms.join("` or `")),
            GoalError::Number(text) => write!(f, "`{text}` is not a number that fits here"),
        }
    }
}

impl Goal {
    /// Reads a line.
    pub fn parse(line: &str) -> Result<Goal, GoalError> {
        let matching = FORMS.iter().find_map(|form| Some((form, Parameters::read(form.pattern, line)?)));
        if let Some((form, parameters)) = matching {
            return (form.make)(&parameters);
        }
        let first = line.split_whitespace().next().unwrap_or_default();
        let patterns = FORMS.iter().map(|form| form.pattern);
        let alike: Vec<&str> = patterns.filter(|it| it.split(' ').next() == Some(first)).collect();
        Err(if alike.is_empty() { GoalError::Unknown(first.to_owned()) } else { GoalError::Form(alike) })
    }
}

/// What stands in a line in the places of a pattern's parameters.
struct Parameters<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Parameters<'a> {
    /// `None` if the line has another form.
    fn read(pattern: &'static str, line: &'a str) -> Option<Parameters<'a>> {
        let (pattern, last) = split(pattern);
        let (line, value) = split(line);
        if last.is_some() != value.is_some() || pattern.split(' ').count() != line.split_whitespace().count()
        {
            return None;
        }
        let mut parameters: Vec<(&str, &str)> = Vec::new();
        for (wanted, word) in pattern.split(' ').zip(line.split_whitespace()) {
            match wanted.bytes().all(|byte| byte.is_ascii_uppercase()) {
                true => parameters.push((wanted, word)),
                false if wanted == word => {}
                false => return None,
            }
        }
        parameters.extend(last.zip(value));
        Some(Parameters(parameters))
    }

    /// Empty for one that the pattern does not have.
    fn of(&self, wanted: &str) -> &'a str {
        self.0.iter().find(|(name, _)| *name == wanted).map_or("", |(_, word)| word)
    }

    fn bucket(&self) -> String {
        self.of("BUCKET").to_owned()
    }

    fn key(&self) -> Key {
        Key { bucket: self.bucket(), name: self.of("KEY").to_owned() }
    }

    fn watcher(&self, start: Option<WatchStart>) -> Goal {
        Goal::WatcherActive { bucket: self.bucket(), start }
    }

    fn subject(&self) -> String {
        self.of("SUBJECT").to_owned()
    }

    fn requested(&self, code: Option<u16>) -> Goal {
        Goal::Requested { subject: self.subject(), code }
    }

    /// The number of an error, such as 10071.
    fn code(&self) -> Result<u16, GoalError> {
        number(self.of("CODE"))
    }

    fn value(&self) -> String {
        self.of("VALUE").to_owned()
    }

    /// `30s`, `5m` or `2h`.
    fn duration(&self) -> Result<Duration, GoalError> {
        let text = self.of("DURATION");
        let wrong = || GoalError::Number(text.to_owned());
        let (digits, seconds) = [('s', 1), ('m', 60), ('h', 3600)]
            .into_iter()
            .find_map(|(unit, n)| Some((text.strip_suffix(unit)?, n)))
            .ok_or_else(wrong)?;
        let count: u32 = number(digits)?;
        Ok(Duration::from_secs(u64::from(count) * seconds))
    }
}

/// What stands before and behind ` = `.
fn split(line: &str) -> (&str, Option<&str>) {
    match line.split_once(" = ") {
        Some((head, value)) => (head, Some(value.trim())),
        None => (line, None),
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, GoalError> {
    text.parse().map_err(|_| GoalError::Number(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::FORMS;
    use crate::lesson::Goal;
    use crate::texts::Language;
    use std::fs;

    #[test]
    fn each_form_reads_its_example() {
        let goals: Vec<Goal> =
            FORMS.iter().map(|form| Goal::parse(form.example).expect(form.example)).collect();
        for (at, goal) in goals.iter().enumerate() {
            assert!(!goals[..at].contains(goal), "{}", FORMS[at].example);
        }
    }

    /// `UPDATE=1` writes the list anew.
    #[test]
    fn the_guide_for_authors_lists_all_forms() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/LESSONS.md");
        let guide = fs::read_to_string(path).expect("the guide");
        let is_update = std::env::var_os("UPDATE").is_some();
        let (head, rest) = guide.split_once("| goal | ").expect("the list");
        let (_, tail) = rest.split_once("\n\n").expect("an end of the list");
        let rows = FORMS.iter().map(|form| {
            let goal = Goal::parse(form.example).expect(form.example);
            format!("| `{}` | `{}` | {} |", form.pattern, form.example, goal.wanted(Language::ENGLISH))
        });
        let rows = rows.collect::<Vec<_>>().join("\n");
        let wanted = format!(
            "{head}| goal | for example | as the learner reads it |\n|---|---|---|\n{rows}\n\n{tail}"
        );
        if is_update {
            fs::write(path, &wanted).expect("the guide is written");
        }
        assert!(is_update || guide == wanted, "UPDATE=1 brings LESSONS.md up to date");
    }
}
