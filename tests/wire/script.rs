//! The format of a script.
//!
//! ```text
//! # A title begins a case, with a fresh server.
//! @config max_payload: 100        a line of its configuration file
//! @wait 300                       milliseconds
//! a> SUB x 1                      connection `a` sends a line; `\r\n` ends it, or else a `\` at its end
//! a< MSG x 1 2                    what came then, recorded
//! a< (closed)
//! ```
//!
//! In what was heard, a `\` stands behind white space at the end of a line, and the server's PINGs are left out where
//! the title does not speak of them. In what is sent, `\r` and `\n` stand for those bytes and `{x*5}` for `xxxxx`.

/// A fresh server and what is done to it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) config: String,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Send(char, String),
    Wait(u64),
    Heard(char, String),
}

pub(crate) const CLOSED: &str = "(closed)";

pub(crate) fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("# ") {
            cases.push(Case { title: title.to_owned(), config: String::new(), steps: Vec::new() });
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("no title before {line}"));
        if let Some(config) = line.strip_prefix("@config ") {
            case.config.push_str(config);
            case.config.push('\n');
        } else if let Some(millis) = line.strip_prefix("@wait ") {
            case.steps.push(Step::Wait(millis.parse().unwrap_or_else(|_| panic!("no number: {line}"))));
        } else {
            let name = line.chars().next().unwrap_or_default();
            let (mark, rest) = line[1..].split_at_checked(1).unwrap_or_default();
            let rest = rest.strip_prefix(' ').unwrap_or(rest).to_owned();
            let step = match mark {
                ">" => Step::Send(name, rest),
                "<" => Step::Heard(name, rest),
                _ => panic!("not understood: {line}"),
            };
            case.steps.push(step);
        }
    }
    cases
}

pub(crate) fn write(case: &Case) -> String {
    let mut text = format!("# {}\n", case.title);
    for line in case.config.lines() {
        text.push_str(&format!("@config {line}\n"));
    }
    for step in &case.steps {
        text.push_str(&show(step));
    }
    text.push('\n');
    text
}

fn show(step: &Step) -> String {
    match step {
        Step::Send(name, line) => format!("{name}> {line}\n"),
        Step::Wait(millis) => format!("@wait {millis}\n"),
        Step::Heard(name, line) => format!("{}\n", format!("{name}< {line}").trim_end()),
    }
}

/// The bytes that a line to be sent stands for.
pub(crate) fn bytes(line: &str) -> Vec<u8> {
    let (line, end) = match line.strip_suffix('\\') {
        Some(line) => (line, ""),
        None => (line, "\r\n"),
    };
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let repeated = after.split_once('}').and_then(|(inside, tail)| {
            let (piece, count) = inside.rsplit_once('*')?;
            Some((piece.repeat(count.parse().ok()?), tail))
        });
        match repeated {
            Some((piece, tail)) => {
                text.push_str(&piece);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    (text.replace("\\r", "\r").replace("\\n", "\n") + end).into_bytes()
}

/// Both, where they part.
pub(crate) fn differ(wanted: &Case, got: &Case) -> String {
    let same = wanted.steps.iter().zip(&got.steps).take_while(|(one, other)| one == other).count();
    let tail = |case: &Case, mark: &str| {
        let lines = case.steps[same..].iter().take(4).map(show);
        lines.map(|line| format!("{mark} {line}")).collect::<String>()
    };
    let before: String =
        wanted.steps[same.saturating_sub(3)..same].iter().map(|step| format!("  {}", show(step))).collect();
    format!("{before}{}{}", tail(wanted, "-"), tail(got, "+"))
}
