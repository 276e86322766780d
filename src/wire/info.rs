//! The JSON of INFO and CONNECT.

use serde::{Deserialize, Deserializer, Serialize};

/// What a server says of itself when a client connects. Fields that a client may do without have defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    #[serde(skip_serializing_if = "is_false")]
    pub auth_required: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub tls_required: bool,
    /// Bytes of headers and body together.
    pub max_payload: i64,
    #[serde(skip_serializing_if = "is_false")]
    pub jetstream: bool,
    #[serde(skip_serializing_if = "is_zero")]
    pub client_id: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub client_ip: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cluster: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub domain: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub xkey: String,
}

/// What a client says of itself and wants. `null` is as good as absent: async-nats sends it for each field
/// that it has no value for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Connect {
    /// Answer each operation with `+OK`.
    #[serde(deserialize_with = "or_true")]
    pub verbose: bool,
    /// Check subjects strictly.
    #[serde(deserialize_with = "or_true")]
    pub pedantic: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_token: Option<String>,
    #[serde(deserialize_with = "or_default")]
    pub tls_required: bool,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub lang: String,
    #[serde(deserialize_with = "or_default")]
    pub version: String,
    #[serde(deserialize_with = "or_default")]
    pub protocol: i64,
    /// Deliver the client's own messages to its own subscriptions.
    #[serde(deserialize_with = "or_true")]
    pub echo: bool,
    #[serde(deserialize_with = "or_default")]
    pub headers: bool,
    /// Answer requests that nobody listens to with status 503.
    #[serde(deserialize_with = "or_default")]
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

fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

fn or_true<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or(true))
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_as_good_as_absent() {
        let names = "verbose pedantic user pass auth_token tls_required name lang version protocol echo headers \
                     no_responders nkey";
        let nulls: Vec<String> = names.split_whitespace().map(|name| format!("\"{name}\":null")).collect();
        let connect: Connect = serde_json::from_str(&format!("{{{}}}", nulls.join(","))).expect("JSON");
        assert_eq!(connect, Connect::default());
        assert!(serde_json::from_str::<Connect>("{\"name\":1}").is_err());
    }
}
