//! Programs that lay lines out: `fold`, `column`.

use super::inputs::Inputs;
use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};

/// Columns of a line where nothing else is said.
const COLUMNS: usize = 80;

pub(super) fn fold(call: Invocation) -> Running {
    Box::pin(async move { call.end(wrap(&call).await) })
}

pub(super) fn column(call: Invocation) -> Running {
    Box::pin(async move { call.end(align(&call).await) })
}

async fn wrap(call: &Invocation) -> Outcome {
    let options = Options::read(&call.args, "w:sb", &[("width", 'w'), ("spaces", 's'), ("bytes", 'b')], 1)?;
    let text = options.value('w').unwrap_or("80");
    let width = text.parse::<usize>().ok().filter(|width| *width > 0);
    let width = width.ok_or_else(|| Complaint::new(format!("invalid number of columns: ‘{text}’"), 1))?;
    let mut inputs = Inputs::new(call, &options.rest);
    while let Some(line) = inputs.text().await? {
        let mut rest: Vec<char> = line.chars().collect();
        while rest.len() > width {
            let blank = rest[..width].iter().rposition(|char| *char == ' ').filter(|_| options.has('s'));
            let more = rest.split_off(blank.map_or(width, |at| at + 1));
            call.stdio.stdout.line(&rest.into_iter().collect::<String>());
            rest = more;
        }
        call.stdio.stdout.line(&rest.into_iter().collect::<String>());
    }
    Ok(i32::from(inputs.failed))
}

async fn align(call: &Invocation) -> Outcome {
    let long = [
        ("table", 't'),
        ("separator", 's'),
        ("output-separator", 'o'),
        ("table-columns", 'N'),
        ("output-width", 'c'),
    ];
    let options = Options::read(&call.args, "ts:o:N:c:", &long, 1)?;
    let mut inputs = Inputs::new(call, &options.rest);
    let mut rows: Vec<Vec<String>> = Vec::new();
    if let Some(names) = options.value('N') {
        rows.push(names.split(',').map(str::to_owned).collect());
    }
    while let Some(line) = inputs.text().await? {
        if !line.trim().is_empty() {
            inputs.keep(line.len() * 2)?;
            rows.push(match options.value('s') {
                _ if !options.has('t') => vec![line],
                Some(signs) => line.split(|char| signs.contains(char)).map(str::to_owned).collect(),
                None => line.split_whitespace().map(str::to_owned).collect(),
            });
        }
    }
    if !options.has('t') {
        let width = options.value('c').and_then(|text| text.parse().ok()).unwrap_or(COLUMNS);
        fill(call, &rows.concat(), width);
        return Ok(i32::from(inputs.failed));
    }
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let length = |cell: Option<&String>| cell.map_or(0, |cell| cell.chars().count());
    let widths: Vec<usize> =
        (0..count).map(|at| rows.iter().map(|row| length(row.get(at))).max().unwrap_or(0)).collect();
    let joint = options.value('o').unwrap_or("  ");
    for row in rows {
        let mut line = String::new();
        for (at, width) in widths.iter().enumerate() {
            let cell = row.get(at).map_or("", String::as_str);
            // The last cell is as long as it is.
            match at + 1 < count {
                true => line.push_str(&format!("{cell:width$}{joint}")),
                false => line.push_str(cell),
            }
        }
        call.stdio.stdout.line(&line);
    }
    Ok(i32::from(inputs.failed))
}

/// Writes cells in as many columns as there is room for, downwards first, at stops of tabs.
fn fill(call: &Invocation, cells: &[String], width: usize) {
    const STOP: usize = 8;
    let longest = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
    let step = (longest / STOP + 1) * STOP;
    let columns = (width / step).max(1);
    let rows = cells.len().div_ceil(columns);
    for row in 0..rows {
        let mut line = String::new();
        for column in 0..columns {
            let Some(cell) = cells.get(column * rows + row) else { break };
            line.push_str(cell);
            if cells.get((column + 1) * rows + row).is_some() {
                let tabs = (step - cell.chars().count()).div_ceil(STOP);
                line.push_str(&"\t".repeat(tabs));
            }
        }
        call.stdio.stdout.line(&line);
    }
}
