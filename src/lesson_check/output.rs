//! Whether the commands of a lesson print what its text says that they print.

use super::{Finding, Problem, Tools};
use crate::player;
use crate::transcript::{self, Entry, Piece};

/// The lines of all actions of a text.
pub(super) fn action_lines(markdown: &str) -> Vec<usize> {
    entries(markdown).iter().map(|entry| entry.line).collect()
}

/// What differs between a text and what comes out here.
pub(super) fn check(markdown: &str) -> Vec<Finding> {
    compare(markdown, &player::play(markdown), Tools::Simulated)
}

/// What differs between a text and the same text as these tools have played it. An action of which the text shows nothing may print
/// anything.
pub(super) fn compare(markdown: &str, played: &str, tools: Tools) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut played = entries(played).into_iter().peekable();
    for Entry { line, step, output } in entries(&player::masked(markdown)) {
        let Some(printed) = played.next_if(|played| played.step == step) else {
            findings.push(Finding { line, problem: Problem::NothingAsked(step) });
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

/// The actions of a text with what it says that they print, each on its line of the text, counted from 1.
fn entries(markdown: &str) -> Vec<Entry> {
    let pieces = transcript::split(markdown);
    let mut first = 1;
    let mut numbered = Vec::new();
    for piece in &pieces {
        let (Piece::Text(lines) | Piece::Console(lines)) = piece;
        if matches!(piece, Piece::Console(_)) {
            numbered.extend((first..).zip(lines));
        }
        first += lines.len();
    }
    transcript::entries(numbered)
}
