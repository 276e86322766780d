//! How buckets and keys can be called.

/// Whether a bucket can be called so: letters, digits, `_` and `-` (ADR-8).
pub fn is_bucket(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Whether a key can be written: tokens of letters, digits and `-/_=`, separated by single dots (ADR-8).
pub fn is_key(key: &str) -> bool {
    // In one pass, since each put and get asks this.
    let mut previous = ByteClass::Dot;
    let is_valid = key.bytes().all(|byte| {
        let class = BYTE_CLASSES[usize::from(byte)];
        let is_valid = class == ByteClass::Token || class == ByteClass::Dot && previous == ByteClass::Token;
        previous = class;
        is_valid
    });
    is_valid && previous == ByteClass::Token
}

/// What a byte is in a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    Invalid,
    Token,
    Dot,
}

const BYTE_CLASSES: [ByteClass; 256] = {
    let mut classes = [ByteClass::Invalid; 256];
    let mut byte = 0;
    while byte < 256 {
        if is_key_byte(byte as u8) {
            classes[byte] = if byte as u8 == b'.' { ByteClass::Dot } else { ByteClass::Token };
        }
        byte += 1;
    }
    classes
};

/// Whether a text selects keys: like a key, with `*` anywhere and one `>` at the end.
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
