//! What a reload changes, and what it cannot change.

use super::options::ServerOptions;
use crate::gofmt::Nanos;
use crate::server::User;

/// How a reload compares an option.
enum Comparison {
    /// By its text, which is `None` where it is not set.
    Text { name: &'static str, text: fn(&ServerOptions) -> Option<String>, reload: Reload },
    /// By its value. A change is an error that does not show it.
    Fixed { name: &'static str, is_same: fn(&ServerOptions, &ServerOptions) -> bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reload {
    /// A change is an error that shows both values.
    Rejected,
    /// A change is logged with the new value.
    Logged,
    /// A change is logged by the option's name alone.
    LoggedByName,
    /// Logged in any case, since nats-server does not compare it.
    AlwaysLogged,
}

use Reload::{AlwaysLogged, Logged, LoggedByName, Rejected};

const fn compare(
    name: &'static str,
    reload: Reload,
    text: fn(&ServerOptions) -> Option<String>,
) -> Comparison {
    Comparison::Text { name, text, reload }
}

const fn fixed(name: &'static str, is_same: fn(&ServerOptions, &ServerOptions) -> bool) -> Comparison {
    Comparison::Fixed { name, is_same }
}

/// In the order in which nats-server goes through its options.
const COMPARISONS: &[Comparison] = &[
    compare("ServerName", Rejected, |o| o.config.name.clone()),
    compare("Host", Rejected, |o| Some(o.listen.host.clone())),
    compare("Port", Rejected, |o| Some(o.listen.port.to_string())),
    compare("MaxSubs", Rejected, |o| Some(o.config.max_subscriptions.unwrap_or_default().to_string())),
    compare("NoAuthUser", Rejected, |o| o.config.auth.no_auth_user.clone()),
    compare("JetStreamDomain", Rejected, |o| Some(o.config.domain().to_owned())),
    compare("HTTPBasePath", Rejected, |o| Some(o.http_base_path.clone())),
    compare("MaxPending", Rejected, |o| Some(o.config.max_pending.to_string())),
    compare("LameDuckDuration", Rejected, |o| Some(Nanos::from(o.lame_duck_duration).to_string())),
    fixed("HTTPPort", |a, b| a.http.as_ref().map(|http| http.port) == b.http.as_ref().map(|http| http.port)),
    fixed("LeafNode", |a, b| a.leafnodes == b.leafnodes),
    fixed("JetStream", |a, b| a.config.jetstream == b.config.jetstream),
    fixed("Websocket", |a, b| a.websocket == b.websocket),
    compare("trace", Logged, |o| Some(o.trace.to_string())),
    compare("debug", Logged, |o| Some(o.debug.to_string())),
    compare("logtime", Logged, |o| Some(o.log_time.to_string())),
    compare("logtime_utc", Logged, |o| Some(o.log_utc.to_string())),
    compare("max_connections", Logged, |o| Some(o.config.max_connections.to_string())),
    compare("authorization users", AlwaysLogged, |_| None),
    compare("accounts", AlwaysLogged, |_| None),
    compare("authorization username", LoggedByName, |o| Some(single_user(o).name)),
    compare("authorization password", LoggedByName, |o| Some(single_user(o).password)),
    compare("authorization token", LoggedByName, |o| o.config.auth.token.clone()),
    compare("ping_interval", Logged, |o| Some(Nanos::from(o.config.ping_interval).to_string())),
    compare("ping_max", Logged, |o| Some(o.config.ping_max.to_string())),
    compare("authorization timeout", Logged, |o| Some(o.config.auth_timeout.as_secs_f64().to_string())),
    compare("max_control_line", Logged, |o| Some(o.config.max_control_line.to_string())),
    compare("max_payload", Logged, |o| Some(o.config.max_payload.to_string())),
    compare("pid_file", Logged, |o| o.pid_file.clone()),
    compare("ports_file_dir", Logged, |o| o.ports_file_dir.clone()),
    compare("log_file", Logged, |o| o.log_file.clone()),
    compare("write_deadline", Logged, |o| Some(Nanos::from(o.write_deadline).to_string())),
    compare("max_traced_msg_len", Logged, |o| Some(o.max_traced.to_string())),
];

/// The user of a configuration without a list of users; an empty one if there is none.
fn single_user(options: &ServerOptions) -> User {
    let auth = &options.config.auth;
    auth.users.first().filter(|_| auth.is_single).cloned().unwrap_or_default()
}

/// What the log says has been reloaded, in the order of nats-server. Ports have to be those that are in use.
///
/// # Errors
/// The first option that cannot change while a server runs.
pub fn changes(old: &ServerOptions, new: &ServerOptions) -> Result<Vec<String>, String> {
    let mut changes = Vec::new();
    let rejected = |name| format!("config reload not supported for {name}");
    for comparison in COMPARISONS {
        let (name, text, reload) = match comparison {
            Comparison::Fixed { name, is_same } if !is_same(old, new) => return Err(rejected(name)),
            Comparison::Fixed { .. } => continue,
            Comparison::Text { name, text, reload } => (name, text, reload),
        };
        let (before, after) = (text(old), text(new));
        if before == after && *reload != AlwaysLogged {
            continue;
        }
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        match reload {
            Rejected => return Err(format!("{}: old={before}, new={after}", rejected(name))),
            Logged => changes.push(format!("{name} = {after}")),
            LoggedByName | AlwaysLogged => changes.push((*name).to_owned()),
        }
    }
    Ok(changes)
}

/// Where the new options allow any free port, the one that is in use stays.
pub fn keep_ports(old: &ServerOptions, new: &mut ServerOptions) {
    for (old, new) in [
        (Some(&old.listen), Some(&mut new.listen)),
        (old.http.as_ref(), new.http.as_mut()),
        (old.leafnodes.as_ref(), new.leafnodes.as_mut()),
    ] {
        if let (Some(old), Some(new)) = (old, new)
            && new.port == -1
        {
            new.port = old.port;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_logged_or_rejected() {
        let old = ServerOptions::default();
        let mut new = old.clone();
        (new.debug, new.pid_file) = (true, Some("server.pid".to_owned()));
        let logged = ["debug = true", "authorization users", "accounts", "pid_file = server.pid"];
        assert_eq!(changes(&old, &new), Ok(logged.map(str::to_owned).into()));
        new.listen.port = 4333;
        let rejected = "config reload not supported for Port: old=4222, new=4333";
        assert_eq!(changes(&old, &new), Err(rejected.to_owned()));
        new.listen.port = -1;
        keep_ports(&old, &mut new);
        assert_eq!(new.listen.port, 4222);
    }
}
