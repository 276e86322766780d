//! Plays transcripts in an application of their own, in simulated time, as the recorder (tests/oracle) plays them on the
//! real tools: it waits until a command ends or prints nothing for a while, then gathers what other terminals printed.

use std::time::Duration;

use unicode_width::UnicodeWidthChar;

use crate::app::{App, Options, TerminalId};
use crate::base::TimeZone;
use crate::gofmt;
use crate::term::screen::Seen;
use crate::texts::Language;
use crate::transcript::mask::Mask;
use crate::transcript::{self, Line, Piece, Step};

/// How long a command prints nothing before the next one is typed, after a line and after Ctrl-C.
const QUIET: Duration = Duration::from_millis(800);
const QUIET_AFTER_INTERRUPT: Duration = Duration::from_millis(1500);
/// The longest wait for a command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(12);
/// The time that the recorder takes to start a program.
const START: Duration = Duration::from_millis(30);
/// The wait before the output of other terminals is gathered.
const GATHER: Duration = Duration::from_millis(300);

/// The width of the recorder's screen.
const COLUMNS: usize = 400;

/// Plays one transcript.
pub struct Player {
    app: App,
    /// In the order of their first use.
    terminals: Vec<PlayerTerminal>,
}

/// A terminal, and how much of its screen is in the transcript.
struct PlayerTerminal {
    name: String,
    id: TerminalId,
    seen: Seen,
    /// The prompt that is in the transcript.
    prompt: Option<String>,
    /// A program ran at the last look, and may have printed since.
    was_running: bool,
}

/// Plays a transcript, and returns it with the output of the simulation.
pub fn play(markdown: &str) -> String {
    let mut player = Player::new(!transcript::starts_server(markdown));
    masking(markdown, |columns, lines| player.play(columns, lines))
}

/// The expected result of [`play`]: the transcript, masked.
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
                *lines = change(columns, lines);
                if !lines.is_empty() {
                    let masked = mask.apply(&lines.join("\n"));
                    *lines = masked.split('\n').map(str::to_owned).collect();
                }
            }
        }
    }
    transcript::join(&pieces)
}

impl Player {
    /// A fresh application, with a JetStream server if `with_server`.
    pub fn new(with_server: bool) -> Player {
        let now = gofmt::time::parse("2026-01-01T00:00:00Z").expect("a time").nanos() / 1_000_000;
        let options = Options {
            now,
            seed: 1,
            zone: TimeZone::UTC,
            language: Language::ENGLISH,
            lesson: None,
            pause: || false,
        };
        let mut app = App::bare(options);
        if with_server {
            app.start_server();
        }
        Player::of(app)
    }

    /// Plays in an application that is there.
    pub fn of(app: App) -> Player {
        Player { app, terminals: Vec::new() }
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// Does all that a transcript says.
    pub fn do_all(&mut self, markdown: &str) {
        masking(markdown, |columns, lines| self.play(columns, lines));
    }

    /// Plays the lines of a fence, and returns them with the output of the simulation.
    fn play(&mut self, columns: usize, lines: &[String]) -> Vec<String> {
        self.app.set_columns(columns);
        let mut out = Vec::new();
        for step in transcript::steps(lines) {
            let shown = step.to_string();
            match step {
                Step::Answer { terminal, text } => self.answer(&terminal, &text, shown, &mut out),
                Step::Wait { time, .. } => {
                    out.push(shown);
                    self.app.advance(time);
                    self.gather(None, &mut out);
                }
                Step::Type { terminal, command } => {
                    out.push(shown);
                    self.type_in(&terminal, &command, &mut out);
                }
                Step::Interrupt { terminal } => {
                    out.push(shown);
                    self.interrupt(&terminal, &mut out);
                }
            }
        }
        out
    }

    fn type_in(&mut self, name: &str, command: &str, out: &mut Vec<String>) {
        let terminal = self.terminal(name);
        let id = self.terminals[terminal].id;
        self.app.end_programs(id);
        self.terminals[terminal].prompt = None;
        self.app.advance(START);
        self.app.type_line(id, command);
        self.watch(id, QUIET);
        self.write_output(terminal, 0, out);
        self.gather(Some(name), out);
    }

    fn answer(&mut self, name: &str, text: &str, shown: String, out: &mut Vec<String>) {
        let terminal = self.terminal(name);
        let id = self.terminals[terminal].id;
        if !self.app.is_busy(id) {
            return; // Nothing asks any more.
        }
        // The line of the prompt is printed again with the answer.
        if out.last().is_some_and(|line| matches!(transcript::read(line), Line::Output(_))) {
            out.pop();
        }
        out.push(shown);
        let written_over =
            written_over(self.terminals[terminal].prompt.take().as_deref().unwrap_or_default());
        self.app.type_line(id, text);
        self.watch(id, QUIET);
        self.write_output(terminal, written_over, out);
        self.gather(Some(name), out);
    }

    fn interrupt(&mut self, name: &str, out: &mut Vec<String>) {
        let terminal = self.terminal(name);
        let id = self.terminals[terminal].id;
        if !self.app.is_busy(id) {
            return;
        }
        self.app.press_interrupt(id);
        self.watch(id, QUIET_AFTER_INTERRUPT);
        let prompt = self.terminals[terminal].prompt.take().map_or(0, |prompt| prompt.lines().count());
        let later =
            self.fresh(terminal).into_iter().skip(prompt).filter(|line| !matches!(line.trim(), "^C" | ""));
        out.extend(later.map(|line| format!("{name}| {line}")));
        self.gather(Some(name), out);
    }

    /// Lets time pass until the command ends or prints nothing for `quiet`.
    fn watch(&mut self, id: TerminalId, quiet: Duration) {
        let end = self.app.now() + COMMAND_TIMEOUT;
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

    /// Writes what a command printed, without its first lines, and its status if that is not 0.
    fn write_output(&mut self, terminal: usize, without: usize, out: &mut Vec<String>) {
        out.extend(self.fresh(terminal).into_iter().skip(without));
        let PlayerTerminal { name, id, .. } = &self.terminals[terminal];
        if let Some(status) = self.app.status(*id).filter(|status| *status != 0) {
            out.push(format!("{name}? {status}"));
        }
    }

    /// Writes what other terminals have printed.
    fn gather(&mut self, but: Option<&str>, out: &mut Vec<String>) {
        let is_other =
            |terminal: &PlayerTerminal| Some(terminal.name.as_str()) != but && terminal.was_running;
        let others: Vec<usize> =
            (0..self.terminals.len()).filter(|terminal| is_other(&self.terminals[*terminal])).collect();
        if !others.is_empty() {
            self.app.advance(GATHER);
        }
        for terminal in others {
            let name = self.terminals[terminal].name.clone();
            let lines = self.fresh(terminal).into_iter().filter(|line| !line.is_empty());
            out.extend(lines.map(|line| format!("{name}| {line}")));
        }
    }

    /// New lines of a terminal, and its prompt.
    fn fresh(&mut self, terminal: usize) -> Vec<String> {
        let PlayerTerminal { id, seen, prompt, .. } = &mut self.terminals[terminal];
        let screen = self.app.screen(*id).expect("terminals of a transcript stay open");
        let question = self.app.question(*id);
        let is_new = question.is_some() && question != *prompt;
        let mut lines = screen.fresh(seen, is_new);
        if question != *prompt {
            lines.extend(
                question.iter().flat_map(|question| question.lines().map(|line| line.trim_end().to_owned())),
            );
            prompt.clone_from(&question);
        }
        self.terminals[terminal].was_running = self.app.is_busy(self.terminals[terminal].id);
        lines.iter().flat_map(|line| rows(line)).collect()
    }

    fn version(&self, id: TerminalId) -> (u64, bool) {
        let screen = self.app.screen(id).expect("terminals of a transcript stay open");
        (screen.version(), self.app.question(id).is_some())
    }

    fn terminal(&mut self, name: &str) -> usize {
        if let Some(terminal) = self.terminals.iter().position(|terminal| terminal.name == name) {
            return terminal;
        }
        let id = self.app.find_or_open(name);
        self.terminals.push(PlayerTerminal {
            name: name.to_owned(),
            id,
            seen: Seen::default(),
            prompt: None,
            was_running: false,
        });
        self.terminals.len() - 1
    }

    /// The prompt of the terminal that [`Player::enter`] uses.
    pub fn prompt(&mut self) -> String {
        let terminal = self.terminal("you");
        let id = self.terminals[terminal].id;
        self.app.question(id).unwrap_or_else(|| "$ ".to_owned())
    }

    /// Whether a program waits for an answer there.
    pub fn asks(&mut self) -> bool {
        let terminal = self.terminal("you");
        let id = self.terminals[terminal].id;
        self.app.question(id).is_some()
    }

    /// Presses Ctrl-C there as long as a program runs, and returns what is printed then.
    pub fn stop(&mut self) -> Vec<String> {
        let terminal = self.terminal("you");
        let id = self.terminals[terminal].id;
        for _ in 0..3 {
            if self.app.is_busy(id) {
                self.app.press_interrupt(id);
                self.watch(id, QUIET_AFTER_INTERRUPT);
            }
        }
        self.fresh(terminal)
    }

    /// Enters a line, and returns what is printed then.
    pub fn enter(&mut self, line: &str) -> Vec<String> {
        let terminal = self.terminal("you");
        let id = self.terminals[terminal].id;
        self.app.type_line(id, line);
        self.watch(id, QUIET);
        let question = self.app.question(id);
        self.terminals[terminal].prompt = question;
        self.fresh(terminal)
    }
}

/// How many lines behind an answer the recorder does not see, since they are written over the lines of the prompt. A
/// prompt that the real tool takes for two lines of 80 columns is overwritten one line higher.
fn written_over(question: &str) -> usize {
    let lines = question.lines().count();
    let is_wide =
        lines == 2 && question.lines().any(|line| line.chars().count() > 80 && line.starts_with('?'));
    lines.saturating_sub(1) + usize::from(is_wide)
}

/// A line as rows of the recorder's screen (pyte). Wide characters may stand half beyond the edge. The line ends at a
/// character of no width that is no accent, such as the joiner in 👨‍👩‍👧.
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
