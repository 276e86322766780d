//! Which acts of a journal are one deed: what somebody did at once.

use crate::app::journal::Act;

/// Whether a deed begins with an act that follows another one. A new width is told with what comes next, and what a program from
/// outside says is one deed, however many messages it has.
pub(super) fn begins_deed(before: Option<&Act>, act: &Act) -> bool {
    match before {
        None => true,
        Some(Act::Width { .. }) => false,
        Some(before) => !(is_from_outside(before) && is_from_outside(act)),
    }
}

fn is_from_outside(act: &Act) -> bool {
    matches!(act, Act::Connect | Act::Sent { .. } | Act::Disconnect { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each letter is an act: `w` a width, `(`, `<` and `)` a program from outside, anything else a line.
    fn deeds(acts: &str) -> String {
        let act = |letter: char| match letter {
            'w' => Act::Width { columns: 100 },
            '(' => Act::Connect,
            '<' => Act::Sent { client: 1, bytes: Vec::new() },
            ')' => Act::Disconnect { client: 1 },
            other => Act::Submit { terminal: 1, line: other.to_string() },
        };
        let mut text = String::new();
        let mut before = None;
        for letter in acts.chars() {
            if begins_deed(before.as_ref(), &act(letter)) {
                text.push(' ');
            }
            text.push(letter);
            before = Some(act(letter));
        }
        text.trim_start().to_owned()
    }

    #[test]
    fn what_belongs_together_is_one_deed() {
        assert_eq!(deeds("abwc(<<)d(<"), "a b wc (<<) d (<");
        assert_eq!(deeds("w(<a"), "w(< a");
    }
}
