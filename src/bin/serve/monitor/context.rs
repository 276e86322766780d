//! What the pages are made from.

use playground::base::Time;
use playground::nats_server::ServerOptions;
use playground::server::View;
use playground::server::view::ConnectionView;
use serde::Serialize;

use super::query::Query;
use crate::program_state::ProgramState;
use crate::server_handle::ServerHandle;

pub(super) struct MonitorContext<'a> {
    pub(super) server: &'a ServerHandle,
    pub(super) state: &'a ProgramState,
    pub(super) options: ServerOptions,
    pub(super) view: View,
    pub(super) query: Query<'a>,
}

/// Subscriptions of nats-server itself in the account of the system.
pub(super) const SYSTEM_SUBSCRIPTIONS: u64 = 56;

/// And in the other account, without JetStream and with it.
const ACCOUNT_SUBSCRIPTIONS: [u64; 2] = [4, 5];

/// And those of JetStream.
const JETSTREAM_SUBSCRIPTIONS: u64 = 2;

/// Which server says it, and when: the beginning of most pages.
#[derive(Serialize)]
pub(super) struct Stamp {
    server_id: String,
    now: Time,
}

impl<'a> MonitorContext<'a> {
    pub(super) fn new(
        server: &'a ServerHandle,
        state: &'a ProgramState,
        query: Query<'a>,
    ) -> MonitorContext<'a> {
        MonitorContext { server, state, options: state.options(), view: server.view(), query }
    }

    pub(super) fn stamp(&self) -> Stamp {
        Stamp { server_id: self.view.server.id.clone(), now: self.view.now }
    }

    /// A sum over all connections, the closed ones included.
    pub(super) fn sum(&self, of: fn(&ConnectionView) -> u64) -> u64 {
        let closed: u64 = self.server.history().closed().iter().map(|connection| of(&connection.view)).sum();
        closed + self.view.connections.iter().map(of).sum::<u64>()
    }

    /// How many subscriptions nats-server itself has in the account.
    pub(super) fn own_account_subscriptions(&self) -> u64 {
        ACCOUNT_SUBSCRIPTIONS[usize::from(self.view.server.jetstream)]
    }

    /// Subscriptions in the account, those of nats-server itself included.
    pub(super) fn account_subscriptions(&self) -> u64 {
        let clients: usize =
            self.view.connections.iter().map(|connection| connection.subscriptions.len()).sum();
        clients as u64 + self.own_account_subscriptions()
    }

    /// Subscriptions in both accounts.
    pub(super) fn all_subscriptions(&self) -> u64 {
        let jetstream = if self.view.server.jetstream { JETSTREAM_SUBSCRIPTIONS } else { 0 };
        self.account_subscriptions() + SYSTEM_SUBSCRIPTIONS + jetstream
    }
}
