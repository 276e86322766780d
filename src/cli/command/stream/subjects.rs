//! `nats stream subjects`: the subjects that a stream holds, with their messages.

use std::collections::BTreeMap;

use super::pick;
use crate::base::LinkedText;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::table::Cell;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{count, sort_slice};
use crate::gojson;

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    let filter = match cmd.text("filter") {
        "" => ">",
        filter => filter,
    };
    let info = jetstream.stream_subjects(&picked.name, filter).await.map_err(Failure::api)?;
    let subjects = info.state.subjects;
    if cmd.flag("json") {
        cmd.line(gojson::to_string_indent(&subjects));
        return Ok(());
    }
    if cmd.text("stream").is_empty() {
        cmd.line("");
    }
    if subjects.is_empty() {
        cmd.line(format!("No subjects found matching {}", cmd.text("filter")));
        return Ok(());
    }
    let names = sorted(cmd, &subjects);
    if cmd.flag("names") {
        names.iter().for_each(|name| cmd.line(name));
        return Ok(());
    }
    cmd.line(table(cmd, &format!("{} Subjects in stream {}", names.len(), picked.name), &names, &subjects));
    Ok(())
}

fn sorted<'a>(cmd: &RunningCommand, subjects: &'a BTreeMap<String, u64>) -> Vec<&'a str> {
    let mut names: Vec<&str> = subjects.keys().map(String::as_str).collect();
    let by_name = matches!(cmd.text("sort"), "name" | "subjects");
    let reverse = cmd.flag("reverse");
    sort_slice(&mut names, |a, b| {
        let less = if by_name { a < b } else { subjects[*a] < subjects[*b] };
        less != reverse
    });
    names
}

/// One to three pairs of columns, by the width of the longest subject; filled from the top down.
fn table(cmd: &RunningCommand, title: &str, names: &[&str], subjects: &BTreeMap<String, u64>) -> LinkedText {
    let longest = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let most = names.iter().map(|name| subjects[*name]).max().unwrap_or(0);
    let pairs = match longest + count(most).len() {
        ..20 => 3,
        20..30 => 2,
        _ => 1,
    };
    let headers = ["Subject", "Count", "Subject", "Count", "Subject", "Count"];
    let mut table = cmd.table(title, &headers[..pairs * 2]);
    let rows = names.len().div_ceil(pairs);
    for row in 0..rows {
        let at = |pair: usize| names.get(row + pair * rows).copied().unwrap_or("");
        table.row((0..pairs).flat_map(|pair| {
            let messages = subjects.get(at(pair)).copied().filter(|messages| *messages > 0);
            [Cell::from(at(pair)), messages.map_or(String::new(), count).into()]
        }));
    }
    table.render()
}
