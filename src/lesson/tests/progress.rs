//! A learner on the way through a small lesson.

use std::sync::Arc;

use super::sample::{bucket, called, delivered, entry, read, refused, removed, server};
use crate::lesson::{Lesson, Progress, WorldState};
use crate::server::event::{Event, RemovalReason};
use crate::server::view::{Operation, View};
use crate::texts::Language;

const TEXT: &str = "# T\n## P\n\
    ### A {#a}\n```goal\naccount seen\n```\n```hint\nx\n```\n\
    ### B {#b}\n```goal\nbucket b exists\n```\n```hint\nx\n```\n\
    ### C {#c}\n```goal\nread b k\nrefused b k create\n```\n```hint\nx\n```\n\
    ### D {#d}\n```goal\nread b k\n```\n```hint\nx\n```\n";

fn progress() -> Progress {
    Progress::new(Arc::new(Lesson::parse(TEXT).expect("a lesson")))
}

fn with_bucket() -> View {
    let mut view = server(true);
    view.streams.push(bucket("b"));
    view
}

#[track_caller]
fn look(progress: &mut Progress, view: &View, events: &[Event], done: &[usize], current: Option<usize>) {
    let newly_done = progress.observe(&WorldState { server: Some(view), events, ..WorldState::default() });
    assert_eq!((newly_done.as_slice(), progress.current()), (done, current));
}

#[test]
fn steps_are_done_in_their_order() {
    let mut p = progress();
    look(&mut p, &server(true), &[read("$KV.b.k", Some(1))], &[], Some(0));
    look(&mut p, &server(true), &[called("$SYS.REQ.USER.INFO")], &[0], Some(1));
    look(&mut p, &server(true), &[], &[], Some(1));
    look(&mut p, &with_bucket(), &[], &[1], Some(2));
    // One goal after the other, in whatever order; events before the step do not count.
    look(&mut p, &with_bucket(), &[refused("$KV.b.k", 0)], &[], Some(2));
    look(&mut p, &with_bucket(), &[called("$SYS.REQ.USER.INFO")], &[], Some(2));
    look(&mut p, &with_bucket(), &[read("$KV.b.k", Some(1))], &[2], Some(3));
    look(&mut p, &with_bucket(), &[], &[], Some(3));
    look(&mut p, &with_bucket(), &[read("$KV.b.k", Some(1))], &[3], None);
    assert!(p.is_finished());
}

#[test]
fn one_look_may_do_several_steps_and_counts_no_event_twice() {
    let (read, info, no) = (read("$KV.b.k", Some(1)), called("$SYS.REQ.USER.INFO"), refused("$KV.b.k", 0));
    let mut p = progress();
    look(&mut p, &with_bucket(), &[info.clone(), no.clone(), read.clone()], &[0, 1, 2], Some(3));
    let mut p = progress();
    look(&mut p, &with_bucket(), &[no.clone(), read.clone(), info.clone()], &[0, 1], Some(2));
    let mut p = progress();
    look(&mut p, &with_bucket(), &[info, no, read.clone(), read], &[0, 1, 2, 3], None);
}

#[test]
fn what_was_done_stays_done() {
    let mut p = progress();
    look(&mut p, &with_bucket(), &[called("$SYS.REQ.USER.INFO")], &[0, 1], Some(2));
    look(&mut p, &server(false), &[], &[], Some(2));
    assert_eq!(p.done(), [true, true, false, false]);
    p.work_on(0);
    assert_eq!(p.current(), Some(2));
    p.work_on(3);
    look(&mut p, &with_bucket(), &[read("$KV.b.k", Some(1))], &[3], Some(2));
    assert_eq!(p.done(), [true, true, false, true]);
}

#[test]
fn a_lesson_goes_on_in_another_language() {
    let mut p = progress();
    look(&mut p, &with_bucket(), &[called("$SYS.REQ.USER.INFO"), refused("$KV.b.k", 0)], &[0, 1], Some(2));
    let other = |text: String| Arc::new(Lesson::parse(&text).expect("a lesson"));
    assert!(!p.translate(other(TEXT.replace("{#d}", "{#e}"))));
    assert!(p.translate(other(TEXT.replace("# T", "# Titel"))));
    assert_eq!(p.lesson().title, "Titel");
    look(&mut p, &with_bucket(), &[read("$KV.b.k", Some(1))], &[2], Some(3));
}

#[test]
fn a_step_tells_what_it_wants_and_what_is_missing() {
    let mut p = progress();
    let view = entry(Operation::Put, "v", 1, None);
    let refused = [called("$SYS.REQ.USER.INFO"), refused("$KV.b.k", 0)];
    let state = WorldState { server: Some(&view), events: &refused, ..WorldState::default() };
    assert!(!p.observe(&state).is_empty());
    let shown = |p: &Progress, step| {
        let checks = p.checks(step, &state, Language::ENGLISH);
        checks.into_iter().map(|c| (c.met, c.wanted, c.missing)).collect::<Vec<_>>()
    };
    let line = |met, wanted: &str, missing: &str| (met, wanted.to_owned(), missing.to_owned());
    assert_eq!(shown(&p, 1), [line(true, "There is a bucket `b`", "")]);
    assert_eq!(
        shown(&p, 2),
        [
            line(false, "Somebody has read `k` in `b`", "Nobody has read `k` yet: run `nats kv get b k`."),
            line(true, "A `create` of `k` in `b` was refused", ""),
        ]
    );
    assert_eq!(shown(&p, 3), [line(false, "Somebody has read `k` in `b`", "")]);
    assert_eq!(shown(&p, 4), []);
}

#[test]
fn what_several_goals_lack_is_said_once() {
    let text =
        "# T\n## P\n### A {#a}\n```goal\nbucket b exists\nbucket c exists\nread b k\n```\n```hint\nx\n```\n";
    let p = Progress::new(Arc::new(Lesson::parse(text).expect("a lesson")));
    let missing = |server: Option<&View>| {
        let checks = p.checks(0, &WorldState { server, ..WorldState::default() }, Language::ENGLISH);
        checks.into_iter().map(|check| check.missing).collect::<Vec<_>>()
    };
    let no_server = "No server is running: type `nats-server -js` in the terminal `server`.";
    assert_eq!(missing(None), [no_server, "", ""]);
    let told = missing(Some(&server(true)));
    assert_eq!(told.iter().filter(|told| told.is_empty()).count(), 1, "of two buckets each: {told:?}");
}

#[test]
fn a_lock_that_expired_is_not_to_be_updated() {
    let text = "# T\n## P\n### A {#a}\n```goal\nupdated b k = me\n```\n```hint\nx\n```\n";
    let mut p = Progress::new(Arc::new(Lesson::parse(text).expect("a lesson")));
    let missing = |p: &Progress, view: &View| {
        let state = WorldState { server: Some(view), events: &[], ..WorldState::default() };
        p.checks(0, &state, Language::ENGLISH).remove(0).missing
    };
    let lost = |p: &Progress, view: &View| {
        let state = WorldState { server: Some(view), events: &[], ..WorldState::default() };
        p.lost(&state, Language::ENGLISH)
    };
    let mine = entry(Operation::Put, "me", 1, None);
    assert_eq!(lost(&p, &mine), None);
    assert_eq!(
        missing(&p, &mine),
        "`k` is at revision 1, and not updated yet: run `nats kv update b k me 1`."
    );
    let gone = with_bucket();
    look(&mut p, &gone, &[removed(RemovalReason::Age)], &[], Some(0));
    assert_eq!(
        missing(&p, &gone),
        "`k` has expired: nobody renewed it in time. Run `nats kv create b k me`, or set this step up again."
    );
    assert_eq!(lost(&p, &gone), Some(missing(&p, &gone)));
    let theirs = entry(Operation::Put, "them", 2, None);
    look(&mut p, &theirs, &[], &[], Some(0));
    assert_eq!(
        missing(&p, &theirs),
        "`k` had expired, and belongs to `them` now; an update would take it away again. Set this step up again."
    );
    assert_eq!(lost(&p, &theirs), Some(missing(&p, &theirs)));
    // Where it was to expire first, nothing is lost.
    let text = "# T\n## P\n### A {#a}\n```goal\nexpired b k\nupdated b k = me\n```\n```hint\nx\n```\n";
    let mut p = Progress::new(Arc::new(Lesson::parse(text).expect("a lesson")));
    look(&mut p, &gone, &[removed(RemovalReason::Age)], &[], Some(0));
    assert_eq!(lost(&p, &gone), None);
}

#[test]
fn what_was_shown_before_is_not_what_is_to_be_shown() {
    let text = "# T\n## P\n### A {#a}\n```goal\ndelivered b k = new\n```\n```hint\nx\n```\n";
    let mut p = Progress::new(Arc::new(Lesson::parse(text).expect("a lesson")));
    look(&mut p, &entry(Operation::Put, "old", 1, None), &[delivered("$KV.b.k")], &[], Some(0));
    look(&mut p, &entry(Operation::Put, "new", 1, None), &[delivered("$KV.b.k")], &[0], None);
}
