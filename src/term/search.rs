//! Ctrl-R: looking for an older command by a part of it, as each letter is typed.

use super::history::History;

/// A search under way. While it is, the text field holds the part that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    query: String,
    /// Place in the history and text of what was found last; stays when a longer part is not found.
    found: Option<(usize, String)>,
    failing: bool,
    /// The line as it was before, which Esc brings back.
    before: String,
}

impl Search {
    /// Begins with nothing to look for.
    pub fn new(before: &str) -> Search {
        Search { query: String::new(), found: None, failing: false, before: before.to_owned() }
    }

    pub fn query(&self) -> &str {
        &self.query
    }

    /// Whether no older command holds the part.
    pub fn failing(&self) -> bool {
        self.failing
    }

    /// The command found; the line as it was before where nothing has been found yet.
    pub fn shown(&self) -> &str {
        self.found.as_ref().map_or(&self.before, |(_, command)| command)
    }

    /// The line as it was before the search.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// Where in what is shown the part begins and ends, to be marked.
    pub fn mark(&self) -> Option<std::ops::Range<usize>> {
        let (_, command) = self.found.as_ref()?;
        let begin = command.find(&self.query)?;
        Some(begin..begin + self.query.len())
    }

    /// Looks for another part: a longer one from the place where the search is, else from the newest.
    pub fn set_query(&mut self, query: &str, history: &History) {
        if query == self.query {
            return;
        }
        let goes_on = !self.query.is_empty() && query.starts_with(&self.query);
        let from = self.found.as_ref().filter(|_| goes_on).map_or(usize::MAX, |(at, _)| at + 1);
        self.query = query.to_owned();
        self.find(history, from, None);
    }

    /// Looks on among older commands, for one that differs from the one shown.
    pub fn older(&mut self, history: &History) {
        let (from, shown) = self.found.clone().map_or((usize::MAX, None), |(at, shown)| (at, Some(shown)));
        self.find(history, from, shown.as_deref());
    }

    /// Looks on among newer commands.
    pub fn newer(&mut self, history: &History) {
        let Some((at, shown)) = &self.found else { return };
        let fits = |command: &str| command.contains(&self.query) && command != shown;
        let found = history.oldest_after(*at, fits).map(|(at, command)| (at, command.to_owned()));
        self.failing = found.is_none();
        self.found = found.or(self.found.take());
    }

    fn find(&mut self, history: &History, before: usize, but: Option<&str>) {
        if self.query.is_empty() {
            (self.found, self.failing) = (None, false);
            return;
        }
        let fits = |command: &str| command.contains(&self.query) && Some(command) != but;
        let found = history.newest_before(before, fits).map(|(at, command)| (at, command.to_owned()));
        self.failing = found.is_none();
        self.found = found.or(self.found.take());
    }
}
