//! The beginning and the end of a connection: INFO, CONNECT, authentication, PING and PONG, closing.

use std::time::Duration;

use crate::gojson;
use crate::server::Server;
use crate::server::config::User;
use crate::server::connection::CloseReason;
use crate::server::connection::ConnId;
use crate::server::keys::SessionKey;
use crate::server::observe::event::{ClientViolation, EventKind, EventLevel};
use crate::server::protocol::session::Session;
use crate::server::timers::Timer;
use crate::server::version::{API_LEVEL, GIT_COMMIT, GO_VERSION, VERSION};
use crate::wire::{Connect, Info, ServerOp};

/// The first PING measures the round-trip time; up to a fifth of its delay is random.
const FIRST_PING: Duration = Duration::from_secs(2);
const FIRST_PING_JITTER_MILLIS: u64 = 400;

/// A round-trip time older than this is measured again, even of a busy client.
const MEASURE_AGAIN: Duration = Duration::from_secs(3600);

/// No round trip is shorter, since none at all stands for one that was not measured.
const SHORTEST_ROUND_TRIP: Duration = Duration::from_nanos(1);

/// Who a client is.
pub(crate) enum Authentication {
    /// Nobody in particular: no users are configured.
    Anonymous,
    User(User),
    Rejected,
}

impl Server {
    pub(crate) fn open_session(&mut self, id: ConnId, ip: String, port: u16) {
        self.ctx.last_client_id += 1;
        let now = self.ctx.now;
        self.ctx.events.add_client(id, self.ctx.last_client_id);
        self.ctx.events.record(|| EventKind::Opened { ip: ip.clone() });
        let mut session = Session::new(id, self.ctx.last_client_id, (ip, port), now);
        session.trace = self.ctx.events.is_enabled(EventLevel::Wire).then(Vec::new);
        session.must_authenticate = self.config.auth.is_required();
        let full = self.sessions.len() >= self.config.max_connections;
        let session_key = self.sessions.insert(session);
        self.session_keys.insert(id, session_key);
        let info = self.info(session_key, false);
        self.send(session_key, &ServerOp::Info(info.as_bytes()));
        if full {
            return self.reject_over_limit(session_key);
        }
        self.schedule_ping(session_key, true);
        if self.config.auth.is_required() {
            let timeout = now + self.config.auth_timeout;
            if let Some(session) = self.sessions.get_mut(session_key) {
                self.ctx.timers.schedule(Timer::Session(session_key), &mut session.timer_due, Some(timeout));
            }
        }
    }

    /// The body of INFO; `connected` makes the second one, which follows the first PONG.
    pub(crate) fn info(&self, session_key: SessionKey, connected: bool) -> String {
        let session = self.sessions.get(session_key);
        let info = Info {
            server_id: self.id.clone(),
            server_name: self.ctx.server_name.clone(),
            version: VERSION.to_owned(),
            proto: 1,
            git_commit: GIT_COMMIT.to_owned(),
            go: GO_VERSION.to_owned(),
            host: self.config.host.clone(),
            port: self.config.port,
            headers: true,
            auth_required: self.config.auth.is_required() && self.config.auth.no_auth_user.is_none(),
            max_payload: self.config.max_payload as i64,
            jetstream: self.jetstream.is_some(),
            client_id: session.map_or(0, |session| session.client_id),
            client_ip: session.map(|session| session.ip.clone()).unwrap_or_default(),
            domain: self.ctx.domain.clone(),
            connect_info: connected,
            remote_account: if connected { self.config.account.clone() } else { String::new() },
            ldm: self.lame_duck,
            api_lvl: API_LEVEL,
            xkey: format!("X{}", &self.id[1..]),
            ..Info::default()
        };
        // The line of nats-server ends in a space.
        gojson::to_string(&info) + " "
    }

    /// Handles CONNECT. `false` when the connection is over.
    pub(crate) fn connect(&mut self, session_key: SessionKey, body: &[u8]) -> bool {
        // A second CONNECT changes the fields that it has, and ends all subscriptions.
        let before = self.sessions.get(session_key).filter(|session| session.connected);
        let before = before.map(|session| session.connect.clone()).unwrap_or_default();
        let connect = match gojson::update(&before, body) {
            Ok(connect) => connect,
            Err(error) => {
                self.close(session_key, CloseReason::ProtocolViolation);
                self.report_violation(session_key, ClientViolation::Protocol { text: error.to_string() });
                return false;
            }
        };
        if self.sessions.get(session_key).is_some_and(|session| session.connected) {
            self.drop_subscriptions(session_key);
        }
        let user = match self.authenticate(&connect) {
            Authentication::Anonymous => None,
            Authentication::User(user) => Some(user),
            Authentication::Rejected => {
                self.reject_unauthenticated(session_key, &connect);
                return false;
            }
        };
        let now = self.ctx.now;
        let Some(session) = self.sessions.get_mut(session_key) else { return false };
        session.user = user;
        session.must_authenticate = false;
        session.connected = true;
        session.round_trip = Some(now.since(session.started).max(SHORTEST_ROUND_TRIP));
        let (protocol, mismatch) = (connect.protocol, connect.no_responders && !connect.headers);
        self.ctx.events.record(|| EventKind::Connected {
            name: connect.name.clone(),
            lang: connect.lang.clone(),
            version: connect.version.clone(),
        });
        let verbose = connect.verbose;
        session.connect = connect;
        session.author_index = 0;
        if !(0..=1).contains(&protocol) {
            return self.reject_protocol(session_key, "invalid client protocol");
        }
        if mismatch {
            return self.reject_protocol(session_key, "no responders requires headers support");
        }
        self.schedule_ping(session_key, true);
        if verbose {
            self.send(session_key, &ServerOp::Ok);
        }
        true
    }

    /// Closes a connection that breaks the protocol, and logs why. `false`, since the connection is over.
    fn reject_protocol(&mut self, session_key: SessionKey, text: &str) -> bool {
        self.close_with_error(session_key, text, CloseReason::ProtocolViolation);
        self.report_violation(session_key, ClientViolation::Protocol { text: text.to_owned() });
        false
    }

    /// Checks who a client is.
    pub(crate) fn authenticate(&self, connect: &Connect) -> Authentication {
        let auth = &self.config.auth;
        if !auth.is_required() {
            return Authentication::Anonymous;
        }
        let is_password = self.is_password;
        if let Some(token) = &auth.token {
            return match &connect.auth_token {
                Some(given) if is_password(token, given) => Authentication::Anonymous,
                _ => Authentication::Rejected,
            };
        }
        let Some(name) = connect.user.as_ref().filter(|name| !name.is_empty()) else {
            return match &auth.no_auth_user {
                Some(name) => Authentication::User(auth.user(name).cloned().unwrap_or_default()),
                None => Authentication::Rejected,
            };
        };
        let given = connect.pass.as_deref().unwrap_or_default();
        match auth.user(name) {
            Some(user) if is_password(&user.password, given) => Authentication::User(user.clone()),
            _ => Authentication::Rejected,
        }
    }

    /// Takes a client that sends something else before CONNECT for the default user, if there is one. `false` when the
    /// connection is over.
    pub(crate) fn authenticate_default_user(&mut self, session_key: SessionKey) -> bool {
        let Authentication::User(user) = self.authenticate(&Connect::default()) else {
            self.reject_unauthenticated(session_key, &Connect::default());
            return false;
        };
        if let Some(session) = self.sessions.get_mut(session_key) {
            session.user = Some(user);
            session.must_authenticate = false;
        }
        true
    }

    /// Closes a connection that failed authentication.
    pub(crate) fn reject_unauthenticated(&mut self, session_key: SessionKey, connect: &Connect) {
        let user = connect.user.clone().filter(|user| !user.is_empty());
        let token = connect.auth_token.as_ref().is_some_and(|token| !token.is_empty());
        self.report_violation(session_key, ClientViolation::Authentication { user, token });
        self.close_with_error(session_key, "Authorization Violation", CloseReason::AuthenticationViolation);
    }

    /// Closes a connection beyond the limit.
    pub(crate) fn reject_over_limit(&mut self, session_key: SessionKey) {
        self.close_with_error(
            session_key,
            "maximum connections exceeded",
            CloseReason::MaxConnectionsExceeded,
        );
        self.report_violation(session_key, ClientViolation::MaxConnections);
    }

    pub(crate) fn ping(&mut self, session_key: SessionKey) {
        self.send(session_key, &ServerOp::Pong);
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        if session.connected && !session.first_pong_sent {
            session.first_pong_sent = true;
            if session.connect.protocol >= 1 {
                let info = self.info(session_key, true);
                self.send(session_key, &ServerOp::Info(info.as_bytes()));
            }
        }
    }

    pub(crate) fn pong(&mut self, session_key: SessionKey) {
        let now = self.ctx.now;
        if let Some(session) = self.sessions.get_mut(session_key) {
            if let Some(sent) = session.ping_sent.filter(|_| session.pings_outstanding > 0) {
                session.round_trip = Some(now.since(sent).max(SHORTEST_ROUND_TRIP));
            }
            session.pings_outstanding = 0;
        }
    }

    fn schedule_ping(&mut self, session_key: SessionKey, first: bool) {
        let interval = self.config.ping_interval;
        let jitter = Duration::from_millis(self.ctx.ids.below(FIRST_PING_JITTER_MILLIS));
        let wait = if first { interval.min(FIRST_PING) + jitter } else { interval };
        let at = self.ctx.now + wait;
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        session.ping_at = Some(at);
        self.ctx.timers.schedule(Timer::Session(session_key), &mut session.timer_due, Some(at));
    }

    pub(crate) fn wake_session(&mut self, session_key: SessionKey) {
        let now = self.ctx.now;
        let Some(session) = self.sessions.get_mut(session_key) else {
            return;
        };
        session.timer_due = None;
        if session.must_authenticate && now >= session.started + self.config.auth_timeout {
            return self.close_with_error(
                session_key,
                "Authentication Timeout",
                CloseReason::AuthenticationTimeout,
            );
        }
        let Some(ping_at) = session.ping_at else { return };
        if now < ping_at {
            return self.ctx.timers.schedule(
                Timer::Session(session_key),
                &mut session.timer_due,
                Some(ping_at),
            );
        }
        let quiet = now.since(session.last_activity) >= self.config.ping_interval;
        let measure = session.ping_sent.is_none_or(|sent| now.since(sent) > MEASURE_AGAIN);
        if quiet || measure {
            if session.pings_outstanding + 1 > self.config.ping_max {
                return self.close_with_error(session_key, "Stale Connection", CloseReason::Stale);
            }
            session.pings_outstanding += 1;
            session.ping_sent = Some(now);
            self.send(session_key, &ServerOp::Ping);
        }
        self.schedule_ping(session_key, false);
    }

    /// Sends -ERR and closes the connection.
    pub(crate) fn close_with_error(&mut self, session_key: SessionKey, text: &str, reason: CloseReason) {
        self.send(session_key, &ServerOp::Err(text));
        self.close(session_key, reason);
    }

    /// Closes a connection once its output is written.
    pub(crate) fn close(&mut self, session_key: SessionKey, reason: CloseReason) {
        let Some(session) =
            self.sessions.get_mut(session_key).filter(|session| session.close_reason.is_none())
        else {
            return;
        };
        session.close_reason = Some(reason);
        let id = session.id;
        self.ctx.events.record_for(Some(id), || EventKind::Closed { reason });
        self.drop_subscriptions(session_key);
        self.queue_output(session_key);
    }

    /// The client closed the connection.
    pub(crate) fn client_gone(&mut self, session_key: SessionKey) {
        let Some(session) = self.sessions.get(session_key) else { return };
        if session.close_reason.is_none() {
            self.ctx.events.record(|| EventKind::Closed { reason: CloseReason::ClientClosed });
        }
        self.drop_subscriptions(session_key);
        self.remove_session(session_key);
    }

    pub(crate) fn remove_session(&mut self, session_key: SessionKey) {
        if let Some(session) = self.sessions.remove(session_key) {
            self.session_keys.remove(&session.id);
            self.traffic_of_closed.add(session.traffic);
            self.ctx.events.remove_client(session.id);
            self.ctx.timers.cancel(Timer::Session(session_key), session.timer_due);
            if let Some(jetstream) = &mut self.jetstream {
                jetstream.resume_consumers(session.stalled_consumers);
            }
        }
    }

    fn drop_subscriptions(&mut self, session_key: SessionKey) {
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        for (_, key) in std::mem::take(&mut session.subscriptions) {
            self.unsubscribe(key);
        }
    }

    /// Sends an operation to a client.
    pub(crate) fn send(&mut self, session_key: SessionKey, op: &ServerOp<'_>) {
        if let Some(session) = self.sessions.get_mut(session_key) {
            session.send(op);
            self.queue_output(session_key);
        }
    }
}
