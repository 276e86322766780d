//! Plays transcripts in a world of their own, in virtual time, as they are recorded from the real tools: a command
//! is watched until it ends or has been quiet for a while; then what other terminals printed is gathered.

use std::time::Duration;

use unicode_width::UnicodeWidthChar;

use crate::app::{App, Options, TerminalId};
use crate::base::TimeZone;
use crate::gofmt;
use crate::lesson::Language;
use crate::term::screen::Seen;
use crate::transcript::mask::Mask;
use crate::transcript::{self, Line, Piece, Step};

/// How long a command may be quiet before the next one is typed, after typing and after Ctrl-C.
const QUIET: Duration = Duration::from_millis(800);
const QUIET_AFTER_INTERRUPT: Duration = Duration::from_millis(1500);
/// How long a command is watched at most.
const PATIENCE: Duration = Duration::from_secs(12);
/// How long it takes to start a program.
const START: Duration = Duration::from_millis(30);
/// How long others are given to print before it is gathered.
const GATHER: Duration = Duration::from_millis(300);

/// The recorder reads a screen of so many columns.
const COLUMNS: usize = 400;

/// The world of one transcript.
pub struct Player {
    app: App,
    /// Terminals in the order of their first use, and what of their screens has been told.
    terminals: Vec<Place>,
}

/// A terminal as the player knows it.
struct Place {
    name: String,
    id: TerminalId,
    seen: Seen,
    /// The question that was told.
    asked: Option<String>,
    /// A program ran when it was looked at last, so that something may have been printed since.
    open: bool,
}

/// A transcript as it comes out here.
pub fn play(markdown: &str) -> String {
    let mut player = Player::new(!transcript::starts_server(markdown));
    masking(markdown, |columns, lines| player.play(columns, lines))
}

/// A transcript as it has to come out: what the page exports is not masked.
pub fn masked(markdown: &str) -> String {
    masking(markdown, |_, lines| lines.to_vec())
}

fn masking(markdown: &str, mut change: impl FnMut(usize, &[String]) -> Vec<String>) -> String {
    let mask = Mask::default();
    let mut pieces = transcript::split(markdown);
    let mut columns = 0;
    for piece in &mut pieces {
        match piece {
            Piece::Text(lines) => columns = lines.last().map_or(0, |fence| transcript::columns(fence)),
            Piece::Console(lines) => {
                let said = mask.apply(&change(columns, lines).join("\n"));
                *lines = said.split('\n').map(str::to_owned).collect();
            }
        }
    }
    transcript::join(&pieces)
}

impl Player {
    /// A fresh world, with a server with JetStream or without any.
    pub fn new(with_server: bool) -> Player {
        let now = gofmt::time::parse("2026-01-01T00:00:00Z").expect("a time").nanos() / 1_000_000;
        let options = Options {
            now,
            seed: 1,
            zone: TimeZone::UTC,
            language: Language::English,
            lesson: false,
            replay_limit: u64::MAX,
            pause: || false,
        };
        let mut app = App::bare(options);
        if with_server {
            app.start_server();
        }
        Player { app, terminals: Vec::new() }
    }

    /// Does what a fence tells, and tells what came of it.
    fn play(&mut self, columns: usize, lines: &[String]) -> Vec<String> {
        self.app.set_columns(columns);
        let mut out = Vec::new();
        for step in transcript::steps(lines) {
            match step {
                Step::Wait { text, time } => {
                    self.app.advance(time);
                    out.push(text);
                    self.gather(None, &mut out);
                }
                Step::Type { terminal, command } => self.type_in(&terminal, &command, &mut out),
                Step::Answer { terminal, text } => self.answer(&terminal, &text, &mut out),
                Step::Interrupt { terminal } => self.interrupt(&terminal, &mut out),
            }
        }
        out
    }

    fn type_in(&mut self, name: &str, command: &str, out: &mut Vec<String>) {
        let place = self.place(name);
        let id = self.terminals[place].id;
        out.push(format!("{name}$ {}", command.replace('\n', &format!("\n{name}> "))));
        self.app.end_programs(id);
        self.terminals[place].asked = None;
        self.app.advance(START);
        self.app.type_line(id, command);
        self.watch(id, QUIET);
        self.tell(place, 0, out);
        self.gather(Some(name), out);
    }

    fn answer(&mut self, name: &str, text: &str, out: &mut Vec<String>) {
        let place = self.place(name);
        let id = self.terminals[place].id;
        if !self.app.is_busy(id) {
            return; // Nothing asks any more.
        }
        // The prompt's line is printed again, answered.
        if out.last().is_some_and(|line| matches!(transcript::read(line), Line::Output(_))) {
            out.pop();
        }
        out.push(format!("{name}< {text}").trim_end().to_owned());
        let written_over = written_over(self.terminals[place].asked.take().as_deref().unwrap_or_default());
        self.app.type_line(id, text);
        self.watch(id, QUIET);
        self.tell(place, written_over, out);
        self.gather(Some(name), out);
    }

    fn interrupt(&mut self, name: &str, out: &mut Vec<String>) {
        let place = self.place(name);
        let id = self.terminals[place].id;
        out.push(format!("{name}^C"));
        if !self.app.is_busy(id) {
            return;
        }
        self.app.press_interrupt(id);
        self.watch(id, QUIET_AFTER_INTERRUPT);
        let asked = self.terminals[place].asked.take().map_or(0, |asked| asked.lines().count());
        let later =
            self.fresh(place).into_iter().skip(asked).filter(|line| !matches!(line.trim(), "^C" | ""));
        out.extend(later.map(|line| format!("{name}| {line}")));
        self.gather(Some(name), out);
    }

    /// Lets time pass until the command ends, or has printed nothing for `quiet`.
    fn watch(&mut self, id: TerminalId, quiet: Duration) {
        let end = self.app.now() + PATIENCE;
        let mut last = self.app.now();
        let mut version = self.version(id);
        while self.app.is_busy(id) && self.app.now() < end {
            let until = (last + quiet).min(end);
            let due = self.app.next_due().filter(|due| *due < until);
            self.app.advance(due.unwrap_or(until).since(self.app.now()).max(Duration::from_nanos(1)));
            if self.version(id) != version {
                version = self.version(id);
                last = self.app.now();
            } else if due.is_none() {
                break;
            }
        }
    }

    /// What a command printed, without the first lines of it, and its status where it failed.
    fn tell(&mut self, place: usize, without: usize, out: &mut Vec<String>) {
        out.extend(self.fresh(place).into_iter().skip(without));
        let Place { name, id, .. } = &self.terminals[place];
        if let Some(status) = self.app.status(*id).filter(|status| *status != 0) {
            out.push(format!("{name}? {status}"));
        }
    }

    /// What other terminals printed meanwhile.
    fn gather(&mut self, but: Option<&str>, out: &mut Vec<String>) {
        let is_other = |place: &Place| Some(place.name.as_str()) != but && place.open;
        let others: Vec<usize> =
            (0..self.terminals.len()).filter(|place| is_other(&self.terminals[*place])).collect();
        if !others.is_empty() {
            self.app.advance(GATHER);
        }
        for place in others {
            let name = self.terminals[place].name.clone();
            let lines = self.fresh(place).into_iter().filter(|line| !line.is_empty());
            out.extend(lines.map(|line| format!("{name}| {line}")));
        }
    }

    /// Lines that were not told yet; what is asked is the last of them.
    fn fresh(&mut self, place: usize) -> Vec<String> {
        let Place { id, seen, asked, .. } = &mut self.terminals[place];
        let screen = self.app.screen(*id).expect("terminals of a transcript stay open");
        let question = self.app.question(*id);
        let is_new = question.is_some() && question != *asked;
        let mut lines = screen.fresh(seen, is_new);
        if question != *asked {
            lines.extend(
                question.iter().flat_map(|question| question.lines().map(|line| line.trim_end().to_owned())),
            );
            asked.clone_from(&question);
        }
        self.terminals[place].open = self.app.is_busy(self.terminals[place].id);
        lines.iter().flat_map(|line| rows(line)).collect()
    }

    fn version(&self, id: TerminalId) -> (u64, bool) {
        let screen = self.app.screen(id).expect("terminals of a transcript stay open");
        (screen.version(), self.app.question(id).is_some())
    }

    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.terminals.iter().position(|place| place.name == name) {
            return place;
        }
        let id = self.app.find_or_open(name);
        self.terminals.push(Place {
            name: name.to_owned(),
            id,
            seen: Seen::default(),
            asked: None,
            open: false,
        });
        self.terminals.len() - 1
    }

    /// What stands before the cursor of the terminal that `enter` types in.
    pub fn prompt(&mut self) -> String {
        let place = self.place("you");
        let id = self.terminals[place].id;
        self.app.question(id).unwrap_or_else(|| "$ ".to_owned())
    }

    /// Types a line, or answers a question with it; what was printed then.
    pub fn enter(&mut self, line: &str) -> Vec<String> {
        let place = self.place("you");
        let id = self.terminals[place].id;
        self.app.type_line(id, line);
        self.watch(id, QUIET);
        let question = self.app.question(id);
        self.terminals[place].asked = question;
        self.fresh(place)
    }
}

/// How many lines that follow an answer the recorder does not see: it has read so many lines already, and those are
/// written over what was asked. A question that the real tool takes for two lines on its 80 columns is written one
/// line higher, over the complaint.
fn written_over(question: &str) -> usize {
    let lines = question.lines().count();
    let is_wide =
        lines == 2 && question.lines().any(|line| line.chars().count() > 80 && line.starts_with('?'));
    lines.saturating_sub(1) + usize::from(is_wide)
}

/// A line as the rows of the recorder's screen. What is wide may stand half beyond the edge; at a character without
/// a width that is no accent, such as the joiner in 👨‍👩‍👧, that screen leaves the line.
fn rows(line: &str) -> Vec<String> {
    let (mut rows, mut width) = (vec![String::new()], 0);
    for c in line.chars() {
        let columns = c.width().unwrap_or(0);
        if columns == 0 && !is_accent(c) {
            break;
        }
        if width >= COLUMNS && columns > 0 {
            rows.push(String::new());
            width = 0;
        }
        rows.last_mut().expect("there is a row").push(c);
        width += columns;
    }
    rows
}

/// Whether the recorder's screen puts a character without a width onto the one before.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{e38}'..='\u{e3a}' | '\u{e48}'..='\u{e4b}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20dc}' | '\u{20e1}'
        | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}
