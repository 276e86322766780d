//! Plays and checks transcripts natively: `play check FILE.md…`, `play show FILE.md`, `play run`; opens worlds: `play open`;
//! checks and grades lessons: `play lesson`; plays every order of scenarios: `play explore`.

mod explore;
mod lesson;
mod open;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use playground::player;
use playground::shell::parse;

const USAGE: &str = "\
usage: play check FILE.md…   play transcripts here and show where they differ
       play show FILE.md     print a transcript with what comes out here
       play run              a terminal of a fresh world, on standard input
       play open [--own] FILE
                             open a world that was kept, or a link to one, as the page does, and say
                             what it costs; status 1 if it is too heavy, 2 if it is none. With --own
                             it is one's own, which may be of any length
       play lesson check [--real] FILE.md…
                             do each step of a lesson, and say on which line what is wrong with it;
                             with --real also what the real tools print otherwise (in a clone of the
                             project, whose recorder plays them)
       play lesson grade [--csv] LESSON.md ANSWER.md…
                             play exported transcripts in the lesson's world, and say which of its
                             steps are done; with --csv as a table, a line an answer
       play explore [--json] FILE.md…
                             play every order in which the clients of a scenario can meet, and say
                             which rules break, with the shortest order that does it; status 1 if
                             one breaks, 2 if a file is wrong or a bound was reached before";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["check", ref files @ ..] if !files.is_empty() => check(files),
        ["show", file] => show(file),
        ["run"] => run(),
        ["open", file] => open::open(file, open::Maker::Other),
        ["lesson", "check", "--real", ref files @ ..] if !files.is_empty() => {
            lesson::check(files, lesson::played_by_real_tools)
        }
        ["lesson", "check", ref files @ ..] if !files.is_empty() => lesson::check(files, |_| Ok(Vec::new())),
        ["lesson", "grade", "--csv", file, ref answers @ ..] if !answers.is_empty() => {
            lesson::grade(file, answers, lesson::table)
        }
        ["lesson", "grade", file, ref answers @ ..] if !answers.is_empty() => {
            lesson::grade(file, answers, lesson::list)
        }
        ["explore", "--json", ref files @ ..] if !files.is_empty() => explore::explore(files, explore::json),
        ["explore", ref files @ ..] if !files.is_empty() => explore::explore(files, explore::text),
        ["open", "--own", file] => open::open(file, open::Maker::Oneself),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn read(file: &str) -> Option<String> {
    std::fs::read_to_string(file).inspect_err(|error| eprintln!("play: {file}: {error}")).ok()
}

fn show(file: &str) -> ExitCode {
    let Some(markdown) = read(file) else { return ExitCode::FAILURE };
    let mut out = std::io::stdout().lock();
    let written = out.write_all(player::play(&markdown).as_bytes());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check(files: &[&str]) -> ExitCode {
    let (mut passed, mut failed) = (0, 0);
    let mut out = std::io::stdout().lock();
    for file in files {
        let same = read(file).is_some_and(|recorded| {
            let played = player::play(&recorded);
            let recorded = player::masked(&recorded);
            let _ = write!(out, "{}", difference(file, &recorded, &played));
            recorded == played
        });
        if same { passed += 1 } else { failed += 1 }
    }
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Lines around a difference that are shown.
const CONTEXT: usize = 3;

/// Where two texts differ, as `diff -u` shows it; nothing where they are the same.
fn difference(file: &str, recorded: &str, played: &str) -> String {
    if recorded == played {
        return String::new();
    }
    similar::TextDiff::from_lines(recorded, played)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(file, "here")
        .to_string()
}

/// A terminal for a person or a pipe.
fn run() -> ExitCode {
    let mut player = player::Player::new(true);
    let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout());
    let mut text = String::new();
    loop {
        let prompt = if text.is_empty() { player.prompt() } else { "> ".to_owned() };
        let _ = write!(out, "{prompt}");
        let _ = out.flush();
        let mut line = String::new();
        let is_over = !input.read_line(&mut line).is_ok_and(|count| count > 0);
        if is_over && text.is_empty() {
            return ExitCode::SUCCESS;
        }
        text.push_str(line.trim_end_matches(['\r', '\n']));
        // A command that is not complete goes on in the next line.
        if !is_over && !player.asks() && !parse::is_complete(&text) {
            text.push('\n');
            continue;
        }
        for said in player.enter(&std::mem::take(&mut text)) {
            let _ = writeln!(out, "{said}");
        }
    }
}
