//! Scenarios, text in, text out: what the explorer says of `src/explore/scenarios/NAME.md` stands in `NAME.txt`.
//! `UPDATE=1 cargo test --test explore` writes those files anew.

use std::fs;
use std::path::PathBuf;

use playground::explore::{Bounds, Scenario, Search};

fn scenarios() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/explore/scenarios");
    let files = fs::read_dir(folder).expect("the folder is there").map(|file| file.expect("a file").path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// What `play explore` says.
fn explored(markdown: &str) -> String {
    let mut search = Search::new(Scenario::parse(markdown).expect("a scenario"), Bounds::default());
    let verdict = search.finish().expect("the set-up does not fail");
    let mut text = verdict.text(search.scenario(), Bounds::default());
    if let Some(moves) = &verdict.shortest {
        let report = search.report(moves).expect("it was played before");
        text.push_str("the shortest order that breaks a rule:\n");
        text.push_str(&report.text(search.scenario()));
    }
    text
}

#[test]
fn what_is_said_of_each_scenario() {
    let mut differences = String::new();
    for path in scenarios() {
        let said = explored(&fs::read_to_string(&path).expect("a text"));
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &said).expect("the folder can be written");
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if said != wanted {
            differences += &format!("{}\nis\n{said}\ninstead of\n{wanted}\n", expected.display());
        }
    }
    assert!(differences.is_empty(), "{differences}");
}
