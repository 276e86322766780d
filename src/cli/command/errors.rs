//! `nats errors`: what the error codes of JetStream mean.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::table::Cell;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::sort_slice;

/// Code, HTTP code, constant, description, comment, help and address, separated by tabs; empty ends are left out.
const ERRORS: &str = include_str!("errors.txt");

#[derive(Clone, Copy, Default)]
struct Known {
    code: u64,
    http: u64,
    constant: &'static str,
    description: &'static str,
    comment: &'static str,
    help: &'static str,
    url: &'static str,
}

fn known() -> impl Iterator<Item = Known> {
    ERRORS.lines().map(|line| {
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or("");
        Known {
            code: column().parse().unwrap_or(0),
            http: column().parse().unwrap_or(0),
            constant: column(),
            description: column(),
            comment: column(),
            help: column(),
            url: column(),
        }
    })
}

pub async fn lookup(cmd: &RunningCommand) -> Outcome {
    let code = cmd.call.uint("code");
    let Some(error) = known().find(|error| error.code == code) else {
        return Err(Failure::error(format!("no error matches code {code}")));
    };
    let code = match cmd.width() {
        Some(_) => format!("\x1b[1m{code}\x1b[22m"),
        None => code.to_string(),
    };
    let mut columns = cmd.columns(format!("NATS Error Code: {code}"));
    columns.row("Description", error.description);
    columns.row_if_any("Comment", error.comment);
    columns.row("HTTP Code", error.http);
    columns.row("Go Index Constant", error.constant);
    columns.row_if_any("Help URL", error.url);
    columns.empty_line();
    columns.line(if error.help.is_empty() { "No further information available" } else { error.help });
    cmd.print(columns.render());
    Ok(())
}

pub async fn ls(cmd: &RunningCommand) -> Outcome {
    let wanted = cmd.text("match").to_lowercase();
    if wanted.contains(['\\', '^', '$', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}']) {
        return Err(Failure::NotSimulated("nats errors ls with a regular expression".to_owned()));
    }
    let mut found: Vec<Known> = known().filter(|error| is_match(error, &wanted)).collect();
    if found.is_empty() {
        return Err(Failure::error(format!("no errors found matching regular expression {wanted}")));
    }
    let reverse = cmd.flag("reverse");
    sort_slice(&mut found, |a, b| {
        let less = match cmd.text("sort") {
            "code" => a.code < b.code,
            "http" => a.http < b.http,
            _ => a.description < b.description,
        };
        less != reverse
    });
    let headers = ["NATS Code", "HTTP Error Code", "Description", "Comment", "Go Constant"];
    let mut table = cmd.table("NATS Errors", &headers);
    for error in found {
        let text = |text: &'static str| Cell::from(text);
        table.row([
            error.code.into(),
            error.http.into(),
            text(error.description),
            text(error.comment),
            text(error.constant),
        ]);
    }
    cmd.print(table.render());
    Ok(())
}

/// Whether any part of an error holds the text; a dot in it stands for any character.
fn is_match(error: &Known, wanted: &str) -> bool {
    let parts = [error.description, error.help, error.constant, error.comment];
    let holds = |part: &str| {
        let part: Vec<char> = part.to_lowercase().chars().collect();
        let wanted: Vec<char> = wanted.chars().collect();
        wanted.is_empty() && !part.is_empty()
            || part.windows(wanted.len().max(1)).any(|window| {
                !wanted.is_empty() && window.iter().zip(&wanted).all(|(a, b)| a == b || *b == '.')
            })
    };
    parts.into_iter().any(holds) || holds(&error.http.to_string()) || holds(&error.code.to_string())
}
