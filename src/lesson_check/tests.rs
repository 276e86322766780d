//! A small lesson, and what is found when something in it is spoilt.

use super::{check, grade};
use crate::lesson::Lesson;

const RIGHT: &str = "\
# Locks

```console setup
server$ nats-server -js
```

## Take one

### A bucket {#bucket}

```console
you$ nats kv add locks --ttl 30s
```

```goal
bucket locks ttl = 30s
```

```hint
Run it.
```

### A lock {#lock}

```console
you$ nats kv create locks report you
you
other$ nats kv create locks report other
nats: error: nats: nats: API error: code=400 err_code=10071 description=wrong last sequence: 1: key exists
other? 1
```

```goal
created locks report = you
refused locks report create
```

```hint
Run both.
```
";

#[track_caller]
fn finds(from: &str, to: &str, want: &[&str]) {
    assert!(RIGHT.contains(from), "{from}");
    let found = check(&RIGHT.replacen(from, to, 1));
    let found: Vec<String> =
        found.iter().map(|finding| format!("{}: {}", finding.line, finding.problem)).collect();
    assert_eq!(found, want);
}

#[test]
fn a_lesson_that_is_right_is_let_through() {
    finds("Run both.", "Run both.", &[]);
    // Times and the like may be those of the author's own run.
    finds("you$ nats kv create locks report you\nyou\n", "you$ nats kv create locks report you\n", &[]);
}

/// As documentation writes it.
#[test]
fn shell_fences_are_done_and_compared_too() {
    let console = "```console\nyou$ nats kv create locks report you\nyou\n";
    let shell = "```shell\nnats kv create locks report you\n```\nprints\n```\nyou\n```\n```console\n";
    finds(console, shell, &[]);
    finds(
        console,
        &shell.replace("\nyou\n", "\nme\n"),
        &["26: it prints something else\n    - me\n    + you"],
    );
}

#[test]
fn what_is_no_lesson_is_said_as_the_parser_says_it() {
    finds("{#lock}", "", &["23: a step's heading ends with its id: ### HEADING {#id}"]);
}

#[test]
fn a_step_that_its_commands_do_not_do_is_found() {
    finds(
        "bucket locks ttl = 30s",
        "bucket locks ttl = 40s",
        &[
            "9: the step is not done by its commands: The values in locks do not live for 40s: remove the bucket with nats kv rm locks, \
             then run nats kv add locks --ttl 40s.",
        ],
    );
}

#[test]
fn a_step_that_needs_nothing_to_be_done_is_found() {
    finds(
        "created locks report = you\nrefused locks report create",
        "bucket locks ttl = 30s",
        &["23: the step is done before its commands are run: its goals ask for nothing new"],
    );
}

#[test]
fn a_command_that_no_goal_asks_for_is_found() {
    let left_out = "the step is done without `you$ nats kv ls`: a goal has to ask for what it does";
    finds(
        "you$ nats kv add locks --ttl 30s\n",
        "you$ nats kv add locks --ttl 30s\nyou$ nats kv ls\n",
        &[&format!("13: {left_out}")],
    );
}

#[test]
fn another_output_is_found_and_shown() {
    finds("report you\nyou\n", "report you\nme\n", &["26: it prints something else\n    - me\n    + you"]);
}

/// The answer to a question is what happens.
#[test]
fn a_question_whose_right_choice_is_wrong_is_found() {
    let ask = |right: &str| format!("```predict\nWho?\n\n- [x] `{right}`\n- [ ] me\n```\n```hint\nRun both.");
    let problem = "38: the right choice says `me`, which the commands of the step do not print";
    finds("```hint\nRun both.", &ask("you"), &[]);
    finds("```hint\nRun both.", &ask("me"), &[problem]);
}

/// What solves an exercise is done as other commands are.
#[test]
fn a_solution_is_done_and_compared() {
    finds("```console\nyou$ nats kv create", "```console solution\nyou$ nats kv create", &[]);
    finds(
        "```console\nyou$ nats kv create locks report you\nyou",
        "```console solution\nyou$ nats kv create locks report you\nme",
        &["26: it prints something else\n    - me\n    + you"],
    );
}

#[test]
fn what_is_not_simulated_and_what_nobody_asks_is_found() {
    let said =
        check(&RIGHT.replacen("you$ nats kv add", "you$ nats bench kv put\nyou< y\nyou$ nats kv add", 1));
    let said: Vec<String> = said.iter().map(|finding| finding.problem.to_string()).collect();
    assert!(said.iter().any(|line| line.starts_with("it uses what is not simulated")), "{said:?}");
    assert!(said.iter().any(|line| line == "nothing asks where it says `you< y`"), "{said:?}");
}

#[test]
fn an_answer_is_graded_by_what_it_does() {
    let graded = |answer: &str| {
        let grade = grade(Lesson::parse(RIGHT).expect("a lesson"), answer);
        grade.steps.iter().map(|step| step.is_done).collect::<Vec<_>>()
    };
    assert_eq!(graded(""), [false, false]);
    assert_eq!(
        graded("```console\nyou$ nats kv add locks --ttl 30s\nwhatever it printed\n```\n"),
        [true, false]
    );
    assert_eq!(graded(RIGHT), [true, true]);
    // What was not done does not stand in the way of the rest.
    let lock = RIGHT.replace("nats kv add locks --ttl 30s", "nats kv add locks");
    assert_eq!(graded(&lock), [false, true]);
    // In another way, in one terminal.
    let other = "```console\nyou$ nats kv add locks --ttl=30s\nyou$ for i in 1 2; do nats kv create locks report you; done\n```\n";
    assert_eq!(graded(other), [true, true]);
}
