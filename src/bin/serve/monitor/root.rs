//! The page with links to all others.

use playground::server::VERSION;

const PAGES: [(&str, &str); 11] = [
    ("varz", "General"),
    ("jsz", "JetStream"),
    ("connz", "Connections"),
    ("accountz", "Accounts"),
    ("accstatz", "Account Stats"),
    ("subsz", "Subscriptions"),
    ("routez", "Routes"),
    ("leafz", "LeafNodes"),
    ("gatewayz", "Gateways"),
    ("raftz", "Raft Groups"),
    ("healthz", "Health Probe"),
];

pub(super) fn page(base: &str) -> String {
    let base = base.trim_end_matches('/');
    let links = PAGES.map(|(page, name)| format!("<p><a href=.{base}/{page}>{name}</a></p>"));
    format!(
        "<html lang=\"en\">\n<head><title>nats-server {VERSION}</title></head>\n<body>\n{}\n</body>\n</html>\n",
        links.join("\n")
    )
}
