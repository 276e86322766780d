//! The line editor: puts keys, the text field's own changes, history, search and completion together.
//!
//! A page may leave typing to a native text field: it asks `wants` whether a key is for the editor, hands in
//! what the field holds with `set`, and shows what `view` says. Whoever has no such field sends every key.
//! The line that is shown and the line that is run never differ.

use super::history::History;
use super::key::Key;
use super::keymap::{self, Edit};
use super::kill::{Kills, Side};
use super::line::{Line, Motion};
use super::menu::{Candidates, Menu, common_prefix};
use super::search::Search;
use super::text::Word;
use super::undo::{Change, Undo};
use std::ops::Range;

/// The line editor of one terminal.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    line: Line,
    kills: Kills,
    undo: Undo,
    pub history: History,
    search: Option<Search>,
    menu: Option<Menu>,
    /// Tab found nothing for the line as it is, or Esc was pressed: the next Tab leaves the terminal.
    tab_leaves: bool,
    last: Last,
}

/// What the key before did, where the next one depends on it.
#[derive(Clone, Debug, Default, PartialEq)]
enum Last {
    #[default]
    Other,
    Kill,
    /// What `Yank` put where.
    Yank(Range<usize>),
    /// Where the last argument was put, and the place in the history that it came from.
    Argument(Range<usize>, usize),
}

/// What came of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response {
    /// Not for the editor: the text field, or whoever is around it, may have the key.
    Pass,
    /// Done, or nothing to do.
    Done,
    /// Candidates are wanted, to be handed to `offer`.
    Complete,
    /// The open list has to follow what was typed: candidates are wanted, to be handed to `narrow`.
    Narrow,
    /// The line is to be run (`take` it), or to be gone on with (`go_on`) if it is not complete.
    Enter,
    /// The line is to be given up, or what runs to be interrupted.
    Cancel,
    /// Ctrl-D on an empty line.
    EndOfInput,
    /// The view is to be cleared.
    ClearView,
}

/// What the text field should show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'a> {
    /// The line, or while searching the part that is looked for.
    pub text: &'a str,
    /// What is selected, in bytes, lowest first; empty at the cursor when nothing is.
    pub selection: Range<usize>,
    /// What → would add, shown dimmed behind the text.
    pub suggestion: &'a str,
    pub search: Option<&'a Search>,
    pub menu: Option<&'a Menu>,
}

impl Editor {
    /// An editor with the commands of earlier visits.
    pub fn new(history: History) -> Editor {
        Editor { history, ..Editor::default() }
    }

    pub fn text(&self) -> &str {
        self.line.text()
    }

    pub fn cursor(&self) -> usize {
        self.line.cursor()
    }

    pub fn view(&self) -> View<'_> {
        let suggestion = self.suggestion();
        match &self.search {
            Some(search) => {
                let end = search.query().len();
                let (text, menu) = (search.query(), None);
                View { text, selection: end..end, suggestion, search: Some(search), menu }
            }
            None => {
                let (text, menu) = (self.line.text(), self.menu.as_ref());
                View { text, selection: self.line.selection(), suggestion, search: None, menu }
            }
        }
    }

    /// Whether `key` is for the editor; what is not may go to the text field.
    pub fn wants(&self, key: Key) -> bool {
        let Some(binding) = keymap::binding(key) else { return false };
        let ends = self.line.at_end() && !self.suggestion().is_empty();
        match binding.edit {
            Edit::Complete if self.menu.is_none() => !self.tab_leaves && !self.line.text().trim().is_empty(),
            Edit::CompleteBack => self.menu.is_some(),
            Edit::Cancel => self.line.selection().is_empty(),
            Edit::Move(Motion::Left | Motion::LineStart) => !binding.native || self.search.is_some(),
            Edit::Move(Motion::Right | Motion::LineEnd) => !binding.native || ends || self.search.is_some(),
            _ => !binding.native,
        }
    }

    /// Does what `key` means.
    pub fn key(&mut self, key: Key) -> Response {
        let Some(edit) = keymap::edit(key) else { return Response::Pass };
        let tab = matches!(edit, Edit::Complete | Edit::CompleteBack);
        if (tab || edit == Edit::Cancel) && !self.wants(key) {
            return Response::Pass;
        }
        self.tab_leaves &= tab;
        let last = std::mem::take(&mut self.last);
        if self.search.is_some()
            && let Some(response) = self.search_key(edit)
        {
            return response;
        }
        if self.menu.is_some()
            && let Some(response) = self.menu_key(edit)
        {
            return response;
        }
        let narrows = self.menu.is_some() && matches!(edit, Edit::Insert(_) | Edit::Delete(Motion::Left));
        if !narrows {
            self.menu = None;
        }
        let response = self.edit(edit, last);
        if narrows { Response::Narrow } else { response }
    }

    /// Takes over what the text field holds, after the field itself has changed it.
    pub fn set(&mut self, text: &str, selection: Range<usize>) -> Response {
        if let Some(search) = &mut self.search {
            search.set_query(text, &self.history);
            return Response::Done;
        }
        if text == self.line.text() {
            self.line.set(text, selection);
            self.undo.pause();
            return Response::Done;
        }
        let typed = typed_char(self.line.text(), text);
        self.undo.will(typed.map_or(Change::Other, change_of), &self.line);
        self.line.set(text, selection);
        self.changed();
        if self.menu.is_some() { Response::Narrow } else { Response::Done }
    }

    /// Puts a text in at the cursor, as an input method or a paste of words does.
    pub fn insert(&mut self, text: &str) {
        self.leave_search();
        self.menu = None;
        self.change(Change::Other, |line| line.insert(text));
    }

    /// Replaces the whole line, as a button that proposes a command does; undo brings the old one back.
    pub fn propose(&mut self, text: &str) {
        self.search = None;
        self.menu = None;
        self.change(Change::Other, |line| *line = Line::new(text));
    }

    /// Takes the line to run it, and keeps it in the history.
    pub fn take(&mut self) -> String {
        self.leave_search();
        let text = self.line.text().to_owned();
        self.history.push(&text);
        self.reset();
        text
    }

    /// Takes the line without keeping it in the history: it was given up, or answers a question.
    pub fn take_unkept(&mut self) -> String {
        self.leave_search();
        let text = self.line.text().to_owned();
        self.history.stop_walking();
        self.reset();
        text
    }

    /// Goes on with a further line, since this one is not complete.
    pub fn go_on(&mut self) {
        self.line.go(Motion::TextEnd);
        self.change(Change::Other, |line| line.insert("\n"));
    }

    /// Uses the candidates that Tab asked for: a single one is taken, of several what they share, and then
    /// the list opens.
    pub fn offer(&mut self, candidates: Candidates) {
        let Some(typed) = self.line.text().get(candidates.range.clone()) else { return };
        let shared = common_prefix(&candidates.list).to_owned();
        let longer = shared.len() > typed.len() || shared.to_lowercase() != typed.to_lowercase();
        match &candidates.list[..] {
            [] => self.tab_leaves = true,
            [only] => {
                let text = format!("{}{}", only.text, only.suffix);
                self.tab_leaves = text == typed;
                self.change(Change::Other, |line| line.replace(candidates.range, &text));
            }
            _ => {
                let mut menu = Menu::new(candidates);
                if longer && !shared.is_empty() {
                    self.change(Change::Other, |line| line.replace(menu.range(), &shared));
                    menu.replaced(shared.len());
                }
                self.menu = Some(menu);
            }
        }
    }

    /// Lets the open list show what fits what has been typed since; it closes when nothing does.
    pub fn narrow(&mut self, candidates: Candidates) {
        self.menu = Some(Menu::new(candidates)).filter(|menu| !menu.list().is_empty());
    }

    /// Takes the candidate at a place of the open list, as a click does.
    pub fn choose(&mut self, at: usize) {
        if let Some(menu) = &mut self.menu {
            menu.select(at);
            self.show_selected();
            self.accept_selected();
        }
    }

    fn suggestion(&self) -> &str {
        let shows = self.line.at_end() && self.search.is_none() && self.menu.is_none();
        if shows { self.history.suggestion(self.line.text()).unwrap_or("") } else { "" }
    }

    fn edit(&mut self, edit: Edit, last: Last) -> Response {
        match edit {
            Edit::Insert(char) => {
                self.change(change_of(char), |line| line.insert(char.encode_utf8(&mut [0; 4])))
            }
            Edit::Move(motion) => self.go(motion),
            Edit::Delete(motion) => self.change(Change::Other, |line| _ = line.cut(motion)),
            Edit::Kill(motion) => self.kill(motion, last),
            Edit::Yank => {
                let text = self.kills.newest().unwrap_or("").to_owned();
                self.last = Last::Yank(self.put(self.line.selection(), &text));
            }
            Edit::YankOlder => {
                if let Last::Yank(range) = last {
                    let text = self.kills.rotate().unwrap_or("").to_owned();
                    self.last = Last::Yank(self.put(range, &text));
                }
            }
            Edit::Undo => {
                if let Some(line) = self.undo.back(&self.line) {
                    self.line = line;
                    self.history.stop_walking();
                }
            }
            Edit::Transpose => self.change(Change::Other, Line::transpose),
            Edit::TransposeWords => self.change(Change::Other, Line::transpose_words),
            Edit::Case(case) => self.change(Change::Other, |line| line.change_case(case)),
            Edit::Older | Edit::Newer | Edit::Oldest | Edit::Newest => self.walk(edit),
            Edit::SearchOlder => self.search = Some(Search::new(self.line.text())),
            Edit::LastArgument => self.last_argument(last),
            Edit::Newline => self.change(Change::Other, |line| line.insert("\n")),
            Edit::Escape => self.tab_leaves = true,
            Edit::SearchNewer | Edit::Abort | Edit::CompleteBack => {}
            Edit::Complete => return Response::Complete,
            Edit::Enter => return Response::Enter,
            Edit::Cancel => return Response::Cancel,
            Edit::ClearView => return Response::ClearView,
            Edit::DeleteOrEnd if self.line.text().is_empty() => return Response::EndOfInput,
            Edit::DeleteOrEnd => self.change(Change::Other, |line| _ = line.cut(Motion::Right)),
        }
        Response::Done
    }

    /// Keys that mean something else while a search is open; `None` ends the search and goes on as usual.
    fn search_key(&mut self, edit: Edit) -> Option<Response> {
        let search = self.search.as_mut()?;
        let mut query = search.query().to_owned();
        match edit {
            Edit::SearchOlder => search.older(&self.history),
            Edit::SearchNewer => search.newer(&self.history),
            Edit::Insert(char) => {
                query.push(char);
                search.set_query(&query, &self.history);
            }
            Edit::Delete(Motion::Left) => {
                query.pop();
                search.set_query(&query, &self.history);
            }
            Edit::Escape | Edit::Abort => self.search = None,
            Edit::Cancel => {
                self.search = None;
                return None;
            }
            Edit::Move(Motion::Right) => self.leave_search(),
            _ => {
                self.leave_search();
                return None;
            }
        }
        Some(Response::Done)
    }

    /// Keys that mean something else while the list is open.
    fn menu_key(&mut self, edit: Edit) -> Option<Response> {
        let menu = self.menu.as_mut()?;
        match edit {
            Edit::Complete | Edit::Newer => menu.step(false),
            Edit::CompleteBack | Edit::Older => menu.step(true),
            Edit::Enter | Edit::Move(Motion::Right) if menu.candidate().is_some() => {
                self.accept_selected();
                return Some(Response::Done);
            }
            Edit::Escape | Edit::Abort => {
                self.menu = None;
                return Some(Response::Done);
            }
            _ => return None,
        }
        self.show_selected();
        Some(Response::Done)
    }

    /// Puts the selected candidate into the line, the list staying open.
    fn show_selected(&mut self) {
        let Some(mut menu) = self.menu.take() else { return };
        if let Some(text) = menu.candidate().map(|candidate| candidate.text.clone()) {
            self.put(menu.range(), &text);
            menu.replaced(text.len());
        }
        self.menu = Some(menu);
    }

    /// Closes the list behind the selected candidate.
    fn accept_selected(&mut self) {
        let Some(menu) = self.menu.take() else { return };
        if let Some(candidate) = menu.candidate() {
            self.put(menu.range().end..menu.range().end, &candidate.suffix);
        }
    }

    fn go(&mut self, motion: Motion) {
        self.undo.pause();
        let added = self.suggestion().to_owned();
        if added.is_empty() {
            return self.line.go(motion);
        }
        let taken = match motion {
            Motion::Right | Motion::LineEnd | Motion::TextEnd => added.as_str(),
            Motion::WordRight(_) => &added[..Word::Letters.end_after(&added, 0)],
            _ => return self.line.go(motion),
        };
        self.change(Change::Other, |line| line.insert(taken));
    }

    fn kill(&mut self, motion: Motion, last: Last) {
        let target = self.line.target(motion);
        let side = if target < self.line.cursor() { Side::Before } else { Side::After };
        self.undo.will(Change::Other, &self.line);
        let mut cut = self.line.cut(motion);
        if cut.is_empty() && motion == Motion::LineEnd {
            cut = self.line.cut(Motion::Right); // at the end of a line of several: its newline
        }
        self.kills.push(cut, side, last == Last::Kill);
        self.changed();
        self.last = Last::Kill;
    }

    fn walk(&mut self, edit: Edit) {
        if matches!(edit, Edit::Older | Edit::Newer) && self.line.go_lines(edit == Edit::Newer) {
            return;
        }
        let line = self.line.text();
        let found = match edit {
            Edit::Older => self.history.older(line, self.line.before()).map(str::to_owned),
            Edit::Newer => self.history.newer(line),
            Edit::Oldest => self.history.oldest(line).map(str::to_owned),
            _ => self.history.unsent(),
        };
        if let Some(text) = found {
            self.undo.will(Change::Other, &self.line);
            self.line = Line::new(&text);
        }
    }

    fn last_argument(&mut self, last: Last) {
        let (range, before) = match last {
            Last::Argument(range, at) => (range, at),
            _ => (self.line.selection(), usize::MAX),
        };
        let found = self.history.newest_before(before, |_| true);
        let Some((at, argument)) = found.map(|(at, command)| (at, last_word(command).to_owned())) else {
            self.last = Last::Argument(range, before);
            return;
        };
        self.last = Last::Argument(self.put(range, &argument), at);
    }

    /// Puts `text` in place of `range` as one step of undo; tells where it now is.
    fn put(&mut self, range: Range<usize>, text: &str) -> Range<usize> {
        self.change(Change::Other, |line| line.replace(range.clone(), text));
        range.start..range.start + text.len()
    }

    fn change(&mut self, change: Change, with: impl FnOnce(&mut Line)) {
        self.undo.will(change, &self.line);
        with(&mut self.line);
        self.changed();
    }

    fn changed(&mut self) {
        self.history.stop_walking();
        self.tab_leaves = false;
        self.last = Last::Other;
    }

    /// Ends a search with what it found as the line.
    fn leave_search(&mut self) {
        if let Some(search) = self.search.take()
            && search.shown() != self.line.text()
        {
            self.change(Change::Other, |line| *line = Line::new(search.shown()));
        }
    }

    fn reset(&mut self) {
        self.line = Line::default();
        self.undo.clear();
        self.menu = None;
        self.tab_leaves = false;
        self.last = Last::Other;
    }
}

fn change_of(char: char) -> Change {
    if char.is_whitespace() { Change::Blank } else { Change::Letter }
}

/// The character that makes `new` of `old` by being typed somewhere, if that is all the difference.
fn typed_char(old: &str, new: &str) -> Option<char> {
    let at = old
        .char_indices()
        .zip(new.chars())
        .find(|((_, one), two)| one != two)
        .map_or(old.len(), |((at, _), _)| at);
    let typed = new.get(at..)?.chars().next()?;
    (new.get(at + typed.len_utf8()..)? == &old[at..]).then_some(typed)
}

/// The last word of a command, with its quotes.
fn last_word(command: &str) -> &str {
    let (mut start, mut quote, mut blank_before, mut escaped) = (0, None, true, false);
    for (at, char) in command.trim_end().char_indices() {
        let blank = quote.is_none() && !escaped && char.is_whitespace();
        if blank_before && !blank {
            start = at;
        }
        blank_before = blank;
        quote = match (quote, char) {
            _ if escaped => quote,
            (None, '"' | '\'') => Some(char),
            (Some(open), close) if open == close => None,
            _ => quote,
        };
        escaped = !escaped && char == '\\' && quote != Some('\'');
    }
    command.trim_end().get(start..).unwrap_or("")
}

#[cfg(test)]
#[path = "editor_tests.rs"]
mod tests;
