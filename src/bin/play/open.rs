//! `play open`: opens a world natively as the page does, under the same bounds, and says what it costs.

use std::cell::Cell;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use playground::app::budget::{OF_OTHERS, TooHeavy};
use playground::app::journal::{Journal, Salvaged, Unreadable};
use playground::app::replay::{Replay, Replayed};
use playground::app::{Cost, Language, Options, TimeZone, link};

/// Who made the world.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    Oneself,
    /// Somebody else, so that it may cost only so much.
    Other,
}

/// Status where there is no world in the file.
const NO_WORLD: u8 = 2;

/// How long the world is made before its progress is told.
const SLICE: Duration = Duration::from_millis(100);

thread_local! {
    static SLICE_ENDS: Cell<Option<Instant>> = const { Cell::new(None) };
}

#[expect(clippy::disallowed_methods, reason = "a program's edge")]
fn now() -> Instant {
    Instant::now()
}

fn is_slice_over() -> bool {
    SLICE_ENDS.get().is_some_and(|end| now() >= end)
}

pub(crate) fn open(file: &str, maker: Maker) -> ExitCode {
    let text = match std::fs::read(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            eprintln!("play: {file}: {error}");
            return ExitCode::from(NO_WORLD);
        }
    };
    let Salvaged { journal, damaged } = match read(&text, maker) {
        Ok(read) => read,
        Err(Unreadable::TooLong) => {
            println!("too heavy: longer than the text of any world may be");
            return ExitCode::FAILURE;
        }
        Err(wrong) => {
            println!("no world: {}", reason(&wrong));
            return ExitCode::from(NO_WORLD);
        }
    };
    if let Some(line) = damaged {
        println!("damaged from line {line} on: opened up to there");
    }
    let options = Options {
        now: journal.began,
        seed: journal.seed,
        zone: TimeZone::UTC,
        language: Language::ENGLISH,
        lesson: Some("walkthrough".into()),
        pause: is_slice_over,
    };
    let began = now();
    let mut replay = Replay::begin(journal, &options, (maker == Maker::Other).then_some(OF_OTHERS));
    let heavy = play(&mut replay, maker, began);
    match heavy {
        None => println!("opened"),
        Some(TooHeavy { cost, limit }) => println!("too heavy: more than {limit} {}", cost.name()),
    }
    for cost in Cost::ALL {
        println!("{:>12} {}", replay.spent(cost), cost.name());
    }
    if heavy.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Makes the world to its end, or until it costs too much.
fn play(replay: &mut Replay, maker: Maker, began: Instant) -> Option<TooHeavy> {
    loop {
        SLICE_ENDS.set(Some(now() + SLICE));
        let replayed = replay.advance();
        replay.note_time(began.elapsed().as_millis() as u64);
        match replayed {
            Replayed::Wholly => return None,
            Replayed::TooHeavy(heavy) => return Some(heavy),
            Replayed::Partly if maker == Maker::Oneself => {
                let (done, of) = (replay.progress(), replay.total());
                let percent = (replay.fraction() * 100.0) as u32;
                eprintln!(
                    "{percent:>3} %  {} of {} acts, {} of {} s, {} turns",
                    done.acts,
                    of.acts,
                    done.millis / 1000,
                    of.millis / 1000,
                    replay.spent(Cost::Turns)
                );
            }
            Replayed::Partly => {}
        }
    }
}

/// The journal in a text: by itself, behind the heading of a sandbox as it is kept, or in a link.
fn read(text: &str, maker: Maker) -> Result<Salvaged, Unreadable> {
    let is_journal = |text: &str| !matches!(Journal::salvage(text), Err(Unreadable::Foreign));
    let behind_heading = text.split_once('\n').map(|(_, rest)| rest).filter(|rest| is_journal(rest));
    match (text.find("#v"), behind_heading) {
        _ if is_journal(text) => of(text, maker),
        (_, Some(journal)) => of(journal, maker),
        (Some(fragment), None) => {
            link::unpack(text[fragment..].trim()).map(|journal| Salvaged { journal, damaged: None })
        }
        (None, None) => Err(Unreadable::Foreign),
    }
}

fn of(text: &str, maker: Maker) -> Result<Salvaged, Unreadable> {
    match Journal::read(text) {
        Err(Unreadable::TooLong) if maker == Maker::Other => Err(Unreadable::TooLong),
        _ => Journal::salvage(text),
    }
}

fn reason(wrong: &Unreadable) -> String {
    match wrong {
        Unreadable::Foreign => "it does not begin as one".to_owned(),
        Unreadable::Newer => "it was written by a newer version of the playground".to_owned(),
        Unreadable::TooLong => "it is too long".to_owned(),
        Unreadable::TooHeavy(TooHeavy { cost, limit }) => {
            format!("it is too heavy (more than {limit} {})", cost.name())
        }
        Unreadable::Damaged(line) => format!("line {line} is damaged"),
    }
}
