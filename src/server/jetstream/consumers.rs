//! Consumers are created, changed, restored and deleted.

use super::JetStream;
use super::advisory::{self, advise};
use crate::jsapi::{
    AckPolicy, ApiError, ConsumerAction, ConsumerConfig, DeliverPolicy, RetentionPolicy, StorageType,
};
use crate::server::context::ServerContext;
use crate::server::jetstream::api_error;
use crate::server::jetstream::consumer::{Consumer, DEFAULT_INACTIVE_THRESHOLD, PersistedConsumer, check};
use crate::server::keys::{ConsumerKey, StreamKey};
use crate::server::observe::event::EventKind;
use crate::server::timers::Timer;
use crate::wire::headers::Block;
use crate::wire::subject;

const NAME_MAX: usize = 255;

/// What nats-server counts as clients of its own for each consumer.
const CLIENTS_OF_CONSUMER: u64 = 2;

impl JetStream {
    /// Creates a consumer, or updates the one of that name. Returns its key.
    pub(crate) fn add_consumer(
        &mut self,
        stream_key: StreamKey,
        mut config: ConsumerConfig,
        action: ConsumerAction,
        pedantic: bool,
        ctx: &mut ServerContext,
    ) -> Result<ConsumerKey, ApiError> {
        let Some(stream) = self.streams.get(stream_key) else { return Err(api_error::STREAM_INVALID.into()) };
        check::fill(&mut config, &stream.config, &self.config.account, pedantic)?;
        check::check(&config, &stream.config, &self.config.account)?;
        let name = config.durable_name.clone().or_else(|| config.name.clone());
        if let Some(existing) = name.as_ref().and_then(|name| stream.consumers.get(name)) {
            let existing = *existing;
            return self.update_consumer(existing, config, action, ctx);
        }
        if action == ConsumerAction::Update {
            return Err(api_error::CONSUMER_DOES_NOT_EXIST.into());
        }
        self.check_room(stream_key, &config)?;
        if config.durable_name.as_ref().is_some_and(|durable| durable.len() > NAME_MAX) {
            return Err(api_error::CONSUMER_NAME_TOO_LONG.with_detail(NAME_MAX));
        }
        // nats-server would use it as the name of a directory.
        let too_long = name.as_ref().is_some_and(|name| name.len() > NAME_MAX);
        if too_long && stream.config.storage == StorageType::File && !config.mem_storage {
            return Err(api_error::CONSUMER_CREATE.with_detail("error creating store for consumer"));
        }
        // A name that the server chooses does not go into the configuration.
        let name = name.unwrap_or_else(|| ctx.ids.base62(8));
        let creation_order = self.count_consumer();
        let Some(stream) = self.streams.get_mut(stream_key) else {
            return Err(api_error::STREAM_INVALID.into());
        };
        let stream_name = stream.config.name.clone();
        let subjects = stream.own_subjects();
        let mut consumer =
            Consumer::new(creation_order, stream_key, &stream_name, name.clone(), config, subjects, ctx);
        consumer.choose_start(&stream.store, stream.config.max_msgs_per_subject);
        consumer.count_pending(&stream.store);
        consumer.set_replay(stream.store.last());
        let consumer_key = self.keep_consumer(consumer, ctx);
        self.consumer_advisory(&stream_name, &name, "CREATED", "create", ctx);
        ctx.events.record(|| EventKind::ConsumerCreated { stream: stream_name, consumer: name });
        Ok(consumer_key)
    }

    /// Restores a consumer that outlived the server.
    pub(super) fn restore_consumer(
        &mut self,
        stream_key: StreamKey,
        saved: PersistedConsumer,
        ctx: &mut ServerContext,
    ) {
        let creation_order = self.count_consumer();
        let Some(stream) = self.streams.get_mut(stream_key) else { return };
        let (config, name) = (saved.config.clone(), saved.name.clone());
        let (stream_name, subjects) = (&stream.config.name, stream.own_subjects());
        let mut consumer =
            Consumer::new(creation_order, stream_key, stream_name, name, config, subjects, ctx);
        consumer.restore(saved);
        consumer.count_pending(&stream.store);
        if !consumer.pending.is_empty() {
            consumer.redeliver_at = Some(ctx.now);
        }
        self.keep_consumer(consumer, ctx);
    }

    fn keep_consumer(&mut self, consumer: Consumer, ctx: &mut ServerContext) -> ConsumerKey {
        let (stream, name) = (consumer.stream, consumer.name.clone());
        let deliver = consumer.config.deliver_subject.clone();
        let consumer_key = self.consumers.insert(consumer);
        ctx.last_client_id += CLIENTS_OF_CONSUMER;
        if let Some(stream) = self.streams.get_mut(stream) {
            stream.consumers.insert(name, consumer_key);
        }
        if let Some(deliver) = deliver {
            self.deliver_subjects.entry(deliver).or_default().push(consumer_key);
            self.update_interest(consumer_key, ctx);
        } else if let Some(consumer) = self.consumers.get_mut(consumer_key) {
            consumer.delete_at = consumer.inactive_threshold.map(|threshold| ctx.now + threshold);
            self.schedule_consumer(consumer_key, ctx);
        }
        consumer_key
    }

    /// Whether the stream may have one more consumer with this configuration.
    fn check_room(&self, stream_key: StreamKey, config: &ConsumerConfig) -> Result<(), ApiError> {
        let Some(stream) = self.streams.get(stream_key) else { return Err(api_error::STREAM_INVALID.into()) };
        let of_account = self.config.account.max_consumers;
        let mut most = stream.config.max_consumers;
        if most <= 0 || of_account > 0 && of_account < most {
            most = of_account;
        }
        if config.direct || config.sourcing {
            return Ok(());
        }
        let count = self.consumers_of(stream).filter(|other| !other.config.direct).count();
        if most > 0 && count as i64 >= most {
            return Err(api_error::MAXIMUM_CONSUMERS_LIMIT.into());
        }
        if stream.config.retention != RetentionPolicy::WorkQueue {
            return Ok(());
        }
        if config.ack_policy != AckPolicy::Explicit {
            return Err(api_error::CONSUMER_WQ_REQUIRES_EXPLICIT_ACK.into());
        }
        if config.deliver_policy != DeliverPolicy::All {
            return Err(api_error::CONSUMER_WQ_CONSUMER_NOT_DELIVER_ALL.into());
        }
        if count > 0 && config.filters().is_empty() {
            return Err(api_error::CONSUMER_WQ_MULTIPLE_UNFILTERED.into());
        }
        let overlaps = |other: &Consumer| {
            let theirs = other.config.filters();
            theirs.is_empty()
                || theirs.iter().any(|a| config.filters().iter().any(|b| subject::overlap(a, b)))
        };
        if self.consumers_of(stream).any(overlaps) {
            return Err(api_error::CONSUMER_WQ_CONSUMER_NOT_UNIQUE.into());
        }
        Ok(())
    }

    fn update_consumer(
        &mut self,
        consumer_key: ConsumerKey,
        mut config: ConsumerConfig,
        action: ConsumerAction,
        ctx: &mut ServerContext,
    ) -> Result<ConsumerKey, ApiError> {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else {
            return Err(api_error::CONSUMER_NOT_FOUND.into());
        };
        let old = consumer.config.clone();
        if action == ConsumerAction::Create && config != old {
            return Err(api_error::CONSUMER_ALREADY_EXISTS.into());
        }
        if config.inactive_threshold.is_zero() && old.durable_name.is_none() {
            config.inactive_threshold = DEFAULT_INACTIVE_THRESHOLD.into();
        }
        config.pause_until = old.pause_until;
        let listened = old.deliver_subject.as_ref().is_some_and(|deliver| ctx.router.has_interest(deliver));
        if config != old {
            check::check_update(&old, &config, listened)?;
        }
        self.reconfigure(consumer_key, config, ctx);
        Ok(consumer_key)
    }

    /// Applies a checked configuration to a consumer.
    pub(crate) fn reconfigure(
        &mut self,
        consumer_key: ConsumerKey,
        config: ConsumerConfig,
        ctx: &mut ServerContext,
    ) {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return };
        let old = std::mem::replace(&mut consumer.config, config);
        let Some(stream) = self.streams.get(consumer.stream) else { return };
        let stream_key = consumer.stream;
        if consumer.config.inactive_threshold != old.inactive_threshold {
            consumer.set_inactive_threshold(ctx);
            consumer.delete_at = consumer.inactive_threshold.map(|threshold| ctx.now + threshold);
        }
        let refiltered = consumer.config.filters() != old.filters();
        if refiltered {
            consumer.set_filter(stream.own_subjects());
            consumer.count_pending(&stream.store);
        }
        if consumer.config.pause_until != old.pause_until {
            consumer.resume_at = consumer.config.pause_until.filter(|until| *until > ctx.now);
            consumer.advise_pause(ctx);
        }
        let next = consumer.next_due();
        ctx.timers.schedule(Timer::Consumer(consumer_key), &mut consumer.timer_due, next);
        if consumer.config.deliver_subject != old.deliver_subject {
            consumer.listeners_version = None;
            let deliver = consumer.config.deliver_subject.clone().unwrap_or_default();
            self.forget_deliver_subject(consumer_key, &old.deliver_subject.unwrap_or_default());
            self.deliver_subjects.entry(deliver).or_default().push(consumer_key);
            self.update_interest(consumer_key, ctx);
        }
        if refiltered {
            self.drop_unwanted(stream_key, ctx);
        }
        self.mark_ready(consumer_key);
    }

    /// Moves a consumer to a sequence, or for 0 to the first after its ack floor. Returns that sequence, or why that is
    /// not allowed.
    pub(crate) fn reset_consumer(
        &mut self,
        consumer_key: ConsumerKey,
        sequence: u64,
        ctx: &mut ServerContext,
    ) -> Result<u64, &'static str> {
        let Some(consumer) = self.consumers.get_mut(consumer_key) else { return Err("consumer is closed") };
        let Some(stream) = self.streams.get(consumer.stream) else { return Err("consumer is closed") };
        let sequence = consumer.reset(sequence, &stream.store)?;
        let interest = (stream.config.retention == RetentionPolicy::Interest).then_some(consumer.stream);
        if let Some(stream) = interest {
            self.drop_unwanted(stream, ctx);
        }
        self.mark_ready(consumer_key);
        Ok(sequence)
    }

    fn forget_deliver_subject(&mut self, consumer_key: ConsumerKey, subject: &str) {
        if let Some(consumers) = self.deliver_subjects.get_mut(subject) {
            consumers.retain(|each| *each != consumer_key);
            if consumers.is_empty() {
                self.deliver_subjects.remove(subject);
            }
        }
    }

    pub(crate) fn remove_consumer(&mut self, consumer_key: ConsumerKey, ctx: &mut ServerContext) {
        let Some(consumer) = self.consumers.remove(consumer_key) else { return };
        ctx.timers.cancel(Timer::Consumer(consumer_key), consumer.timer_due);
        if let Some(stream) = self.streams.get_mut(consumer.stream) {
            stream.consumers.remove(&consumer.name);
        }
        if let Some(deliver) = &consumer.config.deliver_subject {
            self.forget_deliver_subject(consumer_key, deliver);
        }
        self.consumer_advisory(&consumer.stream_name, &consumer.name, "DELETED", "delete", ctx);
        for request in &consumer.pull_requests {
            ctx.outbox.publish_status(&request.reply, Block::status(409, "Consumer Deleted"));
        }
        self.drop_unwanted(consumer.stream, ctx);
    }

    fn consumer_advisory(
        &self,
        stream: &str,
        consumer: &str,
        topic: &str,
        action: &str,
        ctx: &mut ServerContext,
    ) {
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.{topic}.{stream}.{consumer}");
        advise(
            ctx,
            &subject,
            "io.nats.jetstream.advisory.v1.consumer_action",
            advisory::ConsumerAction { stream, consumer, action },
        );
    }

    /// Does what is due for a consumer.
    pub(crate) fn wake_consumer(&mut self, consumer_key: ConsumerKey, ctx: &mut ServerContext) {
        let now = ctx.now;
        let Some(consumer) = self.consumers.get_mut(consumer_key) else {
            return;
        };
        consumer.timer_due = None;
        consumer.redeliver_due(ctx);
        if consumer.replay_at.is_some_and(|at| now >= at) {
            consumer.replay_at = None;
        }
        if consumer.resume_at.is_some_and(|at| now >= at) {
            consumer.resume_at = None;
            consumer.advise_pause(ctx);
        }
        consumer.unpin_due(ctx);
        if consumer.heartbeat_at.is_some_and(|at| now >= at) {
            consumer.send_heartbeat(ctx);
        }
        if !consumer.is_push() {
            // Also requests that do not wait, even if too many messages are pending.
            consumer.expire_requests(true, ctx);
        }
        if consumer.delete_at.is_some_and(|at| now >= at) {
            consumer.delete_at = None;
        }
        if consumer.delete_at.is_none() && consumer.is_abandoned(now) {
            ctx.events.record(|| EventKind::ConsumerDeleted {
                stream: consumer.stream_name.clone(),
                consumer: consumer.name.clone(),
            });
            return self.remove_consumer(consumer_key, ctx);
        }
        self.schedule_consumer(consumer_key, ctx);
        self.mark_ready(consumer_key);
    }
}
