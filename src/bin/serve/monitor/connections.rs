//! Connections, and their subscriptions.

use playground::base::Time;
use playground::base::json::Writer;
use playground::gofmt::{Nanos, uptime};
use playground::server::CloseReason;
use playground::server::view::{ConnectionView, SubscriptionView};
use playground::wire::subject;

use super::Scene;
use super::pages::sublist;
use crate::trace::reason_text;

/// Connections and subscriptions of one answer, unless told otherwise.
const LIMIT: u64 = 1024;

/// A connection as the page shows it.
struct Shown {
    view: ConnectionView,
    /// Address and port.
    name: String,
    is_websocket: bool,
    waiting: usize,
    end: Option<(Time, CloseReason)>,
}

pub(super) fn connz(scene: &Scene<'_>, json: &mut Writer) -> Result<(), (u16, String)> {
    let query = &scene.query;
    let has_auth = query.truth("auth")?;
    let subscriptions = match query.text("subs") {
        Some("detail") => 2,
        _ => u8::from(query.truth("subs")?),
    };
    let (offset, limit, only) = (query.number("offset")?, query.number("limit")?, query.number("cid")?);
    let limit = match limit {
        _ if only > 0 => 1,
        0 => LIMIT,
        limit => limit,
    };
    let (open, closed) = match query.text("state").map(str::to_ascii_lowercase).as_deref() {
        None | Some("open") => (true, false),
        Some("closed") => (false, true),
        Some("any" | "all") => (true, true),
        Some(state) => return Err((400, format!("Error decoding state for {state}"))),
    };
    let sort = query.text("sort").unwrap_or("cid");
    let mut all = shown(scene, open, closed);
    if query.text("acc").is_some_and(|account| account != scene.view.account.name) {
        all.clear();
    }
    let total = all.len();
    order(&mut all, sort)?;
    if only > 0 {
        all.retain(|shown| shown.view.number == only);
    }
    let start = (offset as usize).min(all.len());
    let end = (start + limit as usize).min(all.len());
    scene.stamp(json);
    json.number("num_connections", (end - start) as i128);
    json.number("total", total as i128);
    json.number("offset", offset);
    json.number("limit", limit);
    json.open_list("connections");
    for shown in &all[start..end] {
        connection(scene, shown, has_auth, subscriptions, json);
    }
    json.close_list();
    Ok(())
}

fn shown(scene: &Scene<'_>, open: bool, closed: bool) -> Vec<Shown> {
    let mut all = Vec::new();
    if open {
        all.extend(scene.view.connections.iter().filter_map(|view| {
            let peer = scene.hub.peer(view.id)?;
            Some(Shown {
                view: view.clone(),
                name: peer.name.clone(),
                is_websocket: peer.is_websocket,
                waiting: peer.waiting(),
                end: None,
            })
        }));
    }
    if closed {
        scene.hub.gone(|gone| {
            all.extend(gone.iter().map(|gone| Shown {
                view: gone.view.clone(),
                name: gone.name.clone(),
                is_websocket: gone.is_websocket,
                waiting: 0,
                end: Some((gone.stop, gone.reason)),
            }));
        });
    }
    all
}

/// Sorts as the page is asked to; all but the number and the start are from the largest down.
fn order(all: &mut [Shown], sort: &str) -> Result<(), (u16, String)> {
    let key: fn(&Shown) -> u128 = match sort {
        "cid" | "start" => |shown| u128::from(u64::MAX - shown.view.number),
        "subs" => |shown| shown.view.subscriptions.len() as u128,
        "pending" => |shown| shown.waiting as u128,
        "msgs_to" => |shown| shown.view.out_messages.into(),
        "msgs_from" => |shown| shown.view.in_messages.into(),
        "bytes_to" => |shown| shown.view.out_bytes.into(),
        "bytes_from" => |shown| shown.view.in_bytes.into(),
        "last" => |shown| shown.view.last_activity.nanos().into(),
        "idle" => |shown| (u64::MAX - shown.view.last_activity.nanos()).into(),
        "uptime" => |shown| (u64::MAX - shown.view.started.nanos()).into(),
        "rtt" => |shown| shown.view.round_trip.unwrap_or_default().as_nanos(),
        "stop" | "reason" => |shown| shown.end.map_or(0, |(stop, _)| stop.nanos().into()),
        _ => return Err((400, format!("invalid sorting option: {sort}"))),
    };
    all.sort_by_key(|shown| std::cmp::Reverse(key(shown)));
    Ok(())
}

fn connection(scene: &Scene<'_>, shown: &Shown, has_auth: bool, subscriptions: u8, json: &mut Writer) {
    let view = &shown.view;
    let until = shown.end.map_or(scene.view.now, |(stop, _)| stop);
    json.open();
    json.number("cid", view.number);
    json.text("kind", "Client");
    json.text("type", if shown.is_websocket { "websocket" } else { "nats" });
    json.text("ip", &view.ip);
    let port = shown.name.rsplit(':').next().and_then(|port| port.parse::<u16>().ok());
    json.number("port", port.unwrap_or_default());
    json.time("start", Some(view.started));
    json.time("last_activity", Some(view.last_activity));
    if let Some((stop, reason)) = shown.end {
        json.time("stop", Some(stop));
        json.text("reason", reason_text(reason));
    }
    if let Some(trip) = view.round_trip {
        json.text("rtt", &Nanos::from(trip).to_string());
    }
    json.text("uptime", &uptime(until.since(view.started)));
    json.text("idle", &uptime(until.since(view.last_activity)));
    json.number("pending_bytes", shown.waiting as i128);
    json.number("in_msgs", view.in_messages);
    json.number("out_msgs", view.out_messages);
    json.number("in_bytes", view.in_bytes);
    json.number("out_bytes", view.out_bytes);
    json.number("subscriptions", view.subscriptions.len() as i128);
    json.text_if_any("name", &view.name);
    json.text_if_any("lang", &view.lang);
    json.text_if_any("version", &view.version);
    if has_auth && let Some(user) = &view.user {
        json.text("authorized_user", user);
    }
    if has_auth {
        json.text("name_tag", &scene.view.account.name);
    }
    match subscriptions {
        0 => {}
        _ if view.subscriptions.is_empty() => {}
        1 => {
            let subjects: Vec<&String> = view.subscriptions.iter().map(|one| &one.subject).collect();
            json.texts("subscriptions_list", &subjects);
        }
        _ => {
            json.open_list("subscriptions_list_detail");
            for one in &view.subscriptions {
                json.open();
                subscription(one, view.number, json);
                json.close();
            }
            json.close_list();
        }
    }
    json.close();
}

fn subscription(one: &SubscriptionView, number: u64, json: &mut Writer) {
    json.text("subject", &one.subject);
    json.text_if_any("qgroup", one.queue.as_deref().unwrap_or_default());
    json.text("sid", &one.sid);
    json.number("msgs", one.delivered);
    json.number_if_any("max", one.max.unwrap_or_default());
    json.number("cid", number);
}

/// Subscriptions of clients; those of the server itself are counted, and not shown.
pub(super) fn subsz(scene: &Scene<'_>, json: &mut Writer) -> Result<(), (u16, String)> {
    let query = &scene.query;
    let (has_list, test) = (query.truth("subs")?, query.text("test"));
    let (offset, limit) = (query.number("offset")?, query.number("limit")?);
    let limit = if limit == 0 { LIMIT } else { limit };
    if let Some(test) = test.filter(|test| !subject::is_literal(test)) {
        return Err((400, format!("invalid test subject, must be valid publish subject: {test}")));
    }
    let all: Vec<(u64, &SubscriptionView)> = scene
        .view
        .connections
        .iter()
        .flat_map(|c| c.subscriptions.iter().map(|one| (c.number, one)))
        .filter(|(_, one)| test.is_none_or(|test| subject::matches(&one.subject, test)))
        .collect();
    let start = (offset as usize).min(all.len());
    let end = (start + limit as usize).min(all.len());
    scene.stamp(json);
    sublist(scene.all_subscriptions(), json);
    let total = match (has_list, test) {
        (false, _) => 0,
        (true, None) => scene.all_subscriptions() as usize,
        (true, Some(_)) => all.len(),
    };
    json.number("total", total as i128);
    json.number("offset", offset);
    json.number("limit", limit);
    if has_list {
        json.open_list("subscriptions_list");
        for (number, one) in &all[start..end] {
            json.open();
            json.text("account", &scene.view.account.name);
            json.text("account_tag", &scene.view.account.name);
            subscription(one, *number, json);
            json.close();
        }
        json.close_list();
    }
    Ok(())
}
