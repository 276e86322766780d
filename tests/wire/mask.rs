//! What differs each time, made equal.

use regex_lite::Regex;

/// Patterns and what they become.
const MASKED: [(&str, &str); 7] = [
    (
        r#""(server_id|server_name|xkey|port|client_id|pinned_client_id|pinned_id|id)":("[^"]*"|\d+)"#,
        r#""$1":~"#,
    ),
    // Left out where it is not known yet, which is a question of time.
    (r#""rtt":\d+,"#, ""),
    (r"20\d\d-\d\d-\d\dT[0-9:.]+Z", "~"),
    (r"\bN[A-Z2-7]{55}\b", "~"),
    (r"\b\d{19}\b", "~"),
    (r"(Nats-Pin-Id: )\w{22}", "${1}~"),
    (r"(Nats-Stream-Source: .* )\w{8}", "${1}~"),
];

/// What came as masked lines. INFO has its fields and PINGs are told where the case's title speaks of them: a server pings
/// when it likes.
pub(crate) fn lines(bytes: &[u8], title: &str) -> Vec<String> {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for (pattern, mask) in MASKED {
        let pattern = Regex::new(pattern).expect("it is a pattern");
        text = pattern.replace_all(&text, mask).into_owned();
    }
    let told = |line: &&str| *line != "PING" || title.contains("PING");
    let shown = |text: &str| match text.starts_with("INFO ") && !title.contains("INFO") {
        true => "INFO ~".to_owned(),
        false if text.ends_with(' ') => format!("{text}\\"),
        false => text.to_owned(),
    };
    let mut lines: Vec<String> = text.split("\r\n").filter(told).map(shown).collect();
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    sizes(&mut lines);
    lines
}

/// What is masked in a message has no certain size.
fn sizes(lines: &mut [String]) {
    let is_message = |line: &String| line.starts_with("MSG ") || line.starts_with("HMSG ");
    for at in 0..lines.len() {
        let mut rest = lines[at + 1..].iter().take_while(|line| !is_message(line) && *line != "+OK");
        if is_message(&lines[at]) && rest.any(|line| line.contains('~')) {
            let count = if lines[at].starts_with('H') { 2 } else { 1 };
            for _ in 0..count {
                lines[at].truncate(lines[at].rfind(' ').unwrap_or(0));
            }
            lines[at].push_str(" ~");
        }
    }
}
