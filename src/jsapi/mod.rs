//! What JetStream says, once: the bodies of its API as the server writes and reads them. Names of fields are those of the
//! JSON; their order and what is left out when empty are those of nats-server.
//!
//! Durations are nanoseconds ([`Nanos`]), sizes bytes, -1 stands for no limit. A field that is absent is Go's zero
//! value. Source: <https://docs.nats.io/reference/reference-protocols/nats_api_reference>, and for the shape of requests
//! and answers ADR-1.

mod account;
mod consumer;
mod consumer_info;
mod error;
pub mod kv;
mod message;
mod request;
mod response;
mod stream;
mod stream_info;

pub use crate::gofmt::Nanos;
pub use account::{AccountInfo, AccountLimits, ApiStats};
pub use consumer::{AckPolicy, ConsumerConfig, DeliverPolicy, PriorityPolicy, ReplayPolicy};
pub use consumer_info::{ConsumerInfo, PriorityGroupState, SequenceInfo};
pub use error::{ApiError, ErrorResponse, code};
pub use message::{PubAck, StoredMessage};
pub use request::{
    ConsumerAction, ConsumerListRequest, ConsumerPauseRequest, ConsumerResetRequest, ConsumerUnpinRequest,
    CreateConsumerRequest, MsgDeleteRequest, MsgGetRequest, NextRequest, StreamConfigRequest,
    StreamInfoRequest, StreamListRequest, StreamNamesRequest, StreamPurgeRequest,
};
pub use response::{
    ConsumerListResponse, ConsumerNamesResponse, ConsumerPauseResponse, ConsumerResetResponse,
    MsgGetResponse, Response, StreamCreateResponse, StreamInfoResponse, StreamListResponse,
    StreamNamesResponse, StreamPurgeResponse, SuccessResponse,
};
pub use stream::{
    ConsumerLimits, DiscardPolicy, ExternalStream, PersistMode, Placement, Republish, RetentionPolicy,
    StorageType, StoreCompression, StreamConfig, StreamConsumerSource, StreamSource, SubjectTransform,
};
pub use stream_info::{ClusterInfo, PeerInfo, StreamAlternate, StreamInfo, StreamSourceInfo, StreamState};

#[cfg(test)]
mod tests;
