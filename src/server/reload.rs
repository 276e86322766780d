//! What changes while a server runs: its configuration, and that it is about to leave.

use super::config::Config;
use super::{ConnId, Server};
use crate::base::Time;
use crate::server::connection::CloseReason;
use crate::server::keys::SessionKey;
use crate::wire::ServerOp;

impl Server {
    /// Takes who may come in, limits and waits from another configuration; the rest stays as it is. Whoever may not be here
    /// any more is put out.
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
            ..config
        };
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

    /// Whether a client may still be here, and what it may do now.
    fn reauthorize(&mut self, session_key: SessionKey) {
        let Some(session) =
            self.sessions.get_mut(session_key).filter(|session| session.close_reason.is_none())
        else {
            return;
        };
        // Who has a name that is in no list now goes, whatever may be.
        let auth = &self.config.auth;
        let name = session.connect.user.as_ref().filter(|name| !name.is_empty());
        if name.is_some_and(|name| auth.is_single || auth.user(name).is_none()) {
            return self.close(session_key, CloseReason::ClientClosed);
        }
        let connect = session.connect.clone();
        let Some(user) = self.authenticate(&connect) else {
            return self.reject_unauthenticated(session_key, &connect);
        };
        let user = user.and_then(|name| self.config.auth.user(&name).cloned());
        let Some(session) = self.sessions.get_mut(session_key) else { return };
        session.user = user;
        let kept: Vec<_> = session.subscriptions.iter().map(|(sid, number)| (sid.clone(), *number)).collect();
        for (sid, number) in kept {
            let Some(subscription) = self.ctx.router.get(number) else { continue };
            let (subject, queue) = (subscription.subject.to_string(), subscription.queue.clone());
            let Some(session) = self.sessions.get_mut(session_key) else { return };
            if session.may_subscribe(&subject, queue.as_deref()) {
                continue;
            }
            session.subscriptions.remove(&sid);
            self.unsubscribe(number);
            let text = format!("Permissions Violation for Subscription to \"{subject}\" (sid \"{sid}\")");
            self.send(session_key, &ServerOp::Err(&text));
        }
    }

    /// Tells clients that the server is about to leave, so that they go elsewhere.
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

    /// Ends a connection, since the server does.
    pub fn disconnect(&mut self, now: Time, connection: ConnId) {
        self.advance(now);
        if let Some(session_key) = self.session_keys.get(&connection).copied() {
            self.close(session_key, CloseReason::ServerShutdown);
        }
    }
}
