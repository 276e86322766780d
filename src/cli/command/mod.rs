//! The simulated commands, a file each, and their table: which flags are refused, and what differs from the real ones.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use super::failure::{Failure, Outcome};
use super::running_command::RunningCommand;

pub mod account;
pub mod cheat;
pub mod errors;
pub mod kv;
pub mod messages;
pub mod publish;
pub mod reply;
pub mod request;
pub mod rtt;
pub mod stream;
pub mod subscribe;

/// A command that is simulated.
pub struct Simulated {
    pub path: &'static str,
    run: for<'a> fn(&'a RunningCommand) -> Running<'a>,
    /// Flags of the real command that are refused by name.
    pub refused: &'static [&'static str],
    /// Differences from the real command, with their reasons.
    pub differs: &'static [&'static str],
}

type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

macro_rules! simulated {
    ($($path:literal $run:path, refuses $refused:expr, differs $differs:expr;)*) => {
        &[$(Simulated {
            path: $path,
            run: |cmd| Box::pin($run(cmd)),
            refused: &$refused,
            differs: &$differs,
        }),*]
    };
}

/// All simulated commands.
pub const SIMULATED: &[Simulated] = simulated! {
    "account info" account::info, refuses [], differs [NO_PERMISSIONS];
    "cheat" cheat::run, refuses ["save"], differs ["Only the sheets of commands that are simulated can be shown: account, errors, kv, publish, reply, stream, subscribe."];
    "errors lookup" errors::lookup, refuses ["errors"], differs [];
    "errors ls" errors::ls, refuses ["errors"], differs ["The match is a plain text, in which `.` stands for any character; other regular expressions are refused."];
    "kv add" kv::add::run, refuses [], differs [];
    "kv compact" kv::compact::run, refuses [], differs [];
    "kv create" kv::create::run, refuses [], differs [];
    "kv del" kv::del::run, refuses [], differs [];
    "kv edit" kv::edit::run, refuses [], differs [];
    "kv get" kv::get::run, refuses [], differs [];
    "kv history" kv::history::run, refuses [], differs [];
    "kv info" kv::info::run, refuses [], differs [];
    "kv ls" kv::ls::run, refuses [], differs [];
    "kv purge" kv::purge::run, refuses [], differs [];
    "kv put" kv::put::run, refuses [], differs [];
    "kv revert" kv::revert::run, refuses [], differs [];
    "kv update" kv::update::run, refuses [], differs [];
    "kv watch" kv::watch::run, refuses [], differs [];
    "publish" publish::run, refuses [
        "atomic", "jitter", "schedule-after", "schedule-at", "schedule-cron", "schedule-dest", "schedule-every",
        "schedule-source", "schedule-ttl",
    ], differs [TEMPLATES, PROGRESS];
    "reply" reply::run, refuses ["command"], differs [TEMPLATES, HEADER_ORDER];
    "request" request::run, refuses ["translate"], differs [TEMPLATES, PROGRESS, HEADER_ORDER];
    "rtt" rtt::run, refuses [], differs ["Host names are not looked up: a server has one address."];
    "stream get" stream::get::run, refuses ["translate"], differs [HEADER_ORDER];
    "stream info" stream::info::run, refuses [], differs [];
    "stream ls" stream::ls::run, refuses [], differs [];
    "stream purge" stream::purge::run, refuses [], differs [];
    "stream rm" stream::rm::run, refuses [], differs [];
    "stream rmm" stream::rmm::run, refuses [], differs [];
    "stream state" stream::info::state, refuses [], differs [];
    "stream subjects" stream::subjects::run, refuses [], differs [
        "Subjects with equal counts are sorted by name; the real command shows them in random order.",
    ];
    "stream view" stream::view::run, refuses ["translate"], differs [HEADER_ORDER];
    "subscribe" subscribe::run, refuses [
        "durable", "translate", "match-replies", "start-sequence", "all", "new", "last", "since", "last-per-subject",
        "stream", "report-subjects", "report-subscriptions", "graph", "direct", "backup",
    ], differs ["`--dump` writes to the output only (`-`); there are no directories.", HEADER_ORDER];
};

/// Global flags that are refused by name.
pub const REFUSED_EVERYWHERE: &[&str] =
    &["jwt", "seed", "tlscert", "tlskey", "tlsca", "tlsfirst", "tls-first", "socks-proxy"];

const NO_PERMISSIONS: &str = "Permissions and TLS are not shown, since the simulated server has none.";
const TEMPLATES: &str =
    "Of Go templates only the documented functions work, not pipelines, conditions or variables.";
const PROGRESS: &str = "More than twenty messages are sent without the progress bar.";
const HEADER_ORDER: &str =
    "Headers are shown in the order in which they were sent; the real command shows them in random order.";

/// Runs a command, or refuses it.
pub async fn run(cmd: &RunningCommand) -> Outcome {
    let path = cmd.call.command.path;
    let Some(simulated) = SIMULATED.iter().find(|simulated| simulated.path == path) else {
        return Err(Failure::NotSimulated(format!("nats {path}")));
    };
    let refused = REFUSED_EVERYWHERE.iter().chain(simulated.refused);
    if let Some(flag) = refused.copied().find(|flag| is_used(cmd, flag)) {
        return Err(Failure::NotSimulated(format!("nats {path} --{flag}")));
    }
    (simulated.run)(cmd).await
}

/// Whether a flag is on the command line, or a global one in the environment.
fn is_used(cmd: &RunningCommand, flag: &str) -> bool {
    cmd.call.given(flag) || REFUSED_EVERYWHERE.contains(&flag) && !cmd.text(flag).is_empty()
}

/// The output of `work`, unless `stop` ends first.
async fn first<T>(work: impl Future<Output = T>, stop: impl Future<Output = ()>) -> Option<T> {
    let (mut work, mut stop) = (pin!(work), pin!(stop));
    poll_fn(|context| {
        if let Poll::Ready(value) = work.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        stop.as_mut().poll(context).map(|()| None)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::table;

    #[test]
    fn what_is_named_is_in_the_table() {
        let all = table::root().all();
        for simulated in SIMULATED {
            let command = all.iter().find(|command| command.path == simulated.path).expect(simulated.path);
            for flag in simulated.refused {
                let parents = all.iter().filter(|parent| command.path.starts_with(parent.path));
                assert!(
                    parents.into_iter().any(|parent| parent.flag(flag).is_some()),
                    "{} --{flag}",
                    command.path
                );
            }
        }
        REFUSED_EVERYWHERE.iter().for_each(|flag| assert!(table::root().flag(flag).is_some(), "{flag}"));
    }
}
