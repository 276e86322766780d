//! Changes while a server runs: another configuration, lame duck mode, a connection to be closed.

use super::config::Config;
use super::{ConnId, Server};
use crate::base::Time;
use crate::server::connection::CloseReason;
use crate::server::keys::SessionKey;
use crate::server::protocol::handshake::Authentication;
use crate::wire::ServerOp;

impl Server {
    /// Takes users, limits and timeouts from another configuration; the rest stays as it is. Clients that may not be
    /// connected any more are disconnected.
    pub fn reload(&mut self, now: Time, config: Config) {
        self.advance(now);
        let before = std::mem::take(&mut self.config);
        self.config = Config {
            seed: before.seed,
            name: before.name,
            host: before.host,
            port: before.port,
            jetstream: before.jetstream,
            max_pending: before.max_pending,
            max_subscriptions: before.max_subscriptions,
            event_level: before.event_level,
            is_traced: before.is_traced,
            ..config
        };
        self.ctx.account.clone_from(&self.config.account);
        let session_keys: Vec<SessionKey> =
            self.sessions.iter().map(|(session_key, _)| session_key).collect();
        let most = self.config.max_connections;
        for (count, session_key) in session_keys.into_iter().enumerate() {
            if count >= most {
                self.reject_over_limit(session_key);
            } else {
                self.reauthorize(session_key);
            }
        }
        self.settle();
    }

    /// Applies changed users and permissions to a connected client.
    fn reauthorize(&mut self, session_key: SessionKey) {
        let Some(session) =
            self.sessions.get_mut(session_key).filter(|session| session.close_reason.is_none())
        else {
            return;
        };
        // A client whose user is not configured any more is closed whatever else holds.
        let auth = &self.config.auth;
        let name = session.connect.user.as_ref().filter(|name| !name.is_empty());
        if name.is_some_and(|name| auth.is_single || auth.user(name).is_none()) {
            return self.close(session_key, CloseReason::ClientClosed);
        }
        let connect = session.connect.clone();
        let user = match self.authenticate(&connect) {
            Authentication::Anonymous => None,
            Authentication::User(user) => Some(user),
            Authentication::Rejected => return self.reject_unauthenticated(session_key, &connect),
        };
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        session.user = user;
        let subscriptions: Vec<_> =
            session.subscriptions.iter().map(|(sid, key)| (sid.clone(), *key)).collect();
        for (sid, key) in subscriptions {
            let Some(subscription) = self.ctx.router.get(key) else { continue };
            let (subject, queue) = (subscription.subject.to_string(), subscription.queue.clone());
            let Some(session) = self.sessions.get_mut(session_key) else { return };
            if session.may_subscribe(&subject, queue.as_deref()) {
                continue;
            }
            session.subscriptions.remove(&sid);
            self.unsubscribe(key);
            let text = format!("Permissions Violation for Subscription to \"{subject}\" (sid \"{sid}\")");
            self.send(session_key, &ServerOp::Err(&text));
        }
    }

    /// Tells clients that the server is about to shut down, so that they connect elsewhere.
    pub fn enter_lame_duck_mode(&mut self, now: Time) {
        self.advance(now);
        self.lame_duck = true;
        let session_keys: Vec<SessionKey> =
            self.sessions.iter().map(|(session_key, _)| session_key).collect();
        for session_key in session_keys {
            let wants = |session_key| {
                self.sessions.get(session_key).is_some_and(|session| {
                    session.connected && session.connect.protocol >= 1 && session.first_pong_sent
                })
            };
            if wants(session_key) {
                let info = self.info(session_key, false);
                self.send(session_key, &ServerOp::Info(info.as_bytes()));
            }
        }
    }

    /// Closes a connection because the server shuts down.
    pub fn disconnect(&mut self, now: Time, connection: ConnId) {
        self.advance(now);
        if let Some(session_key) = self.session_keys.get(&connection).copied() {
            self.close(session_key, CloseReason::ServerShutdown);
        }
    }
}
