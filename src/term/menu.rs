//! Completion: what could stand at the cursor, handed in by whoever knows, and the way through the list.

use std::ops::Range;

/// One thing that could stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is put into the line, quoted if the shell needs that.
    pub text: String,
    /// One line that says what it is; may be empty.
    pub help: String,
    /// What follows when it is chosen: mostly a blank, nothing where the word goes on (`--flag=`).
    pub suffix: String,
}

impl Candidate {
    /// A whole word.
    pub fn word(text: impl Into<String>, help: impl Into<String>) -> Candidate {
        Candidate { text: text.into(), help: help.into(), suffix: " ".to_owned() }
    }

    /// A beginning that more has to follow.
    pub fn beginning(text: impl Into<String>, help: impl Into<String>) -> Candidate {
        Candidate { suffix: String::new(), ..Candidate::word(text, help) }
    }
}

/// Everything that could stand at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The part of the line that a candidate takes the place of: byte offsets, ending at the cursor.
    pub range: Range<usize>,
    pub list: Vec<Candidate>,
}

/// The open list of candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    range: Range<usize>,
    list: Vec<Candidate>,
    selected: Option<usize>,
}

impl Menu {
    /// An open list with nothing selected yet.
    pub fn new(candidates: Candidates) -> Menu {
        Menu { range: candidates.range, list: candidates.list, selected: None }
    }

    pub fn list(&self) -> &[Candidate] {
        &self.list
    }

    /// Place in the list of what is selected.
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// What is selected.
    pub fn candidate(&self) -> Option<&Candidate> {
        self.selected.map(|at| &self.list[at])
    }

    /// The part of the line that now holds the selected candidate, or what was typed of it.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Selects the next candidate, or the one before; behind the last comes the first.
    pub fn step(&mut self, back: bool) {
        let count = self.list.len();
        self.selected = match self.selected {
            None if back => count.checked_sub(1),
            None => (count > 0).then_some(0),
            Some(at) if back => Some((at + count - 1) % count),
            Some(at) => Some((at + 1) % count),
        };
    }

    /// Selects by place, as a click does; a place that is not in the list selects nothing.
    pub fn select(&mut self, at: usize) {
        self.selected = (at < self.list.len()).then_some(at);
    }

    /// Notes that the line's part has been replaced by a text of this length.
    pub fn replaced(&mut self, length: usize) {
        self.range.end = self.range.start + length;
    }
}

/// What all candidates begin with.
pub fn common_prefix(list: &[Candidate]) -> &str {
    let Some((first, others)) = list.split_first() else { return "" };
    let shared = others.iter().fold(first.text.len(), |shared, other| {
        let pairs = first.text.char_indices().zip(other.text.chars());
        let same = pairs.take_while(|((_, one), two)| one == two);
        shared.min(same.last().map_or(0, |((at, char), _)| at + char.len_utf8()))
    });
    &first.text[..shared]
}
