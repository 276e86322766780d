//! The JetStream API: a table of subjects and their handlers. Source: nats-server's `jetstream_api.go`.

mod consumer;
mod direct;
mod message;
mod stream;

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::gojson::{self, Value};
use crate::jsapi::{ApiError, Response};
use crate::server::Server;
use crate::server::context::ServerContext;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::{api_error, requires_too_much};
use crate::server::keys::SessionKey;
use crate::server::observe::event::EventKind;
use crate::server::protocol::outbox::OutgoingMessage;
use crate::server::protocol::reply_buffer::ReplyBuffer;
use crate::wire::op::Message;
use crate::wire::subject;

/// The most names in one page of a list.
const NAMES_MAX: usize = 1024;

/// The most streams or consumers in one page of a list.
const LIST_MAX: usize = 256;

/// The metadata that says which API level a configuration requires (ADR-44).
const REQUIRED_LEVEL: &str = "_nats.req.level";

/// Notes the required API level, and drops what only the server says in its responses.
fn set_required_level(metadata: &mut BTreeMap<String, String>, level: &str) {
    metadata.remove("_nats.ver");
    metadata.remove("_nats.level");
    metadata.insert(REQUIRED_LEVEL.to_owned(), level.to_owned());
}

/// A request.
pub(crate) struct Call<'a> {
    /// The subject's tokens after `$JS.API.`.
    pub(crate) tokens: Vec<&'a str>,
    headers: &'a [u8],
    pub(crate) body: &'a [u8],
}

/// The body of a response, and its error.
type Answered = (Vec<u8>, Option<ApiError>);

struct Endpoint {
    /// Below `$JS.API.`.
    pattern: &'static str,
    /// `io.nats.jetstream.api.v1.<kind>_response`.
    kind: &'static str,
    answer: fn(&mut JetStream, &Call<'_>, &mut ServerContext) -> Answered,
}

/// A table of patterns, kinds of response and handlers. A handler returns the body of its response; an error comes with
/// the default body.
macro_rules! endpoints {
    ($($pattern:literal $kind:literal $handler:path;)*) => { &[$(
        Endpoint {
            pattern: $pattern,
            kind: $kind,
            answer: |jetstream, call, ctx| respond($kind, call, || $handler(jetstream, call, ctx)),
        },
    )*] };
}

const ENDPOINTS: &[Endpoint] = endpoints! {
    "INFO" "account_info" stream::account_info;
    "STREAM.CREATE.*" "stream_create" stream::create;
    "STREAM.UPDATE.*" "stream_update" stream::update;
    "STREAM.DELETE.*" "stream_delete" stream::delete;
    "STREAM.PURGE.*" "stream_purge" stream::purge;
    "STREAM.INFO.*" "stream_info" stream::info;
    "STREAM.NAMES" "stream_names" stream::names;
    "STREAM.LIST" "stream_list" stream::list;
    "STREAM.MSG.DELETE.*" "stream_msg_delete" message::delete;
    "STREAM.MSG.GET.*" "stream_msg_get" message::get;
    "STREAM.SNAPSHOT.*" "stream_snapshot" snapshot;
    "STREAM.RESTORE.*" "stream_restore" restore;
    "CONSUMER.CREATE.*" "consumer_create" consumer::create;
    "CONSUMER.CREATE.*.>" "consumer_create" consumer::create;
    "CONSUMER.DURABLE.CREATE.*.*" "consumer_create" consumer::create;
    "CONSUMER.DELETE.*.*" "consumer_delete" consumer::delete;
    "CONSUMER.INFO.*.*" "consumer_info" consumer::info;
    "CONSUMER.NAMES.*" "consumer_names" consumer::names;
    "CONSUMER.LIST.*" "consumer_list" consumer::list;
    "CONSUMER.PAUSE.*.*" "consumer_pause" consumer::pause;
    "CONSUMER.UNPIN.*.*" "consumer_unpin" consumer::unpin;
    "CONSUMER.RESET.*.*" "consumer_reset" consumer::reset;
    "STREAM.PEER.REMOVE.*" "stream_remove_peer" needs_cluster;
    "STREAM.LEADER.STEPDOWN.*" "stream_leader_stepdown" needs_cluster;
    "CONSUMER.LEADER.STEPDOWN.*.*" "consumer_leader_stepdown" needs_cluster;
};

impl Endpoint {
    /// Handled by the consumer itself, so without a consumer there is no response.
    fn is_reset(&self) -> bool {
        self.kind == "consumer_reset"
    }

    /// Whether a body that cannot be read causes a warning.
    fn warns(&self) -> bool {
        self.kind != "consumer_unpin" && !self.is_reset()
    }
}

fn respond<T: Default + Serialize>(
    kind: &str,
    call: &Call<'_>,
    handle: impl FnOnce() -> Result<T, ApiError>,
) -> Answered {
    let kind = format!("io.nats.jetstream.api.v1.{kind}_response");
    let handled = match requires_too_much(call.headers) {
        true => Err(api_error::REQUIRED_API_LEVEL.into()),
        false => handle(),
    };
    let (body, error) = match handled {
        Ok(body) => (body, None),
        Err(error) => (T::default(), Some(error)),
    };
    (gojson::to_vec(&Response { kind, error: error.clone(), body }), error)
}

/// The response to a request that is not simulated.
#[derive(Default, Serialize)]
struct RestoreResponse {
    deliver_subject: String,
}

fn snapshot(_: &mut JetStream, call: &Call<'_>, _: &mut ServerContext) -> Result<(), ApiError> {
    not_simulated(call)
}

fn restore(_: &mut JetStream, call: &Call<'_>, _: &mut ServerContext) -> Result<RestoreResponse, ApiError> {
    not_simulated(call)
}

fn not_simulated<T>(call: &Call<'_>) -> Result<T, ApiError> {
    if call.is_empty() {
        return Err(api_error::BAD_REQUEST.into());
    }
    let name = call.tokens[..2].join(" ").to_ascii_lowercase();
    Err(ApiError { code: 500, err_code: 10036, description: format!("{name} is not simulated") })
}

fn needs_cluster(_: &mut JetStream, _: &Call<'_>, _: &mut ServerContext) -> Result<(), ApiError> {
    Err(api_error::CLUSTER_REQUIRED.into())
}

impl Server {
    /// Handles a request to the JetStream API. `false` if nobody listens there.
    pub(crate) fn handle_api_request(
        &mut self,
        from: Option<SessionKey>,
        message: &Message<'_>,
        at_once: &mut ReplyBuffer,
    ) -> bool {
        let Some(rest) = message.subject.strip_prefix("$JS.API.") else { return false };
        if rest.starts_with("DIRECT.GET") {
            return self.jetstream.as_mut().is_some_and(|js| js.direct_get(message, &mut self.ctx, at_once));
        }
        if let Some(rest) = rest.strip_prefix("CONSUMER.MSG.NEXT.") {
            let Some((stream, consumer)) = rest.split_once('.') else { return false };
            let Message { reply, headers, body, .. } = *message;
            return self
                .jetstream
                .as_mut()
                .is_some_and(|js| js.request_next(stream, consumer, reply, headers, body, &mut self.ctx));
        }
        let Some(jetstream) = &mut self.jetstream else { return false };
        let Some(endpoint) = ENDPOINTS.iter().find(|endpoint| subject::matches(endpoint.pattern, rest))
        else {
            // nats-server takes the call and never answers.
            return true;
        };
        let call = Call { tokens: rest.split('.').collect(), headers: message.headers, body: message.body };
        let is_reset = endpoint.is_reset();
        if is_reset && jetstream.consumer_key(call.token(2), call.token(3)).is_none() {
            return true;
        }
        let (answer, error) = (endpoint.answer)(jetstream, &call, &mut self.ctx);
        // A message is answered apart from the API and not counted; see nats-server's `jsMsgGetRequest`.
        let is_counted = !is_reset && (endpoint.kind != "stream_msg_get" || error.is_some());
        if is_counted {
            jetstream.api_total += 1;
            jetstream.api_errors += u64::from(error.as_ref().is_some_and(|e| !message::is_missing(e)));
        }
        let invalid_json = error.as_ref().and_then(|error| error.description.strip_prefix("invalid JSON: "));
        if let Some(why) = invalid_json.filter(|_| endpoint.warns()) {
            let warning = format!("Invalid JetStream request '$G > {}': {why}", message.subject);
            self.ctx.events.warn_once(warning);
        }
        self.ctx.events.record(|| EventKind::ApiRequest { subject: message.subject.to_owned(), error });
        if let Some(reply) = message.reply {
            // A consumer's own answer has an empty reply subject, which shows as one more space.
            let empty = is_reset.then(String::new);
            let (subject, body) = (reply.to_owned(), answer.clone());
            self.ctx.outbox.push(OutgoingMessage {
                subject,
                reply: empty,
                body,
                ..OutgoingMessage::default()
            });
        }
        if is_counted {
            self.publish_api_audit(from, message, &answer);
        }
        true
    }
}

impl Call<'_> {
    /// The token at an index, which the endpoint's pattern has.
    pub(crate) fn token(&self, at: usize) -> &str {
        self.tokens.get(at).copied().unwrap_or_default()
    }

    /// Reads the body, which may be empty or several values after each other.
    pub(crate) fn read<T: Default + DeserializeOwned>(&self) -> Result<T, ApiError> {
        gojson::from_request(self.body).map_err(|error| api_error::INVALID_JSON.with_detail(error))
    }

    /// As [`Call::read`], but a body that is neither object nor list is ignored.
    pub(crate) fn read_if_any<T: Default + DeserializeOwned>(&self) -> Result<T, ApiError> {
        match self.body.trim_ascii_start().first() {
            Some(b'{' | b'[') => self.read(),
            _ => Ok(T::default()),
        }
    }

    /// Reads a body of exactly one value; unknown fields are ignored.
    pub(crate) fn read_lenient<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        gojson::from_slice(self.body).map_err(|error| api_error::INVALID_JSON.with_detail(error))
    }

    /// Whether the body is empty or an empty object.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_empty()
            || matches!(gojson::parse(self.body), Ok(Value::Object(fields)) if fields.is_empty())
    }
}
