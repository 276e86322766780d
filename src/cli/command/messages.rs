//! Bodies and headers of messages, for `pub`, `request` and `reply`.

use crate::base::Stdin;
use crate::base::pty::END_OF_INPUT;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::template::{Facts, expand};
use crate::client::Headers;
use crate::gofmt::quote;

/// The bodies to send, from the argument or the standard input: one, or with `--send-on=newline` one a line.
pub async fn bodies(session: &Session) -> Result<Vec<String>, Failure> {
    let reads = !session.call.has_arg("body")
        && (matches!(session.stdio.stdin, Stdin::Pipe(_))
            || session.is_terminal()
            || session.flag("force-stdin"));
    if !reads {
        return Ok(vec![session.text("body").to_owned()]);
    }
    if !session.flag("quiet") {
        session.log("Reading payload from STDIN");
    }
    let text = match &session.stdio.stdin {
        Stdin::Pipe(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Stdin::Terminal(terminal) => {
            let mut typed = String::new();
            loop {
                match terminal.read_line("").await {
                    Ok(line) if line == END_OF_INPUT => break typed,
                    Ok(line) => {
                        session.line(&line);
                        typed = typed + &line + "\n";
                    }
                    Err(_) => return Err(Failure::error("context canceled")),
                }
            }
        }
    };
    if session.text("send-on") != "newline" {
        return Ok(vec![text]);
    }
    Ok(text.lines().map(str::to_owned).collect())
}

/// A text with its template executed, unless templates are off.
pub fn filled(session: &Session, what: &str, text: &str, count: i64) -> String {
    if !session.flag("templates") {
        return text.to_owned();
    }
    expand(text, &Facts { env: &session.env, count, request: None }).unwrap_or_else(|wrong| {
        session.log(&format!("Could not parse {what} template: {wrong}"));
        text.to_owned()
    })
}

/// The encoded headers of the flags; empty if there are none.
pub fn headers(session: &Session, count: i64) -> Result<Vec<u8>, Failure> {
    let mut headers = Headers::new();
    for header in session.call.texts("header") {
        let Some((name, value)) = header.split_once(':') else {
            return Err(Failure::error(format!("invalid header {}", quote(&header))));
        };
        let value = expand(value.trim(), &Facts { env: &session.env, count, request: None });
        let value = value.map_err(|wrong| {
            Failure::error(format!("failed to parse Header template for {name}: {wrong}"))
        })?;
        if name.trim().is_empty() {
            return Err(Failure::error("nats: message could not decode headers"));
        }
        headers.add(name.trim(), value);
    }
    Ok(if headers.is_empty() { Vec::new() } else { headers.encode() })
}
