//! A screen as an asciicast (version 3), which asciinema and its player show as a film.

use super::timeline::{TimelineEventKind, timeline};
use crate::base::Time;
use crate::gojson::quote;
use crate::term::screen::{Command, Screen};

/// How long a typed character takes in the film, in seconds.
const KEY_SECONDS: f64 = 0.04;

/// Longer silences are shortened by players to this, in seconds.
const IDLE_SECONDS: &str = "2.0";

/// Everything that is kept, as a film on a terminal of this many columns and lines; that of several terminals has
/// everything in the order of time.
pub fn asciicast(screens: &[&Screen], columns: usize, lines: usize) -> String {
    let events = timeline(screens);
    let began = events.first().map_or_else(Time::default, |event| event.at);
    let seconds = began.nanos() / 1_000_000_000;
    let header = format!(
        "{{\"version\":3,\"term\":{{\"cols\":{columns},\"rows\":{lines}}},\"timestamp\":{seconds},\"idle_time_limit\":{IDLE_SECONDS}}}\n"
    );
    let mut film = Film { text: header, began, shown: 0.0, told: 0 };
    for event in events {
        film.at(event.at);
        match event.kind {
            TimelineEventKind::Typed(command) => film.typed(command),
            TimelineEventKind::Printed(row) => film.show(&format!("{}\r\n", row.to_ansi())),
            TimelineEventKind::Answered(_) | TimelineEventKind::Interrupted | TimelineEventKind::Ended(_) => {
            } // The screen shows what came of it.
        }
    }
    film.text
}

struct Film {
    text: String,
    began: Time,
    /// When the last event was, in seconds since the beginning.
    shown: f64,
    /// The same in milliseconds, as it was told.
    told: u64,
}

impl Film {
    fn typed(&mut self, command: &Command) {
        self.show(&command.prompt);
        for char in command.text.chars() {
            self.shown += KEY_SECONDS;
            let shown = if char == '\n' { "\r\n> ".to_owned() } else { char.to_string() };
            self.show(&shown);
        }
        self.show(if command.cancelled { "^C\r\n" } else { "\r\n" });
    }

    /// Moves to a time, never back: what was typed has taken some of it.
    fn at(&mut self, time: Time) {
        self.shown = self.shown.max(time.since(self.began).as_secs_f64());
    }

    fn show(&mut self, text: &str) {
        let now = (self.shown * 1000.0).round() as u64;
        // Each event tells how long after the one before it comes.
        let millis = now - std::mem::replace(&mut self.told, now);
        let fraction = format!("{:03}", millis % 1000);
        let fraction = match fraction.trim_end_matches('0') {
            "" => "0",
            digits => digits,
        };
        self.text.push_str(&format!("[{}.{fraction},\"o\",", millis / 1000));
        quote(text, &mut self.text);
        self.text.push_str("]\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_has_a_header_and_events() {
        let mut screen = Screen::default();
        let command = Command { prompt: "$ ".to_owned(), text: "w".to_owned(), cancelled: false };
        screen.begin(command, Time::from_secs(10));
        screen.write(b"\x1b[32mone\x1b[0m\n", Time::from_secs(11));
        screen.write(b"two\nthree\n", Time::from_secs(13));
        let expected = r#"{"version":3,"term":{"cols":80,"rows":24},"timestamp":10,"idle_time_limit":2.0}
[0.0,"o","$ "]
[0.04,"o","w"]
[0.0,"o","\r\n"]
[0.96,"o","\u001b[32mone\u001b[0m\r\n"]
[2.0,"o","two\r\n"]
[0.0,"o","three\r\n"]
"#;
        assert_eq!(asciicast(&[&screen], 80, 24), expected);
    }
}
