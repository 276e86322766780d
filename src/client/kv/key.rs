//! The names of buckets and keys, and the stream and subjects that stand for them.

/// Letters, digits, `_` and `-`.
pub fn is_bucket(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// A key that can be written: tokens of letters, digits and `-/_=` parted by single dots.
pub fn is_key(key: &str) -> bool {
    // In one go, since this is asked with each put and get.
    let mut before = Part::Dot;
    let fits = key.bytes().all(|byte| {
        let part = PARTS[usize::from(byte)];
        let fits = part == Part::Token || part == Part::Dot && before == Part::Token;
        before = part;
        fits
    });
    fits && before == Part::Token
}

/// What a byte may be of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    None,
    Token,
    Dot,
}

const PARTS: [Part; 256] = {
    let mut parts = [Part::None; 256];
    let mut byte = 0;
    while byte < 256 {
        if is_key_byte(byte as u8) {
            parts[byte] = if byte as u8 == b'.' { Part::Dot } else { Part::Token };
        }
        byte += 1;
    }
    parts
};

/// A filter of keys: like a key, with `*` anywhere and one `>` at the end.
pub fn is_filter(filter: &str) -> bool {
    let body = filter.strip_suffix('>').unwrap_or(filter);
    has_tokens(filter) && body.bytes().all(|b| is_key_byte(b) || b == b'*')
}

fn has_tokens(key: &str) -> bool {
    let bytes = key.as_bytes();
    !bytes.is_empty()
        && !key.starts_with('.')
        && !key.ends_with('.')
        && !bytes.windows(2).any(|two| two == b"..")
}

const fn is_key_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'_' | b'=' | b'.')
}

/// What the name of a bucket's stream begins with.
pub const STREAM_PREFIX: &str = "KV_";

pub fn stream_of(bucket: &str) -> String {
    format!("{STREAM_PREFIX}{bucket}")
}

pub fn bucket_of(stream: &str) -> &str {
    stream.strip_prefix(STREAM_PREFIX).unwrap_or(stream)
}

/// What the subjects of a bucket's keys begin with.
pub fn prefix_of(bucket: &str) -> String {
    format!("$KV.{bucket}.")
}

/// The subjects of all keys of a bucket.
pub fn all_of(bucket: &str) -> String {
    format!("$KV.{bucket}.>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_filters() {
        for good in ["a", "a/b=c_d-e.f", "_kv.x", "A.1"] {
            assert!(is_key(good) && is_filter(good), "{good}");
        }
        for bad in ["", ".a", "a.", "a..b", "a b", "é", "a$", "a:b"] {
            assert!(!is_key(bad) && !is_filter(bad), "{bad}");
        }
        for filter in ["*", ">", "a.*", "a.>", "a*", "a>"] {
            assert!(!is_key(filter) && is_filter(filter), "{filter}");
        }
        assert!(!is_filter(">.a"));
    }
}
