//! Where a text may be cut: what a person takes for one character, words of two kinds, and lines. All positions are byte
//! offsets at character boundaries.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The end of the character (as a person sees it) that begins at `at`; the text's end if there is none.
pub fn next(text: &str, at: usize) -> usize {
    text[at..].graphemes(true).next().map_or(text.len(), |grapheme| at + grapheme.len())
}

/// The start of the character (as a person sees it) that ends at `at`; 0 if there is none.
pub fn previous(text: &str, at: usize) -> usize {
    text[..at].graphemes(true).next_back().map_or(0, |grapheme| at - grapheme.len())
}

/// Whether a character belongs to the one before it: accents, vowel signs, skin tones.
fn extends(char: char) -> bool {
    let tone = matches!(char, '\u{1f3fb}'..='\u{1f3ff}');
    tone || (!char.is_control() && char.width() == Some(0))
}

/// How words are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Letters and digits, as Alt-B and Alt-F count.
    Letters,
    /// Anything but blanks, as Ctrl-W counts.
    Blank,
}

impl Word {
    fn holds(self, char: char) -> bool {
        match self {
            Word::Letters => char.is_alphanumeric() || extends(char),
            Word::Blank => !char.is_whitespace(),
        }
    }

    /// The end of the word that `at` is in, or of the next one.
    pub fn end_after(self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let Some(begin) = rest.find(|char| self.holds(char)) else { return text.len() };
        rest[begin..].find(|char| !self.holds(char)).map_or(text.len(), |length| at + begin + length)
    }

    /// The start of the word that `at` is in or just behind, or of the one before.
    pub fn start_before(self, text: &str, at: usize) -> usize {
        let trimmed = text[..at].trim_end_matches(|char| !self.holds(char));
        trimmed.trim_end_matches(|char| self.holds(char)).len()
    }
}

/// The start of the line that `at` is on.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` is on, before its newline.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// The nearest boundary of a code point at or before `at`; for offsets from outside.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts are shown as `·`; forwards and backwards have to agree.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace('·', "");
        let (mut forwards, mut at) = (Vec::new(), 0);
        while at < text.len() {
            let end = next(&text, at);
            forwards.push(&text[at..end]);
            at = end;
        }
        assert_eq!(forwards.join("·"), expected);
        let mut backwards = Vec::new();
        while at > 0 {
            let start = previous(&text, at);
            backwards.insert(0, &text[start..at]);
            at = start;
        }
        assert_eq!(backwards, forwards);
    }

    #[test]
    fn one_character_as_a_person_sees_it() {
        check("a·b");
        check("e\u{301}·x");
        check("漢·字");
        check("👩\u{200d}👩\u{200d}👧·!");
        check("👍\u{1f3fd}·👍");
        check("🇩🇪·🇫🇷·🇩");
        check("❤\u{fe0f}·a");
        check("שָׁ·ל·ו·ם");
        check("a·\n·\n·e\u{301}·\n·b");
        check("\t·a");
    }
}
