//! What monitoring tells of a connection. Source: nats-server's `ConnInfo` and `SubDetail`.

use serde::Serialize;

use super::view::{ConnectionView, SubscriptionView};
use crate::base::Time;
use crate::gofmt::{Nanos, uptime};
use crate::gojson::is_default;

/// A connection in `/connz` and in the answers of `$SYS.REQ.…CONNZ`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConnectionInfo {
    pub cid: u64,
    pub kind: &'static str,
    /// Of the transport: `nats` or `websocket`.
    #[serde(rename = "type")]
    pub transport: &'static str,
    pub ip: String,
    pub port: u16,
    pub start: Time,
    pub last_activity: Time,
    /// Of one that is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rtt: Option<String>,
    pub uptime: String,
    pub idle: String,
    pub pending_bytes: usize,
    pub in_msgs: u64,
    pub out_msgs: u64,
    pub in_bytes: u64,
    pub out_bytes: u64,
    /// How many there are.
    pub subscriptions: usize,
    #[serde(skip_serializing_if = "is_default")]
    pub name: String,
    #[serde(skip_serializing_if = "is_default")]
    pub lang: String,
    #[serde(skip_serializing_if = "is_default")]
    pub version: String,
    #[serde(skip_serializing_if = "is_default")]
    pub authorized_user: String,
    /// Their subjects, if they are asked for.
    #[serde(skip_serializing_if = "is_default")]
    pub subscriptions_list: Vec<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub subscriptions_list_detail: Vec<SubscriptionDetail>,
    /// The account, if users are asked for.
    #[serde(skip_serializing_if = "is_default")]
    pub name_tag: String,
}

/// A subscription in `/connz` and `/subsz`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SubscriptionDetail {
    pub subject: String,
    #[serde(skip_serializing_if = "is_default")]
    pub qgroup: String,
    pub sid: String,
    pub msgs: u64,
    #[serde(skip_serializing_if = "is_default")]
    pub max: u64,
    pub cid: u64,
}

impl ConnectionInfo {
    /// What a view tells of an open connection at `now`; without port, user and lists, which not everybody asks for.
    pub fn new(view: &ConnectionView, now: Time) -> ConnectionInfo {
        ConnectionInfo {
            cid: view.number,
            kind: "Client",
            transport: "nats",
            ip: view.ip.clone(),
            port: 0,
            start: view.started,
            last_activity: view.last_activity,
            stop: None,
            reason: None,
            rtt: view.round_trip.map(|trip| Nanos::from(trip).to_string()),
            uptime: uptime(now.since(view.started)),
            idle: uptime(now.since(view.last_activity)),
            pending_bytes: 0,
            in_msgs: view.in_messages,
            out_msgs: view.out_messages,
            in_bytes: view.in_bytes,
            out_bytes: view.out_bytes,
            subscriptions: view.subscriptions.len(),
            name: view.name.clone(),
            lang: view.lang.clone(),
            version: view.version.clone(),
            authorized_user: String::new(),
            subscriptions_list: Vec::new(),
            subscriptions_list_detail: Vec::new(),
            name_tag: String::new(),
        }
    }
}

impl SubscriptionDetail {
    /// Of the client with the id `cid`.
    pub fn new(subscription: &SubscriptionView, cid: u64) -> SubscriptionDetail {
        SubscriptionDetail {
            subject: subscription.subject.clone(),
            qgroup: subscription.queue.clone().unwrap_or_default(),
            sid: subscription.sid.clone(),
            msgs: subscription.delivered,
            max: subscription.max.unwrap_or_default(),
            cid,
        }
    }
}
