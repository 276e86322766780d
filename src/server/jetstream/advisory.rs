//! Advisories and metrics: what the server publishes of what happens to streams and consumers.
//! Source: <https://docs.nats.io/using-nats/jetstream/monitoring>.

use serde::Serialize;

use crate::base::Time;
use crate::gojson;
use crate::jsapi::Nanos;
use crate::server::context::ServerContext;
use crate::server::protocol::outbox::OutgoingMessage;

/// The fields that all have, around those of one kind.
#[derive(Serialize)]
struct Advisory<'a, T> {
    #[serde(rename = "type")]
    kind: &'a str,
    id: String,
    timestamp: Time,
    #[serde(flatten)]
    body: T,
    #[serde(skip_serializing_if = "gojson::is_default")]
    domain: &'a str,
}

/// Publishes an advisory or a metric, if anybody listens.
pub(crate) fn advise(ctx: &mut ServerContext, subject: &str, kind: &str, body: impl Serialize) {
    let domain = ctx.domain.clone();
    advise_in_domain(ctx, &domain, subject, kind, body);
}

/// As [`advise`], with this domain at the end: none for a body that has it among its fields.
pub(crate) fn advise_in_domain(
    ctx: &mut ServerContext,
    domain: &str,
    subject: &str,
    kind: &str,
    body: impl Serialize,
) {
    if !ctx.router.has_interest(subject) {
        return;
    }
    let id = ctx.ids.base62(22);
    let advisory = Advisory { kind, id, timestamp: ctx.now, body, domain };
    let body = gojson::to_vec(&advisory);
    // Those of the server have an empty reply subject, which shows as one more space.
    let reply = (subject == "$JS.EVENT.ADVISORY.API").then(String::new);
    ctx.outbox.push(OutgoingMessage {
        subject: subject.to_owned(),
        reply,
        body,
        ..OutgoingMessage::default()
    });
}

/// `io.nats.jetstream.advisory.v1.stream_action`
#[derive(Serialize)]
pub(crate) struct StreamAction<'a> {
    pub(crate) stream: &'a str,
    pub(crate) action: &'a str,
}

/// `io.nats.jetstream.advisory.v1.consumer_action`
#[derive(Serialize)]
pub(crate) struct ConsumerAction<'a> {
    pub(crate) stream: &'a str,
    pub(crate) consumer: &'a str,
    pub(crate) action: &'a str,
}

/// `io.nats.jetstream.advisory.v1.nak`, and `….terminated` with its reason.
#[derive(Serialize)]
pub(crate) struct Refused<'a> {
    pub(crate) stream: &'a str,
    pub(crate) consumer: &'a str,
    pub(crate) consumer_seq: u64,
    pub(crate) stream_seq: u64,
    pub(crate) deliveries: u64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) reason: &'a str,
}

/// `io.nats.jetstream.metric.v1.consumer_ack`
#[derive(Serialize)]
pub(crate) struct Acknowledged<'a> {
    pub(crate) stream: &'a str,
    pub(crate) consumer: &'a str,
    pub(crate) consumer_seq: u64,
    pub(crate) stream_seq: u64,
    /// From the delivery to the acknowledgement.
    pub(crate) ack_time: Nanos,
    pub(crate) deliveries: u64,
}

/// `io.nats.jetstream.advisory.v1.max_deliver`
#[derive(Serialize)]
pub(crate) struct MaxDeliver<'a> {
    pub(crate) stream: &'a str,
    pub(crate) consumer: &'a str,
    pub(crate) stream_seq: u64,
    pub(crate) deliveries: u64,
}

/// `io.nats.jetstream.advisory.v1.consumer_pause`
#[derive(Serialize)]
pub(crate) struct ConsumerPause<'a> {
    pub(crate) stream: &'a str,
    pub(crate) consumer: &'a str,
    pub(crate) paused: bool,
    pub(crate) pause_until: Time,
}

/// `io.nats.jetstream.advisory.v1.consumer_group_pinned`, and `…_unpinned` with its reason.
#[derive(Serialize)]
pub(crate) struct ConsumerGroup<'a> {
    pub(crate) account: &'a str,
    pub(crate) stream: &'a str,
    pub(crate) consumer: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) domain: &'a str,
    pub(crate) group: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) pinned_id: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) reason: &'a str,
}

/// `io.nats.jetstream.advisory.v1.api_audit`: a call of the API and its answer.
#[derive(Serialize)]
pub(crate) struct ApiAudit<'a> {
    pub(crate) server: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client: Option<ClientInfo<'a>>,
    pub(crate) subject: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) request: &'a str,
    pub(crate) response: &'a str,
}

/// Who called.
#[derive(Serialize)]
pub(crate) struct ClientInfo<'a> {
    pub(crate) start: Time,
    pub(crate) host: &'a str,
    pub(crate) id: u64,
    #[serde(rename = "acc")]
    pub(crate) account: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) user: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) lang: &'a str,
    #[serde(rename = "ver", skip_serializing_if = "gojson::is_default")]
    pub(crate) version: &'a str,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(crate) rtt: Nanos,
    pub(crate) server: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) client_type: &'a str,
}
