//! Operations of the protocol as nats-server traces them.

use playground::server::event::Wire;
use playground::server::strip_domain;

/// The lines for one operation: the operation, its subject without `domain`, and its payload, which is cut at `max_payload`
/// bytes unless that is 0. INFO is not traced.
pub(crate) fn trace(wire: &Wire, max_payload: usize, domain: &str) -> Vec<String> {
    let arrow = if wire.outgoing { "->>" } else { "<<-" };
    let verb = match wire.verb {
        "INFO" if wire.outgoing => return Vec::new(),
        "+OK" => "OK",
        verb => verb,
    };
    let names = [verb, &wire.subject, &wire.queue, &wire.sid, &wire.reply];
    let mut words: Vec<String> =
        names.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let text = String::from_utf8_lossy(&wire.payload);
    if !matches!(wire.verb, "PUB" | "HPUB" | "MSG" | "HMSG") {
        if !text.is_empty() {
            words.push(redact(&text));
        }
        return vec![format!("{arrow} [{}]", words.join(" "))];
    }
    if !wire.headers.is_empty() {
        words.push(wire.headers.len().to_string());
    }
    let size = wire.headers.len() + wire.length;
    words.push(size.to_string());
    let mut lines = vec![format!("{arrow} [{}]", words.join(" "))];
    if let Some(mapped) = strip_domain(domain, &wire.subject).filter(|_| !wire.outgoing) {
        lines.push(format!("{arrow} [MAPPING {} -> {mapped}]", wire.subject));
    }
    if size > 0 {
        let payload = [String::from_utf8_lossy(&wire.headers).as_ref(), &text].concat();
        lines.push(format!("{arrow} MSG_PAYLOAD: [{:?}]", cut(payload, max_payload)));
    }
    lines
}

fn cut(mut text: String, max: usize) -> String {
    if max > 0 && text.len() > max {
        let end = (0..=max).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
        text.push_str("...");
    }
    text
}

/// Replaces the secrets in CONNECT.
fn redact(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["\"pass\":\"", "\"auth_token\":\""] {
        if let Some((before, rest)) = text.split_once(name)
            && let Some((_, after)) = rest.split_once('"')
        {
            text = format!("{before}{name}[REDACTED]\"{after}");
        }
    }
    text
}
