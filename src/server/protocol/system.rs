//! Requests to the server itself, below `$JS.` and `$SYS.`, and the audit of the JetStream API.

use serde::Serialize;

use crate::base::Time;
use crate::gojson;
use crate::jsapi::Nanos;
use crate::server::jetstream::advisory::{ApiAudit, ClientInfo, advise};
use crate::server::jetstream::consumer::acks::Delivery;
use crate::server::keys::SessionKey;
use crate::server::observe::event::EventKind;
use crate::server::protocol::reply_buffer::ReplyBuffer;
use crate::server::version::VERSION;
use crate::server::{Server, User};
use crate::wire::op::Message;
use crate::wire::{ack_subject, subject};

/// Subjects below `$JS.<domain>.API.` that stand for the same below `$JS.API.`, or for themselves if they begin with
/// `$`. Source: `/accountz` of nats-server.
pub const DOMAIN_SUBJECTS: [&str; 9] =
    ["$KV.>", "$OBJ.>", "ACCOUNT.>", "CONSUMER.>", "DIRECT.>", "INFO", "META.>", "SERVER.>", "STREAM.>"];

/// The hash of the account `$G` in the long form of an acknowledgement's subject,
/// `$JS.ACK.<domain or _>.<account>.<stream>.<consumer>.<as in the short form>.<anything>`.
const ACCOUNT: &str = "szMpdrwD";

/// Takes the domain out of a subject: `$JS.API.INFO` for `$JS.hub.API.INFO`. `None` for a subject without it.
pub fn strip_domain(domain: &str, subject: &str) -> Option<String> {
    if domain.is_empty() {
        return None;
    }
    let rest = subject.strip_prefix("$JS.")?.strip_prefix(domain)?.strip_prefix(".API.")?;
    DOMAIN_SUBJECTS.iter().find(|pattern| subject::matches(pattern, rest))?;
    Some(if rest.starts_with('$') { rest.to_owned() } else { format!("$JS.API.{rest}") })
}

impl Server {
    /// Handles a message on a subject that begins with `$JS.` or `$SYS.`. `false` if the server does not listen there.
    pub(crate) fn handle_system_request(
        &mut self,
        from: Option<SessionKey>,
        message: &Message<'_>,
        answer: &mut ReplyBuffer,
    ) -> bool {
        let subject = message.subject;
        if subject.starts_with("$JS.API.") {
            return self.handle_api_request(from, message, answer);
        }
        if let Some(rest) = subject.strip_prefix(ack_subject::PREFIX) {
            let tokens: Vec<&str> = rest.split('.').collect();
            let Some(jetstream) = &mut self.jetstream else { return false };
            let domain = if self.ctx.domain.is_empty() { "_" } else { &self.ctx.domain };
            let has_hash = self.config.account == "$G";
            let tokens = match tokens.as_slice() {
                [of, ACCOUNT, rest @ ..] if has_hash && *of == domain && rest.len() > 6 => &rest[..7],
                tokens => tokens,
            };
            let [stream, consumer, position @ ..] = tokens else { return false };
            let Some(delivery) = Delivery::parse(position) else { return false };
            return jetstream.acknowledge(
                [stream, consumer],
                delivery,
                message.reply,
                message.body,
                &mut self.ctx,
            );
        }
        if let Some(rest) = subject.strip_prefix("$JS.FC.") {
            let mut tokens = rest.split('.');
            let Some((stream, consumer)) = tokens.next().zip(tokens.next()) else { return false };
            return self
                .jetstream
                .as_mut()
                .is_some_and(|js| js.flow_control_replied(stream, consumer, subject));
        }
        if subject == "$SYS.REQ.USER.INFO" {
            let info = self.user_info(from);
            self.ctx.events.record(|| EventKind::ApiRequest { subject: subject.to_owned(), error: None });
            if let Some(reply) = message.reply {
                self.ctx.outbox.publish(reply, info);
            }
            return true;
        }
        let topic = subject.strip_prefix("$SYS.REQ.");
        let Some(info) = topic.and_then(|topic| self.monitor_answer(topic, message.body)) else {
            return false;
        };
        self.ctx.events.record(|| EventKind::ApiRequest { subject: subject.to_owned(), error: None });
        if let Some(reply) = message.reply {
            self.ctx.outbox.publish(reply, info);
        }
        true
    }

    /// What the server says of itself in an answer, with the next number.
    pub(super) fn next_info(&mut self) -> ServerInfo<'_> {
        self.info_seq += 1;
        let jetstream = self.jetstream.is_some();
        ServerInfo {
            name: &self.ctx.server_name,
            host: &self.config.host,
            id: &self.id,
            ver: VERSION,
            feature_flags: FeatureFlags { js_raft_delete_range: true, ..FeatureFlags::default() },
            jetstream,
            flags: if jetstream { 7 } else { 0 },
            seq: self.info_seq,
            time: self.ctx.now,
        }
    }

    fn user_info(&mut self, from: Option<SessionKey>) -> Vec<u8> {
        let session = from.and_then(|session_key| self.sessions.get(session_key));
        let user = session.and_then(|session| session.user.clone()).filter(User::is_limited);
        let name = session.map_or(String::new(), |session| session.user_name().to_owned());
        let account = self.config.account.clone();
        gojson::to_vec(&UserInfoResponse {
            server: self.next_info(),
            data: UserInfo {
                user: &name,
                account: &account,
                account_name: &account,
                permissions: user.as_ref().map(Permissions::of),
            },
        })
    }

    /// Publishes a request to the JetStream API and its response, if anybody listens.
    pub(crate) fn publish_api_audit(
        &mut self,
        from: Option<SessionKey>,
        message: &Message<'_>,
        answer: &[u8],
    ) {
        let server = self.ctx.server_name.clone();
        let session = from.and_then(|session_key| self.sessions.get(session_key));
        let client = session.map(|session| ClientInfo {
            start: session.started,
            host: &session.ip,
            id: session.client_id,
            account: &self.config.account,
            user: session.user_name(),
            name: &session.connect.name,
            lang: &session.connect.lang,
            version: &session.connect.version,
            rtt: session.round_trip.unwrap_or_default().into(),
            server: &server,
            kind: "Client",
            client_type: "nats",
        });
        let [request, response] = [message.body, answer].map(String::from_utf8_lossy);
        let audit = ApiAudit {
            server: &server,
            client,
            subject: message.subject,
            request: &request,
            response: &response,
        };
        advise(&mut self.ctx, "$JS.EVENT.ADVISORY.API", "io.nats.jetstream.advisory.v1.api_audit", audit);
    }
}

/// The answer to `$SYS.REQ.USER.INFO`.
#[derive(Serialize)]
struct UserInfoResponse<'a> {
    server: ServerInfo<'a>,
    data: UserInfo<'a>,
}

#[derive(Serialize)]
pub(super) struct ServerInfo<'a> {
    name: &'a str,
    host: &'a str,
    id: &'a str,
    ver: &'a str,
    feature_flags: FeatureFlags,
    jetstream: bool,
    /// A bit for each capability.
    flags: u8,
    /// How many answers like this were given.
    seq: u64,
    time: Time,
}

#[derive(Default, Serialize)]
struct FeatureFlags {
    js_ack_fc_v2: bool,
    js_api_reply_v2: bool,
    js_raft_delete_range: bool,
    js_snapshot_sources: bool,
}

#[derive(Serialize)]
struct UserInfo<'a> {
    user: &'a str,
    account: &'a str,
    account_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Permissions<'a>>,
}

/// What a user may do.
#[derive(Serialize)]
struct Permissions<'a> {
    #[serde(skip_serializing_if = "gojson::is_default")]
    publish: SubjectPermission<'a>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    subscribe: SubjectPermission<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responses: Option<ResponsePermission>,
}

#[derive(Default, PartialEq, Serialize)]
struct SubjectPermission<'a> {
    #[serde(skip_serializing_if = "gojson::is_default")]
    allow: &'a [String],
    #[serde(skip_serializing_if = "gojson::is_default")]
    deny: &'a [String],
}

/// How many replies may be sent, and for how long; -1 for no limit.
#[derive(Serialize)]
struct ResponsePermission {
    max: i64,
    ttl: Nanos,
}

impl Permissions<'_> {
    fn of(user: &User) -> Permissions<'_> {
        let [publish, subscribe] = [&user.publish, &user.subscribe]
            .map(|rule| SubjectPermission { allow: &rule.allow, deny: &rule.deny });
        let responses = user.responses.map(|responses| ResponsePermission {
            max: responses.max.map_or(-1, |max| max as i64),
            ttl: responses.expires.map_or(Nanos(-1), Nanos::from),
        });
        Permissions { publish, subscribe, responses }
    }
}
