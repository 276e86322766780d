//! A message on its way into a stream.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use memchr::memchr;

use super::connection::{Request, SOONEST};
use super::jetstream::read_ack;
use super::{Connection, Error, JetStream, Message};
use crate::base::read_digits;

/// A failed publish is tried again this often, after this wait each time, while no stream answers.
const PUBLISH_RETRIES: u32 = 2;
const PUBLISH_RETRY_WAIT: Duration = Duration::from_millis(250);

impl JetStream {
    /// Sends a message to the stream of a subject, which is made from two parts. `headers` is an encoded block, empty for
    /// none. Its sequence is to be waited for; while no stream answers it is sent again a few times.
    pub fn publish<'a>(&'a self, subject: [&'a str; 2], headers: Vec<u8>, body: &'a [u8]) -> Publish<'a> {
        let sent = match self.connection().timeout() < SOONEST {
            true => Err(Error::Timeout),
            false => self.connection().ask(&subject, &headers, body),
        };
        let stage = sent.map_or_else(Stage::Failed, Stage::Sent);
        Publish { subject, headers, body, stage }
    }
}

/// A message that was sent to a stream, and that the stream shall say to have stored.
pub struct Publish<'a> {
    subject: [&'a str; 2],
    headers: Vec<u8>,
    body: &'a [u8],
    stage: Stage<'a>,
}

/// How far it has come.
enum Stage<'a> {
    Sent(Request<'a>),
    /// No stream has answered yet.
    Again(Pin<Box<dyn Future<Output = Result<u64, Error>> + 'a>>),
    Failed(Error),
}

impl<'a> Publish<'a> {
    /// What cannot be sent.
    pub fn failed(error: Error) -> Publish<'a> {
        Publish { subject: [""; 2], headers: Vec::new(), body: b"", stage: Stage::Failed(error) }
    }

    /// What is done where no stream has answered; so much time is left.
    #[cold]
    fn again(&mut self, connection: &'a Connection, left: Duration) -> Stage<'a> {
        let (subject, body) = (self.subject, self.body);
        let headers = std::mem::take(&mut self.headers);
        let again = async move {
            for _ in 0..PUBLISH_RETRIES {
                connection.alongside(connection.clock().sleep(PUBLISH_RETRY_WAIT)).await;
                match connection.ask(&subject, &headers, body)?.await {
                    Err(Error::NoResponders) => {}
                    answer => return sequence(&answer?),
                }
            }
            Err(Error::NoStreamResponse)
        };
        Stage::Again(Box::pin(async move {
            connection.clock().timeout(left, again).await.unwrap_or(Err(Error::Timeout))
        }))
    }
}

impl Future for Publish<'_> {
    type Output = Result<u64, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<u64, Error>> {
        if let Stage::Sent(request) = &mut self.stage {
            match Pin::new(&mut *request).poll(context) {
                Poll::Ready(Ok(answer)) => return Poll::Ready(sequence(&answer)),
                Poll::Ready(Err(Error::NoResponders)) => {
                    let (connection, left) = (request.connection(), request.left());
                    self.stage = self.again(connection, left);
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
        match &mut self.stage {
            Stage::Again(again) => again.as_mut().poll(context),
            Stage::Failed(error) => Poll::Ready(Err(error.clone())),
            Stage::Sent(_) => Poll::Pending,
        }
    }
}

fn sequence(answer: &Message) -> Result<u64, Error> {
    match plain_sequence(answer.body()) {
        Some(sequence) => Ok(sequence),
        None => read_ack(answer).map(|ack| ack.sequence),
    }
}

/// The sequence in `{"stream":"S","seq":1}` and no more: what a server says nearly always, and a list of fields would have
/// to be made for. The text is read from its end, since how long a name is does not matter then.
fn plain_sequence(body: &[u8]) -> Option<u64> {
    let rest = body.strip_prefix(b"{\"stream\":\"")?.strip_suffix(b"}")?;
    let (name, rest) = rest.split_at(memchr(b'"', rest)?);
    let sequence = read_digits(rest.strip_prefix(b"\",\"seq\":")?)?;
    (!name.is_empty()).then_some(sequence)
}
