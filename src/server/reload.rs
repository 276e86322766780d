//! What changes while a server runs: its configuration, and that it is about to leave.

use super::config::Config;
use super::{ConnId, Server};
use crate::base::Time;
use crate::server::observe::event::CloseReason;
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
        let places: Vec<u32> = self.sessions.iter().map(|(place, _)| place).collect();
        let most = self.config.max_connections;
        for (count, place) in places.into_iter().enumerate() {
            if count >= most {
                self.one_too_many(place);
            } else {
                self.check_again(place);
            }
        }
        self.settle();
    }

    /// Whether a client may still be here, and what it may do now.
    fn check_again(&mut self, place: u32) {
        let Some(session) = self.sessions.get_mut(place).filter(|session| session.closing.is_none()) else {
            return;
        };
        // Who has a name that is in no list now goes, whatever may be.
        let auth = &self.config.auth;
        let name = session.connect.user.as_ref().filter(|name| !name.is_empty());
        if name.is_some_and(|name| auth.is_single || auth.user(name).is_none()) {
            return self.close(place, CloseReason::ClientClosed);
        }
        let connect = session.connect.clone();
        let Some(user) = self.authenticate(&connect) else { return self.keep_out(place, &connect) };
        let user = user.and_then(|name| self.config.auth.user(&name).cloned());
        let Some(session) = self.sessions.get_mut(place) else { return };
        session.user = user;
        let kept: Vec<_> = session.subscriptions.iter().map(|(sid, number)| (sid.clone(), *number)).collect();
        for (sid, number) in kept {
            let Some(subscription) = self.desk.router.get(number) else { continue };
            let (subject, queue) = (subscription.subject.to_string(), subscription.queue.clone());
            let Some(session) = self.sessions.get_mut(place) else { return };
            if session.may_subscribe(&subject, queue.as_deref()) {
                continue;
            }
            session.subscriptions.remove(&sid);
            self.unsubscribe(number);
            let text = format!("Permissions Violation for Subscription to \"{subject}\" (sid \"{sid}\")");
            self.say(place, &ServerOp::Err(&text));
        }
    }

    /// Tells clients that the server is about to leave, so that they go elsewhere.
    pub fn enter_lame_duck_mode(&mut self, now: Time) {
        self.advance(now);
        self.is_leaving = true;
        let places: Vec<u32> = self.sessions.iter().map(|(place, _)| place).collect();
        for place in places {
            let wants = |place| {
                self.sessions.get(place).is_some_and(|session| {
                    session.connected && session.connect.protocol >= 1 && session.first_pong_sent
                })
            };
            if wants(place) {
                let info = self.info(place, false);
                self.say(place, &ServerOp::Info(info.as_bytes()));
            }
        }
    }

    /// Ends a connection, since the server does.
    pub fn disconnect(&mut self, now: Time, connection: ConnId) {
        self.advance(now);
        if let Some(place) = self.places.get(&connection).copied() {
            self.close(place, CloseReason::ServerShutdown);
        }
    }
}
