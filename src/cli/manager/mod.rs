//! The manager API (jsm.go), by which `nats stream` and `nats consumer` change what is below Key/Value. Its requests have
//! their fields in its own order ([`order`]).

pub mod order;

use serde::Serialize;

use self::order::{ManagerConsumerConfig, ManagerStreamConfig};
use crate::client::{Error, JetStream};
use crate::jsapi::{
    ConsumerAction, ConsumerConfig, ConsumerInfo, ConsumerListRequest, ConsumerListResponse,
    ConsumerNamesResponse, ConsumerPauseRequest, ConsumerPauseResponse, ConsumerResetRequest,
    ConsumerUnpinRequest, StreamConfig, StreamInfo, SuccessResponse,
};

/// The body of a request to create or update a stream.
#[derive(Serialize)]
struct StreamRequest<'a> {
    #[serde(flatten, with = "ManagerStreamConfig")]
    config: &'a StreamConfig,
}

/// The body of a request to create or update a consumer.
#[derive(Serialize)]
struct ConsumerRequest<'a> {
    stream_name: &'a str,
    #[serde(with = "ManagerConsumerConfig")]
    config: &'a ConsumerConfig,
    action: ConsumerAction,
}

pub async fn create_stream(jetstream: &JetStream, config: &StreamConfig) -> Result<StreamInfo, Error> {
    jetstream.call_with(&format!("STREAM.CREATE.{}", config.name), &StreamRequest { config }).await
}

pub async fn update_stream(jetstream: &JetStream, config: &StreamConfig) -> Result<StreamInfo, Error> {
    jetstream.call_with(&format!("STREAM.UPDATE.{}", config.name), &StreamRequest { config }).await
}

/// Creates a consumer, or updates one of that name, as `action` allows.
pub async fn create_consumer(
    jetstream: &JetStream,
    stream: &str,
    config: &ConsumerConfig,
    action: ConsumerAction,
) -> Result<ConsumerInfo, Error> {
    let mut subject = format!("CONSUMER.CREATE.{stream}");
    for token in [&config.name, &config.filter_subject].into_iter().flatten() {
        subject = format!("{subject}.{token}");
    }
    jetstream.call_with(&subject, &ConsumerRequest { stream_name: stream, config, action }).await
}

pub async fn consumer_info(
    jetstream: &JetStream,
    stream: &str,
    consumer: &str,
) -> Result<ConsumerInfo, Error> {
    jetstream.call(&format!("CONSUMER.INFO.{stream}.{consumer}"), b"").await
}

/// The names of a stream's consumers, sorted.
pub async fn consumer_names(jetstream: &JetStream, stream: &str) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    loop {
        let request = ConsumerListRequest { offset: all.len() as i64 };
        let page: ConsumerNamesResponse =
            jetstream.call_with(&format!("CONSUMER.NAMES.{stream}"), &request).await?;
        let is_last = page.consumers.is_empty();
        all.extend(page.consumers);
        if is_last || all.len() as u64 >= page.total {
            all.sort();
            return Ok(all);
        }
    }
}

/// A stream's consumers, sorted by name.
pub async fn consumers(jetstream: &JetStream, stream: &str) -> Result<Vec<ConsumerInfo>, Error> {
    let mut all: Vec<ConsumerInfo> = Vec::new();
    loop {
        let request = ConsumerListRequest { offset: all.len() as i64 };
        let page: ConsumerListResponse =
            jetstream.call_with(&format!("CONSUMER.LIST.{stream}"), &request).await?;
        let is_last = page.consumers.is_empty();
        all.extend(page.consumers);
        if is_last || all.len() as u64 >= page.total {
            all.sort_by(|a, b| a.name.cmp(&b.name));
            return Ok(all);
        }
    }
}

/// Pauses a consumer until a time, or ends a pause.
pub async fn pause_consumer(
    jetstream: &JetStream,
    stream: &str,
    consumer: &str,
    request: &ConsumerPauseRequest,
) -> Result<ConsumerPauseResponse, Error> {
    jetstream.call_with(&format!("CONSUMER.PAUSE.{stream}.{consumer}"), request).await
}

/// Moves a consumer to a sequence, or with 0 to its first message that is not acknowledged. Returns how it stands then.
pub async fn reset_consumer(
    jetstream: &JetStream,
    stream: &str,
    consumer: &str,
    sequence: u64,
) -> Result<ConsumerInfo, Error> {
    let request = ConsumerResetRequest { seq: sequence };
    jetstream.call_with(&format!("CONSUMER.RESET.{stream}.{consumer}"), &request).await
}

/// Takes the pin of a priority group from its client.
pub async fn unpin_consumer(
    jetstream: &JetStream,
    stream: &str,
    consumer: &str,
    group: &str,
) -> Result<(), Error> {
    let request = ConsumerUnpinRequest { group: group.to_owned() };
    let answer = jetstream.call_with(&format!("CONSUMER.UNPIN.{stream}.{consumer}"), &request).await;
    answer.map(|_: SuccessResponse| ())
}
