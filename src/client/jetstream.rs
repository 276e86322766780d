//! The calls of the JetStream API that Key/Value and its neighbours need.

use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::config::AccountInfo;
use super::error::code;
use super::{ApiError, Connection, ConsumerConfig, ConsumerInfo, Error, Message, StreamConfig, StreamInfo};
use crate::base::Time;
use crate::wire::{Headers, headers};

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
    pub subject: String,
    pub sequence: u64,
    pub time: Time,
    pub headers: Headers,
    pub body: Vec<u8>,
}

/// Which message of a stream is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    Sequence(u64),
    LastOf(String),
}

/// What a stream shall forget.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Purge {
    /// Only messages of these subjects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Only messages below this sequence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// All but the newest of these many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<u64>,
}

/// The server's word that a message is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PubAck {
    pub stream: String,
    #[serde(rename = "seq")]
    pub sequence: u64,
    pub duplicate: bool,
    error: Option<ApiError>,
}

/// A failed publish is tried again this often, after this wait each time, while no stream answers.
const PUBLISH_RETRIES: u32 = 2;
const PUBLISH_RETRY_WAIT: Duration = Duration::from_millis(250);

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
        self.call_with(&format!("STREAM.CREATE.{}", config.name), config).await
    }

    pub async fn update_stream(&self, config: &StreamConfig) -> Result<StreamInfo, Error> {
        self.call_with(&format!("STREAM.UPDATE.{}", config.name), config).await
    }

    pub async fn stream_info(&self, stream: &str) -> Result<StreamInfo, Error> {
        self.call(&format!("STREAM.INFO.{stream}"), b"").await
    }

    /// With the number of messages of each subject that `filter` selects.
    pub async fn stream_subjects(&self, stream: &str, filter: &str) -> Result<StreamInfo, Error> {
        let request = serde_json::json!({ "subjects_filter": filter });
        self.call_with(&format!("STREAM.INFO.{stream}"), &request).await
    }

    pub async fn delete_stream(&self, stream: &str) -> Result<(), Error> {
        self.call::<Success>(&format!("STREAM.DELETE.{stream}"), b"").await.map(|_| ())
    }

    /// How many messages were forgotten.
    pub async fn purge_stream(&self, stream: &str, purge: &Purge) -> Result<u64, Error> {
        let body = if *purge == Purge::default() { Vec::new() } else { json(purge) };
        self.call::<Success>(&format!("STREAM.PURGE.{stream}"), &body).await.map(|reply| reply.purged)
    }

    /// The names of the streams that listen to `subject`, or of all.
    pub async fn stream_names(&self, subject: Option<&str>) -> Result<Vec<String>, Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Page {
            total: usize,
            streams: Option<Vec<String>>,
        }
        let mut all = Vec::new();
        loop {
            let page: Page = self.call_with("STREAM.NAMES", &page_request(all.len(), subject)).await?;
            let streams = page.streams.unwrap_or_default();
            let done = streams.is_empty();
            all.extend(streams);
            if done || all.len() >= page.total {
                return Ok(all);
            }
        }
    }

    /// The streams that listen to `subject`, or all.
    pub async fn streams(&self, subject: Option<&str>) -> Result<Vec<StreamInfo>, Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Page {
            total: usize,
            streams: Option<Vec<StreamInfo>>,
        }
        let mut all = Vec::new();
        loop {
            let page: Page = self.call_with("STREAM.LIST", &page_request(all.len(), subject)).await?;
            let streams = page.streams.unwrap_or_default();
            let done = streams.is_empty();
            all.extend(streams);
            if done || all.len() >= page.total {
                return Ok(all);
            }
        }
    }

    /// A message by the stream's leader.
    pub async fn get_message(&self, stream: &str, which: &Which) -> Result<StoredMessage, Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Found {
            message: Stored,
        }
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Stored {
            subject: String,
            seq: u64,
            hdrs: String,
            data: String,
            time: String,
        }
        let request = match which {
            Which::Sequence(sequence) => serde_json::json!({ "seq": sequence }),
            Which::LastOf(subject) => serde_json::json!({ "last_by_subj": subject }),
        };
        let found: Found = match self.call_with(&format!("STREAM.MSG.GET.{stream}"), &request).await {
            Err(Error::Api(error)) if error.err_code == code::MESSAGE_NOT_FOUND => {
                return Err(Error::MessageNotFound);
            }
            other => other?,
        };
        let Stored { subject, seq, hdrs, data, time } = found.message;
        Ok(StoredMessage {
            subject,
            sequence: seq,
            time: Time::parse_rfc3339(&time).unwrap_or_default(),
            headers: Headers::decode(&super::message::base64_decode(&hdrs)).unwrap_or_default(),
            body: super::message::base64_decode(&data),
        })
    }

    /// A message by whoever holds it.
    pub async fn direct_get(&self, stream: &str, which: &Which) -> Result<StoredMessage, Error> {
        let answer = match which {
            Which::LastOf(subject) => self.request(&format!("DIRECT.GET.{stream}.{subject}"), b"").await?,
            Which::Sequence(sequence) => {
                let body = json(&serde_json::json!({ "seq": sequence }));
                self.request(&format!("DIRECT.GET.{stream}"), &body).await?
            }
        };
        direct_message(answer)
    }

    /// Stores a message. While no stream answers it is sent again a few times.
    pub async fn publish(&self, subject: &str, headers: &[u8], body: &[u8]) -> Result<PubAck, Error> {
        self.connection.in_time(self.publish_at_leisure(subject, headers, body)).await
    }

    /// Stores a message, or fails at once where no stream answers.
    pub async fn publish_once(&self, subject: &str, headers: &[u8], body: &[u8]) -> Result<PubAck, Error> {
        read_ack(&self.connection.request(subject, headers, body).await?)
    }

    async fn publish_at_leisure(&self, subject: &str, headers: &[u8], body: &[u8]) -> Result<PubAck, Error> {
        let mut tries = 0;
        let answer = loop {
            let ask = self.connection.ask(subject, headers, body)?;
            match self.connection.answer(&ask).await {
                Err(Error::NoResponders) if tries < PUBLISH_RETRIES => {
                    tries += 1;
                    self.connection.alongside(self.connection.clock().sleep(PUBLISH_RETRY_WAIT)).await;
                }
                Err(Error::NoResponders) => return Err(Error::NoStreamResponse),
                other => break other?,
            }
        };
        read_ack(&answer)
    }

    /// Creates a consumer called `name`, or one that the server names where that is empty.
    pub async fn create_consumer(
        &self,
        stream: &str,
        name: &str,
        config: &ConsumerConfig,
    ) -> Result<ConsumerInfo, Error> {
        #[derive(Serialize)]
        struct Request<'a> {
            stream_name: &'a str,
            config: &'a ConsumerConfig,
        }
        let mut subject = format!("CONSUMER.CREATE.{stream}");
        for part in [name, &config.filter_subject] {
            if !part.is_empty() {
                subject = format!("{subject}.{part}");
            }
        }
        self.call_with(&subject, &Request { stream_name: stream, config }).await
    }

    pub async fn delete_consumer(&self, stream: &str, consumer: &str) -> Result<(), Error> {
        self.call::<Success>(&format!("CONSUMER.DELETE.{stream}.{consumer}"), b"").await.map(|_| ())
    }

    /// Sends a request to the API and reads its JSON.
    pub async fn call<T: DeserializeOwned>(&self, subject: &str, body: &[u8]) -> Result<T, Error> {
        let answer = self.request(subject, body).await?;
        let mut reply: serde_json::Value =
            serde_json::from_slice(&answer.body).map_err(|_| Error::InvalidResponse)?;
        let read = match reply.get_mut("error").map(serde_json::Value::take) {
            Some(error) => serde_json::from_value(error).map(|error| Err(Error::Api(error))),
            None => serde_json::from_value(reply).map(Ok),
        };
        read.map_err(|_| Error::InvalidResponse)?
    }

    async fn call_with<T: DeserializeOwned>(&self, subject: &str, body: &impl Serialize) -> Result<T, Error> {
        self.call(subject, &json(body)).await
    }

    async fn request(&self, subject: &str, body: &[u8]) -> Result<Message, Error> {
        let subject = format!("{}.{subject}", self.prefix);
        let tell = |traced| self.tracer.iter().for_each(|tracer| tracer(traced));
        tell(Traced::Sent(&subject, body));
        let answer = self.connection.request(&subject, b"", body).await;
        match &answer {
            Ok(message) => tell(Traced::Answered(&subject, &message.body)),
            Err(error) => tell(Traced::Failed(&subject, error)),
        }
        answer
    }
}

fn read_ack(answer: &Message) -> Result<PubAck, Error> {
    let ack: PubAck = serde_json::from_slice(&answer.body).map_err(|_| Error::InvalidResponse)?;
    match ack.error {
        Some(error) => Err(Error::NotStored(error)),
        None if ack.stream.is_empty() => Err(Error::InvalidResponse),
        None => Ok(ack),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Success {
    purged: u64,
}

fn page_request(offset: usize, subject: Option<&str>) -> serde_json::Value {
    match subject {
        Some(subject) => serde_json::json!({ "offset": offset, "subject": subject }),
        None => serde_json::json!({ "offset": offset }),
    }
}

/// With the signs that could be markup escaped, as Go does it.
fn json(value: &impl Serialize) -> Vec<u8> {
    let text = serde_json::to_string(value).expect("API bodies are plain data");
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026").into_bytes()
}

/// Reads the answer to a direct get, whose headers say where the message stands.
fn direct_message(answer: Message) -> Result<StoredMessage, Error> {
    let Some(mut all) = Headers::decode(&answer.block) else {
        return Err(Error::NoMessage("response should have headers".to_owned()));
    };
    if let (true, Some(status)) = (answer.body.is_empty(), &all.status) {
        return Err(match (status.code, status.description.as_str()) {
            (404, _) => Error::MessageNotFound,
            (_, "") => Error::NoMessage("unable to get message".to_owned()),
            (_, description) => Error::NoMessage(description.to_owned()),
        });
    }
    let place = |name| all.get(name).map(str::to_owned).ok_or(Error::InvalidResponse);
    let (subject, sequence, time) =
        (place("Nats-Subject")?, place("Nats-Sequence")?, place("Nats-Time-Stamp")?);
    all.list.retain(|(name, _)| !WHERE.contains(&name.as_str()));
    Ok(StoredMessage {
        subject,
        sequence: sequence.parse().map_err(|_| Error::InvalidResponse)?,
        time: Time::parse_rfc3339(&time).ok_or(Error::InvalidResponse)?,
        headers: all,
        body: answer.body,
    })
}

/// Headers of a direct get's answer that are not the message's own.
const WHERE: [&str; 4] = ["Nats-Stream", "Nats-Subject", "Nats-Sequence", "Nats-Time-Stamp"];

/// The header that a compare-and-set publish carries.
pub(super) const EXPECTED_LAST_SUBJECT_SEQUENCE: &str = "Nats-Expected-Last-Subject-Sequence";

/// Reads a header's number from an encoded block.
pub(super) fn number(block: &[u8], name: &str) -> Option<u64> {
    std::str::from_utf8(headers::find(block, name)?).ok()?.parse().ok()
}
