//! The calls of the JetStream API that Key/Value and its neighbours need.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use memchr::memchr;

use super::config::AccountInfo;
use super::connection::Request;
use super::error::code;
use super::{ApiError, Connection, ConsumerConfig, ConsumerInfo, Error, Message, StreamConfig, StreamInfo};
use crate::base::json::{self, Body, Fields, Writer, fields};
use crate::base::{Time, read_digits};
use crate::gofmt;
use crate::wire::{Excerpt, Headers, headers};

/// The JetStream of the account that a connection belongs to.
#[derive(Clone)]
pub struct JetStream {
    connection: Connection,
    /// `$JS.API` unless told otherwise.
    prefix: String,
    tracer: Option<Tracer>,
}

/// Hears of every call of the API.
pub type Tracer = Rc<dyn Fn(Traced<'_>)>;

/// A part of a call: its subject, and what was said.
#[derive(Clone, Copy, Debug)]
pub enum Traced<'a> {
    Sent(&'a str, &'a [u8]),
    Answered(&'a str, &'a [u8]),
    Failed(&'a str, &'a Error),
}

/// A stored message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredMessage {
    pub sequence: u64,
    pub time: Time,
    pub headers: Headers,
    /// Its subject and its body.
    pub(super) content: Excerpt,
}

impl StoredMessage {
    pub fn subject(&self) -> &str {
        self.content.text()
    }

    pub fn body(&self) -> &[u8] {
        self.content.body()
    }
}

/// Which message of a stream is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    Sequence(u64),
    /// The last one of the subject that these parts make.
    LastOf([&'a str; 2]),
}

/// What a stream shall forget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purge {
    /// Only messages of these subjects.
    pub filter: Option<String>,
    /// Only messages below this sequence.
    pub seq: Option<u64>,
    /// All but the newest of these many.
    pub keep: Option<u64>,
}
fields!(Purge: filter if any, seq if any, keep if any);

/// The server's word that a message is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PubAck {
    pub stream: String,
    pub sequence: u64,
    pub duplicate: bool,
    error: Option<ApiError>,
}
impl Body for PubAck {
    fn fields(&mut self, fields: &mut Fields<'_>) {
        fields.field("stream", true, &mut self.stream);
        fields.field("seq", true, &mut self.sequence);
        fields.field("duplicate", true, &mut self.duplicate);
        fields.field("error", false, &mut self.error);
    }
}

impl JetStream {
    pub fn new(connection: &Connection) -> JetStream {
        JetStream::with_prefix(connection, "$JS.API")
    }

    /// With another prefix in place of `$JS.API`, as for a domain.
    pub fn with_prefix(connection: &Connection, prefix: &str) -> JetStream {
        JetStream { connection: connection.clone(), prefix: prefix.to_owned(), tracer: None }
    }

    /// The same, with everything that it asks told to `tracer`.
    pub fn traced(self, tracer: Tracer) -> JetStream {
        JetStream { tracer: Some(tracer), ..self }
    }

    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    pub async fn account_info(&self) -> Result<AccountInfo, Error> {
        match self.call("INFO", b"").await {
            Err(Error::NoResponders) => Err(Error::Api(ApiError {
                code: 503,
                err_code: code::NOT_ENABLED,
                description: "jetstream not enabled".to_owned(),
            })),
            other => other,
        }
    }

    pub async fn create_stream(&self, config: &StreamConfig) -> Result<StreamInfo, Error> {
        self.call_with(&format!("STREAM.CREATE.{}", config.name), &mut config.clone()).await
    }

    pub async fn update_stream(&self, config: &StreamConfig) -> Result<StreamInfo, Error> {
        self.call_with(&format!("STREAM.UPDATE.{}", config.name), &mut config.clone()).await
    }

    pub async fn stream_info(&self, stream: &str) -> Result<StreamInfo, Error> {
        self.call(&format!("STREAM.INFO.{stream}"), b"").await
    }

    /// With the number of messages of each subject that `filter` selects.
    pub async fn stream_subjects(&self, stream: &str, filter: &str) -> Result<StreamInfo, Error> {
        let request = one(|json| {
            json.number("offset", 0);
            json.text("subjects_filter", filter);
        });
        self.call(&format!("STREAM.INFO.{stream}"), &request).await
    }

    pub async fn delete_stream(&self, stream: &str) -> Result<(), Error> {
        self.call::<Success>(&format!("STREAM.DELETE.{stream}"), b"").await.map(|_| ())
    }

    /// How many messages were forgotten.
    pub async fn purge_stream(&self, stream: &str, purge: &Purge) -> Result<u64, Error> {
        let body = if *purge == Purge::default() { Vec::new() } else { json::body(&mut purge.clone()) };
        self.call::<Success>(&format!("STREAM.PURGE.{stream}"), &body).await.map(|reply| reply.purged)
    }

    /// The names of the streams that listen to `subject`, or of all.
    pub async fn stream_names(&self, subject: Option<&str>) -> Result<Vec<String>, Error> {
        #[derive(Default)]
        struct Page {
            total: u64,
            streams: Vec<String>,
        }
        fields!(Page: total, streams);
        let mut all = Vec::new();
        loop {
            let page: Page = self.call("STREAM.NAMES", &page_request(all.len(), subject)).await?;
            let done = page.streams.is_empty();
            all.extend(page.streams);
            if done || all.len() as u64 >= page.total {
                return Ok(all);
            }
        }
    }

    /// The streams that listen to `subject`, or all.
    pub async fn streams(&self, subject: Option<&str>) -> Result<Vec<StreamInfo>, Error> {
        #[derive(Default)]
        struct Page {
            total: u64,
            streams: Vec<StreamInfo>,
        }
        fields!(Page: total, streams);
        let mut all = Vec::new();
        loop {
            let page: Page = self.call("STREAM.LIST", &page_request(all.len(), subject)).await?;
            let done = page.streams.is_empty();
            all.extend(page.streams);
            if done || all.len() as u64 >= page.total {
                return Ok(all);
            }
        }
    }

    /// A message by the stream's leader.
    pub async fn get_message(&self, stream: &str, which: Which<'_>) -> Result<StoredMessage, Error> {
        #[derive(Default)]
        struct Found {
            message: Stored,
        }
        fields!(Found: message);
        #[derive(Default)]
        struct Stored {
            subject: String,
            seq: u64,
            hdrs: String,
            data: String,
            time: String,
        }
        fields!(Stored: subject, seq, hdrs, data, time);
        let request = match which {
            Which::Sequence(sequence) => one(|json| json.number("seq", sequence)),
            Which::LastOf(subject) => one(|json| json.text("last_by_subj", &subject.concat())),
        };
        let found: Found = match self.call(&format!("STREAM.MSG.GET.{stream}"), &request).await {
            Err(Error::Api(error)) if error.err_code == code::MESSAGE_NOT_FOUND => {
                return Err(Error::MessageNotFound);
            }
            other => other?,
        };
        let Stored { subject, seq, hdrs, data, time } = found.message;
        Ok(StoredMessage {
            sequence: seq,
            time: gofmt::time::parse(&time).unwrap_or_default(),
            headers: Headers::decode(&base64_decode(&hdrs)).unwrap_or_default(),
            content: Excerpt::new(&subject, &base64_decode(&data)),
        })
    }

    /// A message by whoever holds it.
    pub async fn direct_get(&self, stream: &str, sequence: u64) -> Result<StoredMessage, Error> {
        let body = one(|json| json.number("seq", sequence));
        direct_message(self.request(&[&self.prefix, ".DIRECT.GET.", stream], &body).await?)
    }

    /// Asks whoever holds it for the last message of a subject, which is put together from what [`direct_place`] made for
    /// its beginning, and the rest of it. The answer is for [`direct_message`].
    pub(super) fn direct_last(&self, place: &str, rest: &str) -> Call<'_> {
        self.request(&[&self.prefix, place, rest], b"")
    }

    /// Stores a message, or fails at once where no stream answers.
    pub async fn publish_once(&self, subject: &str, headers: &[u8], body: &[u8]) -> Result<PubAck, Error> {
        read_ack(&self.connection.request(&[subject], headers, body).await?)
    }

    /// Creates a consumer called `name`, or one that the server names where that is empty.
    pub async fn create_consumer(
        &self,
        stream: &str,
        name: &str,
        config: &ConsumerConfig,
    ) -> Result<ConsumerInfo, Error> {
        #[derive(Default)]
        struct Request {
            stream_name: String,
            config: ConsumerConfig,
        }
        fields!(Request: stream_name, config);
        let mut subject = format!("CONSUMER.CREATE.{stream}");
        for part in [name, &config.filter_subject] {
            if !part.is_empty() {
                subject = format!("{subject}.{part}");
            }
        }
        let mut request = Request { stream_name: stream.to_owned(), config: config.clone() };
        self.call_with(&subject, &mut request).await
    }

    pub async fn delete_consumer(&self, stream: &str, consumer: &str) -> Result<(), Error> {
        self.call::<Success>(&format!("CONSUMER.DELETE.{stream}.{consumer}"), b"").await.map(|_| ())
    }

    /// Sends a request to the API and reads its JSON.
    pub async fn call<T: Body + Default>(&self, subject: &str, body: &[u8]) -> Result<T, Error> {
        let mut found = T::default();
        self.ask(subject, body, &mut found).await?;
        Ok(found)
    }

    /// Sends a request to the API and reads its JSON into `found`. Returns it as the server wrote it.
    pub async fn ask(&self, subject: &str, body: &[u8], found: &mut dyn Body) -> Result<Vec<u8>, Error> {
        let answer = self.request(&[&self.prefix, ".", subject], body).await?;
        let mut reply = Reply { error: None, found };
        json::read(answer.body(), &mut reply).ok_or(Error::InvalidResponse)?;
        reply.error.map_or(Ok(answer.into_body()), |error| Err(Error::Api(error)))
    }

    async fn call_with<T: Body + Default>(&self, subject: &str, body: &mut dyn Body) -> Result<T, Error> {
        self.call(subject, &json::body(body)).await
    }

    /// Sends a request, which then is to be waited for.
    fn request(&self, subject: &[&str], body: &[u8]) -> Call<'_> {
        let traced = self.tracer.as_ref().map(|tracer| (tracer, subject.concat()));
        if let Some((tracer, subject)) = &traced {
            tracer(Traced::Sent(subject, body));
        }
        Call { request: self.connection.ask(subject, b"", body), traced }
    }
}

/// A request to the API under way.
pub(super) struct Call<'a> {
    request: Result<Request<'a>, Error>,
    /// Who hears of it, and its subject.
    traced: Option<(&'a Tracer, String)>,
}

impl Future for Call<'_> {
    type Output = Result<Message, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Message, Error>> {
        let answer = match &mut self.request {
            Ok(request) => ready!(Pin::new(request).poll(context)),
            Err(error) => Err(error.clone()),
        };
        if let Some((tracer, subject)) = &self.traced {
            tracer(match &answer {
                Ok(message) => Traced::Answered(subject, message.body()),
                Err(error) => Traced::Failed(subject, error),
            });
        }
        Poll::Ready(answer)
    }
}

pub(super) fn read_ack(answer: &Message) -> Result<PubAck, Error> {
    let mut ack = PubAck::default();
    json::read(answer.body(), &mut ack).ok_or(Error::InvalidResponse)?;
    match ack.error {
        Some(error) => Err(Error::NotStored(error)),
        None if ack.stream.is_empty() => Err(Error::InvalidResponse),
        None => Ok(ack),
    }
}

/// What the API answers: an error, or what was asked for.
struct Reply<'a> {
    error: Option<ApiError>,
    found: &'a mut dyn Body,
}

impl Body for Reply<'_> {
    fn fields(&mut self, fields: &mut Fields<'_>) {
        fields.field("error", false, &mut self.error);
        self.found.fields(fields);
    }
}

/// That something was done.
#[derive(Default)]
pub struct Success {
    pub purged: u64,
}
fields!(Success: purged);

fn page_request(offset: usize, subject: Option<&str>) -> Vec<u8> {
    one(|json| {
        json.number("offset", offset as u64);
        subject.into_iter().for_each(|subject| json.text("subject", subject));
    })
}

/// A small object.
fn one(fields: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut json = Writer::new();
    json.open();
    fields(&mut json);
    json.close();
    json.finish().into_bytes()
}

/// Where to ask for the last message of a subject of a stream that begins so.
pub(super) fn direct_place(stream: &str, beginning: &str) -> String {
    format!(".DIRECT.GET.{stream}.{beginning}")
}

/// Reads the answer to a direct get, whose headers say where the message stands.
pub(super) fn direct_message(answer: Message) -> Result<StoredMessage, Error> {
    let block = answer.block();
    if let Some((subject, sequence, time)) = plain_place(block) {
        return Ok(StoredMessage {
            sequence,
            time,
            headers: Headers::new(),
            content: answer.excerpt(subject),
        });
    }
    if !block.starts_with(headers::VERSION.as_bytes()) {
        return Err(Error::NoMessage("response should have headers".to_owned()));
    }
    if answer.body().is_empty()
        && let Some(status) = answer.headers().status
    {
        return Err(match (status.code, status.description.as_str()) {
            (404, _) => Error::MessageNotFound,
            (_, "") => Error::NoMessage("unable to get message".to_owned()),
            (_, description) => Error::NoMessage(description.to_owned()),
        });
    }
    let place = |name| {
        let value = headers::find(block, name).and_then(|value| std::str::from_utf8(value).ok());
        value.ok_or(Error::InvalidResponse)
    };
    let mut stored = StoredMessage {
        sequence: place("Nats-Sequence")?.parse().map_err(|_| Error::InvalidResponse)?,
        time: gofmt::time::parse(place("Nats-Time-Stamp")?).map_err(|_| Error::InvalidResponse)?,
        headers: answer.headers(),
        content: Excerpt::new(place("Nats-Subject")?, answer.body()),
    };
    stored.headers.list.retain(|(name, _)| !WHERE.contains(&name.as_str()));
    Ok(stored)
}

/// Where the subject stands, the sequence and the time of a message without headers of its own, as a server tells them
/// nearly always.
fn plain_place(block: &[u8]) -> Option<(Range<usize>, u64, Time)> {
    let mut rest = block.strip_prefix(b"NATS/1.0\r\n")?;
    let mut value = |name: &[u8]| {
        let after = rest.strip_prefix(name)?;
        let (value, lines) = after.split_at(memchr(b'\r', after)?);
        rest = lines.strip_prefix(b"\r\n")?;
        let start = block.len() - after.len();
        Some((value, start..start + value.len()))
    };
    value(b"Nats-Stream: ")?;
    let ((subject, place), (sequence, _), (time, _)) =
        (value(b"Nats-Subject: ")?, value(b"Nats-Sequence: ")?, value(b"Nats-Time-Stamp: ")?);
    let is_all = rest == b"\r\n" && !subject.is_empty() && subject.trim_ascii() == subject;
    std::str::from_utf8(subject).ok().filter(|_| is_all)?;
    Some((place, read_digits(sequence)?, gofmt::time::parse(time).ok()?))
}

/// Headers of a direct get's answer that are not the message's own.
const WHERE: [&str; 4] = ["Nats-Stream", "Nats-Subject", "Nats-Sequence", "Nats-Time-Stamp"];

/// The header that a compare-and-set publish carries.
pub(super) const EXPECTED_LAST_SUBJECT_SEQUENCE: &str = "Nats-Expected-Last-Subject-Sequence";

/// Reads a header's number from an encoded block.
pub(super) fn number(block: &[u8], name: &str) -> Option<u64> {
    std::str::from_utf8(headers::find(block, name)?).ok()?.parse().ok()
}

/// Bytes of standard base64 text; what is not of its alphabet is passed over.
fn base64_decode(text: &str) -> Vec<u8> {
    let sextets = text.bytes().filter_map(|b| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    });
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for sextet in sextets {
        held = held << 6 | u32::from(sextet);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}
