//! What may strike a client.

use std::time::Duration;

use crate::gofmt::parse_duration;

/// What may happen once to a client, at any moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its index among the clients.
    pub client: usize,
    pub kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// It sends and hears nothing for so long.
    Pause(Duration),
    /// It does nothing more, and its connections close.
    Death,
    /// A request is done, and its answer is lost.
    LostReply,
}

/// Reads a line of the fence `faults`.
pub(super) fn fault(line: &str) -> Result<(String, FaultKind), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let kind = match words[..] {
        [_, "may", "pause", time] => {
            let time = parse_duration(time).map_or(Duration::ZERO, |time| time.duration());
            if time.is_zero() {
                return Err("a pause is so long: 40s, 1m30s".to_owned());
            }
            FaultKind::Pause(time)
        }
        [_, "may", "die"] => FaultKind::Death,
        [_, "may", "miss", "a", "reply"] => FaultKind::LostReply,
        _ => {
            return Err(
                "a fault is `NAME may pause 40s`, `NAME may die` or `NAME may miss a reply`".to_owned()
            );
        }
    };
    Ok((words[0].to_owned(), kind))
}
