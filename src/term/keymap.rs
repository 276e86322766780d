//! What each key means, as one table: the editor looks keys up in it, the page asks it which keys to leave
//! to the text field, and the help lists it.

use super::key::{self, Key};
use super::line::{Case, Motion};
use super::text::Word;

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
    /// What it does, for people; empty where another line says it.
    pub help: &'static str,
}

const fn ours(keys: &'static str, edit: Edit, help: &'static str) -> Binding {
    Binding { keys, edit, native: false, help }
}

const fn native(keys: &'static str, edit: Edit, help: &'static str) -> Binding {
    Binding { keys, edit, native: true, help }
}

/// Every key that has a meaning besides standing for itself.
pub const KEYS: &[Binding] = &[
    ours("<Enter> ^m ^j", Edit::Enter, "run the line; inside open quotes, go on with the next line"),
    ours("S-<Enter> M-<Enter>", Edit::Newline, "go on with the next line"),
    native("<Left>", Edit::Move(Motion::Left), "left"),
    native("<Right>", Edit::Move(Motion::Right), "right; at the end, take the dimmed suggestion"),
    ours("^b", Edit::Move(Motion::Left), "left"),
    ours("^f", Edit::Move(Motion::Right), "right; at the end, take the dimmed suggestion"),
    ours("M-b ^<Left> M-<Left>", Edit::Move(Motion::WordLeft(Word::Letters)), "one word left"),
    ours(
        "M-f ^<Right> M-<Right>",
        Edit::Move(Motion::WordRight(Word::Letters)),
        "one word right; at the end, take one word of the suggestion",
    ),
    ours("^a", Edit::Move(Motion::LineStart), "start of the line"),
    native("<Home>", Edit::Move(Motion::LineStart), "start of the line"),
    ours("^e", Edit::Move(Motion::LineEnd), "end of the line; there, take the suggestion"),
    native("<End>", Edit::Move(Motion::LineEnd), "end of the line; there, take the suggestion"),
    native("^<Home>", Edit::Move(Motion::TextStart), "start of all lines"),
    native("^<End>", Edit::Move(Motion::TextEnd), "end of all lines"),
    native("<Backspace> S-<Backspace>", Edit::Delete(Motion::Left), "delete to the left"),
    ours("^h", Edit::Delete(Motion::Left), "delete to the left"),
    native("<Delete>", Edit::Delete(Motion::Right), "delete to the right"),
    ours("^d", Edit::DeleteOrEnd, "delete to the right; on an empty line, end the input of a program"),
    ours("^w ^<Backspace>", Edit::Kill(Motion::WordLeft(Word::Blank)), "cut the word before, up to a blank"),
    ours("M-<Backspace>", Edit::Kill(Motion::WordLeft(Word::Letters)), "cut the letters before"),
    ours("M-d M-<Delete> ^<Delete>", Edit::Kill(Motion::WordRight(Word::Letters)), "cut the word after"),
    ours("^u", Edit::Kill(Motion::LineStart), "cut to the start of the line"),
    ours("^k", Edit::Kill(Motion::LineEnd), "cut to the end of the line"),
    ours("^y", Edit::Yank, "put back what was cut"),
    ours("M-y", Edit::YankOlder, "after that: an older cut instead"),
    ours("^_ ^/ ^z", Edit::Undo, "undo"),
    ours("^t", Edit::Transpose, "exchange two characters"),
    ours("M-t", Edit::TransposeWords, "exchange two words"),
    ours("M-u", Edit::Case(Case::Upper), "word in capitals"),
    ours("M-l", Edit::Case(Case::Lower), "word in small letters"),
    ours("M-c", Edit::Case(Case::Capital), "word with a capital"),
    ours("<Up> ^p", Edit::Older, "older command that begins like this line"),
    ours("<Down> ^n", Edit::Newer, "newer command; at the end your unsent line"),
    ours(r"M-\<", Edit::Oldest, "oldest command"),
    ours("M->", Edit::Newest, "back to your unsent line"),
    ours("^r", Edit::SearchOlder, "look for an older command; again: an older one still"),
    ours("^s", Edit::SearchNewer, "while looking: a newer one"),
    ours("M-. M-_", Edit::LastArgument, "last word of the command before; again: of an older one"),
    ours("<Tab> ^i", Edit::Complete, "complete; again: the next candidate"),
    ours("S-<Tab>", Edit::CompleteBack, "the candidate before; with no list open, leave the terminal"),
    ours("^c", Edit::Cancel, "cancel the line or stop what runs; with text selected: copy"),
    ours("^l", Edit::ClearView, "clear the view"),
    ours("<Escape>", Edit::Escape, "close the list or the search; then Tab leaves the terminal"),
    ours("^g", Edit::Abort, "close the list or the search"),
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

/// Keys as they are printed on a keyboard: `^a M-b <Up>` becomes `Ctrl-A, Alt-B, Up`.
pub fn spelled(keys: &str) -> String {
    let spell = |form: &str| {
        let mut rest = form;
        let mut spelled = String::new();
        for (mark, name) in [("^", "Ctrl-"), ("M-", "Alt-"), ("S-", "Shift-")] {
            if let Some(after) = rest.strip_prefix(mark).filter(|after| !after.is_empty()) {
                rest = after;
                spelled.push_str(name);
            }
        }
        let is_named = rest.len() > 2 && rest.starts_with('<');
        let name = if is_named {
            rest.trim_matches(['<', '>']).to_owned()
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
        assert!(KEYS.iter().all(|binding| !binding.help.is_empty()));
    }
}
