//! Consumers that are pulled from: requests that wait, are served, and end.

use super::JetStream;
use super::priority::Turn;
use crate::server::context::{Desk, Timer};
use crate::server::jetstream::consumer::Consumer;
use crate::server::jetstream::consumer::request::Request;
use crate::wire::headers;

impl JetStream {
    /// A request for messages. `false` if there is no such consumer.
    pub(crate) fn request_next(
        &mut self,
        stream: &str,
        consumer: &str,
        reply: Option<&str>,
        block: &[u8],
        body: &[u8],
        desk: &mut Desk,
    ) -> bool {
        let Some(place) = self.consumer_place(stream, consumer) else { return false };
        let Some(reply) = reply else { return true };
        let Some(consumer) = self.consumers.get(place) else { return false };
        if consumer.is_push() {
            desk.say_status(reply, "NATS/1.0 409 Consumer is push based\r\n\r\n");
            return true;
        }
        if requires_too_much(block) {
            desk.say_status(reply, "NATS/1.0 412 Required Api Level\r\n\r\n");
            return true;
        }
        self.add_request(place, reply, body, desk);
        true
    }

    pub(crate) fn add_request(&mut self, place: u32, reply: &str, body: &[u8], desk: &mut Desk) {
        let Some(consumer) = self.consumers.get_mut(place) else { return };
        if let Err(status) = consumer.accept_request(reply, body, desk) {
            return desk.say_status(reply, format!("NATS/1.0 {status}\r\n\r\n"));
        }
        let next = consumer.next_due();
        desk.wake(Timer::Consumer(place, consumer.number), &mut consumer.due, next);
        self.nudge(place);
    }
}

/// Where a message goes that was asked for.
pub(super) struct Taken {
    pub(super) reply: String,
    /// The status that ends the request, after the message.
    pub(super) end: Option<String>,
}

/// Whether a request needs a newer server than this one.
pub(crate) fn requires_too_much(block: &[u8]) -> bool {
    if block.is_empty() {
        return false;
    }
    match headers::find(block, "Nats-Required-Api-Level") {
        None | Some(b"") => false,
        Some(level) => {
            let level = std::str::from_utf8(level).ok().and_then(|text| text.parse::<i64>().ok());
            level.is_none_or(|level| level > i64::from(crate::server::API_LEVEL))
        }
    }
}

impl Consumer {
    /// Checks a request and lets it wait. The error is the status that answers it.
    fn accept_request(&mut self, reply: &str, body: &[u8], desk: &mut Desk) -> Result<(), String> {
        let now = desk.now;
        let request =
            Request::parse(body, reply, now).map_err(|error| format!("400 Bad Request - {error}"))?;
        let config = &self.config;
        if config.max_batch > 0 && request.batch > config.max_batch {
            return Err(format!("409 Exceeded MaxRequestBatch of {}", config.max_batch));
        }
        let latest = (config.max_expires.0 > 0).then(|| now + config.max_expires.duration());
        if latest.is_some_and(|latest| request.expires.is_some_and(|expires| expires > latest)) {
            return Err(format!("409 Exceeded MaxRequestExpires of {}", config.max_expires));
        }
        if request.bytes > 0 && config.max_bytes > 0 && request.bytes > config.max_bytes {
            return Err(format!("409 Exceeded MaxRequestMaxBytes of {}", config.max_bytes));
        }
        self.check_group(&request, now)?;
        if self.waiting.len() as i64 >= self.config.max_waiting {
            self.look_through_requests(false, desk);
        }
        if request.no_wait {
            let pending = self.num_pending() + self.again.len() as u64;
            if pending == 0 && request.expires.is_none() {
                self.last_request = now;
                return Err("404 No Messages".to_owned());
            }
            self.look_through_requests(false, desk);
            let wanted: i64 = self.waiting.iter().map(|request| request.batch).sum();
            if pending > 0 && (pending as i64) < wanted {
                self.last_request = now;
                return Err("408 Requests Pending".to_owned());
            }
        }
        if self.waiting.len() as i64 >= self.config.max_waiting {
            return match request.heartbeat {
                // The client will miss the heartbeats and ask again, later than it would after an error.
                Some(_) => Ok(()),
                None => Err("409 Exceeded MaxWaiting".to_owned()),
            };
        }
        self.last_request = now;
        self.line_up(request);
        Ok(())
    }

    /// The request that gets the next message of `size` bytes; requests take turns.
    pub(super) fn take_request(&mut self, size: usize, desk: &mut Desk) -> Option<Taken> {
        let now = desk.now;
        let needs_pin = self.needs_pin();
        let mut passed = 0;
        while let Some(mut request) = self.waiting.pop_front() {
            let left = (request.batch, request.bytes);
            if request.expires.is_some_and(|expires| now >= expires) {
                desk.say_status(&request.reply, status("408 Request Timeout", left));
                self.last_request = self.last_request.max(now);
                continue;
            }
            match self.turn_of(&mut request, needs_pin, desk) {
                Turn::Now => {}
                Turn::Later => {
                    self.waiting.push_back(request);
                    passed += 1;
                    if passed >= self.waiting.len() {
                        return None;
                    }
                    continue;
                }
                Turn::Never => {
                    desk.say_status(&request.reply, status("423 Nats-Wrong-Pin-Id", left));
                    continue;
                }
            }
            if request.bytes > 0 {
                if size as i64 > request.bytes {
                    desk.say_status(&request.reply, status("409 Message Size Exceeds MaxBytes", left));
                    if needs_pin {
                        self.pin = None;
                    }
                    continue;
                }
                request.bytes -= size as i64;
                if request.bytes == 0 {
                    request.batch = 1;
                }
            }
            if !desk.router.has_interest(&request.reply) {
                continue;
            }
            request.delivered += 1;
            request.batch -= 1;
            let mut taken = Taken { reply: request.reply.clone(), end: None };
            if request.batch > 0 {
                request.heartbeat_at = request.heartbeat.map(|wait| now + wait);
                self.line_up(request);
            } else if request.bytes > 0 {
                taken.end = Some(status("409 Batch Completed", (request.batch, request.bytes)));
            }
            return Some(taken);
        }
        None
    }

    /// Ends requests that have expired or that nobody waits for; at the end of the stream also those that do not wait.
    pub(crate) fn look_through_requests(&mut self, at_end: bool, desk: &mut Desk) {
        let now = desk.now;
        let heartbeat = self.heartbeat_status();
        let last_request = &mut self.last_request;
        self.waiting.retain_mut(|request| {
            let left = (request.batch, request.bytes);
            if request.expires.is_some_and(|expires| now >= expires) {
                desk.say_status(&request.reply, status("408 Request Timeout", left));
                *last_request = (*last_request).max(now);
                return false;
            }
            if at_end && request.no_wait && (request.expires.is_none() || request.delivered > 0) {
                desk.say_status(&request.reply, "NATS/1.0 404 No Messages\r\n\r\n");
                *last_request = (*last_request).max(now);
                return false;
            }
            if !desk.router.has_interest(&request.reply) {
                return false;
            }
            if request.heartbeat_at.is_some_and(|at| now >= at) {
                desk.say_status(&request.reply, heartbeat.as_str());
                request.heartbeat_at = request.heartbeat.map(|wait| now + wait);
            }
            true
        });
    }

    /// The block that says that it is still there, and where it is.
    pub(super) fn heartbeat_status(&self) -> String {
        let mut status = format!(
            "NATS/1.0 100 Idle Heartbeat\r\nNats-Last-Consumer: {}\r\nNats-Last-Stream: {}\r\n",
            self.next_delivery - 1,
            self.next_sequence.saturating_sub(1)
        );
        if let Some(request) = &self.flow.request {
            status.push_str(&format!("Nats-Consumer-Stalled: {request}\r\n"));
        }
        status + "\r\n"
    }
}

/// A status that ends a request, with what it still wanted.
fn status(text: &str, (messages, bytes): (i64, i64)) -> String {
    format!("NATS/1.0 {text}\r\nNats-Pending-Messages: {messages}\r\nNats-Pending-Bytes: {bytes}\r\n\r\n")
}
