//! What changes when somebody wants the configuration file to be read again.

use playground::gofmt::Nanos;
use playground::nats_server::options::Options;
use playground::nats_server::setup::Setup;

use crate::facts::Facts;
use crate::hub::Hub;
use crate::log::Log;

/// Reads the file again and takes what may change; says so, or why not.
pub(crate) fn reload(options: &Options, facts: &Facts, hub: &Hub, log: &Log) {
    if let Err(why) = try_to(options, facts, hub, log) {
        log.error(format!("Failed to reload server configuration: {}", why.trim_end()));
    }
}

fn try_to(options: &Options, facts: &Facts, hub: &Hub, log: &Log) -> Result<(), String> {
    if options.config.is_none() {
        return Err("can only reload config when a file is provided using -c or --config".to_owned());
    }
    let (mut new, digest) = crate::read(options)?;
    let old = facts.setup();
    keep_ports(&old, &mut new);
    let said = changes(&old, &new)?;
    log.change(&new)?;
    said.into_iter().for_each(|line| log.info(format!("Reloaded: {line}")));
    hub.reload(&new);
    let mut kept = new;
    kept.config.port = old.config.port;
    facts.change(kept, &digest);
    log.info(format!("Reloaded server configuration ({digest})"));
    Ok(())
}

/// What the log says of what is new, in the order of the real server's options, or what cannot change.
fn changes(old: &Setup, new: &Setup) -> Result<Vec<String>, String> {
    let (was, is) = (&old.config, &new.config);
    let name = |setup: &Setup| setup.config.name.clone().unwrap_or_default();
    let max_subscriptions = |setup: &Setup| setup.config.max_subscriptions.unwrap_or_default();
    let no_auth_user = |setup: &Setup| setup.config.auth.no_auth_user.clone().unwrap_or_default();
    let fixed: [(&str, String, String); 9] = [
        ("ServerName", name(old), name(new)),
        ("Host", old.listen.host.clone(), new.listen.host.clone()),
        ("Port", was.port.to_string(), port(new, was.port).to_string()),
        ("MaxSubs", max_subscriptions(old).to_string(), max_subscriptions(new).to_string()),
        ("NoAuthUser", no_auth_user(old), no_auth_user(new)),
        ("JetStreamDomain", was.domain().to_owned(), is.domain().to_owned()),
        ("HTTPBasePath", old.http_base_path.clone(), new.http_base_path.clone()),
        ("MaxPending", was.max_pending.to_string(), is.max_pending.to_string()),
        (
            "LameDuckDuration",
            Nanos::from(old.lame_duck_duration).to_string(),
            Nanos::from(new.lame_duck_duration).to_string(),
        ),
    ];
    if let Some((field, was, is)) = fixed.iter().find(|(_, was, is)| was != is) {
        return Err(format!("config reload not supported for {field}: old={was}, new={is}"));
    }
    for (field, differs) in [
        ("HTTPPort", old.http.as_ref().map(|http| http.port) != new.http.as_ref().map(|http| http.port)),
        ("LeafNode", old.leafnodes != new.leafnodes),
        ("JetStream", was.jetstream != is.jetstream),
        ("Websocket", old.websocket != new.websocket),
    ] {
        if differs {
            return Err(format!("config reload not supported for {field}"));
        }
    }
    let mut said = Vec::new();
    let mut say = |differs: bool, text: String| {
        if differs {
            said.push(text);
        }
    };
    say(old.trace != new.trace, format!("trace = {}", new.trace));
    say(old.debug != new.debug, format!("debug = {}", new.debug));
    say(old.log_time != new.log_time, format!("logtime = {}", new.log_time));
    say(old.log_utc != new.log_utc, format!("logtime_utc = {}", new.log_utc));
    say(was.max_connections != is.max_connections, format!("max_connections = {}", is.max_connections));
    // Of these the real server does not know whether they changed.
    say(true, "authorization users".to_owned());
    say(true, "accounts".to_owned());
    let single = |setup: &Setup| {
        setup.config.auth.is_single.then(|| setup.config.auth.users.first().cloned()).flatten()
    };
    let (one, other) = (single(old).unwrap_or_default(), single(new).unwrap_or_default());
    say(one.name != other.name, "authorization username".to_owned());
    say(one.password != other.password, "authorization password".to_owned());
    say(was.auth.token != is.auth.token, "authorization token".to_owned());
    say(was.ping_interval != is.ping_interval, format!("ping_interval = {}", Nanos::from(is.ping_interval)));
    say(was.ping_max != is.ping_max, format!("ping_max = {}", is.ping_max));
    let timeout = is.auth_timeout.as_secs_f64();
    say(was.auth_timeout != is.auth_timeout, format!("authorization timeout = {timeout}"));
    say(was.max_control_line != is.max_control_line, format!("max_control_line = {}", is.max_control_line));
    say(was.max_payload != is.max_payload, format!("max_payload = {}", is.max_payload));
    let text = |path: &Option<String>| path.clone().unwrap_or_default();
    say(old.pid_file != new.pid_file, format!("pid_file = {}", text(&new.pid_file)));
    say(old.ports_file_dir != new.ports_file_dir, format!("ports_file_dir = {}", text(&new.ports_file_dir)));
    say(old.log_file != new.log_file, format!("log_file = {}", text(&new.log_file)));
    say(
        old.write_deadline != new.write_deadline,
        format!("write_deadline = {}", Nanos::from(new.write_deadline)),
    );
    say(old.max_traced != new.max_traced, format!("max_traced_msg_len = {}", new.max_traced));
    Ok(said)
}

/// Where any port would do, that which it has goes on.
fn keep_ports(old: &Setup, new: &mut Setup) {
    for (old, new) in [(&old.http, &mut new.http), (&old.leafnodes, &mut new.leafnodes)] {
        if let (Some(old), Some(new)) = (old, new)
            && new.port == -1
        {
            new.port = old.port;
        }
    }
}

/// The port that a setup asks for; any is that which it has.
fn port(setup: &Setup, present: u16) -> i64 {
    if setup.listen.port == -1 { i64::from(present) } else { setup.listen.port }
}
