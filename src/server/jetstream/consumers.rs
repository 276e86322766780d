//! Consumers that come, change and go.

use super::JetStream;
use super::advisory::{self, advise};
use crate::jsapi::{
    AckPolicy, ApiError, ConsumerAction, ConsumerConfig, DeliverPolicy, RetentionPolicy, StorageType,
};
use crate::server::context::{Desk, Timer};
use crate::server::jetstream::api_error;
use crate::server::jetstream::consumer::{Consumer, PATIENCE, Saved, check};
use crate::server::observe::event::EventKind;
use crate::wire::subject;

const NAME_MAX: usize = 255;

impl JetStream {
    /// Creates a consumer, or updates the one of that name. Returns its place.
    pub(crate) fn add_consumer(
        &mut self,
        place: u32,
        mut config: ConsumerConfig,
        action: ConsumerAction,
        pedantic: bool,
        desk: &mut Desk,
    ) -> Result<u32, ApiError> {
        let Some(stream) = self.streams.get(place) else { return Err(api_error::STREAM_INVALID.into()) };
        check::fill(&mut config, &stream.config, &self.config.account, pedantic)?;
        check::check(&config, &stream.config, &self.config.account)?;
        let name = config.durable_name.clone().or_else(|| config.name.clone());
        if let Some(existing) = name.as_ref().and_then(|name| stream.consumers.get(name)) {
            let existing = *existing;
            return self.update_consumer(existing, config, action, desk);
        }
        if action == ConsumerAction::Update {
            return Err(api_error::CONSUMER_DOES_NOT_EXIST.into());
        }
        self.check_room(place, &config)?;
        if config.durable_name.as_ref().is_some_and(|durable| durable.len() > NAME_MAX) {
            return Err(api_error::CONSUMER_NAME_TOO_LONG.with_detail(NAME_MAX));
        }
        // It would be the name of a folder.
        let too_long = name.as_ref().is_some_and(|name| name.len() > NAME_MAX);
        if too_long && stream.config.storage == StorageType::File && !config.mem_storage {
            return Err(api_error::CONSUMER_CREATE.with_detail("error creating store for consumer"));
        }
        // A name that the server chooses does not go into the configuration.
        let name = name.unwrap_or_else(|| desk.name(8));
        let number = self.number();
        let Some(stream) = self.streams.get_mut(place) else { return Err(api_error::STREAM_INVALID.into()) };
        let stream_name = stream.config.name.clone();
        let subjects = stream.own_subjects();
        let mut consumer = Consumer::new(number, place, &stream_name, name.clone(), config, subjects, desk);
        consumer.choose_start(&stream.store, stream.config.max_msgs_per_subject);
        consumer.count_pending(&stream.store);
        consumer.set_replay(stream.store.last());
        let place = self.keep_consumer(consumer, desk);
        self.consumer_advisory(&stream_name, &name, "CREATED", "create", desk);
        desk.log.tell(|| EventKind::ConsumerCreated { stream: stream_name, consumer: name });
        Ok(place)
    }

    /// Brings a consumer back that outlived the server.
    pub(super) fn restore_consumer(&mut self, place: u32, saved: Saved, desk: &mut Desk) {
        let number = self.number();
        let Some(stream) = self.streams.get_mut(place) else { return };
        let (config, name) = (saved.config.clone(), saved.name.clone());
        let (stream_name, subjects) = (&stream.config.name, stream.own_subjects());
        let mut consumer = Consumer::new(number, place, stream_name, name, config, subjects, desk);
        consumer.restore(saved);
        consumer.count_pending(&stream.store);
        if !consumer.pending.is_empty() {
            consumer.redeliver_at = Some(desk.now);
        }
        self.keep_consumer(consumer, desk);
    }

    fn keep_consumer(&mut self, consumer: Consumer, desk: &mut Desk) -> u32 {
        let (stream, name) = (consumer.stream, consumer.name.clone());
        let deliver = consumer.config.deliver_subject.clone();
        let place = self.consumers.add(consumer);
        if let Some(stream) = self.streams.get_mut(stream) {
            stream.consumers.insert(name, place);
        }
        if let Some(deliver) = deliver {
            self.deliver_subjects.entry(deliver).or_default().push(place);
            self.look_for_listeners(place, desk);
        } else if let Some(consumer) = self.consumers.get_mut(place) {
            consumer.delete_at = consumer.patience.map(|patience| desk.now + patience);
            let next = consumer.next_due();
            desk.wake(Timer::Consumer(place, consumer.number), &mut consumer.due, next);
        }
        place
    }

    /// Whether the stream may have one more consumer, and one like this.
    fn check_room(&self, place: u32, config: &ConsumerConfig) -> Result<(), ApiError> {
        let Some(stream) = self.streams.get(place) else { return Err(api_error::STREAM_INVALID.into()) };
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
        place: u32,
        mut config: ConsumerConfig,
        action: ConsumerAction,
        desk: &mut Desk,
    ) -> Result<u32, ApiError> {
        let Some(consumer) = self.consumers.get_mut(place) else {
            return Err(api_error::CONSUMER_NOT_FOUND.into());
        };
        let old = consumer.config.clone();
        if action == ConsumerAction::Create && config != old {
            return Err(api_error::CONSUMER_ALREADY_EXISTS.into());
        }
        if config.inactive_threshold.is_zero() && old.durable_name.is_none() {
            config.inactive_threshold = PATIENCE.into();
        }
        config.pause_until = old.pause_until;
        let listened = old.deliver_subject.as_ref().is_some_and(|deliver| desk.router.has_interest(deliver));
        if config != old {
            check::check_update(&old, &config, listened)?;
        }
        self.reconfigure(place, config, desk);
        Ok(place)
    }

    /// Gives a consumer a configuration that was checked.
    pub(crate) fn reconfigure(&mut self, place: u32, config: ConsumerConfig, desk: &mut Desk) {
        let Some(consumer) = self.consumers.get_mut(place) else { return };
        let old = std::mem::replace(&mut consumer.config, config);
        let Some(stream) = self.streams.get(consumer.stream) else { return };
        let stream_place = consumer.stream;
        if consumer.config.inactive_threshold != old.inactive_threshold {
            consumer.set_patience(desk);
            consumer.delete_at = consumer.patience.map(|patience| desk.now + patience);
        }
        let refiltered = consumer.config.filters() != old.filters();
        if refiltered {
            consumer.set_filter(stream.own_subjects());
            consumer.count_pending(&stream.store);
        }
        if consumer.config.pause_until != old.pause_until {
            consumer.resume_at = consumer.config.pause_until.filter(|until| *until > desk.now);
            consumer.advise_pause(desk);
        }
        let next = consumer.next_due();
        desk.wake(Timer::Consumer(place, consumer.number), &mut consumer.due, next);
        if consumer.config.deliver_subject != old.deliver_subject {
            consumer.listeners_of = None;
            let deliver = consumer.config.deliver_subject.clone().unwrap_or_default();
            self.forget_deliver_subject(place, &old.deliver_subject.unwrap_or_default());
            self.deliver_subjects.entry(deliver).or_default().push(place);
            self.look_for_listeners(place, desk);
        }
        if refiltered {
            self.drop_unwanted(stream_place, desk);
        }
        self.nudge(place);
    }

    /// Lets a consumer go on from a sequence, or for 0 from behind its floor. Returns that sequence, or why it may not.
    pub(crate) fn reset_consumer(
        &mut self,
        place: u32,
        sequence: u64,
        desk: &mut Desk,
    ) -> Result<u64, &'static str> {
        let Some(consumer) = self.consumers.get_mut(place) else { return Err("consumer is closed") };
        let Some(stream) = self.streams.get(consumer.stream) else { return Err("consumer is closed") };
        let sequence = consumer.reset(sequence, &stream.store)?;
        let interest = (stream.config.retention == RetentionPolicy::Interest).then_some(consumer.stream);
        if let Some(stream) = interest {
            self.drop_unwanted(stream, desk);
        }
        self.nudge(place);
        Ok(sequence)
    }

    fn forget_deliver_subject(&mut self, place: u32, subject: &str) {
        if let Some(places) = self.deliver_subjects.get_mut(subject) {
            places.retain(|each| *each != place);
            if places.is_empty() {
                self.deliver_subjects.remove(subject);
            }
        }
    }

    pub(crate) fn remove_consumer(&mut self, place: u32, desk: &mut Desk) {
        let Some(consumer) = self.consumers.remove(place) else { return };
        desk.forget(Timer::Consumer(place, consumer.number), consumer.due);
        if let Some(stream) = self.streams.get_mut(consumer.stream) {
            stream.consumers.remove(&consumer.name);
        }
        if let Some(deliver) = &consumer.config.deliver_subject {
            self.forget_deliver_subject(place, deliver);
        }
        self.consumer_advisory(&consumer.stream_name, &consumer.name, "DELETED", "delete", desk);
        for request in &consumer.waiting {
            desk.say_status(&request.reply, "NATS/1.0 409 Consumer Deleted\r\n\r\n");
        }
        self.drop_unwanted(consumer.stream, desk);
    }

    fn consumer_advisory(&self, stream: &str, consumer: &str, topic: &str, action: &str, desk: &mut Desk) {
        let subject = format!("$JS.EVENT.ADVISORY.CONSUMER.{topic}.{stream}.{consumer}");
        advise(
            desk,
            &subject,
            "io.nats.jetstream.advisory.v1.consumer_action",
            advisory::ConsumerAction { stream, consumer, action },
        );
    }
}
