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
    subject: &'a str,
    /// The subject's tokens after `$JS.API.`.
    pub(crate) tokens: Vec<&'a str>,
    headers: &'a [u8],
    pub(crate) body: &'a [u8],
}

/// Why a request is refused.
struct Refusal {
    error: ApiError,
    /// Whether the account's statistics count it as an error.
    is_counted: bool,
}

impl<T: Into<ApiError>> From<T> for Refusal {
    fn from(error: T) -> Refusal {
        Refusal { error: error.into(), is_counted: true }
    }
}

/// A response: its body, and why it is no better.
struct Answer {
    body: Vec<u8>,
    refusal: Option<Refusal>,
}

/// Who answers a request in nats-server, which decides what is counted and audited.
#[derive(Clone, Copy, PartialEq)]
enum Responder {
    /// All is counted.
    Api,
    /// The stream answers apart from the API, so only errors are counted. See nats-server's `jsMsgGetRequest`.
    Stream,
    /// Nothing is counted, and without the consumer there is no response.
    Consumer,
}

struct Endpoint {
    /// Below `$JS.API.`.
    pattern: &'static str,
    responder: Responder,
    answer: fn(&mut JetStream, &Call<'_>, &mut ServerContext) -> Answer,
}

/// A table of patterns, kinds of response as in `io.nats.jetstream.api.v1.<kind>_response`, who responds, and handlers.
/// A handler returns the body of its response; an error comes with the default body.
macro_rules! endpoints {
    ($($pattern:literal $kind:literal $responder:ident $handler:path;)*) => { &[$(
        Endpoint {
            pattern: $pattern,
            responder: Responder::$responder,
            answer: |jetstream, call, ctx| respond($kind, call, || $handler(jetstream, call, ctx)),
        },
    )*] };
}

const ENDPOINTS: &[Endpoint] = endpoints! {
    "INFO" "account_info" Api stream::account_info;
    "STREAM.CREATE.*" "stream_create" Api stream::create;
    "STREAM.UPDATE.*" "stream_update" Api stream::update;
    "STREAM.DELETE.*" "stream_delete" Api stream::delete;
    "STREAM.PURGE.*" "stream_purge" Api stream::purge;
    "STREAM.INFO.*" "stream_info" Api stream::info;
    "STREAM.NAMES" "stream_names" Api stream::names;
    "STREAM.LIST" "stream_list" Api stream::list;
    "STREAM.MSG.DELETE.*" "stream_msg_delete" Api message::delete;
    "STREAM.MSG.GET.*" "stream_msg_get" Stream message::get;
    "STREAM.SNAPSHOT.*" "stream_snapshot" Api snapshot;
    "STREAM.RESTORE.*" "stream_restore" Api restore;
    "CONSUMER.CREATE.*" "consumer_create" Api consumer::create;
    "CONSUMER.CREATE.*.>" "consumer_create" Api consumer::create;
    "CONSUMER.DURABLE.CREATE.*.*" "consumer_create" Api consumer::create;
    "CONSUMER.DELETE.*.*" "consumer_delete" Api consumer::delete;
    "CONSUMER.INFO.*.*" "consumer_info" Api consumer::info;
    "CONSUMER.NAMES.*" "consumer_names" Api consumer::names;
    "CONSUMER.LIST.*" "consumer_list" Api consumer::list;
    "CONSUMER.PAUSE.*.*" "consumer_pause" Api consumer::pause;
    "CONSUMER.UNPIN.*.*" "consumer_unpin" Api consumer::unpin;
    "CONSUMER.RESET.*.*" "consumer_reset" Consumer consumer::reset;
    "STREAM.PEER.REMOVE.*" "stream_remove_peer" Api needs_cluster;
    "STREAM.LEADER.STEPDOWN.*" "stream_leader_stepdown" Api needs_cluster;
    "CONSUMER.LEADER.STEPDOWN.*.*" "consumer_leader_stepdown" Api needs_cluster;
};

fn respond<T: Default + Serialize, E: Into<Refusal>>(
    kind: &str,
    call: &Call<'_>,
    handle: impl FnOnce() -> Result<T, E>,
) -> Answer {
    let kind = format!("io.nats.jetstream.api.v1.{kind}_response");
    let handled = match requires_too_much(call.headers) {
        true => Err(api_error::REQUIRED_API_LEVEL.into()),
        false => handle().map_err(Into::into),
    };
    let (body, refusal) = match handled {
        Ok(body) => (body, None),
        Err(refusal) => (T::default(), Some(refusal)),
    };
    let error = refusal.as_ref().map(|refusal| refusal.error.clone());
    Answer { body: gojson::to_vec(&Response { kind, error, body }), refusal }
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
    Err(api_error::NOT_SIMULATED.with_detail(name))
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
        let Message { subject, headers, body, .. } = *message;
        let call = Call { subject, tokens: rest.split('.').collect(), headers, body };
        let by_consumer = endpoint.responder == Responder::Consumer;
        if by_consumer && jetstream.consumer_key(call.token(2), call.token(3)).is_none() {
            return true;
        }
        let Answer { body, refusal } = (endpoint.answer)(jetstream, &call, &mut self.ctx);
        let is_counted = match endpoint.responder {
            Responder::Api => true,
            Responder::Stream => refusal.is_some(),
            Responder::Consumer => false,
        };
        if is_counted {
            jetstream.api_total += 1;
            jetstream.api_errors += u64::from(refusal.as_ref().is_some_and(|refusal| refusal.is_counted));
        }
        let error = refusal.map(|refusal| refusal.error);
        self.ctx.events.record(|| EventKind::ApiRequest { subject: subject.to_owned(), error });
        if let Some(reply) = message.reply {
            self.ctx.outbox.push(OutgoingMessage {
                subject: reply.to_owned(),
                // A consumer's own answer has an empty reply subject, which shows as one more space.
                reply: by_consumer.then(String::new),
                body: body.clone(),
                ..OutgoingMessage::default()
            });
        }
        if is_counted {
            self.publish_api_audit(from, message, &body);
        }
        true
    }
}

impl Call<'_> {
    /// The token at an index, which the endpoint's pattern has.
    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).copied().unwrap_or_default()
    }

    /// Reads the body, which may be empty or several values after each other. What cannot be read is warned of.
    fn read<T: Default + DeserializeOwned>(&self, ctx: &mut ServerContext) -> Result<T, ApiError> {
        gojson::from_request(self.body).map_err(|error| {
            let (account, subject) = (&ctx.account, self.subject);
            ctx.events.warn_once(format!("Invalid JetStream request '{account} > {subject}': {error}"));
            api_error::INVALID_JSON.with_detail(error)
        })
    }

    /// As [`Call::read`], but a body that is neither object nor list is ignored.
    fn read_if_any<T: Default + DeserializeOwned>(&self, ctx: &mut ServerContext) -> Result<T, ApiError> {
        match self.body.trim_ascii_start().first() {
            Some(b'{' | b'[') => self.read(ctx),
            _ => Ok(T::default()),
        }
    }

    /// Reads a body of exactly one value; unknown fields are ignored.
    fn read_lenient<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        gojson::from_slice(self.body).map_err(|error| api_error::INVALID_JSON.with_detail(error))
    }

    /// Whether the body is empty or an empty object.
    fn is_empty(&self) -> bool {
        self.body.is_empty()
            || matches!(gojson::parse(self.body), Ok(Value::Object(fields)) if fields.is_empty())
    }
}
