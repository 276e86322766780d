//! What each key means, as one table: the editor looks keys up in it, the page asks it which keys to leave
//! to the text field, and the help lists it.

use super::key::{self, Key};
use super::line::{Case, Motion};
use super::text::Word;
use crate::texts::Language;

/// What a key asks of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Insert(char),
    Move(Motion),
    /// Takes away without keeping it for `Yank`.
    Delete(Motion),
    /// Takes away and keeps it for `Yank`.
    Kill(Motion),
    Yank,
    YankOlder,
    Undo,
    Transpose,
    TransposeWords,
    Case(Case),
    Older,
    Newer,
    Oldest,
    Newest,
    SearchOlder,
    SearchNewer,
    LastArgument,
    Complete,
    CompleteBack,
    Enter,
    Newline,
    Cancel,
    DeleteOrEnd,
    ClearView,
    Escape,
    Abort,
}

/// One line of the table.
pub struct Binding {
    /// The keys' text forms, separated by blanks.
    pub keys: &'static str,
    pub edit: Edit,
    /// Whether a plain text field does the same by itself, so that it may keep the key.
    pub native: bool,
    /// The text that says what it does, in `texts`.
    help: &'static str,
}

impl Binding {
    /// What it does, for people.
    pub fn help(&self, language: Language) -> &'static str {
        language.text(self.help).unwrap_or(self.help)
    }
}

const fn ours(keys: &'static str, edit: Edit, help: &'static str) -> Binding {
    Binding { keys, edit, native: false, help }
}

const fn native(keys: &'static str, edit: Edit, help: &'static str) -> Binding {
    Binding { keys, edit, native: true, help }
}

/// Every key that has a meaning besides standing for itself.
pub const KEYS: &[Binding] = &[
    ours("<Enter> ^m ^j", Edit::Enter, "key_run"),
    ours("S-<Enter> M-<Enter>", Edit::Newline, "key_newline"),
    native("<Left>", Edit::Move(Motion::Left), "key_left"),
    native("<Right>", Edit::Move(Motion::Right), "key_right"),
    ours("^b", Edit::Move(Motion::Left), "key_left"),
    ours("^f", Edit::Move(Motion::Right), "key_right"),
    ours("M-b ^<Left> M-<Left>", Edit::Move(Motion::WordLeft(Word::Letters)), "key_word_left"),
    ours("M-f ^<Right> M-<Right>", Edit::Move(Motion::WordRight(Word::Letters)), "key_word_right"),
    ours("^a", Edit::Move(Motion::LineStart), "key_line_start"),
    native("<Home>", Edit::Move(Motion::LineStart), "key_line_start"),
    ours("^e", Edit::Move(Motion::LineEnd), "key_line_end"),
    native("<End>", Edit::Move(Motion::LineEnd), "key_line_end"),
    native("^<Home>", Edit::Move(Motion::TextStart), "key_text_start"),
    native("^<End>", Edit::Move(Motion::TextEnd), "key_text_end"),
    native("<Backspace> S-<Backspace>", Edit::Delete(Motion::Left), "key_delete_left"),
    ours("^h", Edit::Delete(Motion::Left), "key_delete_left"),
    native("<Delete>", Edit::Delete(Motion::Right), "key_delete_right"),
    ours("^d", Edit::DeleteOrEnd, "key_delete_or_end"),
    ours("^w ^<Backspace>", Edit::Kill(Motion::WordLeft(Word::Blank)), "key_cut_word_left"),
    ours("M-<Backspace>", Edit::Kill(Motion::WordLeft(Word::Letters)), "key_cut_letters_left"),
    ours("M-d M-<Delete> ^<Delete>", Edit::Kill(Motion::WordRight(Word::Letters)), "key_cut_word_right"),
    ours("^u", Edit::Kill(Motion::LineStart), "key_cut_to_start"),
    ours("^k", Edit::Kill(Motion::LineEnd), "key_cut_to_end"),
    ours("^y", Edit::Yank, "key_yank"),
    ours("M-y", Edit::YankOlder, "key_yank_older"),
    ours("^_ ^/ ^z", Edit::Undo, "key_undo"),
    ours("^t", Edit::Transpose, "key_transpose"),
    ours("M-t", Edit::TransposeWords, "key_transpose_words"),
    ours("M-u", Edit::Case(Case::Upper), "key_upper_case"),
    ours("M-l", Edit::Case(Case::Lower), "key_lower_case"),
    ours("M-c", Edit::Case(Case::Capital), "key_capital"),
    ours("<Up> ^p", Edit::Older, "key_older"),
    ours("<Down> ^n", Edit::Newer, "key_newer"),
    ours(r"M-\<", Edit::Oldest, "key_oldest"),
    ours("M->", Edit::Newest, "key_newest"),
    ours("^r", Edit::SearchOlder, "key_search_older"),
    ours("^s", Edit::SearchNewer, "key_search_newer"),
    ours("M-. M-_", Edit::LastArgument, "key_last_argument"),
    ours("<Tab> ^i", Edit::Complete, "key_complete"),
    ours("S-<Tab>", Edit::CompleteBack, "key_complete_back"),
    ours("^c", Edit::Cancel, "key_cancel"),
    ours("^l", Edit::ClearView, "key_clear"),
    ours("<Escape>", Edit::Escape, "key_escape"),
    ours("^g", Edit::Abort, "key_abort"),
];

/// The line of the table that `key` is in; a plain character has none.
pub fn binding(key: Key) -> Option<&'static Binding> {
    if matches!(key.code, key::Code::Char(_)) && !key.ctrl && !key.alt {
        return None;
    }
    KEYS.iter().find(|binding| binding.keys.split(' ').any(|form| key::keys(form) == [key]))
}

/// What `key` means; `None` for a key without meaning here.
pub fn edit(key: Key) -> Option<Edit> {
    match (binding(key), key.code) {
        (Some(binding), _) => Some(binding.edit),
        (None, key::Code::Char(char)) if !key.ctrl && !key.alt && !char.is_control() => {
            Some(Edit::Insert(char))
        }
        (None, _) => None,
    }
}

/// A key's name, such as `Ctrl` or `Up`, as it is printed on a keyboard of that language.
pub fn key_name(name: &'static str, language: Language) -> &'static str {
    language.text(&format!("key_name_{}", name.to_ascii_lowercase())).unwrap_or(name)
}

/// Keys as they are printed on a keyboard of that language: `^a M-b <Up>` becomes `Ctrl-A, Alt-B, Up`.
pub fn spelled(keys: &'static str, language: Language) -> String {
    let spell = |form: &'static str| {
        let mut rest = form;
        let mut spelled = String::new();
        for (mark, name) in [("^", "Ctrl"), ("M-", "Alt"), ("S-", "Shift")] {
            if let Some(after) = rest.strip_prefix(mark).filter(|after| !after.is_empty()) {
                rest = after;
                spelled += key_name(name, language);
                spelled.push('-');
            }
        }
        let is_named = rest.len() > 2 && rest.starts_with('<');
        let name = if is_named {
            key_name(rest.trim_matches(['<', '>']), language).to_owned()
        } else {
            rest.replace('\\', "").to_ascii_uppercase()
        };
        spelled + &name
    };
    keys.split(' ').map(spell).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_key_has_one_meaning_and_is_written_canonically() {
        let mut seen = BTreeSet::new();
        for form in KEYS.iter().flat_map(|binding| binding.keys.split(' ')) {
            let [key] = key::keys(form)[..] else { panic!("{form} is not one key") };
            assert_eq!(key.to_string(), form);
            assert!(seen.insert(key.to_string()), "{form} twice");
        }
    }

    #[test]
    fn every_line_is_explained() {
        for binding in KEYS {
            assert!(Language::ENGLISH.text(binding.help).is_some(), "{}", binding.help);
        }
    }

    #[test]
    fn keys_are_called_as_on_the_keyboard() {
        let german = Language::find("de").expect("German is spoken");
        let keys = "^a M-b S-<Tab> <Up>";
        assert_eq!(spelled(keys, Language::ENGLISH), "Ctrl-A, Alt-B, Shift-Tab, Up");
        assert_eq!(spelled(keys, german), "Strg-A, Alt-B, Umschalt-Tab, Aufwärts");
    }
}
