//! Announcements for a live region: a sentence for each command that has ended, and now and then how much was printed
//! besides. A terminal itself is silent, or everything would be read out again and again.

use std::collections::BTreeMap;

use super::owners::TerminalId;
use super::terminals::{TerminalSession, Terminals};
use crate::term::screen::Block;

/// A sentence, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    StepDone {
        done: usize,
        steps: usize,
    },
    /// Something runs in this terminal, which has to be stopped first.
    Busy(String),
    /// Nothing asks in this terminal.
    NothingAsked(String),
    /// There are as many terminals as there may be.
    TerminalLimit(usize),
    /// No terminal can have this name.
    InvalidName,
    /// A command has ended; `more` lines were printed than `text` has.
    CommandEnded {
        terminal: String,
        failed: bool,
        lines: usize,
        text: String,
        more: bool,
    },
    /// The last command may have been meant to be this.
    DidYouMean(String),
    /// What runs there asks this.
    Asks {
        terminal: String,
        question: String,
    },
    /// The line can be completed in so many ways, which are listed.
    Candidates(usize),
    /// So many lines were printed there while something runs.
    NewOutput {
        terminal: String,
        lines: usize,
    },
}

/// How much is announced of what is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// All of it.
    All,
    /// A few lines whole; of more the first lines, and how many there are.
    #[default]
    Some,
    Nothing,
}

impl Verbosity {
    pub const ALL: [Verbosity; 3] = [Verbosity::All, Verbosity::Some, Verbosity::Nothing];

    pub fn name(self) -> &'static str {
        match self {
            Verbosity::All => "all",
            Verbosity::Some => "some",
            Verbosity::Nothing => "nothing",
        }
    }

    /// How many lines are read out whole, and how many if there are more than those.
    fn lines(self) -> (usize, usize) {
        match self {
            Verbosity::All => (ALL_LINES, ALL_LINES),
            Verbosity::Some | Verbosity::Nothing => (5, 2),
        }
    }
}

/// Nobody listens to more.
const ALL_LINES: usize = 500;

/// Between two announcements of new output, in milliseconds.
const OUTPUT_INTERVAL: u64 = 3000;

#[derive(Default)]
pub(super) struct Announcer {
    /// What is to be announced now, and how often that was replaced.
    current: Vec<Announcement>,
    count: u64,
    /// What came since.
    pending: Vec<Announcement>,
    verbosity: Verbosity,
    /// Wall time in milliseconds until which no new output is announced.
    quiet_until: u64,
    cursors: BTreeMap<TerminalId, AnnounceCursor>,
}

/// What of a terminal was announced.
#[derive(Clone, Debug, Default)]
struct AnnounceCursor {
    /// The last block that had ended.
    block: Option<u64>,
    /// How many lines had been printed.
    printed: u64,
    /// What was asked.
    question: Option<String>,
    /// How many candidates were listed.
    candidates: Option<usize>,
}

impl Announcer {
    pub(super) fn announce(&mut self, announcement: Announcement) {
        self.pending.push(announcement);
    }

    /// What is to be announced now, and a number that changes with it.
    pub(super) fn current(&self) -> (u64, &[Announcement]) {
        (self.count, &self.current)
    }

    pub(super) fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    pub(super) fn set_verbosity(&mut self, verbosity: Verbosity) {
        self.verbosity = verbosity;
    }

    /// Announces commands that have ended, else what others printed, if that has not been done just now.
    pub(super) fn observe(&mut self, terminals: &Terminals, wall_now: u64) {
        let mut new = Vec::new();
        for terminal in terminals.iter() {
            // Whatever is said of output: without these nobody knows what the next key does.
            let cursor = self.cursors.entry(terminal.id()).or_default();
            self.pending.extend(cursor.asks(terminal));
            self.pending.extend(cursor.lists(terminal));
        }
        for terminal in terminals.iter() {
            let cursor = self.cursors.entry(terminal.id()).or_default();
            let Some(ended) = cursor.command_ended(terminal, self.verbosity) else { continue };
            new.push(ended);
            new.extend(terminal.session.correction().map(|line| Announcement::DidYouMean(line.to_owned())));
        }
        if new.is_empty() && wall_now >= self.quiet_until {
            for terminal in terminals.iter() {
                new.extend(self.cursors.entry(terminal.id()).or_default().new_output(terminal));
            }
            if !new.is_empty() {
                self.quiet_until = wall_now + OUTPUT_INTERVAL;
            }
        }
        if self.verbosity != Verbosity::Nothing {
            self.pending.extend(new);
        }
    }

    /// Nothing that has happened so far is to be announced.
    pub(super) fn discard(&mut self, terminals: &Terminals) {
        for terminal in terminals.iter() {
            let cursor = self.cursors.entry(terminal.id()).or_default();
            cursor.asks(terminal);
            cursor.lists(terminal);
            cursor.command_ended(terminal, self.verbosity);
            cursor.new_output(terminal);
        }
        self.pending.clear();
        self.current.clear();
    }

    /// Replaces the current announcements by what came since, if anything did.
    pub(super) fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.current = std::mem::take(&mut self.pending);
            self.count += 1;
        }
    }
}

impl AnnounceCursor {
    fn command_ended(&mut self, terminal: &TerminalSession, verbosity: Verbosity) -> Option<Announcement> {
        let screen = &terminal.session.screen;
        let block = screen.all_blocks().next_back()?;
        let (_, status) = block.ended?;
        if self.block == Some(block.id) {
            return None;
        }
        let new = screen.printed() - self.printed;
        (self.block, self.printed) = (Some(block.id), screen.printed());
        block.command.as_ref().filter(|command| !command.text.trim().is_empty() && !command.cancelled)?;
        let (lines, text, more) = read_out(block, new as usize, verbosity);
        let terminal = terminal.name().to_owned();
        Some(Announcement::CommandEnded { terminal, failed: status != 0, lines, text, more })
    }

    fn asks(&mut self, terminal: &TerminalSession) -> Option<Announcement> {
        let question = terminal.question();
        let is_new = question != self.question;
        self.question = question;
        let question = self.question.as_ref().filter(|_| is_new)?.clone();
        Some(Announcement::Asks { terminal: terminal.name().to_owned(), question })
    }

    fn lists(&mut self, terminal: &TerminalSession) -> Option<Announcement> {
        let candidates = terminal.session.editor.view().menu.map(|menu| menu.list().len());
        let is_new = candidates != self.candidates;
        self.candidates = candidates;
        candidates.filter(|_| is_new).map(Announcement::Candidates)
    }

    fn new_output(&mut self, terminal: &TerminalSession) -> Option<Announcement> {
        let printed = terminal.session.screen.printed();
        let lines = (printed - self.printed) as usize;
        self.printed = printed;
        (lines > 0).then(|| Announcement::NewOutput { terminal: terminal.name().to_owned(), lines })
    }
}

/// Of the last `new` lines of a block: how many are not empty, the text to be read out, and whether there is more.
fn read_out(block: &Block, new: usize, verbosity: Verbosity) -> (usize, String, bool) {
    let kept = block.chunks().map(|chunk| chunk.rows().len()).sum::<usize>();
    let (whole, of_more) = verbosity.lines();
    let mut lines = 0;
    let mut text = String::new();
    // Where the text of the first lines ends.
    let mut cut = 0;
    for row in block.rows_from(block.first_line() + kept.saturating_sub(new)) {
        // The lines of a table are not for ears.
        let plain = row.text().replace(|c| ('\u{2500}'..='\u{257f}').contains(&c), " ");
        let mut words = plain.split_whitespace().peekable();
        if words.peek().is_none() {
            continue;
        }
        lines += 1;
        if lines <= whole {
            words.for_each(|word| {
                text.push_str(word);
                text.push(' ');
            });
        }
        if lines <= of_more {
            cut = text.len();
        }
    }
    let more = lines > whole;
    text.truncate(if more { cut } else { text.len() }.saturating_sub(1));
    (lines, text, more)
}
