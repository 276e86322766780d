//! Lines in, what was understood of them out.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let told = match parse(text) {
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
    ] {
        check(text, "goes on");
    }
    for text in ["echo a \\\\", "echo '\\'", "cat <<END\na\nEND", "echo \"a\nb\""] {
        assert!(is_complete(text), "{text}");
    }
}

#[test]
fn what_sh_would_not_take() {
    check("a;; b", "wrong: \";;\" unexpected");
    check("done", "wrong: \"done\" unexpected");
    check("a )", "wrong: \")\" unexpected");
    check("| a", "wrong: \"|\" unexpected");
    check("for 1 in a; do b; done", "wrong: Bad for loop variable");
    check("(a) b", "wrong: word unexpected");
}

#[test]
fn what_is_refused_is_named() {
    check("echo a > file", "refused: > file: there are no files here");
    check("a 2>>log", "refused: 2>> log: there are no files here");
    check("a < in", "refused: < in: there are no files here");
    check("a &> all", "refused: &>: there are no files here");
    check("cat <<< text", "refused: <<<: use echo … | or <<END");
    check("a <(b)", "refused: <(…): use a pipe");
    check("f() { a; }", "refused: (): there are no functions here");
    check("case x in y) z;; esac", "refused: case: use if");
    check("[[ a = b ]]", "refused: [[: use [ … ]");
    check("for ((i=0; i<3; i++)); do a; done", "refused: for ((: use for i in $(seq 1 3)");
    check("for i in {1..3}; do a; done", "refused: {1..3}: use $(seq 1 3)");
    check("!!", "refused: !!: press ↑ or Ctrl-R for older commands");
    check("echo !$", "refused: !$: press ↑ or Ctrl-R for older commands");
    check("!nats", "refused: !nats: press ↑ or Ctrl-R for older commands");
    check("echo ${x%y}", "refused: ${x%y}: only ${NAME}, ${#NAME} and ${NAME:-word} with -, = or +");
    check(&"(".repeat(1000), "refused: so deep a nesting");
    check(&"$(".repeat(1000), "refused: so deep a nesting");
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
