//! What is said to those who do not see what happens: a sentence for each command that has ended, and now and then
//! how much was printed besides. A terminal itself is silent, or everything would be read out again and again.

use super::App;
use super::terminals::Desk;
use crate::term::screen::Block;

/// A sentence, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    StepDone {
        done: usize,
        steps: usize,
    },
    /// Something runs in this terminal, which has to be stopped first.
    Busy(String),
    /// Nothing asks in this terminal.
    NothingAsks(String),
    /// There are as many terminals as there may be.
    MostTerminals(usize),
    /// No terminal can be called so.
    NoName,
    /// A command has ended there, having printed this much, and `more` than is read out.
    Ended {
        terminal: String,
        failed: bool,
        lines: usize,
        text: String,
        more: bool,
    },
    /// The last command may have been meant to be this.
    Meant(String),
    /// So many lines were printed there while something runs.
    News {
        terminal: String,
        lines: usize,
    },
}

/// How much is said of what is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// All of it.
    All,
    /// A little of it whole; of more the first lines, and how many there are.
    #[default]
    Some,
    Nothing,
}

impl Voice {
    pub const ALL: [Voice; 3] = [Voice::All, Voice::Some, Voice::Nothing];

    pub fn name(self) -> &'static str {
        match self {
            Voice::All => "all",
            Voice::Some => "some",
            Voice::Nothing => "nothing",
        }
    }

    /// How many lines are read out whole, and how many of more than those.
    fn lines(self) -> (usize, usize) {
        match self {
            Voice::All => (ALL_LINES, ALL_LINES),
            _ => (5, 2),
        }
    }
}

/// Nobody listens to more.
const ALL_LINES: usize = 500;
/// How long nothing is said of what is printed by itself after it was; milliseconds.
const QUIET: u64 = 3000;

/// What was said of a terminal.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The block that was last when it ended.
    block: Option<u64>,
    /// How much had been printed.
    printed: u64,
}

impl App {
    /// What is to be said of the last thing that happened, and a number that changes with it.
    pub fn said(&self) -> (u64, &[Said]) {
        (self.sayings, &self.said)
    }

    pub(super) fn say(&mut self, said: Said) {
        self.to_say.push(said);
    }

    /// Notices commands that have ended, and what was printed by others.
    pub(super) fn listen(&mut self) {
        let mut said = Vec::new();
        let voice = self.voice;
        for desk in &mut self.desks {
            let ended = ended(desk, voice);
            let meant = ended.as_ref().and_then(|_| desk.session.correction());
            let meant = meant.map(|line| Said::Meant(line.to_owned()));
            said.extend(ended.into_iter().chain(meant));
        }
        if said.is_empty() && self.real >= self.quiet_until {
            said.extend(self.desks.iter_mut().filter_map(news));
            if !said.is_empty() {
                self.quiet_until = self.real + QUIET;
            }
        }
        if voice != Voice::Nothing {
            self.to_say.extend(said);
        }
    }

    /// How much is said of what is printed.
    pub fn voice(&self) -> Voice {
        self.voice
    }

    /// Nothing of what has happened is to be said.
    pub(super) fn hush(&mut self) {
        self.listen();
        self.to_say.clear();
        self.said.clear();
    }

    /// What came is said, in the place of what was said before.
    pub(super) fn speak_up(&mut self) {
        if !self.to_say.is_empty() {
            self.said = std::mem::take(&mut self.to_say);
            self.sayings += 1;
        }
    }
}

fn ended(desk: &mut Desk, voice: Voice) -> Option<Said> {
    let screen = &desk.session.screen;
    let block = screen.all_blocks().next_back()?;
    if block.ended.is_none() || desk.heard.block == Some(block.id) {
        return None;
    }
    let new = screen.printed() - desk.heard.printed;
    let said = block.command.as_ref().filter(|command| !command.text.trim().is_empty() && !command.cancelled);
    let said = said.map(|_| {
        let (lines, text, more) = read_out(block, new as usize, voice);
        let failed = block.ended.is_some_and(|(_, status)| status != 0);
        Said::Ended { terminal: desk.name().to_owned(), failed, lines, text, more }
    });
    desk.heard = Heard { block: Some(block.id), printed: screen.printed() };
    said
}

fn news(desk: &mut Desk) -> Option<Said> {
    let printed = desk.session.screen.printed();
    let lines = (printed - desk.heard.printed) as usize;
    desk.heard.printed = printed;
    (lines > 0).then(|| Said::News { terminal: desk.name().to_owned(), lines })
}

/// How many lines there are among the last `new` ones of a block, what is said of them, and whether that is not all.
fn read_out(block: &Block, new: usize, voice: Voice) -> (usize, String, bool) {
    let kept = block.chunks().map(|chunk| chunk.rows().len()).sum::<usize>();
    let (whole, of_more) = voice.lines();
    let mut lines = 0;
    let mut text = String::new();
    // Where the text of the first lines ends.
    let mut cut = 0;
    for row in block.rows_from(block.first_line() + kept.saturating_sub(new)) {
        // Lines are drawn for eyes; nobody wants to hear of them.
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
