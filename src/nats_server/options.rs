//! Everything that a `nats-server` program is configured with: its server, its sockets, its log and its files.

use std::time::Duration;

use crate::gofmt::{Nanos, quote};
use crate::server::{Config, JetStreamConfig};
use crate::wire::subject;

#[derive(Clone, Debug, PartialEq)]
pub struct ServerOptions {
    pub config: Config,
    pub listen: ListenAddress,
    pub store_dir: Option<String>,
    pub http: Option<ListenAddress>,
    pub http_base_path: String,
    pub websocket: Option<ListenAddress>,
    /// Where connections of leaf nodes are accepted, only to be rejected.
    pub leafnodes: Option<ListenAddress>,
    /// WebSocket is explicitly configured without TLS.
    pub no_tls: bool,
    pub ports_file_dir: Option<String>,
    pub pid_file: Option<String>,
    pub log_file: Option<String>,
    pub debug: bool,
    pub trace: bool,
    pub log_time: bool,
    pub log_utc: bool,
    /// The longest part of a payload that the log shows, in bytes; 0 for all of it.
    pub max_traced: usize,
    /// How long a client may take to read what is written to it.
    pub write_deadline: Duration,
    pub lame_duck_duration: Duration,
    pub lame_duck_grace: Duration,
    /// Lines for standard error before the server starts.
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListenAddress {
    pub host: String,
    /// -1 for any free port.
    pub port: i64,
}

impl ListenAddress {
    /// The same host with the port that was assigned.
    pub fn with_port(&self, port: u16) -> ListenAddress {
        ListenAddress { host: self.host.clone(), port: i64::from(port) }
    }
}

/// Loopback rather than all interfaces: this server is made for one machine.
pub const DEFAULT_HOST: &str = "127.0.0.1";

pub const DEFAULT_PORT: i64 = 4222;

const DEFAULT_STORE_DIR: &str = "/tmp/nats";

impl Default for ServerOptions {
    fn default() -> ServerOptions {
        ServerOptions {
            config: Config::default(),
            listen: ListenAddress { host: DEFAULT_HOST.to_owned(), port: DEFAULT_PORT },
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
        }
    }
}

impl ServerOptions {
    /// The folder of the streams, as the log names it.
    pub fn jetstream_dir(&self) -> String {
        let parent = self.store_dir.as_deref().unwrap_or(DEFAULT_STORE_DIR);
        format!("{}/jetstream", parent.trim_end_matches('/'))
    }

    /// Rejects combinations that nats-server rejects, with its error texts.
    pub fn validate(&self) -> Result<(), String> {
        self.validate_limits()?;
        self.validate_auth()?;
        self.validate_domain()?;
        if self.websocket.is_some() && !self.no_tls {
            return Err("websocket requires TLS configuration".to_owned());
        }
        Ok(())
    }

    fn validate_limits(&self) -> Result<(), String> {
        let (duration, grace) = (self.lame_duck_duration, self.lame_duck_grace);
        if grace >= duration {
            let (grace, duration) = (Nanos::from(grace), Nanos::from(duration));
            return Err(format!(
                "lame duck grace period ({grace}) should be strictly lower than lame duck duration ({duration})"
            ));
        }
        let (payload, pending) = (self.config.max_payload, self.config.max_pending);
        if payload > pending {
            return Err(format!("max_payload ({payload}) cannot be higher than max_pending ({pending})"));
        }
        if self.config.name.as_ref().is_some_and(|name| name.contains(' ')) {
            return Err("server name cannot contain spaces".to_owned());
        }
        Ok(())
    }

    fn validate_auth(&self) -> Result<(), String> {
        let auth = &self.config.auth;
        match &auth.no_auth_user {
            None => Ok(()),
            Some(name) if auth.user(name).is_some() => Ok(()),
            Some(name) if auth.users.is_empty() => {
                Err(format!("no_auth_user: \"{name}\" present, but users/nkeys are not defined"))
            }
            Some(name) => Err(format!(
                "no_auth_user: \"{name}\" not present as user or nkey in authorization block or account configuration"
            )),
        }
    }

    fn validate_domain(&self) -> Result<(), String> {
        let domain = self.config.domain();
        let api = format!("$JS.{domain}.API.>");
        if !domain.is_empty() && !subject::is_pattern(&api) {
            return Err(format!("invalid domain name: derived {} is not a valid subject", quote(&api)));
        }
        if domain.contains(['.', '*', '>']) {
            return Err("invalid domain name: may not contain ., * or >".to_owned());
        }
        Ok(())
    }
}

/// Whether the limits of JetStream's memory or storage are those that the server chose itself.
pub fn is_dynamic(config: &JetStreamConfig) -> bool {
    let default = JetStreamConfig::default();
    config.max_memory == default.max_memory || config.max_storage == default.max_storage
}
