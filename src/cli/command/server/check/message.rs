//! `nats server check message`: how old the last message of a subject is, and what is in it.

use regex_lite::Regex;

use super::report::Report;
use super::{Checked, api_error, in_seconds, open, seconds};
use crate::base::Time;
use crate::cli::running_command::RunningCommand;
use crate::client::{Error, MessageSelector};
use crate::gofmt::{self, Nanos, quote};
use crate::jsapi::code;

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let (stream, subject) = (cmd.text("stream"), cmd.text("subject"));
    let jetstream = open(cmd, "could not load info").await?;
    if subject.split('.').any(|token| matches!(token, "" | "*" | ">")) || subject.contains([' ', '\t']) {
        return Err(format!("Check failed: invalid subject {}", quote(subject)));
    }
    let found = match jetstream.get_message(stream, MessageSelector::LastBySubject([subject, ""])).await {
        Ok(found) => found,
        Err(Error::MessageNotFound) => return Err("no message found".to_owned()),
        Err(Error::Api(error)) if error.err_code == code::MESSAGE_NOT_FOUND => {
            return Err("no message found".to_owned());
        }
        Err(error) => return Err(api_error("msg load failed")(error)),
    };
    let mut time = found.time;
    if cmd.flag("body-timestamp") {
        let text = String::from_utf8_lossy(found.body());
        let seconds = gofmt::parse_int(text.trim());
        let seconds = seconds.map_err(|wrong| format!("invalid timestamp body: {wrong}"))?;
        time = Time::from_secs(u64::try_from(seconds).unwrap_or(0));
    }
    let age = Nanos::from(cmd.env.clock.now().since(time));
    let rounded = Nanos((age.0 + 500_000) / 1_000_000 * 1_000_000);
    let [warn, crit] = ["age-warn", "age-critical"].map(|flag| seconds(cmd, flag));
    report.measure("age", in_seconds(rounded), "s", [warn, crit], "The age of the message");
    report.metric("size", found.body().len() as f64, "B", "The size of the message");
    if crit > 0.0 && in_seconds(age) > crit {
        report.critical(format!("{rounded} old"));
    } else if warn > 0.0 && in_seconds(age) > warn {
        report.warning(format!("{rounded} old"));
    }
    let pattern = cmd.text("content");
    if !pattern.is_empty() {
        let regex = Regex::new(pattern).map_err(|wrong| format!("content regex compile failed: {wrong}"))?;
        if !regex.is_match(&String::from_utf8_lossy(found.body())) {
            report.critical(format!("does not match regex: {pattern}"));
        }
    }
    if report.is_well() {
        report.ok(format!("Valid message on {stream} > {subject}"));
    }
    Ok(())
}
