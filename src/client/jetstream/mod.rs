//! The calls of the JetStream API that Key/Value and its neighbours need.
//!
//! Bodies have the shapes of [`crate::jsapi`]; requests have their fields in nats.go's order ([`field_order`]).

mod call;
mod field_order;
mod message;

pub use call::{ApiTrace, Tracer};
pub use message::{MessageSelector, StoredMessage};

pub(super) use call::Call;
pub(super) use message::{direct_message, header_number};

use serde::Serialize;
use serde::de::DeserializeOwned;

use self::field_order::{ConsumerRequest, StreamRequest};
use super::publish::PubAckFuture;
use super::{Connection, Error};
use crate::gojson;
use crate::jsapi::{
    AccountInfo, ApiError, ConsumerAction, ConsumerConfig, ConsumerInfo, ErrorResponse, MsgDeleteRequest,
    MsgGetRequest, MsgGetResponse, StreamConfig, StreamInfo, StreamInfoRequest, StreamListRequest,
    StreamListResponse, StreamNamesResponse, StreamPurgeRequest, StreamPurgeResponse, SuccessResponse, code,
};

/// The JetStream of the account that a connection belongs to.
#[derive(Clone)]
pub struct JetStream {
    connection: Connection,
    /// `$JS.API` unless told otherwise.
    prefix: String,
    tracer: Option<Tracer>,
}

impl JetStream {
    pub fn new(connection: &Connection) -> JetStream {
        JetStream::with_prefix(connection, "$JS.API")
    }

    /// With another prefix in place of `$JS.API`, as for a domain.
    pub fn with_prefix(connection: &Connection, prefix: &str) -> JetStream {
        JetStream { connection: connection.clone(), prefix: prefix.to_owned(), tracer: None }
    }

    /// The same, with every request and response shown to `tracer`.
    pub fn traced(self, tracer: Tracer) -> JetStream {
        JetStream { tracer: Some(tracer), ..self }
    }

    /// The same, with nothing shown to anybody.
    pub fn untraced(&self) -> JetStream {
        JetStream { tracer: None, ..self.clone() }
    }

    /// What the subjects of the API begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
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
        self.call_with(&format!("STREAM.CREATE.{}", config.name), &StreamRequest(config)).await
    }

    pub async fn update_stream(&self, config: &StreamConfig) -> Result<StreamInfo, Error> {
        self.call_with(&format!("STREAM.UPDATE.{}", config.name), &StreamRequest(config)).await
    }

    pub async fn stream_info(&self, stream: &str) -> Result<StreamInfo, Error> {
        self.call(&format!("STREAM.INFO.{stream}"), b"").await
    }

    /// With the number of messages of each subject that `filter` selects.
    pub async fn stream_subjects(&self, stream: &str, filter: &str) -> Result<StreamInfo, Error> {
        let request =
            StreamInfoRequest { subjects_filter: filter.to_owned(), ..StreamInfoRequest::default() };
        self.call_with(&format!("STREAM.INFO.{stream}"), &request).await
    }

    /// With the sequences that are gone.
    pub async fn stream_deletions(&self, stream: &str) -> Result<StreamInfo, Error> {
        let request = StreamInfoRequest { deleted_details: true, ..StreamInfoRequest::default() };
        self.call_with(&format!("STREAM.INFO.{stream}"), &request).await
    }

    pub async fn delete_stream(&self, stream: &str) -> Result<(), Error> {
        self.call::<SuccessResponse>(&format!("STREAM.DELETE.{stream}"), b"").await.map(|_| ())
    }

    /// Removes messages; returns how many.
    pub async fn purge_stream(&self, stream: &str, request: &StreamPurgeRequest) -> Result<u64, Error> {
        let body = match gojson::is_default(request) {
            true => Vec::new(),
            false => gojson::to_vec(request),
        };
        let done: StreamPurgeResponse = self.call(&format!("STREAM.PURGE.{stream}"), &body).await?;
        Ok(done.purged)
    }

    /// The names of the streams that listen to `subject`, or of all.
    pub async fn stream_names(&self, subject: Option<&str>) -> Result<Vec<String>, Error> {
        let mut all = Vec::new();
        loop {
            let request = page_request(all.len(), subject);
            let page: StreamNamesResponse = self.call_with("STREAM.NAMES", &request).await?;
            let names = page.streams.unwrap_or_default();
            let is_last = names.is_empty();
            all.extend(names);
            if is_last || all.len() as u64 >= page.total {
                return Ok(all);
            }
        }
    }

    /// The streams that listen to `subject`, or all.
    pub async fn streams(&self, subject: Option<&str>) -> Result<Vec<StreamInfo>, Error> {
        let mut all = Vec::new();
        loop {
            let request = page_request(all.len(), subject);
            let page: StreamListResponse = self.call_with("STREAM.LIST", &request).await?;
            let is_last = page.streams.is_empty();
            all.extend(page.streams);
            if is_last || all.len() as u64 >= page.total {
                return Ok(all);
            }
        }
    }

    /// A message, as the stream's leader holds it.
    pub async fn get_message(
        &self,
        stream: &str,
        selector: MessageSelector<'_>,
    ) -> Result<StoredMessage, Error> {
        let request = match selector {
            MessageSelector::Sequence(seq) => MsgGetRequest { seq, ..MsgGetRequest::default() },
            MessageSelector::LastBySubject(subject) => {
                MsgGetRequest { last_by_subj: subject.concat(), ..MsgGetRequest::default() }
            }
        };
        let response: Result<MsgGetResponse, Error> =
            self.call_with(&format!("STREAM.MSG.GET.{stream}"), &request).await;
        match response {
            Err(Error::Api(error)) if error.err_code == code::MESSAGE_NOT_FOUND => {
                Err(Error::MessageNotFound)
            }
            Err(error) => Err(error),
            Ok(response) => Ok(response.message.unwrap_or_default().into()),
        }
    }

    /// A message, as any server that holds the stream has it (ADR-31).
    pub async fn direct_get(&self, stream: &str, seq: u64) -> Result<StoredMessage, Error> {
        let request = MsgGetRequest { seq, ..MsgGetRequest::default() };
        let body = gojson::to_vec(&request);
        direct_message(self.request(&[&self.prefix, ".DIRECT.GET.", stream], &body).await?)
    }

    /// Asks for the last message of a subject by direct get. The subject is put together from what
    /// [`direct_get_subject`] made for its beginning, and the rest of it. The answer is for [`direct_message`].
    pub(super) fn direct_get_last(&self, subject: &str, rest: &str) -> Call<'_> {
        self.request(&[&self.prefix, subject, rest], b"")
    }

    pub async fn delete_message(&self, stream: &str, seq: u64) -> Result<(), Error> {
        let request = MsgDeleteRequest { seq, ..MsgDeleteRequest::default() };
        let done = self.call_with::<SuccessResponse>(&format!("STREAM.MSG.DELETE.{stream}"), &request).await;
        done.map(|_| ())
    }

    /// Publishes a message to the stream of a subject, which is made from two parts. `headers` is an encoded block, empty
    /// for none. While no stream answers it is sent again a few times.
    pub fn publish<'a>(
        &'a self,
        subject: [&'a str; 2],
        headers: Vec<u8>,
        body: &'a [u8],
    ) -> PubAckFuture<'a> {
        PubAckFuture::send(&self.connection, subject, headers, body)
    }

    /// Creates a consumer called `name`, or one that the server names where that is empty; or updates it, as `action`
    /// allows.
    pub async fn create_consumer(
        &self,
        stream: &str,
        name: &str,
        config: &ConsumerConfig,
        action: ConsumerAction,
    ) -> Result<ConsumerInfo, Error> {
        let mut subject = format!("CONSUMER.CREATE.{stream}");
        for token in [name, config.filter_subject.as_deref().unwrap_or_default()] {
            if !token.is_empty() {
                subject = format!("{subject}.{token}");
            }
        }
        self.call_with(&subject, &ConsumerRequest { stream_name: stream, config, action }).await
    }

    pub async fn consumer_info(&self, stream: &str, consumer: &str) -> Result<ConsumerInfo, Error> {
        self.call(&format!("CONSUMER.INFO.{stream}.{consumer}"), b"").await
    }

    pub async fn delete_consumer(&self, stream: &str, consumer: &str) -> Result<(), Error> {
        let subject = format!("CONSUMER.DELETE.{stream}.{consumer}");
        self.call::<SuccessResponse>(&subject, b"").await.map(|_| ())
    }

    /// Sends a request to the API, and reads the response.
    pub async fn call<T: DeserializeOwned>(&self, subject: &str, body: &[u8]) -> Result<T, Error> {
        let response = self.request(&[&self.prefix, ".", subject], body).await?;
        match read::<ErrorResponse>(response.body())?.error {
            Some(error) => Err(Error::Api(error)),
            None => read(response.body()),
        }
    }

    /// Sends a request with a JSON body to the API, and reads the response.
    pub async fn call_with<T: DeserializeOwned>(
        &self,
        subject: &str,
        request: &impl Serialize,
    ) -> Result<T, Error> {
        self.call(subject, &gojson::to_vec(request)).await
    }

    /// Sends a request, which then is to be waited for.
    fn request(&self, subject: &[&str], body: &[u8]) -> Call<'_> {
        Call::send(&self.connection, self.tracer.as_ref(), subject, body)
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    gojson::from_slice(body).map_err(|_| Error::InvalidResponse)
}

fn page_request(offset: usize, subject: Option<&str>) -> StreamListRequest {
    StreamListRequest { offset: offset as i64, subject: subject.unwrap_or_default().to_owned() }
}

/// Where direct gets of a stream's subjects go that begin with `prefix`, after the prefix of the API.
pub(super) fn direct_get_subject(stream: &str, prefix: &str) -> String {
    format!(".DIRECT.GET.{stream}.{prefix}")
}

/// The header that a compare-and-set publish carries.
pub(super) const EXPECTED_LAST_SUBJECT_SEQUENCE: &str = "Nats-Expected-Last-Subject-Sequence";
