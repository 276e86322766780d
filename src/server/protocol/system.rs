//! The subjects that the server itself listens to, and what it says of itself there.

use crate::server::jetstream::{AckOf, advise};
use crate::server::json::Writer;
use crate::server::observe::event::EventKind;
use crate::server::protocol::route::Answer;
use crate::server::protocol::session::Session;
use crate::server::{Server, VERSION};
use crate::wire::op::Message;
use crate::wire::subject;

/// What is listened to below `$JS.<domain>.API.`: it stands for the same below `$JS.API.`, or for itself if it begins with
/// a `$`. From the real server's `/accountz`.
pub const DOMAIN_SUBJECTS: [&str; 9] =
    ["$KV.>", "$OBJ.>", "ACCOUNT.>", "CONSUMER.>", "DIRECT.>", "INFO", "META.>", "SERVER.>", "STREAM.>"];

/// The hash of the account `$G` in the long form of an acknowledgement's subject,
/// `$JS.ACK.<domain or _>.<account>.<stream>.<consumer>.<as in the short form>.<anything>`.
const ACCOUNT: &str = "szMpdrwD";

/// What a subject stands for that names the domain, `$JS.API.INFO` for `$JS.hub.API.INFO`; `None` of all others.
pub fn strip_domain(domain: &str, subject: &str) -> Option<String> {
    if domain.is_empty() {
        return None;
    }
    let rest = subject.strip_prefix("$JS.")?.strip_prefix(domain)?.strip_prefix(".API.")?;
    DOMAIN_SUBJECTS.iter().find(|pattern| subject::matches(pattern, rest))?;
    Some(if rest.starts_with('$') { rest.to_owned() } else { format!("$JS.API.{rest}") })
}

impl Server {
    /// Takes a message on a subject that begins with `$JS.` or `$SYS.`. `false` if the server does not listen there.
    pub(crate) fn serve(&mut self, from: Option<u32>, message: &Message<'_>, answer: &mut Answer) -> bool {
        let subject = message.subject;
        if subject.starts_with("$JS.API.") {
            return self.call(from, message, answer);
        }
        if let Some(rest) = subject.strip_prefix("$JS.ACK.") {
            let tokens: Vec<&str> = rest.split('.').collect();
            let Some(jetstream) = &mut self.jetstream else { return false };
            let domain = if self.desk.domain.is_empty() { "_" } else { &self.desk.domain };
            let has_hash = self.config.account == "$G";
            let tokens = match tokens.as_slice() {
                [of, ACCOUNT, rest @ ..] if has_hash && *of == domain && rest.len() > 6 => &rest[..7],
                tokens => tokens,
            };
            let [stream, consumer, position @ ..] = tokens else { return false };
            let Some(of) = AckOf::parse(position) else { return false };
            return jetstream.acknowledge(
                [stream, consumer],
                of,
                message.reply,
                message.body,
                &mut self.desk,
            );
        }
        if let Some(rest) = subject.strip_prefix("$JS.FC.") {
            let mut tokens = rest.split('.');
            let Some((stream, consumer)) = tokens.next().zip(tokens.next()) else { return false };
            return self.jetstream.as_mut().is_some_and(|js| js.flow_answered(stream, consumer, subject));
        }
        if subject == "$SYS.REQ.USER.INFO" {
            let info = self.user_info(from);
            self.desk.log.tell(|| EventKind::ApiRequest { subject: subject.to_owned(), error: None });
            if let Some(reply) = message.reply {
                self.desk.say(reply, info);
            }
            return true;
        }
        false
    }

    fn user_info(&mut self, from: Option<u32>) -> String {
        let mut json = Writer::new();
        let jetstream = self.jetstream.is_some();
        self.told += 1;
        json.open();
        json.open_field("server");
        json.text("name", &self.desk.server_name);
        json.text("host", &self.config.host);
        json.text("id", &self.id);
        json.text("ver", VERSION);
        json.open_field("feature_flags");
        json.truth("js_ack_fc_v2", false);
        json.truth("js_api_reply_v2", false);
        json.truth("js_raft_delete_range", true);
        json.truth("js_snapshot_sources", false);
        json.close();
        json.truth("jetstream", jetstream);
        json.number("flags", if jetstream { 7 } else { 0 });
        json.number("seq", self.told);
        json.time("time", Some(self.desk.now));
        json.close();
        json.open_field("data");
        let session = from.and_then(|place| self.sessions.get(place));
        json.text("user", session.map_or("", Session::called));
        json.text("account", &self.config.account);
        json.text("account_name", &self.config.account);
        if let Some(user) = session.and_then(|session| session.user.as_ref()).filter(|user| user.is_limited())
        {
            json.open_field("permissions");
            for (name, rule) in [("publish", &user.publish), ("subscribe", &user.subscribe)] {
                if !rule.allow.is_empty() || !rule.deny.is_empty() {
                    json.open_field(name);
                    json.texts_if_any("allow", &rule.allow);
                    json.texts_if_any("deny", &rule.deny);
                    json.close();
                }
            }
            if let Some(responses) = user.responses {
                json.open_field("responses");
                json.number("max", responses.max.map_or(-1, i128::from));
                json.number("ttl", responses.expires.map_or(-1, |wait| wait.as_nanos() as i128));
                json.close();
            }
            json.close();
        }
        json.close();
        json.close();
        json.finish()
    }

    /// Publishes what was asked of the JetStream API and how it was answered, if anybody listens.
    pub(crate) fn audit(&mut self, from: Option<u32>, message: &Message<'_>, answer: &str) {
        let (name, body) =
            (self.desk.server_name.clone(), String::from_utf8_lossy(message.body).into_owned());
        let Server { desk, sessions, config, .. } = self;
        let session = from.and_then(|place| sessions.get(place));
        let kind = "io.nats.jetstream.advisory.v1.api_audit";
        advise(desk, "$JS.EVENT.ADVISORY.API", kind, &mut |json| {
            json.text("server", &name);
            if let Some(session) = session {
                json.open_field("client");
                json.time("start", Some(session.started));
                json.text("host", &session.ip);
                json.number("id", session.number);
                json.text("acc", &config.account);
                json.text_if_any("user", session.called());
                json.text_if_any("name", &session.connect.name);
                json.text_if_any("lang", &session.connect.lang);
                json.text_if_any("ver", &session.connect.version);
                json.number_if_any("rtt", session.round_trip.unwrap_or_default().as_nanos() as i128);
                json.text("server", &name);
                json.text("kind", "Client");
                json.text("client_type", "nats");
                json.close();
            }
            json.text("subject", message.subject);
            json.text_if_any("request", &body);
            json.text("response", answer);
        });
    }
}
