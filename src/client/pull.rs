//! Messages of a pull consumer, one after another: requests for many, renewed before they run out, when they expire and
//! when the server falls silent, as the official Go client's `Consume` does.

use std::future::{Future, pending, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use super::jetstream::header_number;
use super::{Error, JetStream, Message, Subscription};
use crate::base::clock::Sleep;
use crate::gojson;
use crate::jsapi::{Nanos, NextRequest};

/// How many messages are asked for, and below how many still to come more are asked for.
const BATCH: i64 = 500;
const THRESHOLD: i64 = BATCH / 2;
/// How long a request waits at the server.
const EXPIRES: Duration = Duration::from_secs(30);
/// How often the server sends a heartbeat when there is no message.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Pulls from a consumer until it is dropped.
pub struct PullConsumer {
    jetstream: JetStream,
    /// Where requests go.
    next: String,
    inbox: String,
    subscription: Subscription,
    /// Messages that were asked for and have not come.
    pending: i64,
    silence: Sleep,
    was_reconnecting: bool,
}

/// What comes to the inbox, or does not.
enum Arrival {
    Message(Message),
    Silence,
}

impl PullConsumer {
    pub fn start(jetstream: &JetStream, stream: &str, consumer: &str) -> Result<PullConsumer, Error> {
        let connection = jetstream.connection();
        let inbox = connection.new_inbox();
        let subscription = connection.subscribe(&inbox, None)?;
        let mut started = PullConsumer {
            jetstream: jetstream.clone(),
            next: format!("{}.CONSUMER.MSG.NEXT.{stream}.{consumer}", jetstream.prefix()),
            inbox,
            subscription,
            pending: 0,
            silence: connection.clock().sleep(2 * HEARTBEAT),
            was_reconnecting: false,
        };
        started.request(BATCH)?;
        Ok(started)
    }

    /// The next message. None comes any more once the consumer is deleted.
    pub async fn next(&mut self) -> Result<Message, Error> {
        loop {
            let arrived = self.arrival().await?;
            self.silence = self.jetstream.connection().clock().sleep(2 * HEARTBEAT);
            let message = match arrived {
                Arrival::Message(message) => message,
                Arrival::Silence => {
                    self.request(BATCH)?;
                    continue;
                }
            };
            let Some(status) = message.status() else {
                self.pending -= 1;
                self.request_more()?;
                return Ok(message);
            };
            let left = header_number(message.block(), "Nats-Pending-Messages").unwrap_or(0);
            let description = message.headers().status.map(|status| status.description).unwrap_or_default();
            match status {
                100 => continue,
                400 | 409 if status == 400 || description.contains("Consumer Deleted") => {
                    self.jetstream.connection().alongside(pending::<()>()).await;
                }
                409 if description.contains("Leadership Change") => self.pending = 0,
                _ => self.pending = (self.pending - i64::try_from(left).unwrap_or(i64::MAX)).max(0),
            }
            self.request_more()?;
        }
    }

    /// What comes next. After a connection was lost and came back, all is asked for again.
    async fn arrival(&mut self) -> Result<Arrival, Error> {
        loop {
            let found = poll_fn(|context| {
                if let Poll::Ready(found) = self.subscription.poll_next(context) {
                    let found = found.and_then(|message| message.ok_or(Error::Closed));
                    return Poll::Ready(Some(found.map(Arrival::Message)));
                }
                let is_reconnecting = self.jetstream.connection().is_reconnecting();
                if std::mem::replace(&mut self.was_reconnecting, is_reconnecting) && !is_reconnecting {
                    return Poll::Ready(None);
                }
                Pin::new(&mut self.silence).poll(context).map(|()| Some(Ok(Arrival::Silence)))
            });
            match found.await {
                Some(found) => return found,
                None => self.request(BATCH)?,
            }
        }
    }

    fn request_more(&mut self) -> Result<(), Error> {
        match self.pending < THRESHOLD {
            true => self.request(BATCH - self.pending),
            false => Ok(()),
        }
    }

    fn request(&mut self, batch: i64) -> Result<(), Error> {
        self.pending = BATCH;
        let request = NextRequest {
            expires: Nanos::from(EXPIRES),
            batch,
            idle_heartbeat: Nanos::from(HEARTBEAT),
            ..NextRequest::default()
        };
        let body = gojson::to_vec(&request);
        self.jetstream.connection().publish(&self.next, Some(&self.inbox), b"", &body)
    }
}
