//! Bodies and headers of messages, for `pub`, `request` and `reply`.

use crate::base::Stdin;
use crate::base::pty::END_OF_INPUT;
use crate::cli::failure::Failure;
use crate::cli::output::progress::Progress;
use crate::cli::running_command::RunningCommand;
use crate::cli::template::{Facts, expand};
use crate::client::Headers;
use crate::gofmt::quote;

/// The bodies to send, from the argument or the standard input: one, or with `--send-on=newline` one a line.
pub async fn bodies(cmd: &RunningCommand) -> Result<Vec<String>, Failure> {
    let reads = !cmd.call.has_arg("body")
        && (matches!(cmd.stdio.stdin, Stdin::Pipe(_)) || cmd.is_terminal() || cmd.flag("force-stdin"));
    if !reads {
        return Ok(vec![cmd.text("body").to_owned()]);
    }
    if !cmd.flag("quiet") {
        cmd.log("Reading payload from STDIN");
    }
    let text = match &cmd.stdio.stdin {
        Stdin::Pipe(_) => String::from_utf8_lossy(&cmd.stdio.stdin.all().await?).into_owned(),
        Stdin::Terminal(terminal) => {
            let mut typed = String::new();
            loop {
                match terminal.read_line("").await {
                    Ok(line) if line == END_OF_INPUT => break typed,
                    Ok(line) => {
                        cmd.line(&line);
                        typed = typed + &line + "\n";
                    }
                    Err(_) => return Err(Failure::error("context canceled")),
                }
            }
        }
    };
    if cmd.text("send-on") != "newline" {
        return Ok(vec![text]);
    }
    Ok(text.lines().map(str::to_owned).collect())
}

/// The bar that is drawn in place of lines, for many messages.
pub fn progress_of(cmd: &RunningCommand, count: i64) -> Option<Progress<'_>> {
    (count > 20 && !cmd.flag("raw")).then(|| Progress::new(cmd, count as u64))
}

/// A text with its template executed, unless templates are off.
pub fn filled(cmd: &RunningCommand, what: &str, text: &str, count: i64) -> String {
    if !cmd.flag("templates") {
        return text.to_owned();
    }
    expand(text, &Facts { env: &cmd.env, count, request: None }).unwrap_or_else(|wrong| {
        cmd.log(&format!("Could not parse {what} template: {wrong}"));
        text.to_owned()
    })
}

/// The encoded headers of the flags; empty if there are none.
pub fn headers(cmd: &RunningCommand, count: i64) -> Result<Vec<u8>, Failure> {
    let mut headers = Headers::new();
    for header in cmd.call.texts("header") {
        let Some((name, value)) = header.split_once(':') else {
            return Err(Failure::error(format!("invalid header {}", quote(&header))));
        };
        let value = expand(value.trim(), &Facts { env: &cmd.env, count, request: None });
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
