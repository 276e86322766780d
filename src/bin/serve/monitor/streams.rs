//! JetStream: what it may take, what it takes, and its streams.

use playground::base::json::Writer;
use playground::gojson;
use playground::jsapi::StorageType;
use playground::server::StreamDetailOptions;

use super::Scene;
use super::pages::api;
use crate::log::is_dynamic;
use crate::store;

pub(super) fn settings(scene: &Scene<'_>, json: &mut Writer) {
    let setup = scene.facts.setup();
    let jetstream = setup.config.jetstream.clone().unwrap_or_default();
    json.open_field("config");
    json.number("max_memory", jetstream.max_memory);
    json.number("max_storage", jetstream.max_storage);
    json.text("store_dir", &store::folder(&setup));
    json.number("sync_interval", 120_000_000_000_u64);
    json.text_if_any("domain", &jetstream.domain);
    json.truth_if("compress_ok", !is_dynamic(&jetstream));
    json.truth("strict", true);
    json.close();
}

/// What of its room JetStream takes.
pub(super) fn usage(scene: &Scene<'_>, json: &mut Writer) {
    let account = &scene.view.account;
    let reserved = |storage| {
        let kept = scene.view.streams.iter().filter(|stream| stream.config.storage == storage);
        kept.map(|stream| stream.config.max_bytes.max(0)).sum::<i64>()
    };
    json.number("memory", account.memory);
    json.number("storage", account.storage);
    json.number("reserved_memory", reserved(StorageType::Memory));
    json.number("reserved_storage", reserved(StorageType::File));
    json.number("accounts", 1);
    json.number("ha_assets", 0);
    api(account.api_total, account.api_errors, json);
}

pub(super) fn limits(json: &mut Writer) {
    json.open_field("limits");
    json.number("default_max_consumers", 1000);
    json.close();
}

pub(super) fn jsz(scene: &Scene<'_>, json: &mut Writer) -> Result<(), (u16, String)> {
    let query = &scene.query;
    let (has_accounts, has_streams) = (query.truth("accounts")?, query.truth("streams")?);
    let details =
        StreamDetailOptions { consumers: query.truth("consumers")?, config: query.truth("config")? };
    let (offset, _) = (query.number("offset")?, query.number("limit")?);
    let is_raft = query.truth("raft")?;
    let has_streams = has_streams || details.consumers;
    let has_accounts = match query.text("acc") {
        Some(account) => account == scene.view.account.name,
        None => (has_accounts || has_streams) && offset == 0,
    };
    let view = &scene.view;
    if !view.server.jetstream {
        for name in ["memory", "storage", "reserved_memory", "reserved_storage", "accounts", "ha_assets"] {
            json.number(name, 0);
        }
        json.open_field("api");
        ["level", "total", "errors"].iter().for_each(|name| json.number(name, 0));
        json.close();
        scene.stamp(json);
        json.truth("disabled", true);
        json.open_field("config");
        json.number("max_memory", 0);
        json.number("max_storage", 0);
        json.close();
        ["streams", "consumers", "messages", "bytes", "total"].iter().for_each(|name| json.number(name, 0));
        return Ok(());
    }
    usage(scene, json);
    scene.stamp(json);
    settings(scene, json);
    limits(json);
    json.number("streams", view.account.streams as i128);
    if is_raft {
        json.number("streams_leader", view.account.streams as i128);
    }
    json.number("consumers", view.account.consumers as i128);
    if is_raft {
        json.number("consumers_leader", view.account.consumers as i128);
    }
    json.number("messages", view.streams.iter().map(|stream| stream.messages).sum::<u64>());
    json.number("bytes", view.streams.iter().map(|stream| stream.bytes).sum::<u64>());
    if has_accounts {
        account(scene, has_streams.then_some(details), json);
    }
    json.number("total", 1);
    Ok(())
}

fn account(scene: &Scene<'_>, of_streams: Option<StreamDetailOptions>, json: &mut Writer) {
    let account = &scene.view.account;
    json.open_list("account_details");
    json.open();
    json.text("name", &account.name);
    json.text("id", &account.name);
    json.number("memory", account.memory);
    json.number("storage", account.storage);
    // No limit is shown as the largest number.
    json.number("reserved_memory", account.max_memory as u64);
    json.number("reserved_storage", account.max_storage as u64);
    json.number("accounts", 0);
    json.number("ha_assets", 0);
    json.open_field("api");
    json.number("level", 0);
    json.number("total", account.api_total);
    json.number("errors", account.api_errors);
    json.close();
    if let Some(details) = of_streams.filter(|_| !scene.view.streams.is_empty()) {
        json.open_list("stream_detail");
        for stream in &scene.view.streams {
            if let Some(detail) = scene.hub.stream_detail(&stream.name, details) {
                json.plain_item(&gojson::to_string(&detail));
            }
        }
        json.close_list();
    }
    json.close();
    json.close_list();
}
