//! Operations of the protocol as nats-server traces them.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::gofmt;
use crate::server::event::Wire;
use crate::server::strip_domain;
use crate::wire::Verb;

/// The lines for one operation: the operation, its subject without `domain`, and its payload, which is cut at `max_payload`
/// bytes unless that is 0. INFO is not traced.
pub fn trace(wire: &Wire, max_payload: usize, domain: &str) -> Vec<String> {
    let arrow = if wire.outgoing { "->>" } else { "<<-" };
    let verb = match wire.verb {
        Verb::Info if wire.outgoing => return Vec::new(),
        Verb::Ok => "OK",
        verb => verb.as_str(),
    };
    let names = [verb, &wire.subject, &wire.queue, &wire.sid, &wire.reply];
    let mut words: Vec<String> =
        names.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if !matches!(wire.verb, Verb::Pub | Verb::HPub | Verb::Msg | Verb::HMsg) {
        let text = String::from_utf8_lossy(&wire.payload);
        if wire.verb == Verb::Connect {
            words.push(redact(&text));
        } else if !text.is_empty() {
            words.push(text.into_owned());
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
        let payload = [wire.headers.as_slice(), &wire.payload].concat();
        lines.push(format!("{arrow} MSG_PAYLOAD: [{}]", quote_cut(&payload, max_payload)));
    }
    lines
}

/// The bytes in quotes, of more than `max` of them only the first ones and an ellipsis. 0 is no limit.
fn quote_cut(bytes: &[u8], max: usize) -> String {
    let is_cut = max > 0 && bytes.len() > max;
    let mut quoted = gofmt::quote(if is_cut { &bytes[..max] } else { bytes });
    if is_cut {
        quoted.insert_str(quoted.len() - 1, "...");
    }
    quoted
}

/// Replaces the secrets in a CONNECT, which need not be JSON. The patterns are nats-server's.
fn redact(connect: &str) -> String {
    static SECRETS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [
            r#"("?\s*(?:auth_token\S*?|pass\S*?)"?\s*[:=]\s*"?)[^",\r\n}]*"#,
            r#"((?:^|[^A-Za-z0-9_])"?\s*(?:proxy_sig|nkey|sig)"?\s*[:=]\s*"?)[^",\r\n}]*"#,
        ]
        .map(|pattern| Regex::new(pattern).expect("the pattern is right"))
    });
    SECRETS
        .iter()
        .fold(connect.to_owned(), |text, secret| secret.replace_all(&text, "${1}[REDACTED]").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connect(text: &str) -> String {
        trace(&Wire::of_text(false, Verb::Connect, text.as_bytes()), 0, "").concat()
    }

    /// As nats-server 2.15.1 traces it.
    #[test]
    fn secrets_are_redacted() {
        for (given, want) in [
            (r#"{"user":"u","pass":"secret"}"#, r#"{"user":"u","pass":"[REDACTED]"}"#),
            (r#"{"user":"u","pass": "secret"}"#, r#"{"user":"u","pass": "[REDACTED]"}"#),
            (r#"{"pass" : "secret" , "a":1}"#, r#"{"pass" : "[REDACTED]" , "a":1}"#),
            (r#"{"pass":"a","pass":"b"}"#, r#"{"pass":"[REDACTED]","pass":"[REDACTED]"}"#),
            (r#"{"auth_token":"secret"}"#, r#"{"auth_token":"[REDACTED]"}"#),
            (r#"{"password":"secret"}"#, r#"{"password":"[REDACTED]"}"#),
            (r#"{"nkey":"UA","sig":"s","jwt":"j"}"#, r#"{"nkey":"[REDACTED]","sig":"[REDACTED]","jwt":"j"}"#),
            // It takes an escaped quote for the end, and shows what follows.
            (r#"{"pass":"sec\"ret"}"#, r#"{"pass":"[REDACTED]"ret"}"#),
            ("{pass = secret}", "{pass = [REDACTED]}"),
        ] {
            assert_eq!(connect(given), format!("<<- [CONNECT {want}]"));
        }
    }

    /// As Go's `%q` prints bytes.
    #[test]
    fn payloads_are_quoted() {
        let payload = |payload: &[u8], max| {
            trace(&Wire::of_text(false, Verb::Pub, payload), max, "").pop().unwrap_or_default()
        };
        assert_eq!(payload(b"\x07\0\xff\"", 0), r#"<<- MSG_PAYLOAD: ["\a\x00\xff\""]"#);
        assert_eq!(payload("né".as_bytes(), 2), r#"<<- MSG_PAYLOAD: ["n\xc3..."]"#);
        assert_eq!(payload(b"hello", 5), r#"<<- MSG_PAYLOAD: ["hello"]"#);
    }
}
