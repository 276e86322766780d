//! Tests of what is searched, against searches that leave nothing out and against models that are enumerated independently.

use std::collections::BTreeSet;

use super::run::{Run, Stage};
use super::*;
use crate::base::Rng;

fn scenario(race: &str, rules: &str) -> Scenario {
    Scenario::parse(&format!("```race\n{race}\n```\n\n```rules\n{rules}\n```\n")).expect("a scenario")
}

fn verdict(scenario: &Scenario) -> Verdict {
    Search::new(scenario.clone(), Bounds::default()).finish().expect("a set-up that succeeds")
}

fn outcomes(verdict: &Verdict) -> BTreeSet<String> {
    verdict.outcomes.iter().map(|(outcome, _)| outcome.to_string()).collect()
}

#[test]
fn what_is_wrong_with_a_text_is_said_with_its_line() {
    let race = "```race\na$ nats kv ls\nb$ nats kv ls\n```\n";
    let wrong = [
        ("# nothing", "1: there is no fence `race` with the lines of the clients"),
        ("```race\na$ nats kv ls\n```\n", "1: a race has 2 to 5 clients, this one 1"),
        (
            "```race\na$ if true\nb$ true\n```\n",
            "2: the line is not complete: syntax error: unexpected end of file",
        ),
        (
            "```race\nhello\n```\n",
            "2: a line of a race is `name$ command`, or `name> text` where one goes on",
        ),
        ("```race\nb> more\n```\n", "2: there is no line of b above, which could go on"),
        (race, "1: there is no fence `rules` with what must hold"),
        (&format!("{race}```race\n"), "5: a file has one scenario: this is its second fence `race`"),
        (&format!("{race}```rules\nat most x in y\n```"), "6: x is no number"),
        (
            &format!("{race}```rules\nalways value b k\n```"),
            "6: write that goal as `value BUCKET KEY = VALUE`",
        ),
        (
            &format!("{race}```rules\nalways blue\n```"),
            "6: no goal begins with `blue`; LESSONS.md lists them",
        ),
        (
            &format!("{race}```rules\nat end read b k\n```"),
            "6: `read b k` is about what has happened; a rule asks for what is so at a moment",
        ),
        (
            &format!("{race}```rules\nevery client ends\n```\n```faults\nc may die\n```"),
            "9: there is no client c",
        ),
        (
            &format!("{race}```rules\nevery client ends\n```\n```faults\na may pause soon\n```"),
            "9: a pause is so long: 40s, 1m30s",
        ),
    ];
    for (text, error) in wrong {
        assert_eq!(Scenario::parse(text).expect_err(text).to_string(), error);
    }
}

#[test]
fn a_set_up_that_fails_or_never_ends_is_an_error() {
    let failing = scenario("setup$ nats kv get none k\na$ true\nb$ true", "every client ends");
    let error = Search::new(failing, Bounds::default()).finish().expect_err("no such bucket");
    assert_eq!(error.line, 2);
    assert!(error.reason.starts_with("the set-up fails with status 1: nats: error: "), "{error}");
    let endless = scenario("setup$ nats sub none\na$ true\nb$ true", "every client ends");
    let error = Search::new(endless, Bounds::default()).finish().expect_err("it waits");
    assert_eq!(error.to_string(), "2: the set-up does not end");
}

/// What a client of a model does with the one key that there is.
#[derive(Clone, Copy)]
enum Op {
    Get,
    Put,
    /// On the condition that there is no value.
    Create,
    /// On the condition of the revision that was read last.
    Update,
}

/// A bucket with one key, and clients that do such things: written without the server, the shell and the search.
#[derive(Clone)]
struct Model {
    last: u64,
    /// For each client what it has still to do, and the revision that it read last.
    clients: Vec<(Vec<Op>, u64)>,
    /// Who has succeeded with the last thing that it did.
    statuses: Vec<i32>,
}

impl Model {
    fn new(clients: &[&[Op]]) -> Model {
        let statuses = vec![0; clients.len()];
        Model { last: 0, clients: clients.iter().map(|ops| (ops.to_vec(), 0)).collect(), statuses }
    }

    /// All orders, one after the other: the last revision and the statuses that each ends with.
    fn ends(&self, ends: &mut Vec<(u64, Vec<i32>)>) {
        let is_over = self.clients.iter().all(|(ops, _)| ops.is_empty());
        if is_over {
            ends.push((self.last, self.statuses.clone()));
        }
        for client in 0..self.clients.len() {
            let mut next = self.clone();
            let (ops, read) = &mut next.clients[client];
            if ops.is_empty() {
                continue;
            }
            let (writes, fails) = match ops.remove(0) {
                Op::Get => {
                    *read = self.last;
                    (false, self.last == 0)
                }
                Op::Put => (true, false),
                Op::Create => (self.last == 0, self.last > 0),
                Op::Update => (self.last == *read, self.last != *read),
            };
            next.last += u64::from(writes);
            next.statuses[client] = i32::from(fails);
            next.ends(ends);
        }
    }

    fn script(clients: &[&[Op]]) -> String {
        let mut text = "setup$ nats kv add b --history 64".to_owned();
        for (client, ops) in clients.iter().enumerate() {
            let name = ["a", "b", "c"][client];
            for op in *ops {
                let line = match op {
                    Op::Get => {
                        "rev=0; read rev <<< $(nats kv get b k 2>/dev/null | awk 'NR==1{print $5}'); [ \"$rev\" ]"
                    }
                    Op::Put => "nats kv put b k x",
                    Op::Create => "nats kv create b k x",
                    Op::Update => "nats kv update b k x ${rev:-0}",
                };
                text += &format!("\n{name}$ {line}");
            }
        }
        text
    }
}

#[test]
fn orders_and_outcomes_are_those_of_models_that_are_enumerated() {
    use Op::*;
    // `update` with revision 0 is a `create`; a `create` that is refused looks who was there first, which is one more move, so
    // that models with it have other numbers of orders.
    let models: [(&[&[Op]], bool); 10] = [
        (&[&[Put], &[Put]], true),
        (&[&[Put, Put], &[Put, Get]], true),
        (&[&[Get, Put], &[Get, Put]], true),
        (&[&[Get, Update], &[Get, Update]], true),
        (&[&[Put, Get, Update], &[Get, Update]], true),
        (&[&[Put, Get, Update], &[Put]], true),
        (&[&[Get, Update], &[Put, Put, Get]], true),
        (&[&[Get, Update], &[Get, Update], &[Get, Update]], true),
        (&[&[Create], &[Create]], false),
        (&[&[Create, Put], &[Create], &[Get]], false),
    ];
    for (number, (clients, has_same_count)) in models.into_iter().enumerate() {
        let mut ends = Vec::new();
        Model::new(clients).ends(&mut ends);
        let searched = verdict(&scenario(&Model::script(clients), "every client ends"));
        assert!(searched.is_whole);
        if has_same_count {
            assert_eq!(searched.orders, ends.len() as u128, "model {number}");
        }
        let statuses = |outcome: &str| -> Vec<i32> {
            let ends = outcome.split(", ").filter_map(|part| part.split_once(" ends with "));
            ends.map(|(_, status)| status.parse().expect("a number")).collect()
        };
        let found: BTreeSet<Vec<i32>> = outcomes(&searched).iter().map(|outcome| statuses(outcome)).collect();
        let enumerated: BTreeSet<Vec<i32>> = ends.into_iter().map(|(_, statuses)| statuses).collect();
        assert_eq!(found, enumerated, "model {number}");
    }
}

#[test]
fn what_is_merged_and_what_happens_by_itself_changes_no_verdict() {
    let scenarios = [
        ("setup$ nats kv add b\na$ nats kv put b k 1\nb$ nats kv put b k 2", "no update lost b k"),
        ("setup$ nats kv add b\na$ nats kv create b k 1\nb$ nats kv create b k 2", "exactly 1 end with 0"),
        (
            "setup$ nats kv add b\na$ nats kv get b k && nats kv put b k 1\nb$ nats kv put b k 2",
            "at end value b k = 2",
        ),
    ];
    for (race, rule) in scenarios {
        let scenario = scenario(race, rule);
        let usual = verdict(&scenario);
        let unmerged = Search::unmerged(scenario.clone(), Bounds::default()).finish().expect("it succeeds");
        assert_eq!((usual.orders, &usual.broken), (unmerged.orders, &unmerged.broken), "{race}");
        assert_eq!(usual.outcomes, unmerged.outcomes, "{race}");
        let bounds = Bounds { states: 20_000, ..Bounds::default() };
        let moves = Search::without_privacy(scenario, bounds).finish().expect("it succeeds");
        assert!(moves.is_whole && moves.states > 4 * usual.states, "{} {}", moves.states, usual.states);
        assert_eq!((usual.breaks(), outcomes(&usual)), (moves.breaks(), outcomes(&moves)), "{race}");
    }
}

#[test]
fn no_order_at_random_ends_otherwise_than_the_search_has_found() {
    let race = "setup$ nats kv add b\n\
                a$ until nats kv create b k a; do :; done\na$ nats kv del b k -f\n\
                b$ until nats kv create b k b; do :; done\nb$ nats kv del b k -f\n\
                c$ nats kv get b k; nats kv put b n 1";
    let scenario = scenario(race, "every client ends");
    let searched = verdict(&scenario);
    let mut rng = Rng::new(7);
    for _ in 0..20 {
        let mut run =
            Run::begin(&scenario, Bounds::default().time, run::Privacy::Nothing).expect("it succeeds");
        while let Stage::Open(moves) = run.stage() {
            run.make(moves[rng.below(moves.len() as u64) as usize]);
        }
        let outcome = run.end();
        assert!(outcomes(&searched).contains(&outcome.to_string()), "{outcome}");
    }
}
