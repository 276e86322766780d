//! Pull requests: they wait, are served, and end.

use super::Consumer;
use super::priority::Turn;
use super::request::PullRequest;
use crate::server::context::ServerContext;
use crate::wire::Status;
use crate::wire::headers::Block;

/// A request that gets a message.
pub(crate) struct ServedRequest {
    pub(crate) reply: String,
    /// The status that ends the request after the message, if it ends.
    pub(crate) end: Option<Block>,
}

impl Consumer {
    /// Checks a request and queues it. The error is the status of the reply.
    pub(crate) fn accept_request(
        &mut self,
        reply: &str,
        body: &[u8],
        ctx: &mut ServerContext,
    ) -> Result<(), Status> {
        let now = ctx.now;
        let request = PullRequest::parse(body, reply, now)
            .map_err(|error| Status::new(400, format!("Bad Request - {error}")))?;
        let config = &self.config;
        if config.max_batch > 0 && request.batch > config.max_batch {
            return Err(Status::new(409, format!("Exceeded MaxRequestBatch of {}", config.max_batch)));
        }
        let latest = (config.max_expires.0 > 0).then(|| now + config.max_expires.duration());
        if latest.is_some_and(|latest| request.expires.is_some_and(|expires| expires > latest)) {
            return Err(Status::new(409, format!("Exceeded MaxRequestExpires of {}", config.max_expires)));
        }
        if request.bytes > 0 && config.max_bytes > 0 && request.bytes > config.max_bytes {
            return Err(Status::new(409, format!("Exceeded MaxRequestMaxBytes of {}", config.max_bytes)));
        }
        self.check_group(&request, now)?;
        if self.pull_requests.len() as i64 >= self.config.max_waiting {
            self.expire_requests(false, ctx);
        }
        if request.no_wait {
            let pending = self.num_pending() + self.redelivery_queue.len() as u64;
            if pending == 0 && request.expires.is_none() {
                self.last_request = now;
                return Err(Status::new(404, "No Messages"));
            }
            self.expire_requests(false, ctx);
            let batches = self.pull_requests.iter().map(|request| request.batch);
            // As nats-server counts: the sum may overflow, and a negative one is more than anything.
            if pending > 0 && pending < batches.fold(0, i64::wrapping_add) as u64 {
                self.last_request = now;
                return Err(Status::new(408, "Requests Pending"));
            }
        }
        if self.pull_requests.len() as i64 >= self.config.max_waiting {
            return match request.heartbeat {
                // As nats-server, no error: the client misses its heartbeats and requests again, later than after an
                // error.
                Some(_) => Ok(()),
                None => Err(Status::new(409, "Exceeded MaxWaiting")),
            };
        }
        self.last_request = now;
        self.enqueue_request(request);
        Ok(())
    }

    /// Takes the request that gets the next message, of `size` bytes; requests take turns.
    pub(crate) fn take_request(&mut self, size: usize, ctx: &mut ServerContext) -> Option<ServedRequest> {
        let now = ctx.now;
        let needs_pin = self.needs_pin();
        let mut passed = 0;
        while let Some(mut request) = self.pull_requests.pop_front() {
            let left = (request.batch, request.bytes);
            if request.expires.is_some_and(|expires| now >= expires) {
                ctx.outbox.publish_status(&request.reply, ending(408, "Request Timeout", left));
                self.last_request = self.last_request.max(now);
                continue;
            }
            match self.request_turn(&mut request, needs_pin, ctx) {
                Turn::Now => {}
                Turn::Later => {
                    self.pull_requests.push_back(request);
                    passed += 1;
                    if passed >= self.pull_requests.len() {
                        return None;
                    }
                    continue;
                }
                Turn::Never => {
                    ctx.outbox.publish_status(&request.reply, ending(423, "Nats-Wrong-Pin-Id", left));
                    continue;
                }
            }
            if request.bytes > 0 {
                if size as i64 > request.bytes {
                    ctx.outbox
                        .publish_status(&request.reply, ending(409, "Message Size Exceeds MaxBytes", left));
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
            if !ctx.router.has_interest(&request.reply) {
                continue;
            }
            request.delivered += 1;
            request.batch = request.batch.wrapping_sub(1); // As nats-server: the lowest number becomes the highest.
            let mut taken = ServedRequest { reply: request.reply.clone(), end: None };
            if request.batch > 0 {
                request.heartbeat_at = request.heartbeat.map(|wait| now + wait);
                self.enqueue_request(request);
            } else if request.bytes > 0 {
                taken.end = Some(ending(409, "Batch Completed", (request.batch, request.bytes)));
            }
            return Some(taken);
        }
        None
    }

    /// Ends requests that have expired or whose client is gone; `at_end` of the stream also those that do not wait.
    pub(crate) fn expire_requests(&mut self, at_end: bool, ctx: &mut ServerContext) {
        let now = ctx.now;
        let heartbeat = self.heartbeat_status();
        let last_request = &mut self.last_request;
        self.pull_requests.retain_mut(|request| {
            let left = (request.batch, request.bytes);
            if request.expires.is_some_and(|expires| now >= expires) {
                ctx.outbox.publish_status(&request.reply, ending(408, "Request Timeout", left));
                *last_request = (*last_request).max(now);
                return false;
            }
            if at_end && request.no_wait && (request.expires.is_none() || request.delivered > 0) {
                ctx.outbox.publish_status(&request.reply, Block::status(404, "No Messages"));
                *last_request = (*last_request).max(now);
                return false;
            }
            if !ctx.router.has_interest(&request.reply) {
                return false;
            }
            if request.heartbeat_at.is_some_and(|at| now >= at) {
                ctx.outbox.publish_status(&request.reply, heartbeat.clone());
                request.heartbeat_at = request.heartbeat.map(|wait| now + wait);
            }
            true
        });
    }
}

/// A status that ends a request, with the messages and bytes that it did not get.
fn ending(code: u16, description: &str, (messages, bytes): (i64, i64)) -> Block {
    let status = Block::status(code, description);
    status.with_number("Nats-Pending-Messages", messages).with_number("Nats-Pending-Bytes", bytes)
}
