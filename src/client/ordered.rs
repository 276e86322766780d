//! An ordered consumer: a push consumer that starts itself again where it left off whenever a message is missed
//! or the server falls silent, so that its reader gets every message once and in order (ADR-17). It looks for
//! silence when the official Go client does, and gives up when that does.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::error::code;
use super::jetstream::number;
use super::{ConsumerConfig, Error, JetStream, Message, Subscription};
use crate::base::clock::Sleep;
use crate::base::{Time, read_digits};

/// How often the server speaks when it has nothing to say.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How often it is looked whether the server has spoken since the last look.
const LOOK: Duration = Duration::from_secs(10);

/// What to deliver, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Subjects, at least one.
    pub filters: Vec<String>,
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

/// A message and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub message: Message,
    pub sequence: u64,
    pub time: Time,
    /// How many are still to come of those that are stored.
    pub pending: u64,
}

/// A running ordered consumer. Dropping it ends the subscription; [`Ordered::delete`] also tells the server.
pub struct Ordered {
    jetstream: JetStream,
    stream: String,
    wanted: Wanted,
    subscription: Subscription,
    name: String,
    /// Messages that were stored for it when it began.
    initial: u64,
    last_sequence: u64,
    /// Deliveries of the present consumer.
    delivered: u64,
    /// One for all messages until then, since to fall asleep for each would cost more than the message.
    next_look: Sleep,
    /// The server has spoken since the last look.
    active: bool,
    /// No consumer could be made any more: nothing comes, and nobody is told.
    lost: bool,
}

/// What a running consumer hears besides the next message of its stream. It is for [`Ordered::attend`].
pub enum Aside {
    /// What is not a message of the stream.
    Control(Message),
    /// There was a message before the one that came.
    Gap,
    Nothing,
    Failed(Error),
}

impl Ordered {
    pub async fn start(jetstream: &JetStream, stream: &str, wanted: Wanted) -> Result<Ordered, Error> {
        let (subscription, name, initial) = subscribe(jetstream, stream, &wanted, wanted.start).await?;
        Ok(Ordered {
            jetstream: jetstream.clone(),
            stream: stream.to_owned(),
            wanted,
            subscription,
            name,
            initial,
            last_sequence: 0,
            delivered: 0,
            next_look: jetstream.connection().clock().sleep(LOOK),
            active: false,
            lost: false,
        })
    }

    pub fn initial(&self) -> u64 {
        self.initial
    }

    /// Does what something else than the next message asks for. It does not end where nothing more comes.
    #[cold]
    pub fn attend(&mut self, aside: Aside) -> Pin<Box<dyn Future<Output = Result<(), Error>> + '_>> {
        Box::pin(async move {
            match aside {
                Aside::Control(message) => self.hear_control(&message).await?,
                Aside::Gap => self.restart().await?,
                Aside::Nothing => self.look().await?,
                Aside::Failed(error) => return Err(error),
            }
            if self.lost {
                self.jetstream.connection().alongside(std::future::pending::<()>()).await;
            }
            Ok(())
        })
    }

    /// Ends the consumer on the server too.
    pub async fn delete(self) {
        let Ordered { jetstream, stream, subscription, name, .. } = self;
        drop(subscription);
        let _ = jetstream.delete_consumer(&stream, &name).await;
    }

    /// Takes the next message in, or falls asleep until the next look.
    #[inline]
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Delivery, Aside>> {
        let message = match self.subscription.poll_next(context) {
            Poll::Ready(Ok(Some(message))) => message,
            Poll::Ready(Ok(None)) => return Poll::Ready(Err(Aside::Failed(Error::Closed))),
            Poll::Ready(Err(error)) => return Poll::Ready(Err(Aside::Failed(error))),
            Poll::Pending => {
                return Pin::new(&mut self.next_look).poll(context).map(|()| Err(Aside::Nothing));
            }
        };
        Poll::Ready(match message.reply_bytes().and_then(Place::read) {
            Some(place) if place.consumer_sequence == self.delivered + 1 => {
                self.active = true;
                self.delivered += 1;
                self.last_sequence = place.sequence;
                let Place { sequence, time, pending, .. } = place;
                Ok(Delivery { message, sequence, time, pending })
            }
            Some(_) => Err(Aside::Gap),
            None => Err(Aside::Control(message)),
        })
    }

    /// A heartbeat, which may tell of missed messages, or a request for flow control, which wants an answer.
    async fn hear_control(&mut self, message: &Message) -> Result<(), Error> {
        if message.status() != Some(100) {
            return Ok(());
        }
        self.active = true;
        let connection = self.jetstream.connection();
        if let Some(reply) = message.reply() {
            return connection.publish(reply, None, b"", b"");
        }
        if let Some(stalled) = message.header("Nats-Consumer-Stalled") {
            connection.publish(&stalled, None, b"", b"")?;
        }
        match number(message.block(), "Nats-Last-Consumer") {
            Some(last) if last != self.delivered => self.restart().await,
            _ => Ok(()),
        }
    }

    /// A consumer that the server has said nothing of is taken for lost.
    async fn look(&mut self) -> Result<(), Error> {
        let connection = self.jetstream.connection();
        self.next_look = connection.clock().sleep(LOOK);
        if std::mem::take(&mut self.active) || connection.is_searching() {
            return Ok(());
        }
        self.restart().await
    }

    /// A new consumer after the last message that came.
    async fn restart(&mut self) -> Result<(), Error> {
        let start = Start::Sequence(self.last_sequence + 1);
        match subscribe(&self.jetstream, &self.stream, &self.wanted, start).await {
            Ok((subscription, name, _)) => {
                let old = std::mem::replace(&mut self.name, name);
                self.subscription = subscription;
                self.delivered = 0;
                let _ = self.jetstream.delete_consumer(&self.stream, &old).await;
                Ok(())
            }
            Err(Error::Closed) => Err(Error::Closed),
            // At the next look it is tried again.
            Err(error) if is_passing(&error) => Ok(()),
            Err(_) => {
                self.lost = true;
                Ok(())
            }
        }
    }
}

/// Whether a consumer that could not be made now may be made later.
fn is_passing(error: &Error) -> bool {
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

/// Listens first and creates the consumer then, so that nothing it sends is missed.
async fn subscribe(
    jetstream: &JetStream,
    stream: &str,
    wanted: &Wanted,
    start: Start,
) -> Result<(Subscription, String, u64), Error> {
    let connection = jetstream.connection();
    let inbox = connection.new_inbox();
    let subscription = connection.subscribe(&inbox, None)?;
    let (policy, opt_start_seq) = match start {
        Start::All => ("all", 0),
        Start::LastPerSubject => ("last_per_subject", 0),
        Start::New => ("new", 0),
        Start::Sequence(sequence) => ("by_start_sequence", sequence),
    };
    let (filter_subject, filter_subjects) = match wanted.filters.as_slice() {
        [one] => (one.clone(), Vec::new()),
        many => (String::new(), many.to_vec()),
    };
    // The name stands in the subject of the request alone, as the official Go client has it.
    let name = connection.ids().short(8);
    let config = ConsumerConfig {
        deliver_policy: policy.to_owned(),
        opt_start_seq,
        ack_policy: "none".to_owned(),
        ack_wait: 22 * 3600 * 1_000_000_000,
        max_deliver: 1,
        filter_subject,
        filter_subjects,
        replay_policy: "instant".to_owned(),
        flow_control: true,
        idle_heartbeat: HEARTBEAT.as_nanos() as i64,
        headers_only: wanted.headers_only,
        deliver_subject: inbox,
        num_replicas: 1,
        mem_storage: true,
        ..ConsumerConfig::default()
    };
    let info = jetstream.create_consumer(stream, &name, &config).await?;
    Ok((subscription, info.name, info.num_pending + info.delivered.consumer_seq))
}

/// What the reply subject of a delivery says:
/// `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<time ns>.<pending>`.
struct Place {
    sequence: u64,
    consumer_sequence: u64,
    time: Time,
    pending: u64,
}

impl Place {
    fn read(reply: &[u8]) -> Option<Place> {
        let mut tokens = reply.strip_prefix(b"$JS.ACK.")?.rsplit(|byte| *byte == b'.');
        let mut number = || read_digits(tokens.next()?);
        let (pending, time, consumer_sequence, sequence) = (number()?, number()?, number()?, number()?);
        Some(Place { sequence, consumer_sequence, time: Time(time), pending })
    }
}
