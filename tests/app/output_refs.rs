//! What the output of commands refers to, and where somebody can point at it.

use super::{terminal, type_in, with_jetstream};
use playground::app::{App, Msg, OutputRef, RefAction};

/// The number of the last block of a terminal, and its lines.
fn last_block(app: &App, name: &str) -> (u64, Vec<String>) {
    let screen = app.screen(terminal(app, name)).expect("a tab has a screen");
    let block = screen.blocks().next_back().expect("there is a block");
    (block.id, block.rows_from(0).map(|row| row.text().to_owned()).collect())
}

/// Key, revision and value of what the last command of `you` refers to.
fn refs(app: &App) -> Vec<(String, Option<u64>, Option<String>)> {
    let refs = app.output_refs(terminal(app, "you"), last_block(app, "you").0);
    refs.into_iter().map(shown).collect()
}

fn shown(it: OutputRef) -> (String, Option<u64>, Option<String>) {
    (format!("{} > {}", it.bucket, it.key), it.revision, it.value)
}

fn entry(name: &str, revision: Option<u64>, value: &str) -> (String, Option<u64>, Option<String>) {
    (name.to_owned(), revision, Some(value.to_owned()).filter(|value| !value.is_empty()))
}

/// What a word of the last block of a terminal refers to, pointed at on its first and behind its last letter.
fn pointed(app: &App, name: &str, word: &str) -> Option<(String, Option<u64>, Option<String>)> {
    let (block, lines) = last_block(app, name);
    let found = lines.iter().enumerate().rev().find_map(|(line, text)| Some((line, text.find(word)?)));
    let (line, at) = found.expect("it is shown");
    let [first, behind] =
        [at, at + word.len()].map(|at| app.output_ref_at(terminal(app, name), block, line, at));
    assert_eq!(first, behind, "{word} in {}", lines[line]);
    first.map(shown)
}

#[test]
fn each_command_links_what_it_prints() {
    let mut app = with_jetstream(&["nats kv add b --history 3"]);
    assert_eq!(refs(&app), [entry("b > ", None, "")]);
    for (line, wanted) in [
        ("nats kv put b k 'some value'", vec![entry("b > k", None, "some value")]),
        ("nats kv put b k Value2", vec![entry("b > k", None, "Value2")]),
        ("nats kv get b k", vec![entry("b > k", Some(2), ""), entry("b > k", None, "Value2")]),
        ("nats kv get b k --raw", vec![entry("b > k", None, "Value2")]),
        (
            "nats kv history b k",
            vec![entry("b > k", Some(1), "some value"), entry("b > k", Some(2), "Value2")],
        ),
        ("nats kv ls b", vec![entry("b > k", None, "")]),
        ("nats kv ls", vec![entry("b > ", None, "")]),
        ("nats kv get b none", vec![]),
        ("nats account info", vec![]),
        ("echo b", vec![]),
        (
            "nats kv put b other 1; nats kv get b k",
            vec![entry("b > other", None, "1"), entry("b > k", Some(2), ""), entry("b > k", None, "Value2")],
        ),
        ("nats kv get b k | cat", vec![]),
    ] {
        type_in(&mut app, "you", line);
        assert_eq!(refs(&app), wanted, "{line}");
    }
}

#[test]
fn only_what_is_linked_can_be_pointed_at() {
    let mut app = with_jetstream(&["nats kv add b --history 3", "nats kv put b k 'some value'"]);
    assert_eq!(pointed(&app, "you", "value"), Some(entry("b > k", None, "some value")));
    type_in(&mut app, "you", "nats kv history b k");
    for (word, wanted) in
        [("some", Some(entry("b > k", Some(1), "some value"))), ("PUT", None), ("Length", None)]
    {
        assert_eq!(pointed(&app, "you", word), wanted, "{word}");
    }
    app.update(Msg::Open { name: Some("eye".to_owned()) });
    type_in(&mut app, "eye", "nats kv watch b");
    assert_eq!(pointed(&app, "eye", "value"), Some(entry("b > k", None, "some value")));
    assert_eq!(pointed(&app, "eye", "PUT"), None);
    type_in(&mut app, "you", "nats kv del b k -f");
    assert_eq!(pointed(&app, "eye", "k"), Some(entry("b > k", None, "")));
}

#[test]
fn of_equal_lines_each_refers_to_its_own() {
    let mut app =
        with_jetstream(&["nats kv add b", "nats kv add c", "nats kv put b k v", "nats kv put c k v"]);
    type_in(&mut app, "you", "nats kv ls b; nats kv ls c");
    let (block, lines) = last_block(&app, "you");
    let equal: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].trim() == "k").collect();
    let at = |line: &usize| app.output_ref_at(terminal(&app, "you"), block, *line, lines[*line].find('k')?);
    let buckets: Vec<String> = equal.iter().filter_map(at).map(|reference| reference.bucket).collect();
    assert_eq!(buckets, ["b", "c"], "{lines:?}");
    assert_eq!(app.output_ref_at(terminal(&app, "you"), block, lines.len(), 0), None);
}

#[test]
fn references_become_commands() {
    let app = with_jetstream(&["nats kv add b", "nats kv put b k 'a b'", "nats kv get b k"]);
    let key = OutputRef { bucket: "b".to_owned(), key: "k".to_owned(), ..OutputRef::default() };
    let commands = |reference: &OutputRef| app.ref_actions(reference);
    let command = |action, command: &str| (action, command.to_owned());
    assert_eq!(
        commands(&key),
        [
            command(RefAction::Get, "nats kv get b k"),
            command(RefAction::History, "nats kv history b k"),
            command(RefAction::Update(1), "nats kv update b k 'a b' 1"),
        ]
    );
    let revision = OutputRef { revision: Some(7), value: Some("x".to_owned()), ..key };
    assert_eq!(
        commands(&revision)[1..],
        [
            command(RefAction::GetRevision(7), "nats kv get b k --revision 7"),
            command(RefAction::History, "nats kv history b k"),
            command(RefAction::Update(7), "nats kv update b k x 7"),
        ]
    );
    let bucket = OutputRef { bucket: "b".to_owned(), ..OutputRef::default() };
    assert_eq!(commands(&bucket)[1], command(RefAction::List, "nats kv ls b"));
}

#[test]
fn files_that_are_listed_can_be_looked_at() {
    let mut app =
        with_jetstream(&["mkdir conf; echo '{}' > conf/a.json; echo x > 'my notes'; ls; ls -l conf"]);
    let (you, block) = (terminal(&app, "you"), last_block(&app, "you").0);
    let commands: Vec<String> = app
        .output_refs(you, block)
        .iter()
        .flat_map(|reference| app.ref_actions(reference))
        .map(|(_, command)| command)
        .collect();
    assert_eq!(commands, ["cat '/home/you/my notes'", "ls -l /home/you/conf", "cat /home/you/conf/a.json"]);
    type_in(&mut app, "you", "ls | cat");
    assert!(app.output_refs(you, last_block(&app, "you").0).is_empty(), "a pipe drops links");
}
