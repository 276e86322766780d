//! Publishing to streams: a message, and its acknowledgement when that comes.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use memchr::memchr;

use super::connection::{Request, SHORTEST_TIMEOUT};
use super::{Connection, Error, Message};
use crate::base::read_digits;
use crate::gojson;
use crate::jsapi::PubAck;

/// How often a publish that no stream answers is sent again, and the wait before each time (nats.go:
/// `DefaultPubRetryAttempts`, `DefaultPubRetryWait`).
const RETRIES: u32 = 2;
const RETRY_WAIT: Duration = Duration::from_millis(250);

/// A message that was sent to a stream; resolves to the sequence at which it is stored.
pub struct PubAckFuture<'a> {
    /// Two parts that make it.
    subject: [&'a str; 2],
    headers: Vec<u8>,
    body: &'a [u8],
    stage: Stage<'a>,
}

enum Stage<'a> {
    Sent(&'a Connection, Request<'a>),
    /// No stream has answered yet.
    Retrying(Pin<Box<dyn Future<Output = Result<u64, Error>> + 'a>>),
    Failed(Error),
}

impl<'a> PubAckFuture<'a> {
    /// Sends a message. Its subject is made from two parts; `headers` is an encoded block, empty for none.
    pub(super) fn send(
        connection: &'a Connection,
        subject: [&'a str; 2],
        headers: Vec<u8>,
        body: &'a [u8],
    ) -> PubAckFuture<'a> {
        let request = match connection.timeout() < SHORTEST_TIMEOUT {
            true => Err(Error::Timeout),
            false => connection.start_request(&subject, &headers, body),
        };
        let stage = request.map_or_else(Stage::Failed, |request| Stage::Sent(connection, request));
        PubAckFuture { subject, headers, body, stage }
    }

    /// Of a message that cannot be sent.
    pub(super) fn failed(error: Error) -> PubAckFuture<'a> {
        PubAckFuture { subject: [""; 2], headers: Vec::new(), body: b"", stage: Stage::Failed(error) }
    }

    /// Sends it again a few times, for as long as there is time left.
    #[cold]
    fn retry(&mut self, connection: &'a Connection, remaining: Duration) -> Stage<'a> {
        let (subject, body) = (self.subject, self.body);
        let headers = std::mem::take(&mut self.headers);
        let retries = async move {
            for _ in 0..RETRIES {
                connection.alongside(connection.clock().sleep(RETRY_WAIT)).await;
                match connection.start_request(&subject, &headers, body)?.await {
                    Err(Error::NoResponders) => {}
                    answer => return sequence(&answer?),
                }
            }
            Err(Error::NoStreamResponse)
        };
        Stage::Retrying(Box::pin(async move {
            connection.clock().timeout(remaining, retries).await.unwrap_or(Err(Error::Timeout))
        }))
    }
}

impl Future for PubAckFuture<'_> {
    type Output = Result<u64, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<u64, Error>> {
        if let Stage::Sent(connection, request) = &mut self.stage {
            match Pin::new(&mut *request).poll(context) {
                Poll::Ready(Ok(answer)) => return Poll::Ready(sequence(&answer)),
                Poll::Ready(Err(Error::NoResponders)) => {
                    let (connection, remaining) = (*connection, request.remaining());
                    self.stage = self.retry(connection, remaining);
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
        match &mut self.stage {
            Stage::Retrying(retries) => retries.as_mut().poll(context),
            Stage::Failed(error) => Poll::Ready(Err(error.clone())),
            Stage::Sent(..) => Poll::Pending,
        }
    }
}

/// Reads the answer to a publish.
pub fn read_ack(answer: &Message) -> Result<PubAck, Error> {
    let mut ack: PubAck = gojson::from_slice(answer.body()).map_err(|_| Error::InvalidResponse)?;
    match ack.error.take() {
        Some(error) => Err(Error::NotStored(error)),
        None if ack.stream.is_empty() => Err(Error::InvalidResponse),
        None => Ok(ack),
    }
}

fn sequence(answer: &Message) -> Result<u64, Error> {
    match plain_sequence(answer.body()) {
        Some(sequence) => Ok(sequence),
        None => read_ack(answer).map(|ack| ack.seq),
    }
}

/// The sequence in `{"stream":"S","seq":1}` and no more. Nearly every answer is one, which needs no JSON reader.
fn plain_sequence(body: &[u8]) -> Option<u64> {
    let rest = body.strip_prefix(b"{\"stream\":\"")?.strip_suffix(b"}")?;
    let (name, rest) = rest.split_at(memchr(b'"', rest)?);
    let sequence = read_digits(rest.strip_prefix(b"\",\"seq\":")?)?;
    (!name.is_empty()).then_some(sequence)
}
