//! How the text of a lesson is read, and what is said where it is wrong.

use crate::lesson::{Block, Lesson, plain};

const GOOD: &str = "# T\nintro\n```console setup\nserver$ nats-server\nlog\n```\n## P\nwhy\n### S {#one}\n\
    Do *it*.\n```console\nyou$ nats kv add b\nyou< y\n@wait 2s\n```\n```note\nDiffers.\n```\n\
    ```goal\nbucket b exists\n\nrevision b k >= 2\n```\n```hint\nTry `it`.\n```\n```link\nhttps://x.org\n```\n\
    ## End\nbye\n";

#[test]
fn a_lesson_is_read() {
    let lesson = Lesson::parse(GOOD).expect("a lesson");
    assert_eq!((lesson.title.as_str(), lesson.parts.len()), ("T", 2));
    assert_eq!(lesson.terminals(), ["server", "you"]);
    let step = lesson.step(0).expect("a step");
    assert_eq!((step.id.as_str(), step.heading.as_str(), step.line), ("one", "S", 9));
    assert_eq!(step.actions().len(), 3);
    assert_eq!(step.goals.len(), 2);
    assert_eq!(step.links, ["https://x.org"]);
    assert!(matches!(&step.body[..], [Block::Paragraph(_), Block::Console(_), Block::Note(_)]));
    assert_eq!(lesson.parts[1].intro.len(), 1);
}

#[test]
fn a_question_and_a_solution_are_read() {
    let question = "```predict\nWhich?\n\n- [ ] `1`\n- [x] two *or* `3`\n\nSo it is.\n```\n```console solution\nyou$ a\nyou^C\n```\n";
    let text = GOOD.replace("```note", &format!("{question}```note"));
    let lesson = Lesson::parse(&text).expect("a lesson");
    let step = lesson.step(0).expect("a step");
    let asked = step.questions().next().expect("a question");
    let choices: Vec<_> = asked.choices.iter().map(|choice| (plain(&choice.text), choice.is_right)).collect();
    assert_eq!(choices, [("1".to_owned(), false), ("two or 3".to_owned(), true)]);
    assert_eq!((asked.text.len(), asked.answer.len(), asked.line), (1, 1, 16));
    assert_eq!((step.actions().len(), step.shown_actions()), (5, 3));
    let wrong = "line 16: a fence `predict` has a question, and a list of choices: `- [ ] CHOICE`, the right one `- [x] CHOICE`";
    for (right, spoilt) in [("[x]", "[ ]"), ("[ ]", "[x]"), ("- [ ] `1`\n", ""), ("Which?", ""), ("[x]", "x")]
    {
        refused(&text.replace(right, spoilt), &[wrong]);
    }
    let twice = text.replace("```note", &format!("{question}```note"));
    refused(&twice, &["line 28: a fence `predict` does not belong here"]);
    let early = GOOD.replace("## P", &format!("{question}## P"));
    refused(
        &early,
        &[
            "line 7: a fence `predict` does not belong here",
            "line 15: a fence `console solution` does not belong here",
        ],
    );
}

#[track_caller]
fn refused(text: &str, want: &[&str]) {
    let errors = Lesson::parse(text).expect_err("not a lesson");
    let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(shown, want);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    refused(
        "",
        &[
            "line 1: a lesson begins with a title: # TITLE",
            "line 1: the lesson has no steps: ### HEADING {#id}",
        ],
    );
    refused(
        "# T\n## P\n### S\n```goal\nbucket b\nflies b\nrevision b k >= x\n```\n#### deep\n```console\n",
        &[
            "line 3: a step's heading ends with its id: ### HEADING {#id}",
            "line 3: the step has no goal",
            "line 3: the step has no hint",
            "line 5: such a goal is written `bucket BUCKET exists` or `bucket BUCKET gone` or `bucket BUCKET ttl = DURATION` or \
             `bucket BUCKET history = ENTRIES` or `bucket BUCKET marker-ttl = DURATION` or `bucket BUCKET max-size = BYTES` or \
             `bucket BUCKET max-value-size = BYTES` or `bucket BUCKET mirrors ORIGIN` or `bucket BUCKET sources ORIGIN` or `bucket BUCKET age >= DURATION`",
            "line 6: no goal begins with `flies`",
            "line 7: `x` is not a number that fits here",
            "line 9: headings have one (title), two (part) or three (step) `#`",
            "line 10: this fence is never closed",
        ],
    );
    let twice = GOOD.replace(
        "## End",
        "### Again {#one}\n```goal\njetstream on\n```\n```hint\nx\n```\n```hint\ny\n```\n```link\njavascript:x\n```",
    );
    refused(
        &twice,
        &[
            "line 30: another step is called `one` already",
            "line 37: a fence `hint` does not belong here",
            "line 41: `javascript:x` is no address that begins with https://",
        ],
    );
    refused(&"x".repeat(Lesson::MAX_LENGTH + 1), &["line 1: the lesson is longer than 262144 bytes"]);
}

/// Every text that can be cut from a lesson, or has a line doubled or left out, gets an answer.
#[test]
fn no_text_is_too_broken() {
    for end in 0..=GOOD.len() {
        let _ = Lesson::parse(&GOOD[..end]);
        let _ = Lesson::parse(&GOOD[end..]);
    }
    let lines: Vec<&str> = GOOD.lines().collect();
    for out in 0..lines.len() {
        let mut fewer = lines.clone();
        fewer.remove(out);
        let _ = Lesson::parse(&fewer.join("\n"));
    }
    for odd in ["#", "###", "### {#}", "```", "``````", "# \u{0}\n### \u{301}{#}", "1. ", "- \n- ", "### }{#"]
    {
        let _ = Lesson::parse(odd);
    }
}
