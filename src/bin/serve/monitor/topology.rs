//! Routes, gateways and leaf nodes: this server has none of them.

use playground::base::Time;
use serde::Serialize;

use super::context::{MonitorContext, Stamp};

/// A list or an object that is always empty.
type NoList = [(); 0];
type NoMap = serde_json::Map<String, serde_json::Value>;

#[derive(Serialize)]
pub(super) struct Routez {
    server_id: String,
    server_name: String,
    now: Time,
    num_routes: u64,
    routes: NoList,
}

pub(super) fn routez(context: &MonitorContext<'_>) -> Routez {
    let server = &context.view.server;
    Routez {
        server_id: server.id.clone(),
        server_name: server.name.clone(),
        now: context.view.now,
        num_routes: 0,
        routes: [],
    }
}

#[derive(Serialize)]
pub(super) struct Gatewayz {
    #[serde(flatten)]
    stamp: Stamp,
    outbound_gateways: NoMap,
    inbound_gateways: NoMap,
}

pub(super) fn gatewayz(context: &MonitorContext<'_>) -> Gatewayz {
    Gatewayz { stamp: context.stamp(), outbound_gateways: NoMap::new(), inbound_gateways: NoMap::new() }
}

#[derive(Serialize)]
pub(super) struct Leafz {
    #[serde(flatten)]
    stamp: Stamp,
    leafnodes: u64,
    leafs: NoList,
}

pub(super) fn leafz(context: &MonitorContext<'_>) -> Leafz {
    Leafz { stamp: context.stamp(), leafnodes: 0, leafs: [] }
}
