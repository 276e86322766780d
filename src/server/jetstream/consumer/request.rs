//! A request for messages of a consumer that is pulled from.

use std::time::Duration;

use crate::base::Time;
use crate::gofmt::{Nanos, parse_duration};
use crate::server::json::{self, Json};

/// A request that waits for messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Request {
    pub(crate) reply: String,
    /// Messages that it still wants.
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
    /// The lowest goes first; [`Request::LAST`] for one that says nothing of groups.
    pub(crate) priority: i64,
}

impl Request {
    /// The priority of a request that is just a number, which belongs to no group.
    pub(crate) const LAST: i64 = i32::MAX as i64;

    /// Reads a body: nothing, a number of messages, or an object. The error is the text of the answer.
    pub(crate) fn parse(body: &[u8], reply: &str, now: Time) -> Result<Request, String> {
        let mut request = Request { reply: reply.to_owned(), batch: 1, ..Request::default() };
        let body = body.trim_ascii();
        if body.first() != Some(&b'{') {
            request.priority = Request::LAST;
            let number = std::str::from_utf8(body).ok().and_then(|text| text.parse().ok());
            request.batch = number.unwrap_or(1);
            return Ok(request);
        }
        request.batch = 0;
        let (mut expires, mut heartbeat) = (Nanos::ZERO, Nanos::ZERO);
        let value = json::parse(body)?;
        let read = value.fields("server.JSApiConsumerGetNextRequest", &mut |name, value| {
            match name {
                "expires" => value.nanos(&mut expires),
                "batch" => value.int(&mut request.batch),
                "max_bytes" => value.int(&mut request.bytes),
                "no_wait" => value.truth(&mut request.no_wait),
                "idle_heartbeat" => value.nanos(&mut heartbeat),
                "group" => value.text(&mut request.group),
                "min_pending" => value.integer("int64", &mut request.min_pending),
                "min_ack_pending" => value.integer("int64", &mut request.min_ack_pending),
                "id" => value.text(&mut request.pin),
                "priority" => value.int(&mut request.priority),
                _ => Ok(()),
            }?;
            Ok(true)
        });
        read.map_err(|problem| problem.tell(""))?;
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
    let mut delay = Nanos::ZERO;
    let Json::Object(fields) = json::parse(argument).ok()? else { return None };
    for (name, value) in fields {
        if name == "delay" {
            value.nanos(&mut delay).ok()?;
        }
    }
    Some(delay)
}
