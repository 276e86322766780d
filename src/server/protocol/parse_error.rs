//! What nats-server's parser says of bytes that it cannot read, for the log.

use crate::gofmt::quote;

/// Bytes of the input that are shown.
const SNIPPET_MAX: usize = 32;

/// The text about an operation that begins at `at` of what was received, and that the decoder refused.
pub(super) fn describe(bytes: &[u8], at: usize, is_arguments: bool) -> Option<String> {
    let rest = bytes.get(at..)?;
    match is_arguments {
        true => arguments(rest),
        false => unknown(bytes, at, rest),
    }
}

/// Of an operation with wrong arguments.
fn arguments(rest: &[u8]) -> Option<String> {
    let line = rest.split(|b| *b == b'\n').next()?.trim_ascii_end();
    let end = line.iter().position(|b| matches!(b, b' ' | b'\t'))?;
    let (verb, arguments) = (line[..end].to_ascii_uppercase(), line[end..].trim_ascii());
    let words: Vec<&[u8]> =
        arguments.split(|b| matches!(b, b' ' | b'\t')).filter(|word| !word.is_empty()).collect();
    let number = |at: usize| {
        let word = std::str::from_utf8(words.get(at)?).ok()?;
        word.parse::<u32>().ok().filter(|_| word.bytes().all(|b| b.is_ascii_digit()))
    };
    let (name, what) = match (verb.as_slice(), words.len()) {
        (b"PUB", count @ 2..=3) => ("processPub", number(count - 1).map_or("Bad or Missing Size", |_| "")),
        (b"HPUB", count @ 3..=4) => {
            let what = match (number(count - 2), number(count - 1)) {
                (None, _) => "Bad or Missing Header Size",
                (_, None) => "Bad or Missing Total Size",
                _ => "Header Size larger then TotalSize",
            };
            ("processHeaderPub", what)
        }
        (b"PUB", _) => ("processPub", "Parse Error"),
        (b"HPUB", _) => ("processHeaderPub", "Parse Error"),
        (b"SUB", _) => ("processSub", "Parse Error"),
        (b"UNSUB", _) => ("processUnsub", "Parse Error"),
        _ => return None,
    };
    Some(format!("{name} {what}: {}", quote(arguments)))
}

/// The verbs, each with the number of the parser's state after every byte.
const VERBS: [(&str, &[u8]); 10] = [
    ("+OK", &[1, 2, 3]),
    ("-ERR ", &[4, 5, 6, 7, 8]),
    ("CONNECT", &[10, 11, 12, 13, 14, 15, 16]),
    ("HPUB ", &[18, 19, 20, 21, 22]),
    ("PUB ", &[29, 30, 31, 32]),
    ("PING", &[29, 34, 35, 36]),
    ("PONG", &[29, 37, 38, 39]),
    ("SUB ", &[43, 44, 45, 46]),
    ("INFO ", &[71, 72, 73, 74, 75]),
    ("UNSUB ", &[59, 60, 61, 62, 63, 64]),
];

/// Of bytes that no operation begins with.
fn unknown(bytes: &[u8], at: usize, rest: &[u8]) -> Option<String> {
    let matched = |verb: &str| {
        let pairs = verb.bytes().zip(rest);
        pairs
            .take_while(|(want, got)| *want == got.to_ascii_uppercase() || *want == b' ' && **got == b'\t')
            .count()
    };
    let (count, states) = VERBS
        .iter()
        .map(|(verb, states)| (matched(verb), states))
        .max_by_key(|(count, _)| *count)
        .filter(|(count, states)| *count < states.len())?;
    let state = count.checked_sub(1).map_or(0, |last| states[last]);
    let at = at + count;
    // At the end of the input, the last byte is not shown.
    let end = if at + SNIPPET_MAX > bytes.len() { bytes.len() - 1 } else { at + SNIPPET_MAX };
    let snippet = match bytes.get(at..end) {
        Some(snippet) if at < bytes.len() => quote(snippet),
        _ => "\"\"".to_owned(),
    };
    Some(format!("Client parser ERROR, state={state}, i={at}: proto='{snippet}...'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_the_parser() {
        let unknown = |bytes: &[u8], at| describe(bytes, at, false).unwrap_or_default();
        assert_eq!(
            unknown(b"NONSENSE\r\n", 0),
            "Client parser ERROR, state=0, i=0: proto='\"NONSENSE\\r\"...'"
        );
        assert_eq!(
            unknown(b"PING\r\nPUX a 1\r\n", 6),
            "Client parser ERROR, state=30, i=8: proto='\"X a 1\\r\"...'"
        );
        let arguments = |bytes: &[u8]| describe(bytes, 0, true).unwrap_or_default();
        assert_eq!(arguments(b"PUB a b\r\n"), "processPub Bad or Missing Size: \"a b\"");
        assert_eq!(arguments(b"sub a b c d\r\n"), "processSub Parse Error: \"a b c d\"");
        assert_eq!(
            arguments(b"HPUB a 5 4\r\n"),
            "processHeaderPub Header Size larger then TotalSize: \"a 5 4\""
        );
    }
}
