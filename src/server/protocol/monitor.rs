//! What clients may ask the server about their own account: its connections and its traffic.
//! Source: <https://docs.nats.io/running-a-nats-service/configuration/sys_accounts>.

use serde::{Deserialize, Serialize};

use crate::base::Time;
use crate::gofmt::Nanos;
use crate::gojson;
use crate::server::Server;
use crate::server::observe::build_view::connection_view;
use crate::server::observe::connection_info::ConnectionInfo;
use crate::server::protocol::session::Session;
use crate::server::protocol::system::ServerInfo;

/// How many connections are listed by default.
const LIMIT: u64 = 1024;

/// Subscriptions that every account with JetStream has, and those of the server for each stream beside its subjects.
const SUBSCRIPTIONS_OF_ACCOUNT: usize = 5;
const SUBSCRIPTIONS_OF_STREAM: usize = 2;

/// What is asked for; the body may be empty.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ConnzOptions {
    auth: bool,
    subscriptions: bool,
    #[serde(deserialize_with = "gojson::int")]
    offset: i64,
    #[serde(deserialize_with = "gojson::int")]
    limit: i64,
    cid: u64,
}

/// The options of the traffic, which do not matter to the only account.
#[derive(Default, Deserialize)]
#[serde(default)]
struct StatzOptions {}

#[derive(Serialize)]
struct Answer<'a, T> {
    server: ServerInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<RequestError>,
}

#[derive(Serialize)]
struct RequestError {
    code: u16,
    description: String,
}

#[derive(Serialize)]
struct Connz {
    server_id: String,
    now: Time,
    num_connections: usize,
    total: usize,
    offset: i64,
    limit: u64,
    connections: Vec<ConnectionInfo>,
}

#[derive(Serialize)]
struct Statz {
    server_id: String,
    now: Time,
    account_statz: Vec<AccountStat>,
}

#[derive(Serialize)]
struct AccountStat {
    acc: String,
    name: String,
    conns: usize,
    leafnodes: u8,
    total_conns: usize,
    num_subscriptions: usize,
    sent: Amounts,
    received: Amounts,
    slow_consumers: u64,
}

/// Messages and their bytes, of all and of connections between servers, of which there are none here.
#[derive(Serialize)]
struct Amounts {
    #[serde(flatten)]
    all: Amount,
    gateways: Amount,
    routes: Amount,
    leafs: Amount,
}

#[derive(Default, Serialize)]
struct Amount {
    msgs: u64,
    bytes: u64,
}

impl Amounts {
    fn new(msgs: u64, bytes: u64) -> Amounts {
        let none = Amount::default;
        Amounts { all: Amount { msgs, bytes }, gateways: none(), routes: none(), leafs: none() }
    }
}

impl Server {
    /// The answer to a request on `$SYS.REQ.` and `topic`; `None` if the server does not listen there.
    pub(super) fn monitor_answer(&mut self, topic: &str, body: &[u8]) -> Option<Vec<u8>> {
        Some(match topic {
            "SERVER.PING.CONNZ" | "ACCOUNT.PING.CONNZ" => {
                let data = options(body).map(|options| self.connz(&options));
                self.answer(data)
            }
            "ACCOUNT.PING.STATZ" => {
                let data = options(body).map(|StatzOptions {}| self.statz());
                self.answer(data)
            }
            _ => return None,
        })
    }

    fn answer<T: Serialize>(&mut self, data: Result<T, String>) -> Vec<u8> {
        let (data, error) = match data {
            Ok(data) => (Some(data), None),
            Err(description) => (None, Some(RequestError { code: 400, description })),
        };
        gojson::to_vec(&Answer { server: self.next_info(), data, error })
    }

    fn connz(&self, options: &ConnzOptions) -> Connz {
        let mut sessions: Vec<&Session> = self.sessions.values().collect();
        sessions.sort_by_key(|session| session.client_id);
        let total = sessions.len();
        if options.cid > 0 {
            sessions.retain(|session| session.client_id == options.cid);
        }
        let limit = match options.limit {
            _ if options.cid > 0 => 1,
            ..1 => LIMIT,
            limit => limit as u64,
        };
        let (skipped, most) = (options.offset.max(0) as usize, usize::try_from(limit).unwrap_or(usize::MAX));
        let connections: Vec<ConnectionInfo> = sessions
            .into_iter()
            .skip(skipped)
            .take(most)
            .map(|session| self.connection_info(session, options))
            .collect();
        Connz {
            server_id: self.id.clone(),
            now: self.ctx.now,
            num_connections: connections.len(),
            total,
            offset: options.offset,
            limit,
            connections,
        }
    }

    fn connection_info(&self, session: &Session, options: &ConnzOptions) -> ConnectionInfo {
        let view = connection_view(self, session);
        let subjects = view.subscriptions.iter().filter(|_| options.subscriptions);
        ConnectionInfo {
            port: session.port,
            rtt: Some(Nanos::from(session.round_trip.unwrap_or_default()).to_string()),
            pending_bytes: session.pending_bytes,
            authorized_user: if options.auth { session.user_name().to_owned() } else { String::new() },
            subscriptions_list: subjects.map(|one| one.subject.clone()).collect(),
            name_tag: if options.auth { self.config.account.clone() } else { String::new() },
            ..ConnectionInfo::new(&view, self.ctx.now)
        }
    }

    fn statz(&self) -> Statz {
        let account = &self.config.account;
        let mut all = self.traffic_of_closed;
        self.sessions.values().for_each(|session| all.add(session.traffic));
        let of_clients: usize = self.sessions.values().map(|session| session.subscriptions.len()).sum();
        let streams = self.jetstream.iter().flat_map(|jetstream| jetstream.all());
        let of_streams: usize =
            streams.map(|stream| stream.subscriptions.len() + SUBSCRIPTIONS_OF_STREAM).sum();
        let stat = AccountStat {
            acc: account.clone(),
            name: account.clone(),
            conns: self.sessions.len(),
            leafnodes: 0,
            total_conns: self.sessions.len(),
            num_subscriptions: SUBSCRIPTIONS_OF_ACCOUNT + of_clients + of_streams,
            sent: Amounts::new(all.out_messages, all.out_bytes),
            received: Amounts::new(all.in_messages, all.in_bytes),
            slow_consumers: 0,
        };
        Statz { server_id: self.id.clone(), now: self.ctx.now, account_statz: vec![stat] }
    }
}

/// Reads the options in a body.
fn options<T: Default + for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, String> {
    if body.is_empty() {
        return Ok(T::default());
    }
    gojson::from_slice(body).map_err(|error| error.to_string())
}
