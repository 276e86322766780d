//! The page `/connz`: connections, open and closed.

use std::cmp::Reverse;

use playground::base::Time;
use playground::nats_server::connection_log::close_reason;
use playground::server::view::ConnectionView;
use playground::server::{CloseReason, ConnectionInfo, SubscriptionDetail};
use serde::Serialize;

use super::context::{MonitorContext, Stamp};
use super::http::HttpError;
use super::query::{Query, Range};

/// How many connections are listed by default.
const LIMIT: u64 = 1024;

#[derive(Serialize)]
pub(super) struct Connz {
    #[serde(flatten)]
    stamp: Stamp,
    num_connections: usize,
    total: usize,
    offset: u64,
    limit: u64,
    connections: Vec<ConnectionInfo>,
}

/// A connection with what the server itself does not know of it.
struct Connection {
    view: ConnectionView,
    /// The client's address and port.
    address: String,
    is_websocket: bool,
    pending: usize,
    end: Option<(Time, CloseReason)>,
}

/// What the page shows of each connection.
#[derive(Clone, Copy)]
struct Columns {
    auth: bool,
    subscriptions: SubscriptionColumns,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SubscriptionColumns {
    Count,
    Subjects,
    Details,
}

pub(super) fn connz(context: &MonitorContext<'_>) -> Result<Connz, HttpError> {
    let query = &context.query;
    let columns = Columns::parse(query)?;
    let (offset, limit, cid) = (query.number("offset")?, query.number("limit")?, query.number("cid")?);
    let limit = match limit {
        _ if cid > 0 => 1,
        0 => LIMIT,
        limit => limit,
    };
    let mut connections = selected(context)?;
    let total = connections.len();
    sort(&mut connections, query.text("sort").unwrap_or("cid"))?;
    if cid > 0 {
        connections.retain(|connection| connection.view.number == cid);
    }
    let connections: Vec<ConnectionInfo> = Range { offset, limit }
        .of(connections)
        .iter()
        .map(|connection| connection.info(context, columns))
        .collect();
    Ok(Connz {
        stamp: context.stamp(),
        num_connections: connections.len(),
        total,
        offset,
        limit,
        connections,
    })
}

impl Columns {
    fn parse(query: &Query<'_>) -> Result<Columns, HttpError> {
        let auth = query.boolean("auth")?;
        let subscriptions = match query.text("subs") {
            Some("detail") => SubscriptionColumns::Details,
            _ if query.boolean("subs")? => SubscriptionColumns::Subjects,
            _ => SubscriptionColumns::Count,
        };
        Ok(Columns { auth, subscriptions })
    }
}

/// The connections that the parameters `state` and `acc` select.
fn selected(context: &MonitorContext<'_>) -> Result<Vec<Connection>, HttpError> {
    let query = &context.query;
    let (open, closed) = match query.text("state").map(str::to_ascii_lowercase).as_deref() {
        None | Some("open") => (true, false),
        Some("closed") => (false, true),
        Some("any" | "all") => (true, true),
        Some(state) => {
            return Err(HttpError::bad_request(format!("Error decoding state for {state}")).uncounted());
        }
    };
    let mut connections = Vec::new();
    if query.text("acc").is_some_and(|account| account != context.view.account.name) {
        return Ok(connections);
    }
    if open {
        connections.extend(context.view.connections.iter().filter_map(|view| {
            let outbox = context.server.outbox(view.id)?;
            Some(Connection {
                view: view.clone(),
                address: outbox.address.clone(),
                is_websocket: outbox.is_websocket,
                pending: outbox.pending(),
                end: None,
            })
        }));
    }
    if closed {
        connections.extend(context.server.history().closed().iter().map(|closed| Connection {
            view: closed.view.clone(),
            address: closed.address.clone(),
            is_websocket: closed.is_websocket,
            pending: 0,
            end: Some((closed.stop, closed.reason)),
        }));
    }
    Ok(connections)
}

/// Sorts by the parameter `sort`: ids and starts in ascending order, all others from the largest down.
fn sort(connections: &mut [Connection], sort: &str) -> Result<(), HttpError> {
    let key: fn(&Connection) -> u128 = match sort {
        "cid" | "start" => |connection| u128::from(u64::MAX - connection.view.number),
        "subs" => |connection| connection.view.subscriptions.len() as u128,
        "pending" => |connection| connection.pending as u128,
        "msgs_to" => |connection| connection.view.out_messages.into(),
        "msgs_from" => |connection| connection.view.in_messages.into(),
        "bytes_to" => |connection| connection.view.out_bytes.into(),
        "bytes_from" => |connection| connection.view.in_bytes.into(),
        "last" => |connection| connection.view.last_activity.nanos().into(),
        "idle" => |connection| (u64::MAX - connection.view.last_activity.nanos()).into(),
        "uptime" => |connection| (u64::MAX - connection.view.started.nanos()).into(),
        "rtt" => |connection| connection.view.round_trip.unwrap_or_default().as_nanos(),
        "stop" | "reason" => |connection| connection.end.map_or(0, |(stop, _)| stop.nanos().into()),
        _ => return Err(HttpError::bad_request(format!("invalid sorting option: {sort}"))),
    };
    connections.sort_by_key(|connection| Reverse(key(connection)));
    Ok(())
}

impl Connection {
    fn info(&self, context: &MonitorContext<'_>, columns: Columns) -> ConnectionInfo {
        let view = &self.view;
        let until = self.end.map_or(context.view.now, |(stop, _)| stop);
        let shows = |wanted| columns.subscriptions == wanted;
        let subjects = view.subscriptions.iter().filter(|_| shows(SubscriptionColumns::Subjects));
        let details = view.subscriptions.iter().filter(|_| shows(SubscriptionColumns::Details));
        ConnectionInfo {
            transport: if self.is_websocket { "websocket" } else { "nats" },
            port: self.address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default(),
            stop: self.end.map(|(stop, _)| stop),
            reason: self.end.map(|(_, reason)| close_reason(reason)),
            pending_bytes: self.pending,
            authorized_user: view.user.clone().filter(|_| columns.auth).unwrap_or_default(),
            subscriptions_list: subjects.map(|one| one.subject.clone()).collect(),
            subscriptions_list_detail: details.map(|one| SubscriptionDetail::new(one, view.number)).collect(),
            name_tag: if columns.auth { context.view.account.name.clone() } else { String::new() },
            ..ConnectionInfo::new(view, until)
        }
    }
}
