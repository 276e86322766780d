//! From flags and a configuration file to what a server and its sockets are told.

mod auth;
mod file;

use std::time::Duration;

use super::conf::Conf;
use super::options::Options;
use crate::gofmt::{Nanos, quote};
use crate::server::config::{Config, User};
use crate::wire::subject;

/// Everything that a server program needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    pub config: Config,
    pub listen: Listen,
    pub store_dir: Option<String>,
    pub http: Option<Listen>,
    pub http_base_path: String,
    pub websocket: Option<Listen>,
    /// Where leaf nodes may knock; none is let in.
    pub leafnodes: Option<Listen>,
    /// WebSocket was told to do without TLS.
    pub no_tls: bool,
    pub ports_file_dir: Option<String>,
    pub pid_file: Option<String>,
    pub log_file: Option<String>,
    pub debug: bool,
    pub trace: bool,
    pub log_time: bool,
    pub log_utc: bool,
    /// Bytes of a payload that the log shows; 0 for all.
    pub max_traced: usize,
    /// How long a client may take to read what is written to it.
    pub write_deadline: Duration,
    pub lame_duck_duration: Duration,
    pub lame_duck_grace: Duration,
    /// What is to be said on standard error before it starts.
    pub warnings: Vec<String>,
}

/// A place to listen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listen {
    pub host: String,
    /// -1 for any free port.
    pub port: i64,
}

impl Listen {
    /// The same place with the port that it has got.
    pub fn on(&self, port: u16) -> Listen {
        Listen { host: self.host.clone(), port: i64::from(port) }
    }
}

/// Loopback, unless told otherwise: this server is made for one machine.
const HOST: &str = "127.0.0.1";

const PORT: i64 = 4222;

/// Joins flags and a file; flags win. The error says what cannot be done, in the real server's words where it cannot do it
/// either; of a file it ends in a line break.
pub fn setup(options: &Options, conf: Option<&Conf>, seed: u64) -> Result<Setup, String> {
    let mut setup = Setup {
        config: Config { seed, ..Config::default() },
        listen: Listen { host: HOST.to_owned(), port: PORT },
        store_dir: None,
        http: None,
        http_base_path: String::new(),
        websocket: None,
        leafnodes: None,
        no_tls: false,
        ports_file_dir: None,
        pid_file: None,
        log_file: None,
        debug: false,
        trace: false,
        log_time: true,
        log_utc: false,
        max_traced: 0,
        write_deadline: Duration::from_secs(10),
        lame_duck_duration: Duration::from_secs(120),
        lame_duck_grace: Duration::from_secs(10),
        warnings: Vec::new(),
    };
    if let Some(conf) = conf {
        file::read(&mut setup, conf, options.config.as_deref().unwrap_or_default())?;
    }
    apply(&mut setup, options);
    // Who has a file tested hears only of what stands in it.
    if !options.test_config {
        check(&setup)?;
    }
    setup.config.host.clone_from(&setup.listen.host);
    setup.config.port = u16::try_from(setup.listen.port).unwrap_or_default();
    Ok(setup)
}

fn apply(setup: &mut Setup, options: &Options) {
    if let Some(host) = &options.host {
        setup.listen.host.clone_from(host);
    }
    if options.port != PORT {
        setup.listen.port = options.port;
    }
    if setup.listen.port == 0 {
        setup.listen.port = PORT;
    }
    if options.name.is_some() {
        setup.config.name.clone_from(&options.name);
    }
    if options.jetstream {
        setup.config.jetstream.get_or_insert_default();
    }
    if let Some(port) = options.http_port {
        setup.http = Some(Listen { host: String::new(), port });
    }
    // Port 0 stands for none, and no host for that of the clients.
    for place in [&mut setup.http, &mut setup.websocket, &mut setup.leafnodes] {
        *place = place.take().filter(|listen| listen.port != 0);
        if let Some(listen) = place.as_mut().filter(|listen| listen.host.is_empty()) {
            listen.host.clone_from(&setup.listen.host);
        }
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
        setup.config.auth.is_single = setup.config.auth.users.is_empty();
        setup.config.auth.users.push(User { name: name.clone(), password, ..User::default() });
    }
    if options.token.is_some() {
        setup.config.auth.token.clone_from(&options.token);
    }
    setup.debug = options.debug.unwrap_or(setup.debug);
    setup.trace = options.trace.unwrap_or(setup.trace);
    setup.log_time = options.log_time.unwrap_or(setup.log_time);
    setup.log_utc = options.log_utc.unwrap_or(setup.log_utc);
    setup.max_traced = options.max_traced.unwrap_or(setup.max_traced);
}

/// What does not go together.
fn check(setup: &Setup) -> Result<(), String> {
    let config = &setup.config;
    let (duration, grace) = (setup.lame_duck_duration, setup.lame_duck_grace);
    if grace >= duration {
        let (grace, duration) = (Nanos::from(grace), Nanos::from(duration));
        return Err(format!(
            "lame duck grace period ({grace}) should be strictly lower than lame duck duration ({duration})"
        ));
    }
    if config.max_payload > config.max_pending {
        let (payload, pending) = (config.max_payload, config.max_pending);
        return Err(format!("max_payload ({payload}) cannot be higher than max_pending ({pending})"));
    }
    if config.name.as_ref().is_some_and(|name| name.contains(' ')) {
        return Err("server name cannot contain spaces".to_owned());
    }
    if let Some(name) = config.auth.no_auth_user.as_ref().filter(|name| config.auth.user(name).is_none()) {
        let why = match config.auth.users.is_empty() {
            true => "no_auth_user: \"{}\" present, but users/nkeys are not defined",
            false => {
                "no_auth_user: \"{}\" not present as user or nkey in authorization block or account configuration"
            }
        };
        return Err(why.replace("{}", name));
    }
    let domain = config.domain();
    let api = format!("$JS.{domain}.API.>");
    if !domain.is_empty() && !subject::is_pattern(&api) {
        return Err(format!("invalid domain name: derived {} is not a valid subject", quote(&api)));
    }
    if domain.contains(['.', '*', '>']) {
        return Err("invalid domain name: may not contain ., * or >".to_owned());
    }
    if setup.websocket.is_some() && !setup.no_tls {
        return Err("websocket requires TLS configuration".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::conf::parse;
    use super::*;

    #[test]
    fn flags_win_over_the_file() {
        let conf = parse(
            "port: 5000, jetstream: {max_mem: 1K}, http: \"127.0.0.1:-1\"
            websocket { port: -1, no_tls: true }
            authorization { users: [{user: a, pass: b, permissions: {publish: [\"x.>\"], subscribe: {deny: y}}}] }",
            "f",
            &(),
        );
        let options = Options { port: -1, jetstream: true, ..Options::default() };
        let setup = setup(&options, conf.ok().as_ref(), 7).expect("a setup");
        let anywhere = Listen { host: "127.0.0.1".to_owned(), port: -1 };
        assert_eq!(setup.listen, anywhere);
        assert_eq!(setup.config.jetstream.map(|js| js.max_memory), Some(1000));
        assert_eq!((setup.http, setup.websocket), (Some(anywhere.clone()), Some(anywhere)));
        let user = &setup.config.auth.users[0];
        assert_eq!((user.publish.allow.len(), user.subscribe.deny.len()), (1, 1));
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (text, want) in [
            ("port: x", "f:1:0: interface conversion: interface {} is string, not int64\n"),
            ("\nnonsense: 1", "f:2:1: unknown field \"nonsense\"\n"),
            ("jetstream { key: x }", "f:1:12: key is not simulated\n"),
            ("tls { cert_file: x }", "f:1:0: tls is not simulated\n"),
            ("accounts { A { users: [] }, B { users: [] } }", "f:1:28: a second account is not simulated\n"),
        ] {
            let conf = parse(text, "f", &()).expect("a file");
            assert_eq!(setup(&Options::default(), Some(&conf), 0).err().as_deref(), Some(want));
        }
    }
}
