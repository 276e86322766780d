//! Keys in, the line out: `|` is the cursor, what follows in brackets is what else is shown.

use super::*;
use crate::term::key::keys;
use crate::term::menu::Candidate;
use crate::term::text;

const HISTORY: &[&str] =
    &["nats kv add CONFIG", "echo 'a b'", "nats kv put CONFIG mode 'very fast'", "nats kv get CONFIG mode"];

/// Words that the completion of these tests knows.
const WORDS: &[(&str, &str)] = &[
    ("apple", "a fruit"),
    ("apricot", "a fruit"),
    ("pear", "a fruit"),
    ("nats", "a program"),
    ("--flag=", ""),
];

#[track_caller]
fn check(line: &str, typed: &str, expected: &str) {
    play(Editor::default(), line, typed, expected);
}

#[track_caller]
fn check_with_history(line: &str, typed: &str, expected: &str) {
    let mut editor = Editor::default();
    HISTORY.iter().for_each(|command| editor.history.push(command));
    play(editor, line, typed, expected);
}

#[track_caller]
fn play(mut editor: Editor, line: &str, typed: &str, expected: &str) {
    let (before, after) = line.split_once('|').expect("a line of these tests shows its cursor");
    editor.set(&format!("{before}{after}"), before.len()..before.len());
    let mut said = String::new();
    for key in keys(typed) {
        match editor.key(key) {
            Response::Done => {}
            Response::Complete => editor.offer(candidates(&editor)),
            Response::Narrow => editor.narrow(candidates(&editor)),
            Response::Enter => said.push_str(&format!("run {};", editor.take())),
            other => said.push_str(&format!("{other:?};")),
        }
    }
    assert_eq!(said + &show(&editor), expected);
}

fn candidates(editor: &Editor) -> Candidates {
    let start = Word::Blank.start_before(editor.line.before(), editor.cursor());
    let start = if editor.line.before().ends_with(' ') { editor.cursor() } else { start };
    let typed = &editor.line.before()[start..];
    let fitting = WORDS.iter().filter(|(word, _)| word.starts_with(typed));
    let list = fitting.map(|(word, help)| match word.ends_with('=') {
        true => Candidate::beginning(*word, *help),
        false => Candidate::word(*word, *help),
    });
    Candidates { range: start..editor.cursor(), list: list.collect() }
}

fn show(editor: &Editor) -> String {
    let view = editor.view();
    let mut shown = format!("{}|{}", &view.text[..view.selection.end], &view.text[view.selection.end..]);
    if !view.suggestion.is_empty() {
        shown.push_str(&format!(" [dim {}]", view.suggestion));
    }
    if let Some(search) = view.search {
        let failing = if search.failing() { "failing " } else { "" };
        shown.push_str(&format!(" [{failing}search {}]", search.shown()));
    }
    if let Some(menu) = view.menu {
        let mark = |at: usize| if menu.selected() == Some(at) { "*" } else { "" };
        let words: Vec<String> =
            menu.list().iter().enumerate().map(|(at, one)| format!("{}{}", mark(at), one.text)).collect();
        shown.push_str(&format!(" [{}]", words.join(" ")));
    }
    shown
}

#[test]
fn typing_and_moving() {
    check("|", "nats", "nats|");
    check("nats |kv get", "^a", "|nats kv get");
    check("nats |kv get", "^e", "nats kv get|");
    check("nats |kv get", "<Left><Left>", "nat|s kv get");
    check("nats my-kv|", "M-b", "nats my-|kv");
    check("nats my-kv|", "M-bM-bM-b", "|nats my-kv");
    check("|nats my-kv", "M-fM-f", "nats my|-kv");
    check("|nats my-kv", "^<Right>^<Right>^<Right>^<Right>", "nats my-kv|");
    check("né|", "^b^b^b^b", "|né");
    check("a|", "<Home>x<End>y", "xay|");
}

#[test]
fn deleting_takes_what_a_person_calls_a_character() {
    check("ne\u{301}|", "<Backspace>", "n|");
    check("a👩\u{200d}👧|b", "^h", "a|b");
    check("|漢字", "<Delete>", "|字");
    check("שלום|", "^h", "שלו|");
    check("|ab", "^d", "|b");
    check("|", "^d", "EndOfInput;|");
    check("|", "<Backspace><Delete>", "|");
}

#[test]
fn killing_and_yanking() {
    check("nats |kv get", "^k", "nats |");
    check("nats |kv get", "^k^a^y", "kv get|nats ");
    check("nats kv| get", "^u", "| get");
    check("nats kv my-kv|", "^w", "nats kv |");
    check("nats kv my-kv|", "M-<Backspace>", "nats kv my-|");
    check("nats kv my-kv|", "^<Backspace>", "nats kv |");
    check("nats |my-kv get", "M-d", "nats |-kv get");
    check("a b c|", "^w^w^w^y", "a b c|");
    check("a b c|", "^w<Left>^w^y", "a b| ");
    check("a b| c", "^w^k^y", "a b c|");
    check("one two|", "^w<Home>^k^yM-y", "two|");
    check("one two|", "^w<Home>^k^yM-yM-y", "one |");
    check("one|", "M-y", "one|");
    check("|", "^y^w^k^u", "|");
}

#[test]
fn undoing() {
    check("|", "one two^_", "one |");
    check("|", "one two^_^_", "|");
    check("|", "one two^_^_^_", "|");
    check("nats kv|", "^u^_", "nats kv|");
    check("nats kv|", "^w^wx^z^z", "nats |");
    check("ab|", "^t^_", "ab|");
}

#[test]
fn exchanging_and_capitals() {
    check("ab|", "^t", "ba|");
    check("a|bc", "^t", "ba|c");
    check("|ab", "^t", "|ab");
    check("a|", "^t", "a|");
    check("e\u{301}b|", "^t", "be\u{301}|");
    check("one two|", "M-t", "two one|");
    check("one |two three", "M-t", "two one| three");
    check("one|", "M-t", "one|");
    check("|my kv", "M-uM-c", "MY Kv|");
    check("|MY KV", "M-l", "my| KV");
}

#[test]
fn older_commands_that_begin_as_the_line() {
    check_with_history("|", "<Up>", "nats kv get CONFIG mode|");
    check_with_history("|", "<Up><Up><Up>", "echo 'a b'|");
    check_with_history("nats kv p|", "^p", "nats kv put CONFIG mode 'very fast'|");
    check_with_history("nats |", "<Up><Up><Up><Up>", "nats kv add CONFIG|");
    check_with_history("zzz|", "<Up><Up>", "zzz|");
    check_with_history("ech|", "<Up><Down>", "ech| [dim o 'a b']");
    check_with_history("nats|", "<Up><Up><Down>", "nats kv get CONFIG mode|");
    check_with_history("nats|", "<Up>!<Up>", "nats kv get CONFIG mode!|");
    check_with_history("unsent|", r"M-\<M->", "unsent|");
    check_with_history("unsent|", r"M-\<", "nats kv add CONFIG|");
    check_with_history("|", "one<Enter><Up>", "run one;one|");
    check_with_history("|", "<Down>", "|");
}

#[test]
fn up_and_down_within_several_lines_first() {
    check_with_history("one\ntw|o", "<Up>", "on|e\ntwo");
    check_with_history("on|e\ntwo", "<Down>", "one\ntw|o");
    check_with_history("longer|\na", "<Down>", "longer\na|");
    check_with_history("echo\n|x", "<Up>", "|echo\nx");
    check_with_history("|echo\nx", "<Up>", "nats kv get CONFIG mode|");
    check("one\ntwo|", "^a", "one\n|two");
    check("one|\ntwo", "^k", "one|two");
    check("one|", "M-<Enter>", "one\n|");
}

#[test]
fn looking_for_an_older_command() {
    check_with_history("x|", "^r", "| [search x]");
    check_with_history("|", "^rCONF", "CONF| [search nats kv get CONFIG mode]");
    check_with_history("|", "^rCONF^r", "CONF| [search nats kv put CONFIG mode 'very fast']");
    check_with_history("|", "^rCONF^r^r^r", "CONF| [failing search nats kv add CONFIG]");
    check_with_history("|", "^rCONF^r^s", "CONF| [search nats kv get CONFIG mode]");
    check_with_history("|", "^raddx", "addx| [failing search nats kv add CONFIG]");
    check_with_history("|", "^raddx<Backspace>", "add| [search nats kv add CONFIG]");
    check_with_history("x|", "^radd<Escape>", "x|");
    check_with_history("x|", "^radd^g", "x|");
    check_with_history("x|", "^radd^c", "Cancel;x|");
    check_with_history("|", "^radd<Enter>", "run nats kv add CONFIG;|");
    check_with_history("|", "^radd<Right>", "nats kv add CONFIG|");
    check_with_history("|", "^radd^a", "|nats kv add CONFIG");
    check_with_history("x|", "^r^r<Enter>", "run x;|");
}

#[test]
fn last_argument() {
    check_with_history("echo |", "M-.", "echo mode|");
    check_with_history("echo |", "M-.M-.", "echo 'very fast'|");
    check_with_history("echo |", "M-.M-.M-.M-.M-.", "echo CONFIG|");
    check_with_history("echo |", "M-. M-.", "echo mode mode|");
    check("echo |", "M-.", "echo |");
}

#[test]
fn completing() {
    check("eat pe|", "<Tab>", "eat pear |");
    check("eat ap|", "<Tab>", "eat ap| [apple apricot]");
    check("eat a|", "<Tab>", "eat ap| [apple apricot]");
    check("eat a|", "<Tab><Tab>", "eat apple| [*apple apricot]");
    check("eat a|", "<Tab><Tab><Tab>", "eat apricot| [apple *apricot]");
    check("eat a|", "<Tab><Tab><Tab><Tab>", "eat apple| [*apple apricot]");
    check("eat a|", "<Tab>S-<Tab>", "eat apricot| [apple *apricot]");
    check("eat a|", "<Tab><Down><Enter>", "eat apple |");
    check("eat a|", "<Tab><Tab> x", "eat apple x|");
    check("eat a|", "<Tab>r", "eat apr| [apricot]");
    check("eat a|", "<Tab>r<Backspace>", "eat ap| [apple apricot]");
    check("eat a|", "<Tab>z", "eat apz|");
    check("eat a|", "<Tab><Escape>", "eat ap|");
    check("eat a|", "<Tab><Enter>", "run eat ap;|");
    check("a| b", "<Tab><Tab><Enter>", "apple | b");
    check("eat --|", "<Tab>", "eat --flag=|");
    check("eat pe|", "<Tab>^_", "eat pe|");
}

#[test]
fn tab_leaves_the_terminal_where_it_cannot_help() {
    check("|", "<Tab>", "Pass;|");
    check("eat zz|", "<Tab>", "eat zz|");
    check("eat zz|", "<Tab><Tab>", "Pass;eat zz|");
    check("eat zz|", "<Tab>z<Tab>", "eat zzz|");
    check("eat a|", "<Escape><Tab>", "Pass;eat a|");
    check("eat a|", "S-<Tab>", "Pass;eat a|");
    check("eat a|", "<Tab><Escape><Escape><Tab>", "Pass;eat ap|");
}

#[test]
fn suggestions_from_the_history() {
    check_with_history("nats kv p|", "", "nats kv p| [dim ut CONFIG mode 'very fast']");
    check_with_history("nats kv p|", "<Right>", "nats kv put CONFIG mode 'very fast'|");
    check_with_history("nats kv p|", "^e", "nats kv put CONFIG mode 'very fast'|");
    check_with_history("nats kv p|", "M-f", "nats kv put| [dim  CONFIG mode 'very fast']");
    check_with_history("nats kv |p", "<Right>", "nats kv p| [dim ut CONFIG mode 'very fast']");
    check_with_history("nats kv p|", "<Enter>", "run nats kv p;|");
}

#[test]
fn keys_without_meaning_are_left_to_others() {
    check("a|", "M-x^x<PageUp>", "Pass;Pass;Pass;a|");
    check("a|", "^l^c", "ClearView;Cancel;a|");
}

#[test]
fn native_keys_stay_with_the_text_field() {
    let mut editor = Editor::new(History::import("echo one\n"));
    let wants = |editor: &Editor, form: &str| editor.wants(keys(form)[0]);
    editor.set("ab", 0..2);
    assert!(!wants(&editor, "^c"), "a selection is copied");
    editor.set("ab", 1..1);
    assert!(wants(&editor, "^c") && wants(&editor, "^k") && wants(&editor, "<Up>"));
    assert!(!wants(&editor, "<Left>") && !wants(&editor, "x") && !wants(&editor, "<Backspace>"));
    editor.set("echo", 4..4);
    assert!(wants(&editor, "<Right>"), "it takes the suggestion");
}

#[test]
fn the_text_field_may_change_the_line() {
    let mut editor = Editor::default();
    for typed in ["n", "na", "nat", "nat ", "nat k"] {
        editor.set(typed, typed.len()..typed.len());
    }
    editor.key(keys("^_")[0]);
    assert_eq!(show(&editor), "nat |");
    editor.set("a\r\nb", 2..2);
    assert_eq!(show(&editor), "a\n|b");
    editor.set("👍", 3..3);
    assert_eq!(show(&editor), "|👍");
    editor.key(keys("^r")[0]);
    editor.set("quer", 4..4);
    assert_eq!(show(&editor), "quer| [failing search 👍]");
}

/// No key, in no order, may panic or put the cursor inside a character.
#[test]
fn any_keys_in_any_order() {
    let pool: Vec<Key> = keymap::KEYS
        .iter()
        .flat_map(|binding| keys(&binding.keys.replace(' ', "")))
        .chain(keys("a é漢👍 '\"-\\\\"))
        .collect();
    let mut editor = Editor::default();
    let mut state = 1_u64;
    for _ in 0..50_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        match editor.key(pool[(state >> 33) as usize % pool.len()]) {
            Response::Enter | Response::Cancel => _ = editor.take(),
            Response::Complete => editor.offer(candidates(&editor)),
            Response::Narrow => editor.narrow(candidates(&editor)),
            _ => {}
        }
        if editor.text().len() > 200 {
            editor.take_unkept();
        }
        let view = editor.view();
        assert!(
            view.text.is_char_boundary(view.selection.start)
                && view.text.is_char_boundary(view.selection.end)
        );
        assert_eq!(text::floor(editor.text(), editor.cursor()), editor.cursor());
    }
}
