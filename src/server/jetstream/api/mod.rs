//! The JetStream API: a table from subjects to what answers them.

mod consumer;
mod direct;
mod message;
mod stream;

use crate::server::Server;
use crate::server::context::{Desk, Post};
use crate::server::jetstream::JetStream;
use crate::server::jetstream::api_error;
use crate::server::json::{self, Json, Set, Writer};
use crate::server::observe::event::{ApiError, EventKind};
use crate::server::protocol::route::Answer;
use crate::wire::op::Message;
use crate::wire::subject;

/// One call: its subject taken apart, and what stands in its place.
pub(crate) struct Call<'a> {
    /// The subject's tokens after `$JS.API.`.
    pub(crate) tokens: Vec<&'a str>,
    pub(crate) body: &'a [u8],
}

/// What answers a call: writes the fields after `type`, or refuses.
type Handler = fn(&mut JetStream, &Call<'_>, &mut Desk, &mut Writer) -> Result<(), ApiError>;

struct Endpoint {
    /// Below `$JS.API.`.
    pattern: &'static str,
    /// `io.nats.jetstream.api.v1.<kind>_response`.
    kind: &'static str,
    handler: Handler,
    /// Fields that stand in every answer, an error's too.
    always: fn(&mut Writer),
    /// The log tells of a body that cannot be read.
    warns: bool,
}

const ENDPOINTS: &[Endpoint] = &[
    endpoint("INFO", "account_info", stream::account_info),
    endpoint("STREAM.CREATE.*", "stream_create", stream::create),
    endpoint("STREAM.UPDATE.*", "stream_update", stream::update),
    endpoint("STREAM.DELETE.*", "stream_delete", stream::delete),
    Endpoint { always: purged, ..endpoint("STREAM.PURGE.*", "stream_purge", stream::purge) },
    Endpoint { always: page, ..endpoint("STREAM.INFO.*", "stream_info", stream::info) },
    Endpoint { always: stream_names, ..endpoint("STREAM.NAMES", "stream_names", stream::names) },
    Endpoint { always: stream_list, ..endpoint("STREAM.LIST", "stream_list", stream::list) },
    endpoint("STREAM.MSG.DELETE.*", "stream_msg_delete", message::delete),
    endpoint("STREAM.MSG.GET.*", "stream_msg_get", message::get),
    endpoint("STREAM.SNAPSHOT.*", "stream_snapshot", not_simulated),
    Endpoint { always: restored, ..endpoint("STREAM.RESTORE.*", "stream_restore", not_simulated) },
    endpoint("CONSUMER.CREATE.*", "consumer_create", consumer::create),
    endpoint("CONSUMER.CREATE.*.>", "consumer_create", consumer::create),
    endpoint("CONSUMER.DURABLE.CREATE.*.*", "consumer_create", consumer::create),
    endpoint("CONSUMER.DELETE.*.*", "consumer_delete", consumer::delete),
    endpoint("CONSUMER.INFO.*.*", "consumer_info", consumer::info),
    Endpoint { always: consumer_list, ..endpoint("CONSUMER.NAMES.*", "consumer_names", consumer::names) },
    Endpoint { always: consumer_list, ..endpoint("CONSUMER.LIST.*", "consumer_list", consumer::list) },
    Endpoint { always: paused, ..endpoint("CONSUMER.PAUSE.*.*", "consumer_pause", consumer::pause) },
    Endpoint { warns: false, ..endpoint("CONSUMER.UNPIN.*.*", "consumer_unpin", consumer::unpin) },
    Endpoint { always: reset, warns: false, ..endpoint(RESET, "consumer_reset", consumer::reset) },
    endpoint("STREAM.PEER.REMOVE.*", "stream_remove_peer", needs_cluster),
    endpoint("STREAM.LEADER.STEPDOWN.*", "stream_leader_stepdown", needs_cluster),
    endpoint("CONSUMER.LEADER.STEPDOWN.*.*", "consumer_leader_stepdown", needs_cluster),
];

/// Answered by the consumer itself: where there is none, nobody answers.
const RESET: &str = "CONSUMER.RESET.*.*";

const fn endpoint(pattern: &'static str, kind: &'static str, handler: Handler) -> Endpoint {
    Endpoint { pattern, kind, handler, always: nothing, warns: true }
}

fn nothing(_: &mut Writer) {}

fn page(json: &mut Writer) {
    json.number("total", 0);
    json.number("offset", 0);
    json.number("limit", 0);
}

fn stream_names(json: &mut Writer) {
    page(json);
    json.null("streams");
}

fn stream_list(json: &mut Writer) {
    page(json);
    json.texts::<&str>("streams", &[]);
}

fn consumer_list(json: &mut Writer) {
    page(json);
    json.texts::<&str>("consumers", &[]);
}

fn purged(json: &mut Writer) {
    json.number("purged", 0);
}

fn reset(json: &mut Writer) {
    json.number("reset_seq", 0);
}

fn restored(json: &mut Writer) {
    json.text("deliver_subject", "");
}

fn paused(json: &mut Writer) {
    json.truth("paused", false);
    json.time("pause_until", None);
}

fn not_simulated(_: &mut JetStream, call: &Call<'_>, _: &mut Desk, _: &mut Writer) -> Result<(), ApiError> {
    if call.is_empty() && call.token(0) == "STREAM" {
        return Err(api_error::BAD_REQUEST.into());
    }
    let name = call.tokens[..2].join(" ").to_ascii_lowercase();
    Err(ApiError { code: 500, err_code: 10036, description: format!("{name} is not simulated") })
}

fn needs_cluster(_: &mut JetStream, _: &Call<'_>, _: &mut Desk, _: &mut Writer) -> Result<(), ApiError> {
    Err(api_error::CLUSTER_REQUIRED.into())
}

impl Server {
    /// Answers a call of the JetStream API. `false` if nobody listens there.
    pub(crate) fn call(&mut self, from: Option<u32>, message: &Message<'_>, at_once: &mut Answer) -> bool {
        let Some(rest) = message.subject.strip_prefix("$JS.API.") else { return false };
        if rest.starts_with("DIRECT.GET") {
            return self.jetstream.as_mut().is_some_and(|js| js.direct_get(message, &mut self.desk, at_once));
        }
        if let Some(rest) = rest.strip_prefix("CONSUMER.MSG.NEXT.") {
            let Some((stream, consumer)) = rest.split_once('.') else { return false };
            let Message { reply, headers, body, .. } = *message;
            return self
                .jetstream
                .as_mut()
                .is_some_and(|js| js.request_next(stream, consumer, reply, headers, body, &mut self.desk));
        }
        let Some(jetstream) = &mut self.jetstream else { return false };
        let Some(endpoint) = ENDPOINTS.iter().find(|endpoint| subject::matches(endpoint.pattern, rest))
        else {
            // The real server takes the call and never answers.
            return true;
        };
        let call = Call { tokens: rest.split('.').collect(), body: message.body };
        let is_reset = endpoint.pattern == RESET;
        if is_reset && jetstream.consumer_place(call.token(2), call.token(3)).is_none() {
            return true;
        }
        let (answer, error) = answer(endpoint, jetstream, &call, message.headers, &mut self.desk);
        // A message is answered apart from the API and not counted; see the real server's `jsMsgGetRequest`.
        let is_counted = !is_reset && (endpoint.kind != "stream_msg_get" || error.is_some());
        if is_counted {
            jetstream.api_total += 1;
            jetstream.api_errors += u64::from(error.as_ref().is_some_and(|e| !message::is_missing(e)));
        }
        let invalid_json = error.as_ref().and_then(|error| error.description.strip_prefix("invalid JSON: "));
        if let Some(why) = invalid_json.filter(|_| endpoint.warns) {
            let warning = format!("Invalid JetStream request '$G > {}': {why}", message.subject);
            self.desk.log.warn_once(warning);
        }
        self.desk.log.tell(|| EventKind::ApiRequest { subject: message.subject.to_owned(), error });
        if let Some(reply) = message.reply {
            // A consumer's own answer has an empty reply subject, which shows as one more space.
            let empty = is_reset.then(String::new);
            let (subject, body) = (reply.to_owned(), answer.as_bytes().to_vec());
            self.desk.post(Post { subject, reply: empty, body, ..Post::default() });
        }
        if is_counted {
            self.audit(from, message, &answer);
        }
        true
    }
}

fn answer(
    endpoint: &Endpoint,
    jetstream: &mut JetStream,
    call: &Call<'_>,
    headers: &[u8],
    desk: &mut Desk,
) -> (String, Option<ApiError>) {
    let begin = || {
        let mut json = Writer::new();
        json.open();
        json.text("type", &format!("io.nats.jetstream.api.v1.{}_response", endpoint.kind));
        json
    };
    let mut json = begin();
    let done = match crate::server::jetstream::requires_too_much(headers) {
        true => Err(api_error::REQUIRED_API_LEVEL.into()),
        false => (endpoint.handler)(jetstream, call, desk, &mut json),
    };
    let Err(error) = done else {
        json.close();
        return (json.finish(), None);
    };
    let mut json = begin();
    json.open_field("error");
    error.encode(&mut json);
    json.close();
    (endpoint.always)(&mut json);
    json.close();
    (json.finish(), Some(error))
}

impl Call<'_> {
    /// The token at a place; the table has made sure that there is one.
    pub(crate) fn token(&self, at: usize) -> &str {
        self.tokens.get(at).copied().unwrap_or_default()
    }

    /// Reads the body, which may be empty or several values after each other, into a request. `root` is Go's name of
    /// its type.
    pub(crate) fn read(&self, root: &str, set: &mut dyn FnMut(&Json<'_>) -> Set) -> Result<(), ApiError> {
        json::parse_all(self.body, &mut |value| set(&value).map_err(|problem| problem.tell(root)))
            .map_err(|error| api_error::INVALID_JSON.with_detail(error))
    }

    /// Reads one field of a body that has to be one value. Others are not minded. `root` is Go's name of its type,
    /// `server.` included.
    pub(crate) fn read_field(
        &self,
        root: &'static str,
        field: &str,
        set: &mut dyn FnMut(&Json<'_>) -> Set,
    ) -> Result<(), ApiError> {
        let invalid = |error: String| api_error::INVALID_JSON.with_detail(error);
        let value = json::parse(self.body).map_err(invalid)?;
        let read = value.fields(root, &mut |name, value| {
            if name == field { set(value).map(|()| true) } else { Ok(true) }
        });
        read.map_err(|problem| invalid(problem.tell(root.trim_start_matches("server."))))
    }

    /// As [`Call::read`], where a body that is no object or list is not looked at.
    pub(crate) fn read_if_any(
        &self,
        root: &str,
        set: &mut dyn FnMut(&Json<'_>) -> Set,
    ) -> Result<(), ApiError> {
        match self.body.trim_ascii_start().first() {
            Some(b'{' | b'[') => self.read(root, set),
            _ => Ok(()),
        }
    }

    /// Whether the body is nothing or an object without fields.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_empty()
            || matches!(json::parse(self.body), Ok(Json::Object(fields)) if fields.is_empty())
    }
}
