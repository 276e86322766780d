//! Pull requests as they arrive.

use super::JetStream;
use crate::server::context::ServerContext;
use crate::server::jetstream::headers::requires_too_much;
use crate::server::keys::ConsumerKey;
use crate::wire::headers::Block;

impl JetStream {
    /// Handles a pull request. `false` if there is no such consumer.
    pub(crate) fn request_next(
        &mut self,
        stream: &str,
        consumer: &str,
        reply: Option<&str>,
        block: &[u8],
        body: &[u8],
        ctx: &mut ServerContext,
    ) -> bool {
        let Some(consumer_key) = self.consumer_key(stream, consumer) else { return false };
        let Some(reply) = reply else { return true };
        if requires_too_much(block) {
            ctx.outbox.publish_status(reply, Block::status(412, "Required Api Level"));
            return true;
        }
        self.add_request(consumer_key, reply, body, ctx);
        true
    }

    pub(crate) fn add_request(
        &mut self,
        consumer_key: ConsumerKey,
        reply: &str,
        body: &[u8],
        ctx: &mut ServerContext,
    ) {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return };
        if consumer.is_push() {
            return ctx.outbox.publish_status(reply, Block::status(409, "Consumer is push based"));
        }
        if let Err(status) = consumer.accept_request(reply, body, ctx) {
            return ctx.outbox.publish_status(reply, Block::status(status.code, &status.description));
        }
        self.schedule_consumer(consumer_key, ctx);
        self.mark_ready(consumer_key);
    }
}
