//! What a context holds.

use serde::{Deserialize, Serialize};

use crate::cli::call::Call;
use crate::gojson;

/// The settings of a connection, with the names and the order of a context's file. Empty texts are not set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename = "natscontext.settings")]
pub struct Settings {
    /// Only in what is printed: a file's own name says it.
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub name: String,
    pub description: String,
    /// URLs of servers, separated by commas.
    pub url: String,
    pub socks_proxy: String,
    pub token: String,
    pub user: String,
    pub password: String,
    pub creds: String,
    pub nkey: String,
    pub cert: String,
    pub key: String,
    pub ca: String,
    pub nsc: String,
    pub jetstream_domain: String,
    pub jetstream_api_prefix: String,
    pub jetstream_event_prefix: String,
    pub inbox_prefix: String,
    pub user_jwt: String,
    pub user_seed: String,
    pub color_scheme: String,
    pub tls_first: bool,
    pub windows_cert_store: String,
    pub windows_cert_match_by: String,
    pub windows_cert_match: String,
    pub windows_ca_certs_match: Option<Vec<String>>,
}

impl Settings {
    pub const DEFAULT_URL: &str = "nats://127.0.0.1:4222";

    /// What the flags and variables of a command say in place of these.
    pub fn override_by(&mut self, call: &Call) {
        self.override_credentials(call, call.text("token"));
    }

    /// The same for a context that is saved, in which a token is given as a user without a password only.
    pub fn override_saved_by(&mut self, call: &Call) {
        self.override_credentials(call, "");
    }

    fn override_credentials(&mut self, call: &Call, token: &str) {
        let domain = [call.text("domain"), call.text("js-domain")].into_iter().find(|text| !text.is_empty());
        let (user, password) = (call.text("user"), call.text("password"));
        let (user, token) = match (user, password) {
            (_, "") if !user.is_empty() => ("", user),
            _ => (user, token),
        };
        for (setting, given) in [
            (&mut self.url, call.text("server")),
            (&mut self.creds, call.text("creds")),
            (&mut self.nkey, call.text("nkey")),
            (&mut self.jetstream_domain, domain.unwrap_or_default()),
            (&mut self.jetstream_api_prefix, call.text("js-api-prefix")),
            (&mut self.jetstream_event_prefix, call.text("js-event-prefix")),
            (&mut self.inbox_prefix, call.text("inbox-prefix")),
            (&mut self.color_scheme, call.text("colors")),
            (&mut self.user, user),
            (&mut self.password, password),
            (&mut self.token, token),
        ] {
            if !given.is_empty() {
                given.clone_into(setting);
            }
        }
        match call.text("socks-proxy") {
            "" => {}
            "none" | "NONE" | "-" => self.socks_proxy.clear(),
            proxy => proxy.clone_into(&mut self.socks_proxy),
        }
    }

    /// How many ways of saying who one is there are.
    pub fn credentials(&self) -> usize {
        let ways = [&self.user, &self.creds, &self.nkey, &self.nsc, &self.user_jwt];
        ways.into_iter().filter(|way| !way.is_empty()).count()
    }

    /// The first setting that is not simulated, by the name of its flag.
    pub fn not_simulated(&self) -> Option<&'static str> {
        let settings = [
            ("socks-proxy", &self.socks_proxy),
            ("tlscert", &self.cert),
            ("tlskey", &self.key),
            ("tlsca", &self.ca),
            ("jwt", &self.user_jwt),
            ("seed", &self.user_seed),
        ];
        let set = settings.into_iter().find(|(_, value)| !value.is_empty()).map(|(flag, _)| flag);
        set.or(self.tls_first.then_some("tlsfirst"))
    }
}
