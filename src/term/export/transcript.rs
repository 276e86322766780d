//! A Markdown transcript that can be played again.
//!
//! After each act (a command, an answer, Ctrl-C) stands what it brought about: in its own terminal, then in the others. Playing
//! an act takes some time by itself; `@wait` lines stand for the rest, and only where time matters.

use std::time::Duration;

use super::timeline::{TimelineEvent, TimelineEventKind, timeline};
use crate::base::Time;
use crate::base::pty::COLUMNS;
use crate::term::row::Row;
use crate::term::screen::Screen;

/// How long a player waits for more output before the next act, after typing and after Ctrl-C; how long it takes to start a
/// command, and how long the other terminals are given to print.
const QUIET: Duration = Duration::from_millis(800);
const QUIET_AFTER_INTERRUPT: Duration = Duration::from_millis(1500);
const START: Duration = Duration::from_millis(30);
const GATHER: Duration = Duration::from_millis(300);

/// Opens a fence for terminals of 80 columns.
const FENCE: &str = "```console\n";

/// Shorter waits are left out.
const WAIT: Duration = Duration::from_secs(1);

/// The transcript of named terminals. `spans` are those in which it mattered how much time passed: something was going to expire,
/// or the clock was moved. `widths` are the numbers of columns, each with the time from which on it was in force.
pub fn transcript(terminals: &[(String, &Screen)], spans: &[Span], widths: &[(Time, usize)]) -> String {
    let screens: Vec<&Screen> = terminals.iter().map(|(_, screen)| *screen).collect();
    let events = timeline(&screens);
    let mut spans = spans.to_vec();
    spans.extend(waited_for(&events, terminals.len()));
    let mut writer = TranscriptWriter {
        text: FENCE.to_owned(),
        terminals,
        spans,
        widths,
        columns: COLUMNS,
        used: Vec::new(),
        running: Vec::new(),
        acted: Time::default(),
        played: Time::default(),
    };
    let mut from = 0;
    while from < events.len() {
        let length = events[from + 1..].iter().position(|event| is_written(event) && event.kind.is_act());
        let to = length.map_or(events.len(), |length| from + 1 + length);
        let until = events[events.len().min(to + 1) - 1].at;
        writer.act(&events[from..to], until);
        from = to;
    }
    writer.text.push_str("```\n");
    writer.text
}

/// Start and end.
pub type Span = (Time, Time);

/// The spans from a command to what it printed later by itself.
fn waited_for(events: &[TimelineEvent<'_>], count: usize) -> Vec<Span> {
    let (mut typed, mut last) = (vec![Time::default(); count], Time::default());
    let mut spans: Vec<Span> = Vec::new();
    for event in events {
        if event.kind.is_act() {
            last = event.at;
        }
        match event.kind {
            TimelineEventKind::Typed(_) => typed[event.terminal] = event.at,
            TimelineEventKind::Printed(_) if event.at > last + QUIET => match spans.last_mut() {
                Some((from, to)) if *from == typed[event.terminal] => *to = event.at,
                _ => spans.push((typed[event.terminal], event.at)),
            },
            _ => {}
        }
    }
    spans
}

/// Whether the transcript has it: cancelled and empty lines ran nothing.
fn is_written(event: &TimelineEvent<'_>) -> bool {
    match event.kind {
        TimelineEventKind::Typed(command) => !command.cancelled && !command.text.trim().is_empty(),
        _ => true,
    }
}

struct TranscriptWriter<'a> {
    text: String,
    terminals: &'a [(String, &'a Screen)],
    spans: Vec<Span>,
    widths: &'a [(Time, usize)],
    /// Of the fence that is open.
    columns: usize,
    /// Terminals in the order of their first use, and those where something runs.
    used: Vec<usize>,
    running: Vec<usize>,
    /// Time of the last act.
    acted: Time,
    /// The time that a player has reached at the end of `text`.
    played: Time,
}

impl TranscriptWriter<'_> {
    /// Writes an act and what happened until the next one.
    fn act(&mut self, events: &[TimelineEvent<'_>], until: Time) {
        let Some(first) = events.first().filter(|first| first.kind.is_act() && is_written(first)) else {
            return self.later(events, until);
        };
        let (terminal, name) = (first.terminal, self.terminals[first.terminal].0.clone());
        self.acted = first.at;
        if !self.used.contains(&terminal) {
            self.used.push(terminal);
        }
        let mut quiet = QUIET;
        match first.kind {
            TimelineEventKind::Typed(command) => {
                self.fence(first.at);
                self.played = self.played + START;
                self.running.push(terminal);
                for (place, line) in command.text.split('\n').enumerate() {
                    push_line(
                        &mut self.text,
                        &format!("{name}{} {line}", if place == 0 { '$' } else { '>' }),
                    );
                }
            }
            TimelineEventKind::Answered(answer) => {
                push_line(&mut self.text, format!("{name}< {answer}").trim_end())
            }
            _ => {
                quiet = QUIET_AFTER_INTERRUPT;
                push_line(&mut self.text, &format!("{name}^C"));
            }
        }
        let is_later = first.kind == TimelineEventKind::Interrupted;
        let (mut soon, mut late) = (Vec::new(), Vec::new());
        let (mut last, mut ended) = (first.at, None);
        for event in &events[1..] {
            if event.terminal == terminal && ended.is_none() && event.at <= last + quiet {
                last = event.at;
                match event.kind {
                    TimelineEventKind::Printed(row) => soon.push(row),
                    TimelineEventKind::Ended(status) => ended = Some(status),
                    _ => {}
                }
            } else {
                late.push(*event);
            }
        }
        self.printed(&name, &soon, is_later);
        if let Some(status) = ended.filter(|status| *status != 0 && !is_later) {
            push_line(&mut self.text, &format!("{name}? {status}"));
        }
        match ended {
            Some(_) => self.running.retain(|running| *running != terminal),
            None => last = last + quiet,
        }
        if self.running.iter().any(|running| *running != terminal) {
            last = last + GATHER;
        }
        self.played = self.played + last.since(first.at);
        let (at_once, late): (Vec<_>, Vec<_>) = late.into_iter().partition(|event| event.at <= last);
        self.others(&at_once);
        self.later(&late, until);
    }

    /// Opens another fence if the number of columns has changed.
    fn fence(&mut self, at: Time) {
        let now =
            self.widths.iter().rev().find(|(since, _)| *since <= at).map_or(COLUMNS, |(_, columns)| *columns);
        if now != self.columns {
            self.columns = now;
            match self.text.strip_suffix(FENCE) {
                Some(before) => self.text.truncate(before.len()),
                None => self.text.push_str("```\n"),
            }
            let columns = if now == COLUMNS { String::new() } else { format!(" {now}") };
            push_line(&mut self.text, &format!("{}{columns}", FENCE.trim_end()));
        }
    }

    /// Writes what happened without an act, after a wait.
    fn later(&mut self, events: &[TimelineEvent<'_>], until: Time) {
        let missing = until.since(self.played);
        let first = events.first().map_or(until, |event| event.at.min(until));
        let began = first.min(self.acted);
        if !self.spans.iter().any(|(from, to)| *from < until && *to > began) {
            self.played = until; // A player need not wait as long as a person did.
        } else if missing >= WAIT || (!events.is_empty() && !missing.is_zero()) {
            self.played = until;
            let seconds = format!("{}.{:03}", missing.as_secs(), missing.subsec_millis());
            push_line(
                &mut self.text,
                &format!("@wait {}s", seconds.trim_end_matches('0').trim_end_matches('.')),
            );
        }
        self.others(events);
    }

    /// Writes what the other terminals printed, in the order of their first use.
    fn others(&mut self, events: &[TimelineEvent<'_>]) {
        let mut order = self.used.clone();
        order.extend((0..self.terminals.len()).filter(|terminal| !self.used.contains(terminal)));
        for terminal in order {
            let own = events.iter().filter(|event| event.terminal == terminal);
            let rows: Vec<&Row> = own
                .filter_map(|event| match event.kind {
                    TimelineEventKind::Printed(row) => Some(row),
                    TimelineEventKind::Ended(_) => {
                        self.running.retain(|running| *running != terminal);
                        None
                    }
                    _ => None,
                })
                .collect();
            let name = self.terminals[terminal].0.clone();
            self.printed(&name, &rows, true);
        }
    }

    /// Writes lines without blanks at their ends, and without the empty ones at the end.
    fn printed(&mut self, name: &str, rows: &[&Row], is_later: bool) {
        let lines = || rows.iter().map(|row| row.text().trim_end());
        let filled = lines().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        for line in lines().take(filled) {
            match is_later {
                true if line.is_empty() || line == "^C" => {}
                true => push_line(&mut self.text, &format!("{name}| {line}")),
                false => push_line(&mut self.text, line),
            }
        }
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::screen::{Block, Command, NoteKind};

    fn begin(screen: &mut Screen, text: &str, seconds: u64) {
        let command = Command { prompt: "$ ".to_owned(), text: text.to_owned(), cancelled: false };
        screen.begin(command, Time::from_secs(seconds));
    }

    #[test]
    fn a_transcript_tells_what_was_typed_and_printed() {
        let (mut you, mut eye) = (Screen::default(), Screen::default());
        let at = Time::from_secs;
        begin(&mut eye, "nats kv watch b", 1);
        eye.write(b"one\n", at(1));
        begin(&mut you, "nats kv del b k", 10);
        you.note(NoteKind::Answer("y".to_owned()), at(12));
        you.write(b"? Delete key b > k? \x1b[36mYes\x1b[0m\n\n", at(12));
        you.end(0, at(12));
        eye.write(b"two\n", at(12));
        eye.write(b"by itself\n", at(20));
        eye.note(NoteKind::Interrupt, at(30));
        eye.write(b"^C\nthree\n", at(30));
        eye.end(130, at(30));
        begin(&mut you, "echo \\\na", 40);
        you.write(b"a", at(40));
        you.end(1, at(40));
        let terminals = [("you".to_owned(), &you), ("eye".to_owned(), &eye)];
        let expected = "```console\neye$ nats kv watch b\none\n@wait 9.17s\nyou$ nats kv del b k\nyou< y\n\
            ? Delete key b > k? Yes\neye| two\n@wait 18.57s\neye| by itself\neye^C\neye| three\nyou$ echo \\\nyou> a\n\
            a\nyou? 1\n```\n";
        assert_eq!(transcript(&terminals, &[], &[]), expected);
        let waited = transcript(&terminals, &[(at(35), at(36))], &[(at(35), 100)]);
        assert!(
            waited.contains("eye| three\n@wait 10s\n```\n```console 100\nyou$ echo \\\nyou> a\n"),
            "{waited}"
        );
        assert_eq!(you.all_blocks().last().map(Block::to_text).as_deref(), Some("$ echo \\\n> a\na\n"));
    }

    #[test]
    fn what_was_given_up_is_not_told() {
        let mut screen = Screen::default();
        let command = Command { prompt: "$ ".to_owned(), text: "never".to_owned(), cancelled: true };
        screen.begin(command, Time::from_secs(1));
        screen.end(130, Time::from_secs(1));
        begin(&mut screen, "  ", 2);
        screen.end(0, Time::from_secs(2));
        assert_eq!(transcript(&[("you".to_owned(), &screen)], &[], &[]), "```console\n```\n");
    }
}
