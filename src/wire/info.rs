//! The JSON of INFO and CONNECT.

use crate::base::json::fields;

/// What a server says of itself when a client connects. Fields that a client may do without have defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    pub server_id: String,
    pub server_name: String,
    pub version: String,
    pub proto: i64,
    pub git_commit: String,
    pub go: String,
    pub host: String,
    pub port: u16,
    pub headers: bool,
    pub auth_required: bool,
    pub tls_required: bool,
    /// Bytes of headers and body together.
    pub max_payload: i64,
    pub jetstream: bool,
    pub client_id: u64,
    pub client_ip: String,
    pub cluster: String,
    pub domain: String,
    pub xkey: String,
}
fields!(Info:
    server_id, server_name, version, proto, git_commit, go, host, port, headers, auth_required if any,
    tls_required if any, max_payload, jetstream if any, client_id if any, client_ip if any, cluster if any,
    domain if any, xkey if any
);

/// What a client says of itself and wants. `null` is as good as absent: async-nats sends it for each field
/// that it has no value for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// Answer each operation with `+OK`.
    pub verbose: bool,
    /// Check subjects strictly.
    pub pedantic: bool,
    pub user: Option<String>,
    pub pass: Option<String>,
    pub auth_token: Option<String>,
    pub tls_required: bool,
    pub name: String,
    pub lang: String,
    pub version: String,
    pub protocol: i64,
    /// Deliver the client's own messages to its own subscriptions.
    pub echo: bool,
    pub headers: bool,
    /// Answer requests that nobody listens to with status 503.
    pub no_responders: bool,
}
fields!(Connect:
    verbose, pedantic, user if any, pass if any, auth_token if any, tls_required, name, lang, version,
    protocol, echo, headers, no_responders
);

impl Default for Connect {
    /// What a server assumes of fields that are absent.
    fn default() -> Connect {
        Connect {
            verbose: true,
            pedantic: true,
            user: None,
            pass: None,
            auth_token: None,
            tls_required: false,
            name: String::new(),
            lang: String::new(),
            version: String::new(),
            protocol: 0,
            echo: true,
            headers: false,
            no_responders: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::read;

    #[test]
    fn null_is_as_good_as_absent() {
        let names = "verbose pedantic user pass auth_token tls_required name lang version protocol echo headers \
                     no_responders nkey";
        let nulls: Vec<String> = names.split_whitespace().map(|name| format!("\"{name}\":null")).collect();
        let mut connect = Connect::default();
        read(format!("{{{}}}", nulls.join(",")).as_bytes(), &mut connect).expect("JSON");
        assert_eq!(connect, Connect::default());
        assert!(read(b"{\"name\":1}", &mut connect).is_none());
    }
}
