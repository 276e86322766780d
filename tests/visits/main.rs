//! Whole visits: whatever a link or a file holds, it opens or is refused; no panic, no hang, no memory without bound, and
//! what was there before is there after.
//!
//! `VISITS` sets how many random visits there are, `VISITS_SEED` where they begin; both are printed. `corpus` holds links
//! that cost too much, some that only look so, and some on the border; the names say which.

mod lines;
#[path = "../common/memory.rs"]
mod memory;

use std::cell::Cell;
use std::fs;
use std::time::{Duration, Instant};

use playground::app::budget::{OF_OTHERS, TooHeavy};
use playground::app::journal::{Act, Entry, Journal, Unreadable};
use playground::app::replay::{Replay, Replayed};
use playground::app::{App, Cost, CostLimits, Language, Msg, Options, TimeZone, link};
use playground::base::Rng;

/// What a world of somebody else may take, in bytes.
const MEMORY_MAX: usize = 256_000_000;

/// Only a guard: this is a debug build on whatever machine.
const LONGEST: Duration = Duration::from_secs(60);

thread_local! {
    /// After how many questions it wants a pause.
    static UNTIL_PAUSE: Cell<u64> = const { Cell::new(u64::MAX) };
}

fn pause() -> bool {
    UNTIL_PAUSE.set(UNTIL_PAUSE.get().saturating_sub(1));
    UNTIL_PAUSE.get() == 0
}

#[expect(clippy::disallowed_methods, reason = "a test of how long it takes")]
fn now() -> Instant {
    Instant::now()
}

fn options() -> Options {
    Options {
        now: 1_795_395_723_000,
        seed: 7,
        zone: TimeZone::UTC,
        language: Language::ENGLISH,
        lesson: Some("walkthrough".into()),
        pause,
    }
}

/// What `work` gives, and how many bytes more than at its beginning were held meanwhile.
fn measured<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let mark = memory::Mark::set();
    let result = work();
    (result, mark.grown().1)
}

/// A page with some work on it.
fn page() -> App {
    let mut app = App::new(options());
    for line in ["nats kv add mine", "nats kv put mine k v", "nats kv get mine k"] {
        app.update(Msg::Submit { terminal: 2, line: line.to_owned() });
    }
    app
}

/// Everything that is shown, and what is kept.
fn whole(app: &App) -> String {
    let screens = app.tabs().into_iter();
    let screens = screens.map(|tab| {
        format!("== {}\n{}", tab.name, app.screen(tab.id).map(|screen| screen.to_text()).unwrap_or_default())
    });
    screens.collect::<String>() + &app.saved().write()
}

/// What came of opening a world, and what it cost.
struct Opened {
    replay: Replay,
    heavy: Option<TooHeavy>,
    took: Duration,
}

fn open(journal: Journal, limits: CostLimits, mut slice: impl FnMut() -> u64) -> Opened {
    let began = now();
    let mut replay = Replay::begin(journal, &options(), Some(limits));
    let heavy = loop {
        UNTIL_PAUSE.set(slice());
        match replay.advance() {
            Replayed::Partly => {}
            Replayed::Wholly => break None,
            Replayed::TooHeavy(heavy) => break Some(heavy),
        }
        assert!(began.elapsed() < LONGEST, "it hangs");
    };
    Opened { replay, heavy, took: began.elapsed() }
}

/// What a world of somebody else may cost; without optimization a fifth of it, which takes as long.
fn of_others() -> CostLimits {
    let mut limits = OF_OTHERS;
    if cfg!(debug_assertions) {
        let scaled = [Cost::Turns, Cost::Commands, Cost::Bytes, Cost::Held, Cost::Stored];
        scaled.iter().for_each(|cost| limits[*cost as usize] /= 5);
    }
    limits
}

fn corpus() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/visits/corpus");
    let files = fs::read_dir(folder).expect("the corpus").map(|file| file.expect("a file"));
    let mut links: Vec<(String, String)> = files
        .map(|file| {
            let name = file.file_name().to_string_lossy().replace(".txt", "");
            (name, fs::read_to_string(file.path()).expect("a text").trim().to_owned())
        })
        .collect();
    links.sort();
    links
}

#[test]
fn links_that_cost_too_much_are_refused_and_change_nothing() {
    println!("{:34} {:>9} {:>9} {:>10} {:>6} {:>9}", "link", "acts", "turns", "bytes", "ms", "held");
    for (name, link) in corpus() {
        let app = page();
        let before = whole(&app);
        let (opened, held) = measured(|| {
            let journal = link::unpack(&link).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
            open(journal, of_others(), || u64::MAX)
        });
        let Opened { replay, heavy, took } = opened;
        let spent = |cost| replay.spent(cost);
        println!(
            "{name:34} {:>9} {:>9} {:>10} {:>6} {held:>9} {}",
            spent(Cost::Acts),
            spent(Cost::Turns),
            spent(Cost::Bytes),
            took.as_millis(),
            heavy.map(|heavy| format!("more than {} {}", heavy.limit, heavy.cost.name())).unwrap_or_default()
        );
        if !name.starts_with("border-") {
            assert_eq!(heavy.is_some(), name.starts_with("heavy-"), "{name}");
        }
        assert!(held < MEMORY_MAX, "{name}: {held} bytes held");
        drop(replay);
        assert_eq!(whole(&app), before, "{name}");
    }
}

/// Lines that ask for more than there may be, each as the only act of a world with a server.
fn lines_too_much() -> impl Iterator<Item = &'static str> {
    include_str!("lines-too-much.txt").lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn lines_that_ask_too_much_are_refused_with_a_sentence() {
    // Frames are several times as large without optimization.
    let thread = std::thread::Builder::new().stack_size(32 << 20).spawn(refuse_lines_that_ask_too_much);
    thread.expect("a thread").join().expect("all are refused");
}

fn refuse_lines_that_ask_too_much() {
    let refusals = ["not simulated", "llocate memory", "maximum function nesting level", "depth limit"];
    let mut done = Vec::new();
    println!("{:>6} {:>10} {:>8}  line", "ms", "held", "as link");
    for line in lines_too_much() {
        let began = now();
        let (shown, held) = measured(|| {
            let mut app = page();
            app.update(Msg::Submit { terminal: 2, line: line.to_owned() });
            app.screen(2).map(|screen| screen.to_text()).unwrap_or_default()
        });
        let took = began.elapsed();
        let acts = [(1, "nats-server -js"), (2, line)]
            .map(|(terminal, line)| Act::Submit { terminal, line: line.to_owned() });
        let entries = acts.map(|act| Entry { at: 0, mid_turn: None, act }).to_vec();
        let journal = Journal { began: 1_795_395_723_000, entries, ..Journal::default() };
        let (opened, held_by_link) = measured(|| open(journal, of_others(), || u64::MAX));
        let cost = opened.heavy.map_or("", |heavy| heavy.cost.name());
        println!("{:>6} {held:>10} {cost:>8}  {line}", took.as_millis());
        assert!(held.max(held_by_link) < MEMORY_MAX, "{line}: {held} and {held_by_link} bytes held");
        assert!(took < LONGEST, "{line}");
        let answer = shown.rsplit_once(line).map_or("", |(_, answer)| answer);
        if !refusals.iter().any(|refusal| answer.contains(refusal)) {
            let end: String = answer.chars().take(200).collect();
            done.push(format!("{line}\n{end}"));
        }
    }
    assert!(done.is_empty(), "these were not refused:\n{}", done.join("\n"));
}

#[test]
fn a_deflated_text_takes_no_more_memory_than_a_text_may() {
    use base64::Engine;
    use std::io::Write;
    let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = [b' '; 1 << 16];
    (0..375_000_000 / blank.len()).for_each(|_| deflater.write_all(&blank).expect("a Vec takes everything"));
    let deflated = deflater.finish().expect("a Vec takes everything");
    let link = format!("#v1={}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(deflated));
    let (read, held) = measured(|| link::unpack(&link));
    assert_eq!(read, Err(Unreadable::TooLong), "{} characters", link.len());
    println!("{} characters, {held} bytes held", link.len());
    assert!(held < 16 << 20, "{held} bytes held");
}

/// A number from the environment, or else the default.
fn setting(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => default,
    }
}

/// So little that there can be many visits.
fn small() -> CostLimits {
    let mut limits = OF_OTHERS;
    limits[Cost::Turns as usize] = 4_000;
    limits[Cost::Commands as usize] = 4_000;
    limits[Cost::Bytes as usize] = 4 << 20;
    limits[Cost::Held as usize] = 1 << 20;
    limits[Cost::Stored as usize] = 1 << 20;
    limits[Cost::Jobs as usize] = 10;
    limits[Cost::Connections as usize] = 20;
    limits
}

#[test]
fn random_visits_open_or_are_refused() {
    let (visits, seed) = (setting("VISITS", 300), setting("VISITS_SEED", 1));
    println!("{visits} visits from seed {seed}");
    let known: Vec<String> = corpus()
        .iter()
        .map(|(_, link)| link::unpack(link).expect("a link").write())
        .filter(|text| text.len() < 10_000)
        .collect();
    let (mut opened, mut heavy, mut unread, mut peak) = (0_u64, 0_u64, 0_u64, 0);
    let mut app = page();
    for visit in 0..visits {
        let rng = &mut Rng::new(seed.wrapping_mul(1 << 32).wrapping_add(visit));
        let made = lines::journal(rng, 12);
        let other = &known[rng.below(known.len() as u64) as usize];
        let text = match rng.below(4) {
            0 | 1 => made,
            2 => lines::damaged(&made, other, rng),
            _ => lines::damaged(other, &made, rng),
        };
        let before = whole(&app);
        let (ended, held) = measured(|| visit_with(&mut app, &text, rng));
        peak = peak.max(held);
        assert!(held < 64 << 20, "visit {visit}: {held} bytes held for\n{text}");
        match ended {
            Ended::Opened => opened += 1,
            Ended::Heavy => heavy += 1,
            Ended::Unread => unread += 1,
        }
        if ended == Ended::Opened {
            app = page();
        } else {
            assert_eq!(whole(&app), before, "visit {visit} has changed something:\n{text}");
        }
    }
    println!("{opened} opened, {heavy} were too heavy, {unread} unread; at most {peak} bytes held");
    assert!(
        opened > visits / 4 && heavy > visits / 50 && unread > visits / 50,
        "the visits are of all kinds"
    );
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Opened,
    Heavy,
    Unread,
}

/// Opens a text, as a file or as a link, whole or as far as it goes, in random slices.
fn visit_with(app: &mut App, text: &str, rng: &mut Rng) -> Ended {
    let read = match rng.below(3) {
        0 => Journal::read(text),
        1 => Journal::salvage(text).map(|salvaged| salvaged.journal),
        _ => Journal::read(text).and_then(|journal| {
            let link = link::pack(&journal);
            let cut = link.len() - (rng.below(40) as usize).saturating_sub(38);
            link::unpack(&link[..cut])
        }),
    };
    let Ok(journal) = read else { return Ended::Unread };
    let Opened { replay, heavy, .. } = open(journal.clone(), small(), || 1 + rng.below(500));
    if heavy.is_some() {
        return Ended::Heavy;
    }
    app.take_over(replay);
    if journal.entries.iter().any(|entry| entry.mid_turn.is_some()) {
        return Ended::Opened; // It says that the world paused where it never did.
    }
    // Made at once it is the same, and so is what is kept of it.
    let shown = whole(app);
    let again = open(Journal::read(&app.saved().write()).expect("its own"), small(), || u64::MAX);
    if again.heavy.is_none() {
        let mut second = page();
        second.take_over(again.replay);
        let second = whole(&second);
        let other = second.lines().zip(shown.lines()).find(|(line, other)| line != other);
        assert!(second == shown, "{other:?}, made from\n{text}");
    }
    Ended::Opened
}
