//! `play explore`: plays every order of scenarios, and says which rules break.

use std::process::ExitCode;

use playground::explore::{Bounds, Report, Scenario, ScenarioError, Search, Verdict};

use super::read;

/// Status where a file is no scenario, or a bound was reached without a verdict.
const NO_VERDICT: u8 = 2;

/// How a verdict is told.
pub(crate) type Form = fn(search: &Search, verdict: &Verdict, shortest: Option<&Report>) -> String;

/// Status 0 where all rules hold, 1 where one breaks, 2 where a file is wrong or a bound was reached before.
pub(crate) fn explore(files: &[&str], form: Form) -> ExitCode {
    let mut status = 0;
    for file in files {
        let Some(markdown) = read(file) else { return ExitCode::from(NO_VERDICT) };
        match search(&markdown) {
            Ok((search, verdict, shortest)) => {
                if files.len() > 1 {
                    println!("{file}");
                }
                print!("{}", form(&search, &verdict, shortest.as_ref()));
                status = status.max(match (verdict.breaks(), verdict.is_whole) {
                    (true, _) => 1,
                    (false, true) => 0,
                    (false, false) => NO_VERDICT,
                });
            }
            Err(error) => {
                eprintln!("{file}:{error}");
                status = NO_VERDICT;
            }
        }
    }
    ExitCode::from(status)
}

fn search(markdown: &str) -> Result<(Search, Verdict, Option<Report>), ScenarioError> {
    let mut search = Search::new(Scenario::parse(markdown)?, Bounds::default());
    let verdict = search.finish()?;
    let shortest = verdict.shortest.as_ref().map(|moves| search.report(moves)).transpose()?;
    Ok((search, verdict, shortest))
}

/// As text, with the shortest order that breaks a rule.
pub(crate) fn text(search: &Search, verdict: &Verdict, shortest: Option<&Report>) -> String {
    let mut text = verdict.text(search.scenario(), Bounds::default());
    if let Some(shortest) = shortest {
        text.push_str("\nthe shortest order that breaks a rule:\n");
        text.push_str(&shortest.text(search.scenario()));
    }
    text
}

pub(crate) fn json(search: &Search, verdict: &Verdict, shortest: Option<&Report>) -> String {
    format!("{}\n", verdict.json(search.scenario(), shortest))
}
