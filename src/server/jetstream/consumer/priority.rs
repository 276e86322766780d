//! Priority groups (ADR-42): which of the waiting requests gets a message.

use super::advisories::PinChange;
use super::request::PullRequest;
use super::{Consumer, Pin};
use crate::base::Time;
use crate::jsapi::PriorityPolicy;
use crate::server::context::ServerContext;
use crate::server::jetstream::headers::append;
use crate::wire::Status;

/// Whether a request gets the next message.
pub(crate) enum Turn {
    Now,
    /// Not yet; it goes on waiting.
    Later,
    /// Its client is not pinned any more.
    Never,
}

impl Consumer {
    /// Checks a request's group and priority. The error is the status of the reply.
    pub(crate) fn check_group(&mut self, request: &PullRequest, now: Time) -> Result<(), Status> {
        let bad = |why: &str| Err(Status::new(400, format!("Bad Request - {why}")));
        if request.priority == PullRequest::LAST {
            return Ok(());
        }
        let policy = self.config.priority_policy;
        let has_least = request.min_pending != 0 || request.min_ack_pending != 0;
        if has_least && policy != PriorityPolicy::Overflow {
            return bad("Not a Overflow Priority consumer");
        }
        if !request.pin.is_empty() && policy != PriorityPolicy::PinnedClient {
            return bad("Not a Pinned Client Priority consumer");
        }
        if !(0..=9).contains(&request.priority) {
            return bad("Priority must be between 0 and 9");
        }
        if policy == PriorityPolicy::None {
            return Ok(());
        }
        if request.group.is_empty() {
            return bad("Priority Group missing");
        }
        if !self.config.priority_groups.contains(&request.group) {
            return bad("Invalid Priority Group");
        }
        match &mut self.pin {
            Some(pin) if pin.id == request.pin => pin.until = now + self.config.priority_timeout.duration(),
            Some(_) if !request.pin.is_empty() => return Err(Status::new(423, "Nats-Pin-Id mismatch")),
            _ => {}
        }
        Ok(())
    }

    /// Queues a request: last, or by its priority.
    pub(crate) fn enqueue_request(&mut self, request: PullRequest) {
        let later = |other: &PullRequest| other.priority > request.priority;
        let place = match self.config.priority_policy {
            PriorityPolicy::Prioritized => self.pull_requests.iter().position(later),
            _ => None,
        };
        self.pull_requests.insert(place.unwrap_or(self.pull_requests.len()), request);
    }

    pub(crate) fn needs_pin(&self) -> bool {
        self.config.priority_policy == PriorityPolicy::PinnedClient && self.pin.is_none()
    }

    /// Whether a request gets the next message. With `needs_pin` its client becomes the pinned one.
    pub(crate) fn request_turn(
        &mut self,
        request: &mut PullRequest,
        needs_pin: bool,
        ctx: &mut ServerContext,
    ) -> Turn {
        match &self.pin {
            _ if needs_pin && !request.pin.is_empty() => return Turn::Never,
            _ if needs_pin => self.pin_client(request, ctx),
            None => {}
            Some(pin) if pin.id == request.pin => {}
            Some(_) if request.pin.is_empty() => return Turn::Later,
            Some(_) => return Turn::Never,
        }
        let PullRequest { min_pending, min_ack_pending, .. } = *request;
        if self.config.priority_policy != PriorityPolicy::Overflow || min_pending.max(min_ack_pending) <= 0 {
            return Turn::Now;
        }
        // `pending_count` does not count the message in question any more.
        let many_unseen = min_pending > 0 && min_pending <= self.pending_count + 1;
        match many_unseen || min_ack_pending > 0 && min_ack_pending <= self.pending.len() as i64 {
            true => Turn::Now,
            false => Turn::Later,
        }
    }

    fn pin_client(&mut self, request: &mut PullRequest, ctx: &mut ServerContext) {
        if request.group.is_empty() {
            return;
        }
        request.pin = ctx.ids.base62(22);
        let until = ctx.now + self.config.priority_timeout.duration();
        let (id, group) = (request.pin.clone(), request.group.clone());
        self.advise_pin(&group, PinChange::Pinned { id: &id }, ctx);
        self.pin = Some(Pin { id, group, since: ctx.now, until });
    }

    /// Adds the id of the pinned client to a message's headers.
    pub(crate) fn add_pin_header(&self, headers: &mut Vec<u8>) {
        if self.config.priority_policy == PriorityPolicy::PinnedClient {
            let id = self.pin.as_ref().map_or("", |pin| &pin.id);
            *headers = append(headers, &[("Nats-Pin-Id", id)]);
        }
    }

    /// Ends the pin of a group.
    pub(crate) fn unpin(&mut self, group: &str, reason: &str, ctx: &mut ServerContext) {
        self.pin = None;
        self.advise_pin(group, PinChange::Unpinned { reason }, ctx);
    }

    /// Ends a pin whose client has not requested messages in time.
    pub(crate) fn unpin_due(&mut self, ctx: &mut ServerContext) {
        if let Some(pin) = self.pin.take_if(|pin| ctx.now >= pin.until) {
            self.unpin(&pin.group, "timeout", ctx);
        }
    }
}
