//! The page `/jsz`: JetStream's limits, what it uses of them, and its streams.

use playground::gojson::is_default;
use playground::jsapi::{ApiStats, StorageType};
use playground::nats_server::options::is_dynamic;
use playground::server::view::AccountView;
use playground::server::{API_LEVEL, StreamDetail, StreamDetailOptions};
use serde::Serialize;

use super::context::{MonitorContext, Stamp};
use super::http::{HttpError, Response};

#[derive(Serialize)]
struct Jsz<'a> {
    #[serde(flatten)]
    usage: JetStreamUsage,
    #[serde(flatten)]
    stamp: Stamp,
    config: JetStreamSettings,
    limits: JetStreamLimits,
    streams: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    streams_leader: Option<usize>,
    consumers: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumers_leader: Option<usize>,
    messages: u64,
    bytes: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    account_details: Vec<AccountDetail<'a>>,
    /// Accounts.
    total: u64,
}

/// What JetStream takes of its limits. Memory and storage are in bytes.
#[derive(Default, Serialize)]
pub(super) struct JetStreamUsage {
    memory: u64,
    storage: u64,
    reserved_memory: u64,
    reserved_storage: u64,
    accounts: u64,
    ha_assets: u64,
    api: ApiStats,
}

#[derive(Default, Serialize)]
pub(super) struct JetStreamSettings {
    /// In bytes.
    max_memory: i64,
    max_storage: i64,
    #[serde(skip_serializing_if = "is_default")]
    store_dir: String,
    /// In nanoseconds.
    #[serde(skip_serializing_if = "is_default")]
    sync_interval: u64,
    #[serde(skip_serializing_if = "is_default")]
    domain: String,
    #[serde(skip_serializing_if = "is_default")]
    compress_ok: bool,
    #[serde(skip_serializing_if = "is_default")]
    strict: bool,
}

#[derive(Serialize)]
pub(super) struct JetStreamLimits {
    default_max_consumers: u64,
}

#[derive(Serialize)]
struct AccountDetail<'a> {
    name: &'a str,
    id: &'a str,
    #[serde(flatten)]
    usage: JetStreamUsage,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stream_detail: Vec<StreamDetail>,
}

/// The page of a server without JetStream.
#[derive(Serialize)]
struct Disabled {
    #[serde(flatten)]
    usage: JetStreamUsage,
    #[serde(flatten)]
    stamp: Stamp,
    disabled: bool,
    config: JetStreamSettings,
    streams: u64,
    consumers: u64,
    messages: u64,
    bytes: u64,
    total: u64,
}

impl JetStreamSettings {
    pub(super) fn new(context: &MonitorContext<'_>) -> JetStreamSettings {
        let config = context.options.config.jetstream.clone().unwrap_or_default();
        JetStreamSettings {
            max_memory: config.max_memory,
            max_storage: config.max_storage,
            store_dir: context.options.jetstream_dir(),
            sync_interval: 120_000_000_000,
            compress_ok: !is_dynamic(&config),
            domain: config.domain,
            strict: true,
        }
    }
}

impl JetStreamUsage {
    /// Of the whole server.
    pub(super) fn new(context: &MonitorContext<'_>) -> JetStreamUsage {
        let account = &context.view.account;
        let reserved = |storage| -> u64 {
            let streams = context.view.streams.iter().filter(|stream| stream.config.storage == storage);
            streams.map(|stream| stream.config.max_bytes.max(0) as u64).sum()
        };
        JetStreamUsage {
            memory: account.memory,
            storage: account.storage,
            reserved_memory: reserved(StorageType::Memory),
            reserved_storage: reserved(StorageType::File),
            accounts: 1,
            ha_assets: 0,
            api: ApiStats { level: API_LEVEL.into(), total: account.api_total, errors: account.api_errors },
        }
    }

    /// Of the account. No limit, -1, shows as the largest number.
    fn of_account(account: &AccountView) -> JetStreamUsage {
        JetStreamUsage {
            memory: account.memory,
            storage: account.storage,
            reserved_memory: account.max_memory as u64,
            reserved_storage: account.max_storage as u64,
            accounts: 0,
            ha_assets: 0,
            api: ApiStats { level: 0, total: account.api_total, errors: account.api_errors },
        }
    }
}

impl Default for JetStreamLimits {
    fn default() -> JetStreamLimits {
        JetStreamLimits { default_max_consumers: 1000 }
    }
}

pub(super) fn jsz(context: &MonitorContext<'_>) -> Result<Response, HttpError> {
    let query = &context.query;
    let (has_accounts, has_streams) = (query.boolean("accounts")?, query.boolean("streams")?);
    let detail =
        StreamDetailOptions { consumers: query.boolean("consumers")?, config: query.boolean("config")? };
    let (offset, _) = (query.number("offset")?, query.number("limit")?);
    let has_leaders = query.boolean("raft")?;
    let has_streams = has_streams || detail.consumers;
    let view = &context.view;
    let has_accounts = match query.text("acc") {
        Some(account) => account == view.account.name,
        None => (has_accounts || has_streams) && offset == 0,
    };
    if !view.server.jetstream {
        return Ok(Response::json(&disabled(context)));
    }
    let streams = if has_accounts && has_streams { stream_details(context, detail) } else { Vec::new() };
    let account = AccountDetail {
        name: &view.account.name,
        id: &view.account.name,
        usage: JetStreamUsage::of_account(&view.account),
        stream_detail: streams,
    };
    Ok(Response::json(&Jsz {
        usage: JetStreamUsage::new(context),
        stamp: context.stamp(),
        config: JetStreamSettings::new(context),
        limits: JetStreamLimits::default(),
        streams: view.account.streams,
        streams_leader: has_leaders.then_some(view.account.streams),
        consumers: view.account.consumers,
        consumers_leader: has_leaders.then_some(view.account.consumers),
        messages: view.streams.iter().map(|stream| stream.messages).sum(),
        bytes: view.streams.iter().map(|stream| stream.bytes).sum(),
        account_details: if has_accounts { vec![account] } else { Vec::new() },
        total: 1,
    }))
}

fn disabled(context: &MonitorContext<'_>) -> Disabled {
    Disabled {
        usage: JetStreamUsage::default(),
        stamp: context.stamp(),
        disabled: true,
        config: JetStreamSettings::default(),
        streams: 0,
        consumers: 0,
        messages: 0,
        bytes: 0,
        total: 0,
    }
}

fn stream_details(context: &MonitorContext<'_>, options: StreamDetailOptions) -> Vec<StreamDetail> {
    let streams = context.view.streams.iter();
    streams.filter_map(|stream| context.server.stream_detail(&stream.name, options)).collect()
}
