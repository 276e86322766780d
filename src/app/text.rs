//! Numbers, times, values and names as the page shows them.

use std::borrow::Cow;
use std::time::Duration;

use crate::base::{Time, TimeZone};
use crate::gofmt;
use crate::server::view::ConnectionView;

/// How much of a value is shown in the inspector, in characters.
const LONGEST_VALUE: usize = 120;

/// `1 key`, `2 keys`.
pub(super) fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `512 B`, `1.5 KiB`.
pub(super) fn bytes(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["B", "KiB", "MiB", "GiB"] {
        if value < 1024.0 {
            let decimals = usize::from(unit != "B" && value < 10.0);
            return format!("{value:.decimals$} {unit}");
        }
        value /= 1024.0;
    }
    format!("{value:.1} TiB")
}

/// `45 s`, `2 min 5 s`, `3 h 20 min`, `4 d`.
/// So many milliseconds in the two largest units that fit.
pub fn span(millis: u64) -> String {
    duration(Duration::from_millis(millis))
}

pub(super) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let pair = |one: u64, unit: &str, other: u64, small: &str| match other {
        0 => format!("{one} {unit}"),
        _ => format!("{one} {unit} {other} {small}"),
    };
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..60 => format!("{seconds} s"),
        60..3600 => pair(seconds / 60, "min", seconds % 60, "s"),
        3600..86_400 => pair(seconds / 3600, "h", seconds / 60 % 60, "min"),
        _ => pair(seconds / 86_400, "d", seconds / 3600 % 24, "h"),
    }
}

/// The same in whole seconds, rounded up: nothing is left only when the time is over.
pub(super) fn time_left(left: Duration) -> String {
    duration(Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0)))
}

/// The time of day, `14:49:23`.
pub(super) fn time_of_day(time: Time, zone: &TimeZone) -> String {
    gofmt::time::time_only(time, zone)
}

/// A name or a value as the page shows it beside the terminals: characters that nobody sees, or that change the direction of
/// what stands around them, are told by their numbers, such as `‹U+202E›`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(deceives) {
        return Cow::Borrowed(text);
    }
    let shown = |char: char| match deceives(char) {
        true => format!("‹U+{:04X}›", u32::from(char)),
        false => char.to_string(),
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Control and format characters, except for the ends of lines, tabs, and what joins letters of some scripts.
pub(super) fn deceives(char: char) -> bool {
    match char {
        '\n' | '\t' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

/// The name of a client that is in no terminal.
pub(super) fn client_name(connection: &ConnectionView) -> String {
    match connection.name.as_str() {
        "" => format!("client {}", connection.number),
        name => visible(name).into_owned(),
    }
}

/// A command line of these words, quoted where a shell needs it.
pub fn command(words: &[&str]) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "-_./=".contains(char);
    let quoted = words.iter().map(|word| match word.chars().all(plain) && !word.is_empty() {
        true => (*word).to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// A value as text, or in hexadecimal if it is none; never longer than a line or two.
pub(super) fn value(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if text.chars().nth(LONGEST_VALUE).is_none() => visible(text).into_owned(),
        Ok(text) => {
            let mut short: String = text.chars().take(LONGEST_VALUE).collect();
            short.push('…');
            visible(&short).into_owned()
        }
        Err(_) => {
            let hex: String = value.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
            let cut = if value.len() > 16 { "…" } else { "" };
            format!("0x{hex}{cut} ({})", bytes(value.len() as u64))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_said_in_units() {
        assert_eq!(
            [bytes(0), bytes(1023), bytes(1536), bytes(20 << 20)],
            ["0 B", "1023 B", "1.5 KiB", "20 MiB"]
        );
        let said = [0, 59, 60, 125, 3600, 90_000].map(|seconds| duration(Duration::from_secs(seconds)));
        assert_eq!(said, ["0 ms", "59 s", "1 min", "2 min 5 s", "1 h", "1 d 1 h"]);
        assert_eq!([count(1, "key"), count(0, "key")], ["1 key", "0 keys"]);
    }

    #[test]
    fn what_a_shell_would_read_otherwise_is_quoted() {
        assert_eq!(command(&["nats", "kv", "get", "b", "a.b/c-d_e=f"]), "nats kv get b a.b/c-d_e=f");
        assert_eq!(command(&["get", "b", "it's >"]), "get b 'it'\\''s >'");
    }

    #[test]
    fn what_would_deceive_is_told() {
        assert_eq!(visible("żółć 鍵 👩\u{200d}💻\n"), "żółć 鍵 👩\u{200d}💻\n");
        assert_eq!(visible("you\u{202e}$ mr\u{1b}"), "you‹U+202E›$ mr‹U+001B›");
        assert_eq!(value("a\u{2066}b".as_bytes()), "a‹U+2066›b");
    }

    #[test]
    fn values_are_shortened_and_never_broken() {
        assert_eq!(value("żółć".as_bytes()), "żółć");
        assert_eq!(value(&[0xff, 0]), "0xff00 (2 B)");
        assert_eq!(value("鍵".repeat(121).as_bytes()).chars().count(), 121);
    }
}
