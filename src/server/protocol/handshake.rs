//! The beginning and the end of a connection: INFO, CONNECT, who may come in, PING and PONG, and leaving.

use std::time::Duration;

use crate::gojson;
use crate::server::context::Timer;
use crate::server::observe::event::{ClientViolation, CloseReason, EventKind, EventLevel};
use crate::server::protocol::session::Session;
use crate::server::{API_LEVEL, ConnId, GIT_COMMIT, GO_VERSION, Server, VERSION};
use crate::wire::{Connect, Info, ServerOp};

/// The first PING measures the round trip; a fifth of its wait is left to chance.
const FIRST_PING: Duration = Duration::from_secs(2);
const FIRST_PING_JITTER_MILLIS: u64 = 400;

/// A round trip older than this is measured again, however busy the client is.
const MEASURE_AGAIN: Duration = Duration::from_secs(3600);

impl Server {
    pub(crate) fn open(&mut self, id: ConnId, ip: String) {
        self.connected += 1;
        let now = self.desk.now;
        self.desk.log.tell(|| EventKind::Opened { ip: ip.clone() });
        let mut session = Session::new(id, self.connected, ip, now);
        session.traced = self.desk.log.wants(EventLevel::Wire).then(Vec::new);
        session.awaiting_auth = self.config.auth.is_required();
        let number = session.number;
        let full = self.sessions.len() >= self.config.max_connections;
        let place = self.sessions.add(session);
        self.places.insert(id, place);
        let info = self.info(place, false);
        self.say(place, &ServerOp::Info(info.as_bytes()));
        if full {
            return self.one_too_many(place);
        }
        self.plan_ping(place, true);
        if self.config.auth.is_required() {
            let timeout = now + self.config.auth_timeout;
            if let Some(session) = self.sessions.get_mut(place) {
                self.desk.wake(Timer::Session(place, number), &mut session.due, Some(timeout));
            }
        }
    }

    /// The body of INFO; `connected` is the second one, which answers the first PING.
    pub(crate) fn info(&self, place: u32, connected: bool) -> String {
        let session = self.sessions.get(place);
        let info = Info {
            server_id: self.id.clone(),
            server_name: self.desk.server_name.clone(),
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
            client_id: session.map_or(0, |session| session.number),
            client_ip: session.map(|session| session.ip.clone()).unwrap_or_default(),
            domain: self.desk.domain.clone(),
            connect_info: connected,
            remote_account: if connected { self.config.account.clone() } else { String::new() },
            ldm: self.is_leaving,
            api_lvl: API_LEVEL,
            xkey: format!("X{}", &self.id[1..]),
            ..Info::default()
        };
        // The real line ends in a space.
        gojson::to_string(&info) + " "
    }

    /// CONNECT. `false` when the connection is over.
    pub(crate) fn connect(&mut self, place: u32, body: &[u8]) -> bool {
        // A second one changes what it names, and ends all subscriptions.
        let before = self.sessions.get(place).filter(|session| session.connected);
        let before = before.map(|session| session.connect.clone()).unwrap_or_default();
        let Ok(connect) = gojson::update(&before, body) else {
            self.close(place, CloseReason::ProtocolViolation);
            return false;
        };
        if self.sessions.get(place).is_some_and(|session| session.connected) {
            self.drop_subscriptions(place);
        }
        let Some(user) = self.authenticate(&connect) else {
            self.keep_out(place, &connect);
            return false;
        };
        let now = self.desk.now;
        let Some(session) = self.sessions.get_mut(place) else { return false };
        session.user = user.map(|name| self.config.auth.user(&name).cloned().unwrap_or_default());
        session.awaiting_auth = false;
        session.connected = true;
        session.round_trip = Some(now.since(session.started));
        let (protocol, mismatch) = (connect.protocol, connect.no_responders && !connect.headers);
        self.desk.log.tell(|| EventKind::Connected {
            name: connect.name.clone(),
            lang: connect.lang.clone(),
            version: connect.version.clone(),
        });
        let verbose = connect.verbose;
        session.connect = connect;
        session.author = 0;
        if !(0..=1).contains(&protocol) {
            self.refuse(place, "invalid client protocol", CloseReason::ProtocolViolation);
            return false;
        }
        if mismatch {
            self.refuse(place, "no responders requires headers support", CloseReason::ProtocolViolation);
            return false;
        }
        self.plan_ping(place, true);
        if verbose {
            self.say(place, &ServerOp::Ok);
        }
        true
    }

    /// The user that somebody is, `Some(None)` for nobody in particular, `None` if he may not come in.
    pub(crate) fn authenticate(&self, connect: &Connect) -> Option<Option<String>> {
        let auth = &self.config.auth;
        if !auth.is_required() {
            return Some(None);
        }
        if let Some(token) = &auth.token {
            return (self.is_password)(token, connect.auth_token.as_ref()?).then_some(None);
        }
        let name = match connect.user.as_ref().filter(|name| !name.is_empty()) {
            Some(name) => name,
            None => return auth.no_auth_user.clone().map(Some),
        };
        let user = auth.user(name)?;
        let given = connect.pass.as_deref().unwrap_or_default();
        (self.is_password)(&user.password, given).then(|| Some(name.clone()))
    }

    /// What comes before CONNECT where everybody has to say who he is. `false` when the connection is over.
    pub(crate) fn admit_unnamed(&mut self, place: u32) -> bool {
        match self.authenticate(&Connect::default()).flatten() {
            Some(name) => {
                let user = self.config.auth.user(&name).cloned();
                if let Some(session) = self.sessions.get_mut(place) {
                    session.user = user;
                    session.awaiting_auth = false;
                }
                true
            }
            None => {
                self.keep_out(place, &Connect::default());
                false
            }
        }
    }

    /// Ends a connection whose client is nobody that may come in.
    pub(crate) fn keep_out(&mut self, place: u32, connect: &Connect) {
        let user = connect.user.clone().filter(|user| !user.is_empty());
        let token = connect.auth_token.as_ref().is_some_and(|token| !token.is_empty());
        self.report_violation(place, ClientViolation::Authentication { user, token });
        self.refuse(place, "Authorization Violation", CloseReason::AuthenticationViolation);
    }

    /// Ends a connection for which there is no room.
    pub(crate) fn one_too_many(&mut self, place: u32) {
        self.refuse(place, "maximum connections exceeded", CloseReason::MaxConnectionsExceeded);
        self.report_violation(place, ClientViolation::MaxConnections);
    }

    pub(crate) fn ping(&mut self, place: u32) {
        self.say(place, &ServerOp::Pong);
        let Some(session) = self.sessions.get_mut(place) else { return };
        if session.connected && !session.first_pong_sent {
            session.first_pong_sent = true;
            if session.connect.protocol >= 1 {
                let info = self.info(place, true);
                self.say(place, &ServerOp::Info(info.as_bytes()));
            }
        }
    }

    pub(crate) fn pong(&mut self, place: u32) {
        let now = self.desk.now;
        if let Some(session) = self.sessions.get_mut(place) {
            if let Some(sent) = session.ping_sent.filter(|_| session.pings_out > 0) {
                session.round_trip = Some(now.since(sent));
            }
            session.pings_out = 0;
        }
    }

    fn plan_ping(&mut self, place: u32, first: bool) {
        let interval = self.config.ping_interval;
        let jitter = Duration::from_millis(self.desk.below(FIRST_PING_JITTER_MILLIS));
        let wait = if first { interval.min(FIRST_PING) + jitter } else { interval };
        let at = self.desk.now + wait;
        let Some(session) = self.sessions.get_mut(place) else { return };
        session.ping_at = Some(at);
        self.desk.wake(Timer::Session(place, session.number), &mut session.due, Some(at));
    }

    pub(crate) fn wake_session(&mut self, place: u32, number: u64) {
        let now = self.desk.now;
        let Some(session) = self.sessions.get_mut(place).filter(|session| session.number == number) else {
            return;
        };
        session.due = None;
        if session.awaiting_auth && now >= session.started + self.config.auth_timeout {
            return self.refuse(place, "Authentication Timeout", CloseReason::AuthenticationTimeout);
        }
        let Some(ping_at) = session.ping_at else { return };
        if now < ping_at {
            return self.desk.wake(Timer::Session(place, number), &mut session.due, Some(ping_at));
        }
        let quiet = now.since(session.last_in) >= self.config.ping_interval;
        let measure = session.ping_sent.is_none_or(|sent| now.since(sent) > MEASURE_AGAIN);
        if quiet || measure {
            if session.pings_out + 1 > self.config.ping_max {
                return self.refuse(place, "Stale Connection", CloseReason::Stale);
            }
            session.pings_out += 1;
            session.ping_sent = Some(now);
            self.say(place, &ServerOp::Ping);
        }
        self.plan_ping(place, false);
    }

    /// Says why, and ends the connection.
    pub(crate) fn refuse(&mut self, place: u32, text: &str, reason: CloseReason) {
        self.say(place, &ServerOp::Err(text));
        self.close(place, reason);
    }

    /// Ends a connection after what it still has to be told.
    pub(crate) fn close(&mut self, place: u32, reason: CloseReason) {
        let Some(session) = self.sessions.get_mut(place).filter(|session| session.closing.is_none()) else {
            return;
        };
        session.closing = Some(reason);
        let id = session.id;
        self.desk.log.add_if_told(Some(id), || EventKind::Closed { reason });
        self.drop_subscriptions(place);
        self.list(place);
    }

    /// The client went away.
    pub(crate) fn leave(&mut self, place: u32) {
        let Some(session) = self.sessions.get(place) else { return };
        if session.closing.is_none() {
            self.desk.log.tell(|| EventKind::Closed { reason: CloseReason::ClientClosed });
        }
        self.drop_subscriptions(place);
        self.remove(place);
    }

    pub(crate) fn remove(&mut self, place: u32) {
        if let Some(session) = self.sessions.remove(place) {
            self.places.remove(&session.id);
            self.desk.forget(Timer::Session(place, session.number), session.due);
            if let Some(jetstream) = &mut self.jetstream {
                jetstream.resume(session.held);
            }
        }
    }

    fn drop_subscriptions(&mut self, place: u32) {
        let Some(session) = self.sessions.get_mut(place) else { return };
        for (_, number) in std::mem::take(&mut session.subscriptions) {
            self.unsubscribe(number);
        }
    }

    /// Appends an operation for a client.
    pub(crate) fn say(&mut self, place: u32, op: &ServerOp<'_>) {
        if let Some(session) = self.sessions.get_mut(place) {
            session.send(op);
            self.list(place);
        }
    }
}
