//! What the monitoring page of JetStream tells of a stream.

use serde::Serialize;

use crate::base::Time;
use crate::gojson;
use crate::jsapi::{ClusterInfo, ConsumerInfo, StreamConfig, StreamSourceInfo, StreamState};
use crate::server::Server;
use crate::server::jetstream::stream::info::{InfoOptions, led_by};
use crate::server::keys::ConsumerKey;

/// What is told of each stream beside its state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamDetailOptions {
    pub config: bool,
    pub consumers: bool,
}

/// A stream in `/jsz`. Source: nats-server's `StreamDetail`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StreamDetail {
    pub name: String,
    pub created: Time,
    pub cluster: ClusterInfo,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<StreamConfig>,
    pub state: StreamState,
    /// The oldest comes first.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub consumer_detail: Vec<ConsumerInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mirror: Option<StreamSourceInfo>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub sources: Vec<StreamSourceInfo>,
}

impl Server {
    /// A stream at `now`; `None` where there is none of that name.
    pub fn stream_detail(
        &mut self,
        name: &str,
        options: StreamDetailOptions,
        now: Time,
    ) -> Option<StreamDetail> {
        let jetstream = self.jetstream.as_mut()?;
        let stream = jetstream.stream_key(name).and_then(|key| jetstream.streams.get(key))?;
        let public = jetstream.consumers_of(stream).filter(|consumer| !consumer.config.direct).count();
        let mut keys: Vec<ConsumerKey> = stream.consumers.values().copied().collect();
        keys.sort_by_key(|key| jetstream.consumers.get(*key).map(|consumer| consumer.creation_order));
        keys.retain(|_| options.consumers);
        let mut consumer_detail = Vec::new();
        for key in keys {
            let consumer = jetstream.consumers.get_mut(key);
            let Some(consumer) = consumer.filter(|consumer| !consumer.config.direct) else { continue };
            let config = options.config.then(|| consumer.config.clone());
            consumer_detail.push(consumer.info(&stream.store, now, config));
        }
        Some(StreamDetail {
            name: name.to_owned(),
            created: stream.created,
            cluster: led_by(&self.ctx.server_name),
            config: options.config.then(|| stream.config.clone()),
            state: stream.state(InfoOptions::default(), public),
            consumer_detail,
            mirror: stream.mirror_info(now),
            sources: stream.source_infos(now),
        })
    }
}
