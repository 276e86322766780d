//! Values as the command shows them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// The value itself when it is printable ASCII, and else its base64 form.
pub fn printable(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if value.iter().all(|b| (b' '..=b'~').contains(b)) => text.to_owned(),
        _ => BASE64_STANDARD.encode(value),
    }
}

/// The first and last fifteen characters of a text of more than forty.
pub fn abridged(text: String) -> String {
    if text.len() <= 40 {
        return text;
    }
    format!("{}...{}", &text[..15], &text[text.len() - 15..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ascii_becomes_base64() {
        for (value, want) in
            [("hello", "hello"), ("hi\n", "aGkK"), ("żółć 鍵 🔑", "xbzDs8WCxIcg6Y21IPCflJE="), ("", "")]
        {
            assert_eq!(printable(value.as_bytes()), want);
        }
    }
}
