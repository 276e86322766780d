//! The page `/subsz`: subscriptions of clients. Those of the server itself are counted, but not listed.

use playground::server::SubscriptionDetail;
use playground::wire::subject;
use serde::Serialize;

use super::context::{MonitorContext, Stamp};
use super::http::HttpError;

/// How many subscriptions are listed by default.
const LIMIT: u64 = 1024;

#[derive(Serialize)]
pub(super) struct Subsz<'a> {
    #[serde(flatten)]
    stamp: Stamp,
    #[serde(flatten)]
    stats: SublistStats,
    total: usize,
    offset: u64,
    limit: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscriptions_list: Option<Vec<AccountSubscription<'a>>>,
}

/// How subscriptions are found. Only their number is known here.
#[derive(Default, Serialize)]
pub(super) struct SublistStats {
    num_subscriptions: u64,
    num_cache: u64,
    num_inserts: u64,
    num_removes: u64,
    num_matches: u64,
    cache_hit_rate: u64,
    max_fanout: u64,
    avg_fanout: u64,
}

#[derive(Serialize)]
struct AccountSubscription<'a> {
    account: &'a str,
    account_tag: &'a str,
    #[serde(flatten)]
    subscription: SubscriptionDetail,
}

impl SublistStats {
    pub(super) fn new(subscriptions: u64) -> SublistStats {
        SublistStats {
            num_subscriptions: subscriptions,
            num_inserts: subscriptions,
            ..SublistStats::default()
        }
    }
}

pub(super) fn subsz<'a>(context: &'a MonitorContext<'_>) -> Result<Subsz<'a>, HttpError> {
    let query = &context.query;
    let (has_list, test) = (query.boolean("subs")?, query.text("test"));
    let range = query.range(LIMIT)?;
    if let Some(test) = test.filter(|test| !subject::is_literal(test)) {
        let reason = format!("invalid test subject, must be valid publish subject: {test}");
        return Err(HttpError::bad_request(reason));
    }
    let account = context.view.account.name.as_str();
    let found: Vec<AccountSubscription<'a>> = context
        .view
        .connections
        .iter()
        .flat_map(|client| client.subscriptions.iter().map(|one| SubscriptionDetail::new(one, client.number)))
        .filter(|one| test.is_none_or(|test| subject::matches(&one.subject, test)))
        .map(|subscription| AccountSubscription { account, account_tag: account, subscription })
        .collect();
    let total = match (has_list, test) {
        (false, _) => 0,
        (true, None) => context.all_subscriptions() as usize,
        (true, Some(_)) => found.len(),
    };
    Ok(Subsz {
        stamp: context.stamp(),
        stats: SublistStats::new(context.all_subscriptions()),
        total,
        offset: range.offset,
        limit: range.limit,
        subscriptions_list: has_list.then(|| range.of(found)),
    })
}
