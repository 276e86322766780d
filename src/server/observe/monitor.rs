//! What the monitoring page of JetStream tells of a stream.

use crate::base::Time;
use crate::server::Server;
use crate::server::jetstream::stream::info::Asked;
use crate::server::json::Writer;

/// What is told of each stream beside its state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamDetailOptions {
    pub config: bool,
    pub consumers: bool,
}

impl Server {
    /// Writes the fields of a stream, as nats-server has them in `stream_detail` of `/jsz`; nothing where there is none.
    pub fn stream_details(&mut self, name: &str, details: StreamDetailOptions, now: Time, json: &mut Writer) {
        let Some(jetstream) = &mut self.jetstream else { return };
        let Some(stream) = jetstream.place(name).and_then(|place| jetstream.streams.get(place)) else {
            return;
        };
        json.text("name", name);
        json.time("created", Some(stream.created));
        json.open_field("cluster");
        json.text("leader", &self.desk.server_name);
        json.close();
        if details.config {
            stream.encode_config(json);
        }
        let public = jetstream.consumers_of(stream).filter(|consumer| !consumer.config.direct).count();
        stream.encode_state(json, &Asked::default(), public);
        let mut places: Vec<u32> = stream.consumers.values().copied().collect();
        // The oldest comes first.
        places.sort_by_key(|place| jetstream.consumers.get(*place).map(|consumer| consumer.number));
        if details.consumers && public > 0 {
            json.open_list("consumer_detail");
            for place in places {
                let consumer = jetstream.consumers.get_mut(place);
                let Some(consumer) = consumer.filter(|consumer| !consumer.config.direct) else { continue };
                json.open();
                consumer.encode(json, &stream.store, now, details.config.then_some(false));
                json.close();
            }
            json.close_list();
        }
        stream.encode_feeds(json, now);
    }
}
