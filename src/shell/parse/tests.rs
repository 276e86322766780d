//! Lines in, what was understood of them out.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let told = match parse(text, &Dialect::default()) {
        _ if !is_complete(text) => "goes on".to_owned(),
        Ok(script) => script.lists.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join(" · "),
        Err(SyntaxError::Incomplete(text)) => format!("goes on: {text}"),
        Err(SyntaxError::Invalid(text)) => format!("wrong: {text}"),
        Err(SyntaxError::Unsupported(text)) => format!("refused: {text}"),
    };
    assert_eq!(told, expected);
}

#[test]
fn commands_one_after_another() {
    check("a; b && c | d # e", "a · b && c | d");
    check("nats kv watch b & nats kv ls\n\nx", "nats kv watch b · nats kv ls · x");
    check("", "");
}

#[test]
fn a_line_that_is_not_all() {
    for text in [
        "echo 'a",
        "echo \"a",
        "echo a \\",
        "a &&",
        "a |",
        "for x in 1; do",
        "if a; then b",
        "echo $(a",
        "{ a",
        "(a",
        "cat <<END\na",
        "cat <<END",
        "echo ${x",
        "echo $((1",
        "echo `a",
        "while a",
        "for x",
        "[[ -n a",
        "case x in",
        "case x in a) b",
        "f() {",
        "x=(1",
        "echo $'a",
        "for ((i=0;",
        "((1",
    ] {
        check(text, "goes on");
    }
    for text in ["echo a \\\\", "echo '\\'", "cat <<END\na\nEND", "echo \"a\nb\""] {
        assert!(is_complete(text), "{text}");
    }
}

#[test]
fn what_bash_would_not_take() {
    check("a;; b", "wrong: syntax error near unexpected token `;;'");
    check("done", "wrong: syntax error near unexpected token `done'");
    check("a )", "wrong: syntax error near unexpected token `)'");
    check("| a", "wrong: syntax error near unexpected token `|'");
    check("echo @(a)", "wrong: syntax error near unexpected token `('");
    check("(a) b", "wrong: syntax error near unexpected token `b'");
    check("[[ a b ]]", "wrong: syntax error in conditional expression");
}

#[test]
fn what_is_refused_is_named() {
    check("a 256> file", "refused: 256>file: only the streams up to 255 are there, each by its number");
    check("a >(b)", "refused: >(…): use a pipe or a file");
    check("exec {fd}>file", "refused: {fd}>: give the stream a number, such as 3");
    check("coproc a", "refused: coproc: use &");
    check("!!", "refused: !!: press ↑ or Ctrl-R for older commands");
    check("echo !$", "refused: !$: press ↑ or Ctrl-R for older commands");
    check("!nats", "refused: !nats: press ↑ or Ctrl-R for older commands");
    check("echo ${x@A}", "refused: ${x@A}: of ${NAME…} there are :- := :? :+ # % / : ^ ,");
    check(&"( ".repeat(1000), "refused: so deep a nesting");
    check(&"$(".repeat(1000), "refused: so deep a nesting");
    check(&"${x:-".repeat(1000), "refused: so deep a nesting");
    check(&format!("[[ {}", "( ".repeat(1000)), "refused: so deep a nesting");
}

#[test]
fn an_alias_stands_for_words() {
    let aliases =
        Aliases::from([("kv".to_owned(), "nats kv".to_owned()), ("bad".to_owned(), "a; b".to_owned())]);
    let words = |text: &str| match parse(text, &Dialect { aliases: aliases.clone(), extglob: false }) {
        Ok(script) => format!("{:?}", script.lists[0].first.commands[0].kind).matches("Text(").count(),
        Err(_) => 0,
    };
    assert_eq!([words("kv ls"), words("echo kv"), words("'kv'"), words("bad")], [3, 2, 1, 0]);
}

/// Any text at all is read, or is complained about.
#[test]
fn nothing_breaks_it() {
    let pieces = [
        "'", "\"", "$(", "`", "${", "}", "$((", "))", "(", ")", "<<A", "\n", "A", "\\", "|", "&", ";",
        "for x in", "do", "done", "if", "é", "!", "#", " ", "~", "{",
    ];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        _ = is_complete(&text);
    }
}
