//! The simulated commands, a file each, and their table: which flags are refused, and what differs from the real ones.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use super::area::Area;
use super::failure::{Failure, Outcome};
use super::running_command::RunningCommand;

pub mod account;
pub mod cheat;
pub mod consumer;
pub mod context;
pub mod errors;
pub mod kv;
pub mod messages;
pub mod publish;
pub mod reply;
pub mod request;
pub mod rtt;
pub mod server;
pub mod stream;
pub mod subscribe;

/// A command that is simulated.
pub struct Simulated {
    pub path: &'static str,
    pub area: Area,
    run: for<'a> fn(&'a RunningCommand) -> Running<'a>,
    /// Flags of the real command that are refused by name.
    pub refused: &'static [&'static str],
    /// Differences from the real command, with their reasons.
    pub differs: &'static [&'static str],
}

type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

macro_rules! simulated {
    ($($path:literal $area:ident $run:path, refuses $refused:expr, differs $differs:expr;)*) => {
        &[$(Simulated {
            path: $path,
            area: Area::$area,
            run: |cmd| Box::pin($run(cmd)),
            refused: &$refused,
            differs: &$differs,
        }),*]
    };
}

/// All simulated commands.
pub const SIMULATED: &[Simulated] = simulated! {
    "account info" Account account::info, refuses [], differs [NO_PERMISSIONS];
    "cheat" Local cheat::run, refuses ["save"], differs ["Only the sheets of commands that are simulated can be shown: account, consumer, context, errors, kv, publish, reply, server, stream, subscribe."];
    "consumer add" Stream consumer::add::run, refuses ["config"], differs [];
    "consumer copy" Stream consumer::copy::run, refuses [], differs [];
    "consumer edit" Stream consumer::edit::run, refuses ["config", "interactive"], differs [DIFFERENCE];
    "consumer find" Stream consumer::find::run, refuses ["expression"], differs [];
    "consumer info" Stream consumer::info::run, refuses [], differs [];
    "consumer ls" Stream consumer::ls::run, refuses [], differs [];
    "consumer next" Stream consumer::next::run, refuses [], differs [HEADER_ORDER];
    "consumer pause" Stream consumer::pause::pause, refuses [], differs [];
    "consumer report" Stream consumer::report::run, refuses ["leaders"], differs [];
    "consumer reset" Stream consumer::reset::run, refuses [], differs [];
    "consumer resume" Stream consumer::pause::resume, refuses [], differs [];
    "consumer rm" Stream consumer::rm::run, refuses [], differs [];
    "consumer state" Stream consumer::info::state, refuses [], differs [];
    "consumer unpin" Stream consumer::unpin::run, refuses [], differs [];
    "context add" Local context::add, refuses ["embed"], differs [CONTEXT_FILES];
    "context copy" Local context::copy, refuses ["embed"], differs [];
    "context info" Local context::info, refuses [], differs [];
    "context ls" Local context::ls, refuses [], differs [];
    "context previous" Local context::previous, refuses [], differs [];
    "context rm" Local context::rm, refuses [], differs [];
    "context select" Local context::select, refuses [], differs [];
    "context unselect" Local context::unselect, refuses [], differs [];
    "context validate" Local context::validate, refuses [], differs [];
    "errors lookup" Local errors::lookup, refuses ["errors"], differs [];
    "errors ls" Local errors::ls, refuses ["errors"], differs ["The match is a plain text, in which `.` stands for any character; other regular expressions are refused."];
    "kv add" KeyValue kv::add::run, refuses [], differs [];
    "kv compact" KeyValue kv::compact::run, refuses [], differs [];
    "kv create" KeyValue kv::create::run, refuses [], differs [];
    "kv del" KeyValue kv::del::run, refuses [], differs [];
    "kv edit" KeyValue kv::edit::run, refuses [], differs [];
    "kv get" KeyValue kv::get::run, refuses [], differs [];
    "kv history" KeyValue kv::history::run, refuses [], differs [];
    "kv info" KeyValue kv::info::run, refuses [], differs [];
    "kv ls" KeyValue kv::ls::run, refuses [], differs [];
    "kv purge" KeyValue kv::purge::run, refuses [], differs [];
    "kv put" KeyValue kv::put::run, refuses [], differs [];
    "kv revert" KeyValue kv::revert::run, refuses [], differs [];
    "kv update" KeyValue kv::update::run, refuses [], differs [];
    "kv watch" KeyValue kv::watch::run, refuses [], differs [];
    "publish" Message publish::run, refuses [
        "atomic", "schedule-after", "schedule-at", "schedule-cron", "schedule-dest", "schedule-every",
        "schedule-source", "schedule-ttl",
    ], differs [TEMPLATES];
    "reply" Message reply::run, refuses ["command"], differs [TEMPLATES, HEADER_ORDER];
    "request" Message request::run, refuses ["translate"], differs [TEMPLATES, HEADER_ORDER];
    "rtt" Message rtt::run, refuses [], differs ["Host names are not looked up: a server has one address."];
    "server account info" Account server::system::report, refuses ["archive"], differs [];
    "server check connection" Message server::check::connection, refuses [], differs [];
    "server check consumer" Stream server::check::consumer, refuses [], differs [];
    "server check jetstream" Account server::check::jetstream, refuses [], differs [];
    "server check kv" Message server::check::kv, refuses [], differs [];
    "server check message" Stream server::check::message, refuses [], differs [];
    "server check meta" Message server::check::meta, refuses [], differs [];
    "server check request" Message server::check::request, refuses [], differs [];
    "server check server" Message server::check::server, refuses [], differs [];
    "server check stream" Stream server::check::stream, refuses [], differs [];
    "server info" Message server::system::list, refuses ["archive"], differs [NO_SYSTEM_ACCOUNT];
    "server list" Message server::system::list, refuses ["archive"], differs [NO_SYSTEM_ACCOUNT];
    "server ping" Message server::system::ping, refuses [], differs [NO_SYSTEM_ACCOUNT];
    "server report accounts" Message server::system::act, refuses ["archive"], differs [];
    "server report connections" Message server::system::act, refuses ["archive"], differs [];
    "server report cpu" Message server::system::report, refuses ["archive"], differs [];
    "server report gateways" Message server::system::report, refuses ["archive"], differs [];
    "server report health" Message server::system::report, refuses ["archive"], differs [];
    "server report jetstream" Message server::system::report, refuses ["archive"], differs [];
    "server report leafnodes" Message server::system::report, refuses ["archive"], differs [];
    "server report mem" Message server::system::report, refuses ["archive"], differs [];
    "server report routes" Message server::system::report, refuses ["archive"], differs [];
    "server request accounts" Message server::system::report, refuses ["archive"], differs [];
    "server request gateways" Message server::system::report, refuses ["archive"], differs [];
    "server request ipqueue" Message server::system::report, refuses ["archive"], differs [];
    "server request jetstream" Message server::system::report, refuses ["archive"], differs [];
    "server request jetstream-health" Message server::system::report, refuses ["archive"], differs [];
    "server request leafnodes" Message server::system::report, refuses ["archive"], differs [];
    "server request raft" Message server::system::report, refuses ["archive"], differs [];
    "server request routes" Message server::system::report, refuses ["archive"], differs [];
    "server request subscriptions" Message server::system::report, refuses ["archive"], differs [];
    "server request variables" Message server::system::report, refuses ["archive"], differs [];
    "stream add" Stream stream::add::run, refuses ["config"], differs [ORIGINS];
    "stream copy" Stream stream::copy::run, refuses [], differs [];
    "stream edit" Stream stream::edit::run, refuses ["config", "interactive", "cluster", "tag", "tags"], differs [DIFFERENCE];
    "stream find" Stream stream::find::run, refuses ["cluster", "expression", "server-name"], differs [];
    "stream gaps" Stream stream::gaps::run, refuses [], differs [BAR];
    "stream get" Stream stream::get::run, refuses ["translate"], differs [HEADER_ORDER];
    "stream info" Stream stream::info::run, refuses [], differs [];
    "stream ls" Stream stream::ls::run, refuses [], differs [];
    "stream purge" Stream stream::purge::run, refuses [], differs [];
    "stream report" Stream stream::statistics::run, refuses ["cluster", "leaders", "dot"], differs [];
    "stream rm" Stream stream::rm::run, refuses [], differs [];
    "stream rmm" Stream stream::rmm::run, refuses [], differs [];
    "stream seal" Stream stream::seal::run, refuses [], differs [];
    "stream state" Stream stream::info::state, refuses [], differs [];
    "stream subjects" Stream stream::subjects::run, refuses [], differs [
        "Subjects with equal counts are sorted by name; the real command shows them in random order.",
    ];
    "stream view" Stream stream::view::run, refuses ["translate"], differs [HEADER_ORDER];
    "subscribe" Message subscribe::run, refuses [
        "translate", "match-replies", "report-subjects", "report-subscriptions", "graph", "backup",
    ], differs [COUNT, DIRECT, HEADER_ORDER];
};

/// Global flags that are refused by name.
pub const REFUSED_EVERYWHERE: &[&str] =
    &["jwt", "seed", "tlscert", "tlskey", "tlsca", "tlsfirst", "tls-first", "socks-proxy"];

const NO_SYSTEM_ACCOUNT: &str =
    "There is no system account: those commands that need one end as the real ones do without it.";
const CONTEXT_FILES: &str = "There is no editor: `context edit` is refused. Change `~/.config/nats/context/NAME.json`, or add the context again.";
const NO_PERMISSIONS: &str = "Permissions and TLS are not shown, since the simulated server has none.";
const TEMPLATES: &str =
    "Of Go templates only the documented functions work, not pipelines, conditions or variables.";
const ORIGINS: &str =
    "A mirror or a source that is copied by a consumer of its own, made beforehand, is refused.";
const BAR: &str = "Where the bar of progress stands is chance in the real command, and fixed here.";
const HEADER_ORDER: &str =
    "Headers are shown in the order in which they were sent; the real command shows them in random order.";

const DIRECT: &str = "`--direct` looks for new messages ten times a second, and has no `--last-per-subject`.";
const COUNT: &str = "`--count` ends with that message; the real command often shows more of a stream, which had come already.";
const DIFFERENCE: &str = "The difference says less of mirrors, sources, placements and long texts; many changed subjects may be paired in another way.";

/// The command of this path, if it is simulated.
pub fn find(path: &str) -> Option<&'static Simulated> {
    SIMULATED.iter().find(|simulated| simulated.path == path)
}

/// Runs a command, or refuses one of its flags.
pub async fn run(simulated: &Simulated, cmd: &RunningCommand) -> Outcome {
    let refused = REFUSED_EVERYWHERE.iter().chain(simulated.refused);
    if let Some(flag) = refused.copied().find(|flag| is_used(cmd, flag)) {
        return Err(Failure::NotSimulated(format!("nats {} --{flag}", simulated.path)));
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
