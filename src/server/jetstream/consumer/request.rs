//! Pull requests and the options of a negative acknowledgement, as they are read.

use std::time::Duration;

use serde::Deserialize;

use crate::base::Time;
use crate::gofmt::{Nanos, parse_duration};
use crate::gojson;
use crate::jsapi::NextRequest;

/// A pull request that waits for messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PullRequest {
    pub(crate) reply: String,
    /// Messages that it may still get.
    pub(crate) batch: i64,
    pub(crate) delivered: u64,
    /// Bytes that it may still get; 0 for any number.
    pub(crate) bytes: i64,
    pub(crate) no_wait: bool,
    pub(crate) expires: Option<Time>,
    pub(crate) heartbeat: Option<Duration>,
    pub(crate) heartbeat_at: Option<Time>,
    pub(crate) group: String,
    pub(crate) min_pending: i64,
    pub(crate) min_ack_pending: i64,
    pub(crate) pin: String,
    /// The lowest is served first; [`PullRequest::LAST`] without a group.
    pub(crate) priority: i64,
}

impl PullRequest {
    /// The priority of a request that is just a number, and so has no group.
    pub(crate) const LAST: i64 = i32::MAX as i64;

    /// Reads a body: empty, a number of messages, or an object. The error is the text of the reply.
    pub(crate) fn parse(body: &[u8], reply: &str, now: Time) -> Result<PullRequest, String> {
        let body = body.trim_ascii();
        if body.first() != Some(&b'{') {
            let number = std::str::from_utf8(body).ok().and_then(|text| text.parse().ok());
            let batch = number.unwrap_or(1);
            return Ok(PullRequest {
                reply: reply.to_owned(),
                batch,
                priority: PullRequest::LAST,
                ..PullRequest::default()
            });
        }
        let next: NextRequest = gojson::from_slice(body).map_err(|error| error.to_string())?;
        let NextRequest { expires, idle_heartbeat: heartbeat, .. } = next;
        let mut request = PullRequest {
            reply: reply.to_owned(),
            batch: next.batch,
            bytes: next.max_bytes,
            no_wait: next.no_wait,
            group: next.group,
            min_pending: next.min_pending,
            min_ack_pending: next.min_ack_pending,
            pin: next.id,
            priority: next.priority,
            ..PullRequest::default()
        };
        if heartbeat.0 > 0 {
            if heartbeat.0.saturating_mul(2) > expires.0 {
                return Err("heartbeat value too large".to_owned());
            }
            request.heartbeat = Some(heartbeat.duration());
            request.heartbeat_at = Some(now + heartbeat.duration());
        }
        if !expires.is_zero() {
            request.expires = Some(now + expires.duration());
        }
        Ok(request)
    }
}

/// The wait in `-NAK {"delay": 1000000000}` or `-NAK 1s`. `None` where there is none that can be read.
pub(crate) fn nak_delay(argument: &[u8]) -> Option<Nanos> {
    let argument = argument.trim_ascii();
    if argument.first() != Some(&b'{') {
        return parse_duration(std::str::from_utf8(argument).ok()?).ok();
    }
    gojson::from_slice::<NakOptions>(argument).ok().map(|options| options.delay)
}

/// The options of a negative acknowledgement.
#[derive(Default, Deserialize)]
#[serde(default, rename = "server.ConsumerNakOptions")]
struct NakOptions {
    delay: Nanos,
}
