//! The pages `/accountz` and `/accstatz`: the account, what it imports, and its traffic.

use std::collections::BTreeMap;

use playground::base::Time;
use playground::server::{DOMAIN_SUBJECTS, strip_domain};
use serde::Serialize;

use super::context::{MonitorContext, SYSTEM_SUBSCRIPTIONS, Stamp};
use super::http::HttpError;
use super::subsz::SublistStats;

#[derive(Serialize)]
pub(super) struct Accountz<'a> {
    #[serde(flatten)]
    stamp: Stamp,
    system_account: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accounts: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_detail: Option<AccountDetail<'a>>,
}

#[derive(Serialize)]
struct AccountDetail<'a> {
    account_name: &'a str,
    update_time: Time,
    expired: bool,
    complete: bool,
    jetstream_enabled: bool,
    leafnode_connections: u64,
    client_connections: usize,
    subscriptions: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    mappings: BTreeMap<String, [Mapping; 1]>,
    imports: Vec<Import>,
    name_tag: &'a str,
    sublist_stats: SublistStats,
}

/// A subject that stands for another one.
#[derive(Serialize)]
struct Mapping {
    subject: String,
    /// In percent.
    weight: u8,
}

/// A service of the system's account that the other account uses.
#[derive(Serialize)]
struct Import {
    subject: String,
    account: &'static str,
    to: &'static str,
    local_subject: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    invalid: bool,
    /// Whether the service is told who uses it.
    share: bool,
    tracking: bool,
}

/// Subject of the service, the subject that clients use, and whether the service is told who uses it.
const IMPORTS: [(&str, &str, bool); 5] = [
    ("$SYS.REQ.ACCOUNT.{}.CONNZ", "$SYS.REQ.ACCOUNT.PING.CONNZ", false),
    ("$SYS.REQ.ACCOUNT.{}.CONNZ", "$SYS.REQ.SERVER.PING.CONNZ", false),
    ("$SYS.REQ.ACCOUNT.{}.STATZ", "$SYS.REQ.ACCOUNT.PING.STATZ", false),
    ("$SYS.REQ.USER.{}.INFO", "$SYS.REQ.USER.INFO", true),
    ("$JS.API.>", "$JS.API.>", true),
];

pub(super) fn accountz<'a>(context: &'a MonitorContext<'_>) -> Result<Accountz<'a>, HttpError> {
    let account = context.view.account.name.as_str();
    let (mut accounts, mut account_detail) = (None, None);
    match context.query.text("acc") {
        None => {
            let mut names = vec!["$G", "$SYS", account];
            names.sort_unstable();
            names.dedup();
            accounts = Some(names);
        }
        Some(wanted) if wanted == account => account_detail = Some(detail(context, account)),
        Some(wanted) => {
            let problem = if wanted == "$SYS" { "is not simulated" } else { "does not exist" };
            return Err(HttpError::bad_request(format!("Account {wanted} {problem}")));
        }
    }
    Ok(Accountz { stamp: context.stamp(), system_account: "$SYS", accounts, account_detail })
}

fn detail<'a>(context: &MonitorContext<'_>, account: &'a str) -> AccountDetail<'a> {
    let view = &context.view;
    AccountDetail {
        account_name: account,
        update_time: view.server.started,
        expired: false,
        complete: true,
        jetstream_enabled: view.server.jetstream,
        leafnode_connections: 0,
        client_connections: view.connections.len(),
        subscriptions: context.account_subscriptions(),
        mappings: mappings(context.options.config.domain()),
        imports: imports(context, account),
        name_tag: account,
        sublist_stats: SublistStats::new(context.account_subscriptions()),
    }
}

/// JetStream's subjects with the domain in them; none without a domain.
fn mappings(domain: &str) -> BTreeMap<String, [Mapping; 1]> {
    let subjects = DOMAIN_SUBJECTS.iter().filter(|_| !domain.is_empty());
    let mappings = subjects.map(|subject| {
        let subject = format!("$JS.{domain}.API.{subject}");
        let mapping = Mapping { subject: strip_domain(domain, &subject).unwrap_or_default(), weight: 100 };
        (subject, [mapping])
    });
    mappings.collect()
}

/// Each import is a subscription of the server itself.
fn imports(context: &MonitorContext<'_>, account: &str) -> Vec<Import> {
    let imports = IMPORTS.into_iter().take(context.own_account_subscriptions() as usize);
    let imports = imports.map(|(subject, to, share)| Import {
        subject: subject.replace("{}", account),
        account: "$SYS",
        to,
        local_subject: to,
        kind: "service",
        invalid: false,
        share,
        tracking: false,
    });
    imports.collect()
}

#[derive(Serialize)]
pub(super) struct Accstatz<'a> {
    #[serde(flatten)]
    stamp: Stamp,
    account_statz: Vec<AccountStats<'a>>,
}

#[derive(Default, Serialize)]
struct AccountStats<'a> {
    acc: &'a str,
    name: &'a str,
    conns: usize,
    leafnodes: u64,
    total_conns: usize,
    num_subscriptions: u64,
    sent: Traffic,
    received: Traffic,
    slow_consumers: u64,
}

/// Of all connections, then of some kinds of them.
#[derive(Default, Serialize)]
struct Traffic {
    msgs: u64,
    bytes: u64,
    gateways: Volume,
    routes: Volume,
    leafs: Volume,
}

#[derive(Default, Serialize)]
struct Volume {
    msgs: u64,
    bytes: u64,
}

pub(super) fn accstatz<'a>(context: &'a MonitorContext<'_>) -> Result<Accstatz<'a>, HttpError> {
    let has_unused = context.query.boolean("unused")?;
    let connections = context.view.connections.len();
    let mut account_statz = Vec::new();
    if connections > 0 || has_unused {
        let traffic = |msgs, bytes| Traffic { msgs, bytes, ..Traffic::default() };
        account_statz.push(AccountStats {
            acc: &context.view.account.name,
            name: &context.view.account.name,
            conns: connections,
            total_conns: connections,
            num_subscriptions: context.account_subscriptions(),
            sent: traffic(context.sum(|c| c.out_messages), context.sum(|c| c.out_bytes)),
            received: traffic(context.sum(|c| c.in_messages), context.sum(|c| c.in_bytes)),
            ..AccountStats::default()
        });
    }
    if has_unused {
        let num_subscriptions = SYSTEM_SUBSCRIPTIONS;
        account_statz.push(AccountStats {
            acc: "$SYS",
            name: "$SYS",
            num_subscriptions,
            ..AccountStats::default()
        });
    }
    Ok(Accstatz { stamp: context.stamp(), account_statz })
}
