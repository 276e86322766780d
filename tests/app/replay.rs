//! A visit made again from its journal is the same, whatever pauses there were.

use super::{BEGAN, app, app_that, play, screens, terminal, type_in};
use playground::app::journal::Journal;
use playground::app::replay::{Replay, Replayed};
use playground::app::{App, ClockMsg, Cost, LessonMsg, Msg, Options, budget};
use playground::base::fixed_zone;
use playground::texts::Language;

#[test]
fn a_visit_is_the_same_when_it_is_made_again_from_its_journal() {
    let mut first = app();
    assert_same(&first, &again(&first));
    let mut now = play(&mut first);
    type_in(&mut first, "you", "nats kv add again --history 2; nats kv put again k 'a b'");
    type_in(&mut first, "you", "nats kv del again k");
    let you = terminal(&first, "you");
    first.update(Msg::Submit { terminal: you, line: "y".to_owned() });
    first.update(Msg::Open { name: None });
    type_in(&mut first, "client1", "nats kv watch again");
    assert_same(&first, &again(&first));
    // The clock is moved, stands and goes, and others are turned to and closed.
    first.update(Msg::Clock(ClockMsg::Skip(30_000)));
    first.update(Msg::Clock(ClockMsg::Hold(true)));
    now += 5_000;
    first.update(Msg::Time(now));
    type_in(
        &mut first,
        "you",
        "nats kv add short --ttl 20s --marker-ttl 10s; nats kv put short k 1; nats kv watch short &",
    );
    assert_same(&first, &again(&first));
    first.update(Msg::Clock(ClockMsg::Hold(false)));
    now += 3_000;
    first.update(Msg::Time(now));
    first.update(Msg::Clock(ClockMsg::SkipToExpiry));
    let eye = terminal(&first, "client1");
    first.update(Msg::Close { terminal: eye });
    first.update(Msg::Select { terminal: you });
    first.update(Msg::Lesson(LessonMsg::OpenStep(3)));
    // What happens by itself after the last act is there as well.
    type_in(&mut first, "you", "for i in 1 2 3 4 5 6 7 8 9; do sleep 1; nats kv put again tick $i; done");
    for _ in 0..5 {
        now += 1_000;
        first.update(Msg::Time(now));
    }
    let mut second = again(&first);
    assert_same(&first, &second);
    assert!(screens(&second).contains("put again tick"));
    // And both go on alike.
    second.update(Msg::Time(BEGAN + 86_400_000 + 4_500));
    first.update(Msg::Time(now + 4_500));
    assert_same(&first, &second);
}

#[test]
fn a_file_from_outside_is_there_again() {
    let mut first = app();
    play(&mut first);
    assert!(first.take_file("folder/my.json", b"{\"a\": 1}\n").is_ok());
    assert!(first.take_file("..", b"").is_err() && first.take_file("big", &[0; 1 << 20]).is_err());
    type_in(&mut first, "you", "jq .a my.json; echo more >> my.json; cat my.json | wc -l");
    let second = again(&first);
    assert_same(&first, &second);
    assert!(first.journal().write().starts_with("nats-kv 4 "));
}

#[test]
fn acts_that_would_take_for_ever_change_nothing() {
    for line in [
        "while true; do sleep 0.001; nats kv ls; done",
        "d='0 1 2 3 4 5 6 7 8 9'; for a in $d $d; do for b in $d $d; do for c in $d; do for e in $d; do for f in $d; do for g in $d; do :; done; done; done; done; done; done",
    ] {
        let mut app = app();
        type_in(&mut app, "you", "echo mine");
        let before = screens(&app);
        let text = format!("nats-kv 1 {BEGAN}\n0 $2 {line}\n3000000000000 $2 echo\n");
        let journal = Journal::read(&text).expect("a journal");
        let mut limits = budget::OF_OTHERS;
        (limits[Cost::Turns as usize], limits[Cost::Commands as usize]) = (20_000, 20_000);
        let heavy = app.restore(journal, Some(limits)).expect_err(line);
        assert!(matches!(heavy.cost, Cost::Turns | Cost::Commands), "{line}: {heavy:?}");
        assert_eq!(screens(&app), before);
    }
}

#[test]
fn a_journal_cannot_open_terminals_without_end() {
    let mut app = app();
    let text = format!("nats-kv 1 {BEGAN}\n{}", "0 +x\n0 $9 echo hello\n0 =1 server\n0 -77\n".repeat(500));
    app.update(Msg::Restore(Journal::read(&text).expect("a journal")));
    assert_eq!(app.tabs().len(), 16);
}

/// Lets everything happen that can happen by now; how often it paused before.
fn wait(app: &mut App) -> usize {
    let mut pauses = 0;
    loop {
        let was_amid = app.is_mid_turn();
        app.update(Msg::Time(BEGAN));
        if !was_amid && !app.is_mid_turn() {
            return pauses;
        }
        pauses += 1;
    }
}

#[test]
fn what_comes_of_anything_does_not_depend_on_pauses() {
    let (mut whole, mut paused) = (app(), app_that(|| true));
    let lines = [
        ("server", "nats-server -js"),
        (
            "you",
            "nats kv add b --ttl 1m; nats kv watch b & nats kv put b k 1; nats kv get b k --raw; sleep 1; echo on",
        ),
        ("you", "for i in 1 2 3 4 5 6 7 8 9; do nats kv put b key.$i $i; done; nats kv ls b"),
        ("you", "nats kv ls b | cat; jobs; nats kv history b key.3; sleep 2; nats kv ls b & nats kv ls b"),
    ];
    let mut pauses = 0;
    for app in [&mut whole, &mut paused] {
        let server = terminal(app, "server");
        app.update(Msg::Interrupt { terminal: server });
        pauses += wait(app);
        let mut now = BEGAN;
        for (name, line) in lines {
            type_in(app, name, line);
            for _ in 0..4 {
                pauses += wait(app);
                now += 700;
                app.update(Msg::Time(now));
            }
            pauses += wait(app);
        }
    }
    assert!(pauses > 50, "{pauses}");
    assert_same(&whole, &paused);
    assert_same(&paused, &again(&paused));
}

#[test]
fn ctrl_c_and_commands_in_the_midst_of_others_come_again_at_the_same_place() {
    let mut cut = std::collections::BTreeSet::new();
    for turns in [0, 1, 5, 12, 13, 20] {
        let mut app = app_that(|| true);
        let (server, you) = (terminal(&app, "server"), terminal(&app, "you"));
        app.update(Msg::Interrupt { terminal: server });
        wait(&mut app);
        type_in(&mut app, "server", "nats-server -js");
        wait(&mut app);
        type_in(
            &mut app,
            "you",
            "nats kv add b; sleep 1; for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5; do nats kv put b k $i$j; done; done",
        );
        wait(&mut app);
        app.update(Msg::Open { name: None });
        app.update(Msg::Time(BEGAN + 1001));
        (0..turns).for_each(|_| _ = app.update(Msg::Time(BEGAN + 5000)));
        type_in(&mut app, "client1", "nats kv put b k by-another");
        type_in(&mut app, "you", "nats kv get b k");
        (0..turns).for_each(|_| _ = app.update(Msg::Time(BEGAN + 5000)));
        assert!(app.is_mid_turn());
        app.update(Msg::Interrupt { terminal: you });
        type_in(&mut app, "you", "nats kv history b k");
        wait(&mut app);
        app.update(Msg::Time(BEGAN + 9000));
        wait(&mut app);
        let shown = screens(&app);
        assert!(shown.contains("^C"), "{shown}");
        assert_same(&app, &again(&app));
        cut.insert(shown);
    }
    assert!(cut.len() > 3, "each is cut elsewhere");
}

/// A visit with watchers, acts amid others, a moved clock and a client from outside.
fn busy_journal() -> Journal {
    let text = format!(
        "nats-kv 2 {BEGAN}\n900 ^1\n700 $1 nats-server -js\n800 $2 nats kv add b --ttl 1h --history 3\n0 +eye\n10 $3 nats kv watch b\n\
         0 (\n5 <1 CONNECT {{}}\\r\\nPUB $KV.b.out 2\\r\\nhi\\r\\n\n50 $2 for i in $(seq 60); do nats kv put b k$i $i; done\n0+120 ^2\n\
         100 @7200000\n20 $2 nats kv put b late 1; sleep 5; nats kv ls b\n9000 !1\n500 !0\n60000 ^3\n100 >2\n"
    );
    Journal::read(&text).expect("a journal")
}

#[test]
fn a_world_is_the_same_whether_it_is_made_at_once_or_in_slices() {
    let (mut whole, mut sliced) = (app(), app_that(|| true));
    whole.restore(busy_journal(), None).expect("one's own");
    let options = options(|| true);
    let mut replay = Replay::begin(busy_journal(), &options, Some(budget::OF_OTHERS));
    let (mut slices, mut before) = (0, 0.0);
    while replay.advance() == Replayed::Partly {
        slices += 1;
        assert!(replay.fraction() >= before, "it goes on");
        before = replay.fraction();
    }
    assert_eq!((slices > 500, replay.fraction(), replay.progress()), (true, 1.0, replay.total()));
    sliced.take_over(replay);
    assert_same(&whole, &sliced);
    assert!(screens(&whole).contains("k60") || screens(&whole).contains("^C"));
}

#[test]
fn a_world_that_is_not_waited_for_opens_as_far_as_it_has_come() {
    let mut opened = std::collections::BTreeSet::new();
    for slices in [0, 1, 40, 300, 500] {
        let mut app = app_that(|| true);
        let mut replay = Replay::begin(busy_journal(), &options(|| true), None);
        for _ in 0..slices {
            assert_eq!(replay.advance(), Replayed::Partly);
        }
        app.take_over(replay);
        let acts = app.journal().entries.len();
        opened.insert(acts);
        // It goes on from there, and can be made again from what is kept of it.
        wait(&mut app);
        app.update(Msg::Open { name: None });
        type_in(&mut app, "client1", "echo here");
        wait(&mut app);
        assert!(screens(&app).contains("\nhere"), "{}", screens(&app));
        assert_same(&app, &again(&app));
    }
    assert!(opened.len() > 2, "{opened:?}");
}

#[test]
fn what_one_types_is_refused_where_it_would_fill_the_memory() {
    let mut app = app();
    for (line, told) in [
        ("for i in $(seq 600); do sleep 1000 & done", "bash: fork: Resource temporarily unavailable"),
        ("a=01234567; for i in $(seq 20); do a=$a$a; done; for i in $(seq 20); do eval=$a; done", ""),
        ("b=$a; c=$a; d=$a; e=$a; f=$a; g=$a; h=$a; i=$a; echo all", "bash: cannot allocate memory"),
        ("a=; b=; c=; d=; e=; f=; g=; h=; echo room", "room"),
        ("x=$(while true; do seq 100000; done)", "bash: cannot allocate memory"),
    ] {
        type_in(&mut app, "you", line);
        (1..20).for_each(|second| _ = app.update(Msg::Time(BEGAN + second * 1000)));
        assert!(screens(&app).contains(told), "{line}: {}", screens(&app));
    }
    // Made again, the same was refused.
    assert_same(&app, &again(&app));
}

#[test]
fn a_world_of_another_lesson_is_made_again_as_one() {
    let mut app = App::new(Options { lesson: Some("counter".into()), ..options(|| false) });
    app.update(Msg::Lesson(LessonMsg::RunNext));
    app.update(Msg::StartOver);
    for _ in 0..6 {
        app.update(Msg::Lesson(LessonMsg::RunNext));
    }
    let second = again(&app);
    assert_same(&app, &second);
    let title = |app: &App| app.lesson().map(|lesson| lesson.title);
    assert_eq!((&second.journal().lesson, title(&second)), (&"counter".into(), title(&app)));
    let open = second.lessons().into_iter().filter(|lesson| lesson.open).map(|lesson| lesson.name);
    assert_eq!(open.collect::<Vec<_>>(), ["counter"]);
}

/// The same visit, made again by somebody who has just opened the page, a day later.
fn again(first: &App) -> App {
    let journal = Journal::read(&first.saved().write()).expect("what was just written");
    let mut second = App::new(options(|| false));
    assert!(second.update(Msg::Restore(journal)));
    second
}

fn options(pause: fn() -> bool) -> Options {
    Options {
        now: BEGAN + 86_400_000,
        seed: 8,
        zone: fixed_zone(330),
        language: Language::find("de").expect("German is spoken"),
        lesson: Some("walkthrough".into()),
        pause,
    }
}

fn assert_same(first: &App, second: &App) {
    let (shown, again) = (screens(first), screens(second));
    let other = shown.lines().zip(again.lines()).find(|(line, again)| line != again);
    assert!(shown == again, "{other:?}, {} and {} lines", shown.lines().count(), again.lines().count());
    assert_eq!(second.inspector(), first.inspector());
    assert_eq!(second.clock(), first.clock());
    assert_eq!(second.steps_done(), first.steps_done());
    let open = |app: &App| app.lesson().and_then(|lesson| lesson.opened).map(|step| step.number);
    assert_eq!(open(second), open(first));
    let tabs = |app: &App| {
        app.tabs().into_iter().map(|tab| (tab.id, tab.name, tab.badge, tab.active)).collect::<Vec<_>>()
    };
    assert_eq!(tabs(second), tabs(first));
    assert_eq!(second.journal(), first.journal());
}
