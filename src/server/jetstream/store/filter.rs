//! A choice of subjects.

use super::Record;
use crate::wire::subject;

/// All subjects, or those that one of some patterns selects.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    /// Empty for everything.
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    text: String,
    wildcard: bool,
    /// The length of the prefix before a `>` that is the only wildcard: a watcher's usual filter, and quickly compared.
    stem: Option<usize>,
}

impl Filter {
    pub(crate) fn all() -> Filter {
        Filter::default()
    }

    pub(crate) fn one(pattern: &str) -> Filter {
        Filter::new([pattern], &[])
    }

    /// A filter of these patterns; one that covers all of a stream's subjects selects everything.
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>, stream_subjects: &[String]) -> Filter {
        let mut filter = Filter::default();
        for text in patterns {
            let covers_all =
                !stream_subjects.is_empty() && stream_subjects.iter().all(|s| subject::covers(text, s));
            if covers_all || text == ">" || text.is_empty() {
                return Filter::all();
            }
            let stem =
                text.strip_suffix('>').filter(|stem| stem.ends_with('.') && !subject::has_wildcard(stem));
            let (text, stem) = (text.to_owned(), stem.map(str::len));
            filter.patterns.push(Pattern { wildcard: subject::has_wildcard(&text), stem, text });
        }
        filter
    }

    pub(crate) fn is_all(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The only subject that is selected, if it is one.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self.patterns.as_slice() {
            [pattern] if !pattern.wildcard => Some(&pattern.text),
            _ => None,
        }
    }

    /// Patterns whose last token ends in a wildcard but is not one, such as `a.b*`: what is before it, and whether it
    /// is `>`.
    pub(crate) fn half_wild(&self) -> impl Iterator<Item = (&str, bool)> {
        self.patterns.iter().filter_map(|Pattern { text, .. }| {
            let stem = text.strip_suffix(['*', '>'])?;
            (!stem.is_empty() && !stem.ends_with('.')).then_some((stem, text.ends_with('>')))
        })
    }

    pub(crate) fn matches(&self, subject: &str) -> bool {
        self.is_all() || self.patterns.iter().any(|pattern| pattern.matches(subject.as_bytes(), || subject))
    }

    /// Whether a stored message is selected.
    pub(crate) fn selects(&self, record: &Record<'_>) -> bool {
        let text = || record.subject_text();
        self.is_all() || self.patterns.iter().any(|pattern| pattern.matches(record.subject, text))
    }
}

impl Pattern {
    /// `text` gives the subject as a `str`, which is rarely needed.
    fn matches<'s>(&self, subject: &[u8], text: impl Fn() -> &'s str) -> bool {
        match self.stem {
            Some(stem) => subject.len() > stem && subject[..stem] == self.text.as_bytes()[..stem],
            None if self.wildcard => subject::matches(&self.text, text()),
            None => self.text.as_bytes() == subject,
        }
    }
}
