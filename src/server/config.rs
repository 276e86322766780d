//! The configuration of a server.

use std::time::Duration;

use crate::jsapi::AccountLimits;
use crate::server::observe::event::EventLevel;
use crate::wire::subject;

#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// All identifiers and random choices come from it.
    pub seed: u64,
    /// `None` for the server's identifier.
    pub name: Option<String>,
    /// As in INFO.
    pub host: String,
    pub port: u16,
    /// The name of the only account.
    pub account: String,
    pub jetstream: Option<JetStreamConfig>,
    pub auth: Auth,
    /// Bytes of headers and body of a message.
    pub max_payload: usize,
    /// Bytes of a protocol line.
    pub max_control_line: usize,
    /// Unread bytes above which a client is disconnected as a slow consumer.
    pub max_pending: usize,
    /// Output of all connections together that waits to be taken, in bytes. Who would get more is a slow consumer.
    pub max_undelivered: usize,
    pub max_connections: usize,
    /// Subscriptions of one connection; `None` for any number.
    pub max_subscriptions: Option<usize>,
    pub ping_interval: Duration,
    /// Unanswered PINGs after which a connection is stale.
    pub ping_max: u32,
    pub auth_timeout: Duration,
    /// Which events [`super::Server::take_events`] returns.
    pub event_level: EventLevel,
    /// Every protocol operation is an event, whatever level is set later: the log traces them.
    pub is_traced: bool,
}

/// Limits of the account and of the server. -1 is none.
#[derive(Clone, Debug, PartialEq)]
pub struct JetStreamConfig {
    /// Bytes that the server may use.
    pub max_memory: i64,
    pub max_storage: i64,
    /// Bytes that all streams may hold in fact. The two above are what the server says.
    pub max_stored: u64,
    /// The domain, as in `$JS.<domain>.API`; empty for none.
    pub domain: String,
    pub account: AccountLimits,
}

/// Who may connect: everybody, if there are neither users nor a token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Auth {
    pub users: Vec<User>,
    pub token: Option<String>,
    /// The only user was configured by name and password instead of a list, which matters when the configuration is
    /// reloaded.
    pub is_single: bool,
    /// The user of clients that give no name.
    pub no_auth_user: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    pub name: String,
    pub password: String,
    pub publish: Permission,
    pub subscribe: Permission,
    /// The user may publish on the reply subjects of requests that it gets (`allow_responses`).
    pub responses: Option<Responses>,
}

/// How often and how long one may respond to a message; `None` for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Responses {
    pub max: Option<u64>,
    pub expires: Option<Duration>,
}

impl Default for Responses {
    fn default() -> Responses {
        Responses { max: Some(1), expires: Some(Duration::from_secs(120)) }
    }
}

/// Subjects that are allowed (all, if there are none) and among them denied. For subscriptions an entry may be a
/// subject and the name of a queue group, `orders.* workers`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permission {
    pub allow: Vec<String>,
    pub deny: Vec<String>,
}

impl Config {
    /// The JetStream domain; empty for none.
    pub fn domain(&self) -> &str {
        self.jetstream.as_ref().map_or("", |jetstream| &jetstream.domain)
    }
}

impl Default for Config {
    /// As `nats-server` without flags: no JetStream, anybody may connect.
    fn default() -> Config {
        Config {
            seed: 0,
            name: None,
            host: "0.0.0.0".to_owned(),
            port: 4222,
            account: "$G".to_owned(),
            jetstream: None,
            auth: Auth::default(),
            max_payload: 1024 * 1024,
            max_control_line: 4096,
            max_pending: 64 * 1024 * 1024,
            max_undelivered: usize::MAX,
            max_connections: 64 * 1024,
            max_subscriptions: None,
            ping_interval: Duration::from_secs(120),
            ping_max: 2,
            auth_timeout: Duration::from_secs(2),
            event_level: EventLevel::default(),
            is_traced: false,
        }
    }
}

impl Default for JetStreamConfig {
    /// As `nats-server -js` on a machine with some memory and disk.
    fn default() -> JetStreamConfig {
        JetStreamConfig {
            max_memory: 12 << 30,
            max_storage: 48 << 30,
            max_stored: u64::MAX,
            domain: String::new(),
            account: AccountLimits::default(),
        }
    }
}

impl Auth {
    pub(crate) fn is_required(&self) -> bool {
        !self.users.is_empty() || self.token.is_some()
    }

    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }
}

impl User {
    /// Whether the user has permissions, and so may not use all subjects.
    pub(crate) fn is_limited(&self) -> bool {
        let limited = |rule: &Permission| !rule.allow.is_empty() || !rule.deny.is_empty();
        limited(&self.publish) || limited(&self.subscribe) || self.responses.is_some()
    }
}

impl Permission {
    /// Whether publishing on a subject, or subscribing to it, is allowed. As in nats-server, its wildcards count as
    /// ordinary tokens.
    pub(crate) fn allows(&self, subject: &str, queue: Option<&str>) -> bool {
        let allowed = self.allow.is_empty() || {
            let (plain, queues) = selected(&self.allow, subject);
            queue.and_then(|queue| among(queue, &queues)).unwrap_or(plain)
        };
        allowed && {
            let (plain, queues) = selected(&self.deny, subject);
            !plain && !queue.and_then(|queue| among(queue, &queues)).unwrap_or(false)
        }
    }

    /// Whether a message is denied to a subscriber with a wildcard.
    pub(crate) fn denies(&self, subject: &str) -> bool {
        !self.deny.is_empty() && selected(&self.deny, subject).0
    }
}

/// Whether an entry without a queue group matches a subject, and the groups of the other entries that match.
fn selected<'a>(entries: &'a [String], subject: &str) -> (bool, Vec<&'a str>) {
    let (mut plain, mut queues) = (false, Vec::new());
    for entry in entries {
        let mut words = entry.split_ascii_whitespace();
        if words.next().is_some_and(|pattern| subject::matches(pattern, subject)) {
            match words.next() {
                Some(queue) => queues.push(queue),
                None => plain = true,
            }
        }
    }
    (plain, queues)
}

/// Whether a queue group is among these, which may have wildcards; `None` if there are none.
fn among(queue: &str, groups: &[&str]) -> Option<bool> {
    let matches =
        |group: &&str| *group == queue || subject::has_wildcard(group) && subject::covers(group, queue);
    (!groups.is_empty()).then(|| groups.iter().any(matches))
}
