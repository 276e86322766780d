//! Whether the commands of a lesson print what its text says that they print.

use super::{Finding, Problem, Tools, shown};
use crate::player;
use crate::transcript::{self, Line, Piece, Step};

/// An action with the lines that come of it.
struct Shown {
    /// On which line of the text the action is.
    line: usize,
    step: Step,
    output: Vec<String>,
}

/// The lines of all actions of a text.
pub(super) fn action_lines(markdown: &str) -> Vec<usize> {
    shown_in(markdown).iter().map(|shown| shown.line).collect()
}

/// What differs between a text and what comes out here.
pub(super) fn check(markdown: &str) -> Vec<Finding> {
    compare(markdown, &player::play(markdown), Tools::Simulated)
}

/// What differs between a text and the same text as these tools have played it. An action of which the text shows nothing may print
/// anything.
pub(super) fn compare(markdown: &str, played: &str, tools: Tools) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut played = shown_in(played).into_iter().peekable();
    for Shown { line, step, output } in shown_in(&player::masked(markdown)) {
        let Some(printed) = played.next_if(|played| played.step == step) else {
            findings.push(Finding { line, problem: Problem::NothingAsked(shown(&step)) });
            continue;
        };
        let refused = printed.output.iter().find(|line| line.contains("not simulated"));
        if let Some(refused) = refused {
            findings.push(Finding { line, problem: Problem::NotSimulated(refused.clone()) });
        } else if !output.is_empty() && output != printed.output {
            let problem = Problem::Output { tools, written: output, printed: printed.output };
            findings.push(Finding { line, problem });
        }
    }
    findings
}

fn shown_in(markdown: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut line = 0;
    for piece in transcript::split(markdown) {
        let (Piece::Text(lines) | Piece::Console(lines)) = &piece;
        if matches!(piece, Piece::Console(_)) {
            for (at, text) in lines.iter().enumerate() {
                add(&mut all, line + at + 1, text);
            }
        }
        line += lines.len();
    }
    all
}

fn add(all: &mut Vec<Shown>, line: usize, text: &str) {
    match (transcript::read(text), all.last_mut()) {
        (Line::Step(step), _) => all.push(Shown { line, step, output: Vec::new() }),
        (Line::More { text, .. }, Some(Shown { step: Step::Type { command, .. }, output, .. }))
            if output.is_empty() =>
        {
            command.push('\n');
            command.push_str(text);
        }
        (_, Some(last)) => last.output.push(text.to_owned()),
        // Nothing was typed yet that could have printed it.
        (_, None) => {}
    }
}
