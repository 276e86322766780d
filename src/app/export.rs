//! Exports what the terminals showed.

use super::journal::Act;
use super::simulation::NANOS_PER_MILLI;
use super::{App, TerminalId};
use crate::base::Time;
use crate::base::pty::COLUMNS;
use crate::term::export::{Span, asciicast, transcript};
use crate::term::screen::Screen;

/// What a session can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A transcript that `play check` plays.
    Markdown,
    Text,
    /// A recording that asciinema plays.
    Asciicast,
}

impl Format {
    pub const ALL: [Format; 3] = [Format::Markdown, Format::Text, Format::Asciicast];

    /// What names of such files end with.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Text => "txt",
            Format::Asciicast => "cast",
        }
    }
}

/// The height of a recording's terminal; it is as wide as programs were told.
const CAST_LINES: usize = 24;

impl App {
    /// What one terminal showed, or all of them.
    pub fn export(&self, format: Format, only: Option<TerminalId>) -> String {
        let chosen = self.terminals.iter().filter(|terminal| only.is_none_or(|only| terminal.id() == only));
        let screens: Vec<&Screen> = chosen.clone().map(|terminal| &terminal.session.screen).collect();
        match format {
            Format::Markdown => {
                let mut terminals: Vec<(String, &Screen)> = Vec::new();
                for (terminal, screen) in chosen.zip(screens) {
                    let taken = |name: &str| terminals.iter().any(|(other, _)| other == name);
                    let name = plain_name(terminal.name(), &taken);
                    terminals.push((name, screen));
                }
                transcript(&terminals, &self.spans(), &self.widths())
            }
            Format::Asciicast => asciicast(&screens, self.terminals.told_columns().max(COLUMNS), CAST_LINES),
            Format::Text if only.is_some() => screens.iter().map(|screen| screen.to_text()).collect(),
            Format::Text => {
                let texts = chosen.map(|terminal| {
                    let name = terminal.name();
                    format!(
                        "{name}\n{}\n\n{}\n",
                        "=".repeat(name.chars().count()),
                        terminal.session.screen.to_text()
                    )
                });
                texts.collect()
            }
        }
    }

    /// The spans of time that a transcript has to wait for: moves of the clock, and expiries.
    fn spans(&self) -> Vec<Span> {
        let skips = self.journal().entries.iter().filter_map(|entry| match entry.act {
            Act::Skip { millis } => Some((self.time_of(entry.at), self.time_of(entry.at + millis))),
            _ => None,
        });
        skips.chain(self.observation.activity.expiries().iter().copied()).collect()
    }

    /// Since when how many columns were in sight.
    fn widths(&self) -> Vec<(Time, usize)> {
        let widths = self.journal().entries.iter().filter_map(|entry| match entry.act {
            Act::Width { columns } => Some((self.time_of(entry.at), columns as usize)),
            _ => None,
        });
        widths.collect()
    }

    /// The time so many milliseconds after the world began.
    fn time_of(&self, millis: u64) -> Time {
        Time((self.journal().began + millis) * NANOS_PER_MILLI)
    }
}

/// A name as transcripts have it: a letter, then letters, digits and '-'.
pub(super) fn plain_name(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let mut plain: String =
        name.to_ascii_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if !plain.starts_with(|first: char| first.is_ascii_lowercase()) {
        plain.insert_str(0, "t-");
    }
    while taken(&plain) {
        plain.push('x');
    }
    plain
}
