//! The text being typed, with its cursor and selection: what a motion means, and the plain changes.
//! No memory of earlier texts (`undo`, `kill`, `history` have that).

use super::text::{self, Word};
use std::ops::Range;

/// A text being typed. It may hold newlines, where a command goes over several lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// INVARIANT: a character boundary of `text`, as is `anchor`.
    cursor: usize,
    /// Where the selection began; equal to `cursor` when nothing is selected.
    anchor: usize,
}

/// Where a key may take the cursor. A motion that cannot be made leaves it where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Left,
    Right,
    WordLeft(Word),
    WordRight(Word),
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
}

/// What to do with the letters of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Upper,
    Lower,
    Capital,
}

impl Line {
    /// A line with the cursor at its end.
    pub fn new(text: &str) -> Line {
        let mut line = Line::default();
        line.set(text, text.len()..text.len());
        line
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What is selected, lowest offset first; empty at the cursor when nothing is.
    pub fn selection(&self) -> Range<usize> {
        self.anchor.min(self.cursor)..self.anchor.max(self.cursor)
    }

    pub fn before(&self) -> &str {
        &self.text[..self.cursor]
    }

    pub fn at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Takes over what a text field holds: `selection` is from where it began to where its cursor is.
    /// Offsets that cannot be are moved to the nearest that can.
    pub fn set(&mut self, text: &str, selection: Range<usize>) {
        if self.text != text {
            self.text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        self.anchor = text::floor(&self.text, selection.start);
        self.cursor = text::floor(&self.text, selection.end);
    }

    /// Where `motion` leads from the cursor.
    pub fn target(&self, motion: Motion) -> usize {
        let (text, at) = (self.text.as_str(), self.cursor);
        match motion {
            Motion::Left => text::previous(text, at),
            Motion::Right => text::next(text, at),
            Motion::WordLeft(word) => word.start_before(text, at),
            Motion::WordRight(word) => word.end_after(text, at),
            Motion::LineStart => text::line_start(text, at),
            Motion::LineEnd => text::line_end(text, at),
            Motion::TextStart => 0,
            Motion::TextEnd => text.len(),
        }
    }

    /// Moves the cursor and selects nothing.
    pub fn go(&mut self, motion: Motion) {
        self.place(self.target(motion));
    }

    /// Puts the cursor at `at` and selects nothing.
    pub fn place(&mut self, at: usize) {
        self.cursor = text::floor(&self.text, at);
        self.anchor = self.cursor;
    }

    /// One line up or down within the text, in the same column as far as that line is long enough; false
    /// if there is none.
    pub fn go_lines(&mut self, down: bool) -> bool {
        let start = text::line_start(&self.text, self.cursor);
        let end = text::line_end(&self.text, self.cursor);
        let other = match down {
            true if end < self.text.len() => end + 1,
            false if start > 0 => text::line_start(&self.text, start - 1),
            _ => return false,
        };
        let column = self.text[start..self.cursor].chars().count();
        let (mut at, limit) = (other, text::line_end(&self.text, other));
        for char in self.text[other..limit].chars().take(column) {
            at += char.len_utf8();
        }
        self.place(at);
        true
    }

    /// Puts `text` in place of the selection, the cursor behind it.
    pub fn insert(&mut self, text: &str) {
        self.replace(self.selection(), text);
    }

    /// Puts `text` in place of `range`, the cursor behind it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let range = text::floor(&self.text, range.start)..text::floor(&self.text, range.end);
        self.text.replace_range(range.clone(), text);
        self.place(range.start + text.len());
    }

    /// Takes the text between the cursor and where `motion` leads, or the selection if there is one.
    pub fn cut(&mut self, motion: Motion) -> String {
        let mut range = self.selection();
        if range.is_empty() {
            let target = self.target(motion);
            range = self.cursor.min(target)..self.cursor.max(target);
        }
        let taken = self.text[range.clone()].to_owned();
        self.replace(range, "");
        taken
    }

    /// Exchanges the characters around the cursor and steps over them; at the end, the last two.
    pub fn transpose(&mut self) {
        let line = text::line_start(&self.text, self.cursor);
        let mut end = text::next(&self.text, self.cursor);
        if self.cursor == text::line_end(&self.text, self.cursor) {
            end = self.cursor;
        }
        let middle = text::previous(&self.text, end);
        if middle <= line {
            return;
        }
        let start = text::previous(&self.text, middle);
        let swapped = format!("{}{}", &self.text[middle..end], &self.text[start..middle]);
        self.replace(start..end, &swapped);
    }

    /// Exchanges the word at or before the cursor with the one before that, as Alt-T does.
    pub fn transpose_words(&mut self) {
        let word = Word::Letters;
        let end = word.end_after(&self.text, self.cursor);
        let second = word.start_before(&self.text, end);
        let first = word.start_before(&self.text, second);
        let first_end = word.end_after(&self.text, first);
        if first_end > second {
            return;
        }
        let [one, between, two] =
            [first..first_end, first_end..second, second..end].map(|range| &self.text[range]);
        let swapped = format!("{two}{between}{one}");
        self.replace(first..end, &swapped);
    }

    /// Changes the letters from the cursor to the end of the word and moves there.
    pub fn change_case(&mut self, case: Case) {
        let end = Word::Letters.end_after(&self.text, self.cursor);
        let part = &self.text[self.cursor..end];
        let changed = match case {
            Case::Upper => part.to_uppercase(),
            Case::Lower => part.to_lowercase(),
            Case::Capital => capitalised(part),
        };
        self.replace(self.cursor..end, &changed);
    }
}

fn capitalised(part: &str) -> String {
    let Some(letter) = part.find(char::is_alphanumeric) else { return part.to_owned() };
    let after = text::next(part, letter);
    format!("{}{}{}", &part[..letter], part[letter..after].to_uppercase(), part[after..].to_lowercase())
}
