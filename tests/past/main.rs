//! Moving along what was done: whatever a visit was, each of its moments is seen as its world is when it is made again, in
//! whatever order and on whatever branch; and among ten thousand acts each is there at once.
//!
//! `PAST_VISITS` sets how many random visits there are, `PAST_SEED` where they begin, `PAST_ACTS` how long the long one is; what
//! that took is printed.

#[path = "../visits/lines.rs"]
#[expect(dead_code, reason = "visits are damaged elsewhere")]
mod lines;
#[path = "../common/memory.rs"]
mod memory;

use std::time::{Duration, Instant};

use playground::app::budget::OF_OTHERS;
use playground::app::journal::{Act, Entry, Journal};
use playground::app::past::{Comparison, Stills};
use playground::app::replay::{Replay, Replayed};
use playground::app::{App, Cost, Language, Msg, Options, TimeZone};
use playground::base::Rng;

const BEGAN: u64 = 1_795_395_723_000;

#[expect(clippy::disallowed_methods, reason = "a test of how long it takes")]
fn now() -> Instant {
    Instant::now()
}

fn options() -> Options {
    Options {
        now: BEGAN,
        seed: 7,
        zone: TimeZone::UTC,
        language: Language::ENGLISH,
        lesson: Some("walkthrough".into()),
        pause: || false,
    }
}

fn setting(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => default,
    }
}

/// The world of a journal, unless that is too heavy.
fn opened(journal: Journal) -> Option<App> {
    let mut limits = OF_OTHERS;
    limits[Cost::Turns as usize] = 4_000;
    limits[Cost::Commands as usize] = 4_000;
    limits[Cost::Bytes as usize] = 4 << 20;
    let mut replay = Replay::begin(journal, &options(), Some(limits));
    match replay.advance() {
        Replayed::Wholly => Some(App::new(options()).successor(replay)),
        Replayed::Partly | Replayed::TooHeavy(_) => None,
    }
}

/// Everything that is seen of a world.
fn whole(app: &App) -> String {
    let tabs = app.tabs();
    let screens = tabs.iter().map(|tab| {
        let blocks = app.screen(tab.id).into_iter().flat_map(|screen| screen.blocks());
        format!(
            "== {} {}\n{}",
            tab.id,
            app.prompt(tab.id),
            blocks.map(|block| block.to_text()).collect::<String>()
        )
    });
    let screens: String = screens.collect();
    format!("{screens}{:#?}\n{:#?}\n{:#?}", app.clock(), app.inspector(), app.lesson())
}

/// Everything that is seen of a moment.
fn seen(stills: &Stills, moment: usize) -> String {
    let seen = stills.seen(moment).expect("it is made");
    assert_eq!(seen.moment, moment, "there is a still of it");
    let still = seen.still;
    let screens = still.terminals().iter().map(|terminal| {
        let blocks = seen.screens[&terminal.id].blocks().map(|block| block.to_text());
        format!("== {} {}\n{}", terminal.id, terminal.prompt, blocks.collect::<String>())
    });
    let screens: String = screens.collect();
    format!("{screens}{:#?}\n{:#?}\n{:#?}", still.clock, still.inspector(), still.lesson())
}

fn world_at(stills: &Stills, moment: usize, app: &App) -> App {
    let mut world = stills.world_at(moment, app).expect("it is none of the present");
    assert_eq!(world.advance(), Replayed::Wholly);
    app.successor(world.replay)
}

#[track_caller]
fn assert_alike(one: &str, other: &str, what: &str) {
    let differing = one.lines().zip(other.lines()).find(|(line, other)| line != other);
    assert!(one == other, "{what}: {differing:?}");
}

/// Goes to random moments of a world, and compares each with that world made again.
fn look_around(stills: &Stills, app: &App, rng: &mut Rng, about: &str) {
    for _ in 0..6 {
        let moment = rng.below(stills.deeds() as u64) as usize;
        let world = world_at(stills, moment, app);
        let what = format!("moment {moment} of\n{about}");
        assert_alike(&seen(stills, moment), &whole(&world), &what);
        assert_alike(&whole(&world_at(stills, moment, app)), &whole(&world), &what);
    }
}

#[test]
fn each_moment_of_a_random_visit_is_seen_as_its_world_is_made_again() {
    let (visits, seed) = (setting("PAST_VISITS", 40), setting("PAST_SEED", 1));
    println!("{visits} visits from seed {seed}");
    let (mut looked_at, mut deeds) = (0, 0);
    for visit in 0..visits {
        let rng = &mut Rng::new(seed.wrapping_mul(1 << 32).wrapping_add(visit));
        let text = lines::journal(rng, 12);
        let Some(mut app) = Journal::read(&text).ok().and_then(opened) else { continue };
        let mut stills = Stills::new();
        assert!(stills.advance(&app));
        if stills.deeds() == 0 {
            continue;
        }
        look_around(&stills, &app, rng, &text);
        // Another branch begins somewhere, and goes on; what was seen before stays.
        let moment = rng.below(stills.deeds() as u64) as usize;
        app = world_at(&stills, moment, &app);
        stills.branch(moment, app.journal());
        for line in ["nats kv add branch", "nats kv put branch k v", "nats kv watch branch &"] {
            app.update(Msg::Submit { terminal: app.active(), line: line.to_owned() });
        }
        assert!(stills.advance(&app));
        look_around(&stills, &app, rng, &format!("a branch at {moment} of\n{text}"));
        looked_at += 1;
        deeds += stills.deeds();
    }
    println!("{looked_at} visits with {deeds} deeds");
    assert!(looked_at > visits / 4, "most can be looked at");
}

/// A long visit: two terminals that put, get, delete and watch, a terminal more that is closed again, and time that passes.
fn long_visit(acts: usize) -> Journal {
    let mut journal = Journal { began: BEGAN, seed: 7, lesson: "walkthrough".into(), ..Journal::default() };
    let line = |terminal: u32, line: String| Act::Submit { terminal, line };
    let first =
        ["nats kv add b --history 5", "nats kv add short --ttl 30s --marker-ttl 10s", "nats kv watch b &"];
    let mut done = vec![Act::Interrupt { terminal: 1 }, line(1, "nats-server -js".to_owned())];
    done.extend(first.iter().map(|it| line(2, (*it).to_owned())));
    done.push(Act::Open { name: "other".to_owned() });
    for number in 0.. {
        if done.len() >= acts {
            break;
        }
        done.push(match number % 10 {
            0..=3 => line(2, format!("nats kv put b key.{} value{number}", number % 77)),
            4 => line(3, format!("nats kv get b key.{}", number % 77)),
            5 => line(3, format!("nats kv del b key.{} -f", (number + 40) % 77)),
            6 => line(3, format!("nats kv put short k{number} {number}")),
            7 => line(2, format!("nats kv update b key.{} x 1", number % 77)),
            8 => Act::Skip { millis: 1_500 },
            _ => line(3, format!("echo {number}; nats kv ls b | wc -l")),
        });
    }
    journal.entries =
        (0..).step_by(400).zip(done).map(|(at, act)| Entry { at, mid_turn: None, act }).collect();
    journal
}

#[test]
fn among_many_acts_each_moment_is_there_at_once() {
    let acts = setting("PAST_ACTS", 250) as usize;
    let began = now();
    let mut replay = Replay::begin(long_visit(acts), &options(), None);
    assert_eq!(replay.advance(), Replayed::Wholly);
    let app = App::new(options()).successor(replay);
    println!("{acts} acts are played in {:?}", began.elapsed());
    let mark = memory::Mark::set();
    let began = now();
    let mut stills = Stills::new();
    assert!(stills.advance(&app));
    let (held, _) = mark.grown();
    println!(
        "their stills are made in {:?}; they count {} bytes, and hold {held} with a world",
        began.elapsed(),
        stills.bytes()
    );
    let rng = &mut Rng::new(3);
    let mut times: Vec<Duration> = Vec::new();
    let order = (0..stills.deeds())
        .rev()
        .take(100)
        .chain((0..100).map(|_| rng.below(stills.deeds() as u64) as usize));
    for moment in order.collect::<Vec<_>>() {
        let began = now();
        let seen = stills.seen(moment).expect("it is made");
        let (inspector, tabs) = (seen.still.inspector(), seen.still.tabs().to_vec());
        times.push(began.elapsed());
        // The server is stopped by the first deed and started by the second.
        assert!(seen.moment <= moment && !tabs.is_empty() && inspector.server.running == (moment != 1));
    }
    times.sort();
    println!("a moment is seen in {:?}, at most {:?}", times[times.len() / 2], times.last());
    let moment = stills.deeds() - 1;
    let began = now();
    let world = world_at(&stills, moment, &app);
    println!("the world of moment {moment} is made in {:?}", began.elapsed());
    assert_alike(&seen(&stills, moment), &whole(&world), "the last moment before the present");
    let began = now();
    let mut comparison = Comparison::begin((10, moment), &stills, &app);
    let changes = comparison.advance(&app).expect("nothing pauses");
    println!(
        "{} differences from moment 10 on are found in {:?}",
        changes.list.len() + changes.more,
        began.elapsed()
    );
    assert!(changes.list.len() > 20);
    assert!(held < 512 << 20, "{held} bytes are held");
    assert!(times.last().is_some_and(|longest| *longest < Duration::from_millis(100)));
}

#[test]
fn stills_are_given_up_where_they_take_too_much() {
    let mut replay = Replay::begin(long_visit(120), &options(), None);
    assert_eq!(replay.advance(), Replayed::Wholly);
    let app = App::new(options()).successor(replay);
    let mut all = Stills::new();
    assert!(all.advance(&app));
    let bound = all.bytes() / 3;
    let mut some = Stills::within(bound);
    assert!(some.advance(&app));
    assert!(some.bytes() <= bound, "{} of {bound}", some.bytes());
    for moment in 0..some.deeds() {
        let near = some.seen(moment).expect("one is made").moment;
        assert!(near <= moment && moment - near < 16, "{moment} is seen as {near}");
        assert_alike(&seen(&some, near), &seen(&all, near), "a still that was kept");
        assert_eq!(some.changes(moment, &app), all.changes(moment, &app), "what deed {moment} has changed");
    }
}
