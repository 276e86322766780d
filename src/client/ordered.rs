//! An ordered consumer: a push consumer that is made anew where it left off whenever a message is missed or the server
//! falls silent, so that its reader gets every message once and in order (ADR-17). It checks for silence as often as the
//! official Go client, and gives up when that does.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::jetstream::header_number;
use super::{Error, JetStream, Message, Subscription};
use crate::base::Time;
use crate::base::clock::Sleep;
use crate::jsapi::{AckPolicy, ConsumerAction, ConsumerConfig, DeliverPolicy, Nanos, ReplayPolicy, code};
use crate::wire::AckSubject;

/// How often the server sends a heartbeat when there is no message.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How often it is checked that the server has sent anything.
const HEARTBEAT_CHECK: Duration = Duration::from_secs(10);
/// So long that the server never waits for an acknowledgement, which none gives.
const ACK_WAIT: Nanos = Nanos::from_secs(22 * 3600);

/// What to deliver, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderedConfig {
    /// At least one.
    pub filter_subjects: Vec<String>,
    pub start: Start,
    pub headers_only: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    All,
    /// The last message of each subject, then what follows.
    #[default]
    LastPerSubject,
    New,
    /// From this sequence of the stream on.
    Sequence(u64),
}

/// A message, and what its reply subject says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub message: Message,
    pub sequence: u64,
    pub time: Time,
    /// How many are still to come of those that are stored.
    pub pending: u64,
}

/// A running ordered consumer. Dropping it ends the subscription; [`OrderedConsumer::delete`] also tells the server.
pub struct OrderedConsumer {
    jetstream: JetStream,
    stream: String,
    config: OrderedConfig,
    subscription: Subscription,
    name: String,
    /// Messages that were stored for it when it began.
    initial: u64,
    last_sequence: u64,
    /// Deliveries of the present consumer on the server.
    delivered: u64,
    /// One timer for many messages: one for each would cost more than the message.
    next_check: Sleep,
    /// The server has sent something since the last check.
    is_active: bool,
    /// No consumer can be made any more: no message comes, and no error is returned.
    is_lost: bool,
}

/// What happens to a running consumer besides the next message. It is for [`OrderedConsumer::handle_control`].
pub enum ControlEvent {
    /// What is not a message of the stream: a heartbeat or a flow control request.
    Status(Message),
    /// A message was missed.
    Gap,
    HeartbeatCheck,
    Failed(Error),
}

impl OrderedConsumer {
    pub async fn start(
        jetstream: &JetStream,
        stream: &str,
        config: OrderedConfig,
    ) -> Result<OrderedConsumer, Error> {
        let (subscription, name, initial) = subscribe(jetstream, stream, &config, config.start).await?;
        Ok(OrderedConsumer {
            jetstream: jetstream.clone(),
            stream: stream.to_owned(),
            config,
            subscription,
            name,
            initial,
            last_sequence: 0,
            delivered: 0,
            next_check: jetstream.connection().clock().sleep(HEARTBEAT_CHECK),
            is_active: false,
            is_lost: false,
        })
    }

    /// Messages that were stored for it when it began.
    pub fn initial(&self) -> u64 {
        self.initial
    }

    /// Answers the server, or starts anew. Never returns once no consumer can be made any more.
    #[cold]
    pub fn handle_control(
        &mut self,
        event: ControlEvent,
    ) -> Pin<Box<dyn Future<Output = Result<(), Error>> + '_>> {
        Box::pin(async move {
            match event {
                ControlEvent::Status(message) => self.handle_status(&message).await?,
                ControlEvent::Gap => self.restart().await?,
                ControlEvent::HeartbeatCheck => self.check_heartbeat().await?,
                ControlEvent::Failed(error) => return Err(error),
            }
            if self.is_lost {
                self.jetstream.connection().alongside(std::future::pending::<()>()).await;
            }
            Ok(())
        })
    }

    /// Ends the consumer on the server too.
    pub async fn delete(self) {
        let OrderedConsumer { jetstream, stream, subscription, name, .. } = self;
        drop(subscription);
        let _ = jetstream.delete_consumer(&stream, &name).await;
    }

    /// The next message, or what else is to be handled first.
    #[inline]
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Delivery, ControlEvent>> {
        let message = match self.subscription.poll_next(context) {
            Poll::Ready(Ok(Some(message))) => message,
            Poll::Ready(Ok(None)) => return Poll::Ready(Err(ControlEvent::Failed(Error::Closed))),
            Poll::Ready(Err(error)) => return Poll::Ready(Err(ControlEvent::Failed(error))),
            Poll::Pending => {
                return Pin::new(&mut self.next_check)
                    .poll(context)
                    .map(|()| Err(ControlEvent::HeartbeatCheck));
            }
        };
        Poll::Ready(match message.reply_bytes().and_then(AckSubject::parse) {
            Some(ack) if ack.consumer_sequence == self.delivered + 1 => {
                self.is_active = true;
                self.delivered += 1;
                self.last_sequence = ack.stream_sequence;
                let AckSubject { stream_sequence: sequence, time, pending, .. } = ack;
                Ok(Delivery { message, sequence, time, pending })
            }
            Some(_) => Err(ControlEvent::Gap),
            None => Err(ControlEvent::Status(message)),
        })
    }

    /// Of a heartbeat, which may tell of missed messages, or a flow control request, which wants an answer.
    async fn handle_status(&mut self, message: &Message) -> Result<(), Error> {
        if message.status() != Some(100) {
            return Ok(());
        }
        self.is_active = true;
        let connection = self.jetstream.connection();
        if let Some(reply) = message.reply() {
            return connection.publish(reply, None, b"", b"");
        }
        if let Some(stalled) = message.header("Nats-Consumer-Stalled") {
            connection.publish(&stalled, None, b"", b"")?;
        }
        match header_number(message.block(), "Nats-Last-Consumer") {
            Some(last) if last != self.delivered => self.restart().await,
            _ => Ok(()),
        }
    }

    /// Starts anew if the server has sent nothing since the last check.
    async fn check_heartbeat(&mut self) -> Result<(), Error> {
        let connection = self.jetstream.connection();
        self.next_check = connection.clock().sleep(HEARTBEAT_CHECK);
        if std::mem::take(&mut self.is_active) || connection.is_reconnecting() {
            return Ok(());
        }
        self.restart().await
    }

    /// Makes a new consumer that begins after the last message that came.
    async fn restart(&mut self) -> Result<(), Error> {
        let start = Start::Sequence(self.last_sequence + 1);
        match subscribe(&self.jetstream, &self.stream, &self.config, start).await {
            Ok((subscription, name, _)) => {
                let old = std::mem::replace(&mut self.name, name);
                self.subscription = subscription;
                self.delivered = 0;
                let _ = self.jetstream.delete_consumer(&self.stream, &old).await;
                Ok(())
            }
            Err(Error::Closed) => Err(Error::Closed),
            // The next check tries again.
            Err(error) if is_temporary(&error) => Ok(()),
            Err(_) => {
                self.is_lost = true;
                Ok(())
            }
        }
    }
}

/// Whether a consumer that could not be made now may be made later.
fn is_temporary(error: &Error) -> bool {
    match error {
        Error::Timeout | Error::NoResponders => true,
        Error::Api(error) => matches!(
            error.err_code,
            code::INSUFFICIENT_RESOURCES
                | code::NOT_AVAILABLE
                | code::NOT_ENABLED
                | code::NOT_ENABLED_FOR_ACCOUNT
        ),
        _ => false,
    }
}

/// Subscribes first and creates the consumer then, so that nothing it sends is missed. Returns the consumer's name and how
/// many messages were stored for it too.
async fn subscribe(
    jetstream: &JetStream,
    stream: &str,
    ordered: &OrderedConfig,
    start: Start,
) -> Result<(Subscription, String, u64), Error> {
    let connection = jetstream.connection();
    let inbox = connection.new_inbox();
    let subscription = connection.subscribe(&inbox, None)?;
    let (deliver_policy, opt_start_seq) = match start {
        Start::All => (DeliverPolicy::All, 0),
        Start::LastPerSubject => (DeliverPolicy::LastPerSubject, 0),
        Start::New => (DeliverPolicy::New, 0),
        Start::Sequence(sequence) => (DeliverPolicy::ByStartSequence, sequence),
    };
    let (filter_subject, filter_subjects) = match ordered.filter_subjects.as_slice() {
        [one] => (Some(one.clone()), Vec::new()),
        many => (None, many.to_vec()),
    };
    // Like the official Go client, this one names the consumer in the subject of the request only.
    let name = connection.ids().short(8);
    let config = ConsumerConfig {
        deliver_policy,
        opt_start_seq,
        ack_policy: AckPolicy::None,
        ack_wait: ACK_WAIT,
        max_deliver: 1,
        filter_subject,
        filter_subjects,
        replay_policy: ReplayPolicy::Instant,
        flow_control: true,
        idle_heartbeat: Nanos::from(HEARTBEAT),
        headers_only: ordered.headers_only,
        deliver_subject: Some(inbox),
        num_replicas: 1,
        mem_storage: true,
        ..ConsumerConfig::default()
    };
    let info = jetstream.create_consumer(stream, &name, &config, ConsumerAction::CreateOrUpdate).await?;
    Ok((subscription, info.name, info.num_pending + info.delivered.consumer_seq))
}
