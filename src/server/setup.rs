//! From flags and a configuration file to what a server and its sockets are told.

use std::time::Duration;

use super::conf::Conf;
use super::config::{AccountLimits, Config, JetStreamConfig, Permission, User};
use super::options::Options;
use crate::base::float;

/// Everything that a server program needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    pub config: Config,
    pub host: String,
    /// 0 for any free port.
    pub port: u16,
    pub store_dir: Option<String>,
    pub http: Option<Listen>,
    pub websocket: Option<Listen>,
    pub ports_file_dir: Option<String>,
    pub pid_file: Option<String>,
    pub log_file: Option<String>,
    pub debug: bool,
    pub trace: bool,
    pub log_time: bool,
    /// How long a client may take to read what is written to it.
    pub write_deadline: Duration,
    /// What the file asks for that is not simulated.
    pub ignored: Vec<String>,
}

/// A further place to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen {
    pub host: String,
    /// 0 for any free port.
    pub port: u16,
}

/// Loopback, unless told otherwise: this server is made for one machine.
const HOST: &str = "127.0.0.1";

/// Names in a file that change nothing here.
const HARMLESS: &[&str] = &[
    "lame_duck_duration",
    "lame_duck_grace_period",
    "no_sys_acc",
    "system_account",
    "logtime_utc",
    "logfile_size_limit",
    "disable_sublist_cache",
    "max_traced_msg_len",
    "server_tags",
    "trace_headers",
];

/// Joins flags and a file; flags win. The error says what cannot be done.
pub fn setup(options: &Options, conf: Option<&Conf>, seed: u64) -> Result<Setup, String> {
    let mut setup = Setup {
        config: Config { seed, host: "0.0.0.0".to_owned(), ..Config::default() },
        host: HOST.to_owned(),
        port: port(options.port)?,
        store_dir: options.store_dir.clone(),
        http: None,
        websocket: None,
        ports_file_dir: None,
        pid_file: None,
        log_file: None,
        debug: false,
        trace: false,
        log_time: true,
        write_deadline: Duration::from_secs(10),
        ignored: Vec::new(),
    };
    for (name, value) in conf.map(Conf::fields).unwrap_or_default() {
        read(&mut setup, &name.to_ascii_lowercase(), value)
            .map_err(|why| format!("{why} in the value of {name}"))?;
    }
    apply(&mut setup, options)?;
    setup.config.port = setup.port;
    Ok(setup)
}

fn apply(setup: &mut Setup, options: &Options) -> Result<(), String> {
    if let Some(host) = &options.host {
        setup.host.clone_from(host);
    }
    if options.port != 4222 {
        setup.port = port(options.port)?;
    }
    if options.name.is_some() {
        setup.config.name.clone_from(&options.name);
    }
    if options.jetstream {
        setup.config.jetstream.get_or_insert_default();
    }
    // Port 0 stands for none.
    if let Some(http) = options.http_port.filter(|port| *port != 0) {
        setup.http = Some(Listen { host: setup.host.clone(), port: port(http)? });
    }
    for (from, to) in [
        (&options.ports_file_dir, &mut setup.ports_file_dir),
        (&options.log_file, &mut setup.log_file),
        (&options.pid_file, &mut setup.pid_file),
        (&options.store_dir, &mut setup.store_dir),
    ] {
        if from.is_some() {
            to.clone_from(from);
        }
    }
    if let Some(name) = &options.user {
        let password = options.password.clone().unwrap_or_default();
        setup.config.auth.users.push(User { name: name.clone(), password, ..User::default() });
    }
    if options.token.is_some() {
        setup.config.auth.token.clone_from(&options.token);
    }
    setup.debug |= options.debug;
    setup.trace |= options.trace;
    setup.log_time &= options.log_time;
    setup.config.host.clone_from(&setup.host);
    Ok(())
}

fn read(setup: &mut Setup, name: &str, value: &Conf) -> Result<(), String> {
    let config = &mut setup.config;
    match name {
        "host" | "net" => setup.host = word(value)?,
        "port" => setup.port = port(number(value)?)?,
        "listen" => (setup.host, setup.port) = listen(value, &setup.host)?,
        "server_name" => config.name = Some(word(value)?),
        "jetstream" => config.jetstream = jetstream(value, &mut setup.store_dir)?,
        "authorization" => authorization(config, value)?,
        "accounts" => {
            for (_, account) in value.fields() {
                users(config, account.get("users"))?;
                if account.get("jetstream").is_some_and(|wish| wish.truth() != Some(false)) {
                    config.jetstream.get_or_insert_default();
                }
            }
        }
        "no_auth_user" => config.auth.no_auth_user = Some(word(value)?).filter(|name| !name.is_empty()),
        "http" | "http_port" | "monitor_port" => {
            let (host, port) = listen(value, &setup.host)?;
            setup.http = Some(Listen { host, port });
        }
        "websocket" => setup.websocket = websocket(value, &setup.host)?,
        "ports_file_dir" => setup.ports_file_dir = Some(word(value)?),
        "pid_file" | "pidfile" => setup.pid_file = Some(word(value)?),
        "log_file" | "logfile" => setup.log_file = Some(word(value)?),
        "debug" => setup.debug = truth(value)?,
        "trace" => setup.trace = truth(value)?,
        "logtime" => setup.log_time = truth(value)?,
        "max_payload" => config.max_payload = size(value)?,
        "max_control_line" => config.max_control_line = size(value)?,
        "max_pending" => config.max_pending = size(value)?,
        "max_connections" => config.max_connections = size(value)?,
        "max_subscriptions" => config.max_subscriptions = Some(size(value)?),
        "ping_interval" => config.ping_interval = wait(value)?,
        "write_deadline" => setup.write_deadline = wait(value)?,
        "ping_max" => config.ping_max = size(value)? as u32,
        _ if HARMLESS.contains(&name) => {}
        _ => setup.ignored.push(name.to_owned()),
    }
    Ok(())
}

fn jetstream(value: &Conf, store_dir: &mut Option<String>) -> Result<Option<JetStreamConfig>, String> {
    if let Some(on) = value.truth() {
        return Ok(on.then(JetStreamConfig::default));
    }
    let mut config = JetStreamConfig::default();
    for (name, value) in value.fields() {
        match name.to_ascii_lowercase().as_str() {
            "store_dir" | "storedir" => *store_dir = Some(word(value)?),
            "max_memory_store" | "max_mem_store" | "max_mem" => config.max_memory = number(value)?,
            "max_file_store" | "max_file" => config.max_storage = number(value)?,
            "enabled" if value.truth() == Some(false) => return Ok(None),
            "limits" => limits(&mut config.account, value)?,
            "enabled" | "sync_interval" | "sync_always" | "strict" | "max_buffered_msgs"
            | "max_buffered_size" => {}
            other => return Err(format!("jetstream's {other} is not simulated")),
        }
    }
    Ok(Some(config))
}

fn limits(limits: &mut AccountLimits, value: &Conf) -> Result<(), String> {
    for (name, value) in value.fields() {
        match name.as_str() {
            "max_memory" | "max_mem" => limits.max_memory = number(value)?,
            "max_storage" | "max_file" => limits.max_storage = number(value)?,
            "max_streams" => limits.max_streams = number(value)?,
            "max_consumers" => limits.max_consumers = number(value)?,
            "max_ack_pending" => limits.max_ack_pending = number(value)?,
            other => return Err(format!("the limit {other} is not simulated")),
        }
    }
    Ok(())
}

fn authorization(config: &mut Config, value: &Conf) -> Result<(), String> {
    for (name, value) in value.fields() {
        match name.as_str() {
            "token" => config.auth.token = Some(word(value)?),
            "timeout" => config.auth_timeout = wait(value)?,
            "user" | "username" | "pass" | "password" | "users" | "default_permissions" => {}
            other => return Err(format!("{other} is not simulated")),
        }
    }
    if value.get("user").or_else(|| value.get("username")).is_some() {
        user(config, value)?;
    }
    users(config, value.get("users"))
}

fn users(config: &mut Config, list: Option<&Conf>) -> Result<(), String> {
    for each in list.map(Conf::items).unwrap_or_default() {
        user(config, each)?;
    }
    Ok(())
}

fn user(config: &mut Config, value: &Conf) -> Result<(), String> {
    let text = |names: [&str; 2]| names.iter().find_map(|name| value.get(name)).map(word).transpose();
    let Some(name) = text(["user", "username"])? else { return Err("a user without a name".to_owned()) };
    let password = text(["pass", "password"])?.unwrap_or_default();
    let mut user = User { name, password, ..User::default() };
    let permissions = value.get("permissions").map(Conf::fields).unwrap_or_default();
    for (name, value) in permissions {
        match name.as_str() {
            "publish" | "pub" => user.publish = permission(value),
            "subscribe" | "sub" => user.subscribe = permission(value),
            other => return Err(format!("the permission {other} is not simulated")),
        }
    }
    config.auth.users.push(user);
    Ok(())
}

fn permission(value: &Conf) -> Permission {
    let words =
        |value: &Conf| value.items().iter().filter_map(|item| item.word().map(str::to_owned)).collect();
    match value {
        Conf::Map(_) => Permission {
            allow: value.get("allow").map(words).unwrap_or_default(),
            deny: value.get("deny").map(words).unwrap_or_default(),
        },
        list => Permission { allow: words(list), deny: Vec::new() },
    }
}

fn websocket(value: &Conf, host: &str) -> Result<Option<Listen>, String> {
    let (mut host, mut at) = (host.to_owned(), None);
    for (name, value) in value.fields() {
        match name.as_str() {
            "listen" => (host, at) = listen(value, &host).map(|(host, port)| (host, Some(port)))?,
            "host" | "net" => host = word(value)?,
            "port" => at = Some(port(number(value)?)?),
            "no_tls" | "same_origin" | "allowed_origins" | "compression" | "handshake_timeout" => {}
            other => return Err(format!("websocket's {other} is not simulated")),
        }
    }
    Ok(at.map(|port| Listen { host, port }))
}

/// `host:port`, `port` or `:port`.
fn listen(value: &Conf, host: &str) -> Result<(String, u16), String> {
    let text = word(value)?;
    let (given, number) = text.rsplit_once(':').unwrap_or(("", &text));
    let number = number.parse().map_err(|_| format!("no port in {text:?}"))?;
    Ok((if given.is_empty() { host.to_owned() } else { given.to_owned() }, port(number)?))
}

/// -1 is any free port.
fn port(number: i64) -> Result<u16, String> {
    match number {
        -1 => Ok(0),
        number => u16::try_from(number).map_err(|_| format!("{number} is no port")),
    }
}

fn word(value: &Conf) -> Result<String, String> {
    value.word().map(str::to_owned).ok_or_else(|| "a text is wanted".to_owned())
}

fn number(value: &Conf) -> Result<i64, String> {
    value.number().ok_or_else(|| "a number is wanted".to_owned())
}

fn size(value: &Conf) -> Result<usize, String> {
    number(value).and_then(|n| usize::try_from(n).map_err(|_| "it may not be negative".to_owned()))
}

fn truth(value: &Conf) -> Result<bool, String> {
    value.truth().ok_or_else(|| "true or false is wanted".to_owned())
}

/// `2m`, or seconds.
fn wait(value: &Conf) -> Result<Duration, String> {
    let text = word(value)?;
    let wait = super::go::parse_duration(&text).map(super::Nanos::duration);
    wait.or_else(|| float::parse(&text).map(Duration::from_secs_f64))
        .ok_or_else(|| "a duration is wanted".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::conf::parse;
    use super::*;

    #[test]
    fn flags_win_over_the_file() {
        let conf = parse(
            "port: 5000, jetstream: {max_mem: 1K}, http: \"127.0.0.1:-1\"
            websocket { port: 0, no_tls: true }
            authorization { users: [{user: a, pass: b, permissions: {publish: [\"x.>\"], subscribe: {deny: y}}}] }
            leafnodes { port: -1 }",
        );
        let options = Options { port: -1, jetstream: true, ..Options::default() };
        let setup = setup(&options, conf.ok().as_ref(), 7).expect("a setup");
        assert_eq!((setup.host.as_str(), setup.port), ("127.0.0.1", 0));
        assert_eq!(setup.config.jetstream.map(|js| js.max_memory), Some(1000));
        assert_eq!(setup.http, Some(Listen { host: "127.0.0.1".to_owned(), port: 0 }));
        assert_eq!(setup.websocket, Some(Listen { host: "127.0.0.1".to_owned(), port: 0 }));
        let user = &setup.config.auth.users[0];
        assert_eq!((user.publish.allow.len(), user.subscribe.deny.len()), (1, 1));
        assert_eq!(setup.ignored, ["leafnodes"]);
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (text, want) in [
            ("port: x", "a number is wanted in the value of port"),
            ("port: 70000", "70000 is no port in the value of port"),
            ("jetstream { domain: x }", "jetstream's domain is not simulated in the value of jetstream"),
        ] {
            let conf = parse(text).expect("a file");
            assert_eq!(setup(&Options::default(), Some(&conf), 0).err().as_deref(), Some(want));
        }
    }
}
