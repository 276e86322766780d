//! Errors of the client, in the words of the official Go client (nats.go 1.55).

use std::fmt;

use crate::jsapi::ApiError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nobody listens at any of the addresses.
    NoServers,
    /// The server refused the connection with this text.
    Refused(String),
    /// No reply in time.
    Timeout,
    /// The connection is closed.
    Closed,
    /// Nobody listens to the subject of a request.
    NoResponders,
    /// No stream listens to the subject of a publish, even after trying again.
    NoStreamResponse,
    /// The message is larger than the server accepts.
    MaxPayload,
    /// The subject cannot be published or subscribed to.
    InvalidSubject,
    /// The name of a queue group holds a space.
    InvalidQueueName,
    Api(ApiError),
    /// A message was not stored.
    NotStored(ApiError),
    /// A create found that the key has a value.
    KeyExists(ApiError),
    /// An update or delete found another revision.
    RevisionMismatch(ApiError),
    InvalidBucketName,
    InvalidKey,
    /// A filter that selects no keys.
    InvalidFilter,
    BucketNotFound,
    /// As `BucketNotFound`, with the bucket's name and the API's error in its text.
    BucketMissing(String),
    /// There is a bucket of this name with other settings.
    BucketExists(String),
    /// The stream is not a bucket's.
    NotABucket,
    KeyNotFound,
    HistoryTooLarge,
    LimitMarkersUnsupported,
    UpdatesWithHistory,
    MessageNotFound,
    /// A direct get was answered with another status than 404.
    NoMessage(String),
    /// The server's answer is none of the API.
    InvalidResponse,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoServers => f.write_str("nats: no servers available for connection"),
            Error::Refused(text) => write!(f, "nats: {text}"),
            Error::Timeout => f.write_str("context deadline exceeded"),
            Error::Closed => f.write_str("nats: connection closed"),
            Error::NoResponders => f.write_str("nats: no responders available for request"),
            Error::NoStreamResponse => f.write_str("nats: no response from stream"),
            Error::MaxPayload => f.write_str("nats: maximum payload exceeded"),
            Error::InvalidSubject => f.write_str("nats: invalid subject"),
            Error::InvalidQueueName => f.write_str("nats: invalid queue name"),
            Error::Api(error) => error.fmt(f),
            Error::NotStored(error) => write!(f, "nats: {error}"),
            Error::KeyExists(error) => write!(f, "nats: {error}: key exists"),
            Error::RevisionMismatch(error) => write!(f, "nats: {error}: nats: key revision mismatch"),
            Error::InvalidBucketName => f.write_str("nats: invalid bucket name"),
            Error::InvalidKey => f.write_str("nats: invalid key"),
            Error::InvalidFilter => {
                f.write_str("nats: invalid key: key cannot be empty and must be a valid NATS subject")
            }
            Error::BucketNotFound => f.write_str("nats: bucket not found"),
            Error::BucketMissing(bucket) => write!(
                f,
                "nats: bucket not found: {bucket}\nnats: API error: code=404 err_code=10059 description=stream not found"
            ),
            Error::BucketExists(bucket) => write!(
                f,
                "nats: bucket name already in use: {bucket}\n\
                 nats: API error: code=400 err_code=10058 description=stream name already in use"
            ),
            Error::NotABucket => f.write_str("nats: bucket not valid key-value store"),
            Error::KeyNotFound => f.write_str("nats: key not found"),
            Error::HistoryTooLarge => f.write_str("nats: history limited to a max of 64"),
            Error::LimitMarkersUnsupported => f.write_str("nats: limit marker TTLs not supported by server"),
            Error::UpdatesWithHistory => f.write_str(
                "nats: invalid jetstream option: updates only cannot be used with include history",
            ),
            Error::MessageNotFound => {
                f.write_str("nats: API error: code=404 err_code=10037 description=message not found")
            }
            Error::NoMessage(text) => write!(f, "nats: {text}"),
            Error::InvalidResponse => f.write_str("nats: invalid jetstream api response"),
        }
    }
}

impl std::error::Error for Error {}
