//! The JSON of INFO and CONNECT.
//! Source: <https://docs.nats.io/reference/reference-protocols/nats-protocol>.

use serde::{Deserialize, Serialize};

use crate::gojson;

/// What a server says of itself when a client connects. Fields that a client may do without have defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.Info")]
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
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub auth_required: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub tls_required: bool,
    /// Bytes of headers and body together.
    pub max_payload: i64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub jetstream: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub client_id: u64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub client_ip: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub cluster: String,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub domain: String,
    /// This INFO answers the client's CONNECT.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub connect_info: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub remote_account: String,
    /// Lame duck mode: the server is about to shut down.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub ldm: bool,
    /// The level of the JetStream API (ADR-44).
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub api_lvl: u32,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub xkey: String,
}

/// What a client says of itself and wants. It is read over the defaults by [`gojson::update`], to which `null` is as good
/// as absent: async-nats sends it for each field that it has no value for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "server.ClientOpts")]
pub struct Connect {
    /// Answer each operation with `+OK`.
    pub verbose: bool,
    /// Check subjects strictly.
    pub pedantic: bool,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub user: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub pass: Option<String>,
    #[serde(skip_serializing_if = "gojson::is_default")]
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

    #[test]
    fn null_is_as_good_as_absent() {
        let names = "verbose pedantic user pass auth_token tls_required name lang version protocol echo headers \
                     no_responders nkey";
        let nulls: Vec<String> = names.split_whitespace().map(|name| format!("\"{name}\":null")).collect();
        let json = format!("{{{}}}", nulls.join(","));
        assert_eq!(gojson::update(&Connect::default(), json.as_bytes()), Ok(Connect::default()));
        assert!(gojson::update(&Connect::default(), b"{\"name\":1}").is_err());
    }
}
