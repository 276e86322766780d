//! `nats server check request`: whether a service answers, in time and with what is expected.

use regex_lite::Regex;

use super::report::Report;
use super::{Checked, connect, in_seconds, seconds};
use crate::cli::running_command::RunningCommand;
use crate::client::Headers;
use crate::gofmt::Nanos;

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let connection = connect(cmd, "could not load info").await?;
    let mut headers = Headers::new();
    for (name, value) in cmd.call.map("headers").into_iter().chain(cmd.call.map("match-headers")) {
        headers.add(&name, value);
    }
    let headers = if headers.is_empty() { Vec::new() } else { headers.encode() };
    let began = cmd.env.clock.now();
    let answer = connection.request(&[cmd.text("subject")], &headers, cmd.text("payload").as_bytes()).await;
    let took = Nanos::from(cmd.env.clock.now().since(began));
    let rounded = Nanos((took.0 + 500_000) / 1_000_000 * 1_000_000);
    let [warn, crit] = ["response-warn", "response-critical"].map(|flag| seconds(cmd, flag));
    report.measure("time", in_seconds(rounded), "s", [warn, crit], "How long the request took");
    let answer = answer.map_err(|error| format!("could not send request: {error}"))?;
    let pattern = cmd.text("match-payload");
    if !pattern.is_empty() {
        let regex = Regex::new(pattern).map_err(|wrong| format!("content regex compile failed: {wrong}"))?;
        if !regex.is_match(&String::from_utf8_lossy(answer.body())) {
            report.critical("response does not match regexp");
        }
    }
    if crit > 0.0 && in_seconds(took) > crit {
        report.critical(format!("response took {rounded}"));
    } else if warn > 0.0 && in_seconds(took) > warn {
        report.warning(format!("response took {rounded}"));
    }
    if report.is_well() {
        report.ok("Valid response");
    }
    Ok(())
}
