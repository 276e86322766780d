//! The fields of a word while it is expanded: how unquoted values are split, and what of them is a pattern.

use super::glob;

/// The longest word in bytes, so that a loop that doubles a variable does not fill the memory.
pub(super) const WORD_BYTES_MAX: usize = 8 << 20;

/// One field: its text, and the same as a pattern in which what was quoted is escaped.
#[derive(Default)]
pub(super) struct Field {
    pub text: String,
    pub pattern: String,
    /// Something in it is special in patterns and was not quoted.
    pub is_pattern: bool,
}

pub(super) struct Fields {
    done: Vec<Field>,
    /// `None` between two fields.
    current: Option<Field>,
    /// The characters that part fields.
    separators: String,
    /// Patterns have groups.
    extglob: bool,
}

impl Fields {
    pub(super) fn new(separators: &str, extglob: bool) -> Fields {
        Fields { done: Vec::new(), current: None, separators: separators.to_owned(), extglob }
    }

    pub(super) fn push(&mut self, text: &str, quoted: bool) {
        let field = self.current.get_or_insert_default();
        field.text.push_str(text);
        if quoted {
            field.pattern.push_str(&glob::escape(text));
        } else {
            field.pattern.push_str(text);
            field.is_pattern |= glob::is_pattern(text, self.extglob);
        }
    }

    /// Ends the field.
    pub(super) fn part(&mut self) {
        self.done.extend(self.current.take());
    }

    /// Adds an unquoted value, which separators split into fields.
    pub(super) fn push_split(&mut self, value: &str) {
        let separators = std::mem::take(&mut self.separators);
        let is_blank = |char: char| char.is_ascii_whitespace() && separators.contains(char);
        let mut rest = value;
        loop {
            let end = rest.find(|char| separators.contains(char)).unwrap_or(rest.len());
            if end > 0 {
                self.push(&rest[..end], false);
            }
            rest = &rest[end..];
            if rest.is_empty() {
                break;
            }
            rest = rest.trim_start_matches(is_blank);
            if let Some(char) = rest.chars().next().filter(|char| separators.contains(*char)) {
                self.current.get_or_insert_default();
                rest = rest[char.len_utf8()..].trim_start_matches(is_blank);
            }
            self.part();
        }
        self.separators = separators;
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.current.as_ref().is_some_and(|field| field.text.len() > WORD_BYTES_MAX)
    }

    pub(super) fn finish(mut self) -> Vec<Field> {
        self.part();
        self.done
    }

    /// The only field, where nothing was split.
    pub(super) fn finish_one(self) -> Field {
        self.current.unwrap_or_default()
    }
}
