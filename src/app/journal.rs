//! What a person did, in order and with its times: enough to make the whole world again, byte for byte.
//!
//! As text it has a version, then a line for each act: how many milliseconds passed since the one before, a letter,
//! the number of the terminal if it has one, and the words. If the world had paused halfway when the act came, `+` and a
//! number of turns follow the milliseconds. Old versions have to be read for ever.

use std::fmt::Write;

pub use super::act::Act;
use super::act::{escape, unescape};
use super::budget::TooHeavy;
use crate::base::{TimeZone, fixed_zone};
use crate::lesson::{LessonSource, OwnLesson, catalog};
use crate::texts::Language;

/// An act and when it was, in milliseconds since the world began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: u64,
    /// If the world had paused before everything of that moment was done: how many turns it had taken since the act before.
    pub mid_turn: Option<u64>,
    pub act: Act,
}

/// All acts since the world began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// When the world began, in milliseconds since 1970.
    pub began: u64,
    /// The seed of its random numbers. Not written if it is the same as `began`, as it usually is.
    pub seed: u64,
    /// The time zone of its terminals. Not written if it is UTC.
    pub zone: TimeZone,
    /// The lesson that it is about. Not written if it is the first one; an author's own is written whole.
    pub lesson: LessonSource,
    pub entries: Vec<Entry>,
}

/// Why a text is not a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not begin as one.
    Foreign,
    /// It was written by a newer playground.
    Newer,
    /// It is longer than any that is written.
    TooLong,
    /// Making its world costs more than somebody else's may.
    TooHeavy(TooHeavy),
    /// This line of it, counted from 1, is damaged.
    Damaged(usize),
}

/// What could be read of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    pub journal: Journal,
    /// The first line that could not be read, counted from 1: it and all behind it are missing.
    pub damaged: Option<usize>,
}

/// Every journal begins with it.
pub(super) const MARK: &str = "nats-kv ";
/// Version 2 has the widths of terminals, clients from outside, and acts in the middle of a moment. A text without these
/// is one of version 1. Version 3 has the name of a time zone, such as `Europe/Berlin`, in the place of the minutes east of
/// Greenwich. Version 4 has files from outside, version 5 worlds of other lessons than the first one, and
/// version 6 jobs that were stopped. Version 7 has lessons of an author's own, whole and behind [`OWN`] in the place of a name,
/// and version 8 closed terminals that were opened again.
const VERSION: u64 = 8;
const OWN: char = '=';
/// The longest text of somebody else that is read, in bytes.
const LONGEST: usize = 4 << 20;
const MOST_ENTRIES: usize = 100_000;

impl Default for Journal {
    fn default() -> Journal {
        Journal {
            began: 0,
            seed: 0,
            zone: TimeZone::UTC,
            lesson: LessonSource::default(),
            entries: Vec::new(),
        }
    }
}

impl Journal {
    /// The text of the journal, in the lowest version that has all of it.
    pub fn write(&self) -> String {
        let mut text = self.write_head();
        text.push('\n');
        let mut last = 0;
        for entry in &self.entries {
            text.push_str(&entry.write(last));
            text.push('\n');
            last = entry.at;
        }
        text
    }

    /// The first line, without its end.
    pub fn write_head(&self) -> String {
        let version = self.entries.iter().map(Entry::version).max().unwrap_or(1);
        let is_named = self.zone.iana_name().is_some_and(|name| name != "UTC");
        let version = version.max(if is_named { 3 } else { 1 });
        let lesson = match &self.lesson {
            LessonSource::Catalog(catalog::FIRST) => None,
            LessonSource::Catalog(name) => Some((5, (*name).to_owned())),
            LessonSource::Own(own) => Some((7, format!("{OWN}{}", escape(own.markdown())))),
        };
        let version = version.max(lesson.as_ref().map_or(1, |(version, _)| *version));
        let mut line = format!("{MARK}{version} {}", self.began);
        if let Some((_, lesson)) = lesson {
            let _ = write!(line, " {} {} {lesson}", self.seed, zone_word(&self.zone));
        } else if self.zone != TimeZone::UTC {
            let _ = write!(line, " {} {}", self.seed, zone_word(&self.zone));
        } else if self.seed != self.began {
            let _ = write!(line, " {}", self.seed);
        }
        line
    }

    /// The journal in a text of others, such as a link or a file.
    pub fn read(text: &str) -> Result<Journal, Unreadable> {
        if text.len() > LONGEST {
            return Err(Unreadable::TooLong);
        }
        let Salvaged { journal, damaged } = Journal::read_lines(text, MOST_ENTRIES)?;
        match damaged {
            Some(line) => Err(Unreadable::Damaged(line)),
            None => Ok(journal),
        }
    }

    /// Reads a text as far as it is whole, however long that is: one's own is never lost. A last line without its end was
    /// cut, and may have said something else.
    pub fn salvage(text: &str) -> Result<Salvaged, Unreadable> {
        let whole = text.rfind('\n').map_or(text, |end| &text[..=end]);
        let mut salvaged = Journal::read_lines(whole, usize::MAX)?;
        if whole.len() < text.len() {
            salvaged.damaged = salvaged.damaged.or(Some(whole.lines().count() + 1));
        }
        Ok(salvaged)
    }

    /// Reads lines up to one that is damaged.
    fn read_lines(text: &str, most_entries: usize) -> Result<Salvaged, Unreadable> {
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().ok_or(Unreadable::Foreign)?;
        let mut journal = Journal::head(first)?;
        let mut at = 0;
        for (index, line) in lines {
            let Some(entry) = Entry::read(line, at) else {
                return Ok(Salvaged { journal, damaged: Some(index + 1) });
            };
            at = entry.at;
            journal.entries.push(entry);
            if journal.entries.len() > most_entries {
                return Err(Unreadable::TooLong);
            }
        }
        Ok(Salvaged { journal, damaged: None })
    }

    /// Reads the first line.
    fn head(line: &str) -> Result<Journal, Unreadable> {
        let mut words = line.strip_prefix(MARK).ok_or(Unreadable::Foreign)?.splitn(5, ' ');
        let version = words.next().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        match version.and_then(|word| word.parse::<u64>().ok()) {
            // There was never a version 0.
            None | Some(0) => return Err(Unreadable::Foreign),
            Some(version) if version > VERSION => return Err(Unreadable::Newer),
            Some(_) => {}
        }
        let mut number = |default: Option<i64>, most: i64| {
            let number = words.next().map_or(default, |word| word.parse().ok());
            number.filter(|number| number.abs() <= most).ok_or(Unreadable::Damaged(1))
        };
        let began = number(None, LATEST)?;
        let seed = number(Some(began), i64::MAX)?.unsigned_abs();
        let zone = words.next().map_or(Some(TimeZone::UTC), read_zone).ok_or(Unreadable::Damaged(1))?;
        let lesson = words.next().map_or(Ok(LessonSource::default()), read_lesson)?;
        Ok(Journal { began: began.unsigned_abs(), seed, zone, lesson, entries: Vec::new() })
    }
}

/// A zone of the database by its name, any other by its minutes east of Greenwich.
fn zone_word(zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => zone.to_fixed_offset().map_or(0, |offset| offset.seconds() / 60).to_string(),
    }
}

/// The name of a lesson, or an author's own whole.
fn read_lesson(word: &str) -> Result<LessonSource, Unreadable> {
    match word.strip_prefix(OWN) {
        Some(markdown) => {
            let markdown = unescape(markdown).ok_or(Unreadable::Damaged(1))?;
            let own = OwnLesson::read(&markdown).map_err(|_| Unreadable::Damaged(1))?;
            Ok(LessonSource::Own(own))
        }
        // One that is not known here was added later.
        None => {
            let file = catalog::find(word, Language::ENGLISH).ok_or(Unreadable::Newer)?;
            Ok(LessonSource::Catalog(file.name()))
        }
    }
}

fn read_zone(word: &str) -> Option<TimeZone> {
    match word.parse::<i32>() {
        Ok(minutes_east) => (-24 * 60..=24 * 60).contains(&minutes_east).then(|| fixed_zone(minutes_east)),
        Err(_) => TimeZone::get(word).ok(),
    }
}

/// No world begins after the year 2200, so that its times fit into [`crate::base::Time`].
const LATEST: i64 = 7_258_118_400_000;

/// A world is not older than a hundred years.
const MOST_MILLIS: u64 = 100 * 366 * 24 * 3600 * 1000;

impl Entry {
    /// The line of an entry that follows one of the time `last`, without its end.
    pub fn write(&self, last: u64) -> String {
        let turns = self.mid_turn.map_or_else(String::new, |turns| format!("+{turns}"));
        format!("{}{turns} {}", self.at.saturating_sub(last), self.act.write())
    }

    /// Reads a line behind an entry that was at `last`; `None` if it is damaged.
    pub fn read(line: &str, last: u64) -> Option<Entry> {
        let (passed, act) = line.split_once(' ')?;
        let (passed, turns) = passed.split_once('+').map_or((passed, None), |(at, n)| (at, Some(n)));
        let mid_turn = match turns {
            Some(turns) => Some(turns.parse().ok()?),
            None => None,
        };
        let at = last.checked_add(passed.parse().ok()?).filter(|at| *at < MOST_MILLIS)?;
        Some(Entry { at, mid_turn, act: Act::read(act)? })
    }

    /// The first version of the format that has it.
    fn version(&self) -> u32 {
        match (self.mid_turn, &self.act) {
            (_, Act::Reopen { .. }) => 8,
            (_, Act::Stop { .. }) => 6,
            (_, Act::File { .. }) => 4,
            (Some(_), _) => 2,
            (_, Act::Width { .. } | Act::Connect | Act::Sent { .. } | Act::Disconnect { .. }) => 2,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let acts = [
            Act::Submit { terminal: 1, line: "printf 'a\nb\\' | nats kv put b k".to_owned() },
            Act::Submit { terminal: 1, line: String::new() },
            Act::Interrupt { terminal: 2 },
            Act::Open { name: "my other".to_owned() },
            Act::Rename { terminal: 3, name: "żółć".to_owned() },
            Act::Move { terminal: 3, place: 0 },
            Act::Skip { millis: 30_000 },
            Act::Step { lesson: "walkthrough".to_owned(), step: 4 },
            Act::Close { terminal: 3 },
            Act::Hold { held: true },
            Act::Hold { held: false },
            Act::Select { terminal: 2 },
        ];
        let entries = acts.into_iter().zip([0, 5, 5, 90, 91, 91, 92, 1000, 1001, 1001, 1002, 5002]);
        let entries = entries.map(|(act, at)| Entry { at, mid_turn: None, act }).collect();
        Journal { began: 1_795_395_723_000, seed: 7, zone: fixed_zone(-210), entries, ..Journal::default() }
    }

    #[test]
    fn a_journal_survives_being_written() {
        assert_eq!(Journal::read(&journal().write()), Ok(journal()));
    }

    #[test]
    fn the_first_version_is_read_for_ever() {
        let golden = "nats-kv 1 1795395723000 7 -210\n0 $1 printf 'a\\nb\\\\' | nats kv put b k\n5 $1 \n0 ^2\n85 +my other\n\
                      1 =3 żółć\n0 ~3 0\n1 @30000\n908 #4 walkthrough\n1 -3\n\
                      0 !1\n1 !0\n4000 >2\n";
        assert_eq!(Journal::read(golden), Ok(journal()));
    }

    #[test]
    fn the_second_version_is_read_for_ever() {
        let bytes = b"PUB a 3\r\n\\\0\xff\r\n".to_vec();
        let acts = [
            (None, Act::Width { columns: 132 }),
            (None, Act::Connect),
            (Some(7), Act::Sent { client: 1, bytes }),
            (None, Act::Disconnect { client: 1 }),
        ];
        let mut wide = journal();
        wide.entries.splice(..0, acts.map(|(mid_turn, act)| Entry { at: 0, mid_turn, act }));
        let golden = "nats-kv 2 1795395723000 7 -210\n0 |132\n0 (\n0+7 <1 PUB a 3\\r\\n\\\\\0\u{ff}\\r\\n\n0 )1\n0 $1 printf";
        assert!(wide.write().starts_with(golden), "{}", wide.write());
        assert_eq!(Journal::read(&wide.write()), Ok(wide));
    }

    #[test]
    fn an_act_amid_others_is_of_the_second_version() {
        let golden = "nats-kv 2 5000\n7 $1 nats kv ls B\n0+123 ^1\n";
        let acts = [
            (None, Act::Submit { terminal: 1, line: "nats kv ls B".to_owned() }),
            (Some(123), Act::Interrupt { terminal: 1 }),
        ];
        let entries = acts.map(|(mid_turn, act)| Entry { at: 7, mid_turn, act }).to_vec();
        let journal = Journal { began: 5000, seed: 5000, entries, ..Journal::default() };
        assert_eq!((journal.write().as_str(), Journal::read(golden)), (golden, Ok(journal)));
    }

    #[test]
    fn another_lesson_is_of_the_fifth_version() {
        let journal = Journal { began: 5000, seed: 5000, lesson: "counter".into(), ..Journal::default() };
        assert_eq!(journal.write(), "nats-kv 5 5000 5000 UTC counter\n");
        assert_eq!(Journal::read(&journal.write()), Ok(journal));
    }

    #[test]
    fn a_stopped_job_is_of_the_sixth_version() {
        let golden = "nats-kv 6 5000\n7 $1 sleep 5\n1 %1\n";
        let acts =
            [(7, Act::Submit { terminal: 1, line: "sleep 5".to_owned() }), (8, Act::Stop { terminal: 1 })];
        let entries = acts.map(|(at, act)| Entry { at, mid_turn: None, act }).to_vec();
        let journal = Journal { began: 5000, seed: 5000, entries, ..Journal::default() };
        assert_eq!((journal.write().as_str(), Journal::read(golden)), (golden, Ok(journal)));
    }

    #[test]
    fn a_lesson_of_an_authors_own_is_written_whole_in_the_seventh_version() {
        let markdown = "# My own\n## P\n### S {#s}\n```goal\njetstream on\n```\n```hint\n\\ \r\n```\n";
        let own = OwnLesson::read(markdown).expect("a lesson");
        let journal =
            Journal { began: 5000, seed: 5000, lesson: LessonSource::Own(own), ..Journal::default() };
        let text = journal.write();
        assert!(text.starts_with("nats-kv 7 5000 5000 UTC =# My own\\n## P\\n"), "{text}");
        assert_eq!(Journal::read(&text), Ok(journal));
        assert_eq!(Journal::read(&text.replace("{#s}", "")), Err(Unreadable::Damaged(1)));
        assert_eq!(Journal::read("nats-kv 7 5000 5000 UTC =\\x\n"), Err(Unreadable::Damaged(1)));
    }

    #[test]
    fn a_terminal_that_was_opened_again_is_of_the_eighth_version() {
        let golden = "nats-kv 8 5000\n7 -2\n1 *2\n";
        let acts = [(7, Act::Close { terminal: 2 }), (8, Act::Reopen { terminal: 2 })];
        let entries = acts.map(|(at, act)| Entry { at, mid_turn: None, act }).to_vec();
        let journal = Journal { began: 5000, seed: 5000, entries, ..Journal::default() };
        assert_eq!((journal.write().as_str(), Journal::read(golden)), (golden, Ok(journal)));
    }

    #[test]
    fn a_file_from_outside_is_of_the_fourth_version() {
        let golden = "nats-kv 4 5000\n7 &my config.json/{\"a\": 1}\\n\u{ff}\n";
        let act = Act::File { name: "my config.json".to_owned(), bytes: b"{\"a\": 1}\n\xff".to_vec() };
        let entries = vec![Entry { at: 7, mid_turn: None, act }];
        let journal = Journal { began: 5000, seed: 5000, entries, ..Journal::default() };
        assert_eq!((journal.write().as_str(), Journal::read(golden)), (golden, Ok(journal)));
    }

    #[test]
    fn a_named_zone_is_of_the_third_version() {
        let golden = "nats-kv 3 5000 7 Europe/Berlin\n";
        let zone = TimeZone::get("Europe/Berlin").expect("it is in the database");
        let journal = Journal { began: 5000, seed: 7, zone, ..Journal::default() };
        assert_eq!((journal.write().as_str(), Journal::read(golden)), (golden, Ok(journal)));
    }

    #[test]
    fn what_goes_without_saying_is_not_written() {
        let plain = Journal { began: 5000, seed: 5000, ..Journal::default() };
        assert_eq!(plain.write(), "nats-kv 1 5000\n");
        assert_eq!(Journal::read("nats-kv 1 5000\n"), Ok(plain.clone()));
        let seeded = Journal { seed: 7, ..plain };
        assert_eq!(
            (seeded.write().as_str(), Journal::read("nats-kv 1 5000 7\n")),
            ("nats-kv 1 5000 7\n", Ok(seeded))
        );
    }

    #[test]
    fn a_text_that_was_cut_is_read_as_far_as_it_is_whole() {
        let whole = journal();
        let text = whole.write();
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let cut = &text[..end];
            let lines = cut.matches('\n').count();
            let Ok(Salvaged { journal, damaged }) = Journal::salvage(cut) else {
                assert_eq!(lines, 0, "{cut:?}");
                continue;
            };
            assert_eq!(journal.entries[..], whole.entries[..lines.saturating_sub(1)], "{cut:?}");
            let is_whole = cut.ends_with('\n') || lines == 0;
            assert_eq!(damaged, (!is_whole).then_some(lines + 1), "{cut:?}");
        }
        let odd = text.replace("~3 0", "~x 0");
        let read = Journal::salvage(&odd).expect("its beginning");
        assert_eq!((read.journal.entries.len(), read.damaged), (5, Some(7)));
        assert_eq!(Journal::salvage("nats-kv 9 0\n"), Err(Unreadable::Newer));
    }

    #[test]
    fn what_is_no_journal_is_told() {
        for (text, want) in [
            ("", Unreadable::Foreign),
            ("hello", Unreadable::Foreign),
            ("nats-kv 9 0 0\n", Unreadable::Newer),
            ("nats-kv 5 0 0 UTC unheard-of\n", Unreadable::Newer),
            ("nats-kv 99999999999 what it has we do not know", Unreadable::Newer),
            ("nats-kv 0 0 0\n", Unreadable::Foreign),
            ("nats-kv -1 0 0\n", Unreadable::Foreign),
            ("nats-kv +1 0 0\n", Unreadable::Foreign),
            ("nats-kv  0 0\n", Unreadable::Foreign),
            ("nats-kv 1\n", Unreadable::Damaged(1)),
            ("nats-kv 1 99999999999999\n", Unreadable::Damaged(1)),
            ("nats-kv 1 0 0 9999\n", Unreadable::Damaged(1)),
            ("nats-kv 3 0 0 Nowhere/Else\n", Unreadable::Damaged(1)),
            ("nats-kv 1 0 0\n0 $1 a\nx\n", Unreadable::Damaged(3)),
            ("nats-kv 1 0 0\n0 $one a\n", Unreadable::Damaged(2)),
            ("nats-kv 1 0 0\n18446744073709551615 ^1\n", Unreadable::Damaged(2)),
            ("nats-kv 1 0 0\n0 $1 a\\\n", Unreadable::Damaged(2)),
            ("nats-kv 2 0 0\n0 <1 ż\n", Unreadable::Damaged(2)),
            ("nats-kv 2 0 0\n0+ ^1\n", Unreadable::Damaged(2)),
            ("nats-kv 2 0 0\n0+-1 ^1\n", Unreadable::Damaged(2)),
        ] {
            assert_eq!(Journal::read(text), Err(want), "{text:?}");
        }
        assert_eq!(Journal::read(&"x".repeat(LONGEST + 1)), Err(Unreadable::TooLong));
    }
}
