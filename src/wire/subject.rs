//! Subjects and the patterns that select them: tokens parted by dots, `*` for one token, a last `>` for the rest.

use memchr::memchr2;

/// Whether a message may be published on `subject`: tokens that are not empty, no white space, no wildcard token.
pub fn is_literal(subject: &str) -> bool {
    is_pattern(subject) && !has_wildcard(subject)
}

/// Whether one may subscribe to `pattern`.
pub fn is_pattern(pattern: &str) -> bool {
    let mut open = true;
    let fits = pattern.split('.').all(|token| {
        let fits = open && !token.is_empty() && !token.bytes().any(|b| b.is_ascii_whitespace());
        open = token != ">";
        fits
    });
    fits && !pattern.is_empty()
}

/// Whether any token is a wildcard. A `*` or `>` beside other characters is an ordinary character.
pub fn has_wildcard(pattern: &str) -> bool {
    memchr2(b'*', b'>', pattern.as_bytes()).is_some()
        && pattern.split('.').any(|token| matches!(token, "*" | ">"))
}

/// Where in `subject` a pattern ends whose last token needs to be only the beginning of the subject's.
pub fn stem_end(stem: &str, subject: &str) -> Option<usize> {
    let (mut stem, mut rest) = (stem, subject);
    while let Some((wanted, more)) = stem.split_once('.') {
        let (token, after) = rest.split_once('.')?;
        if wanted != "*" && wanted != token {
            return None;
        }
        (stem, rest) = (more, after);
    }
    rest.starts_with(stem).then_some(subject.len() - rest.len() + stem.len())
}

/// Whether `pattern` selects `subject`, token by token.
pub fn matches(pattern: &str, subject: &str) -> bool {
    let (mut pattern, mut subject) = (pattern.as_bytes(), subject.as_bytes());
    // Mostly they begin with the same tokens, which are passed over at once.
    let same = pattern.iter().zip(subject).take_while(|(wanted, byte)| wanted == byte).count();
    let start = pattern[..same].iter().rposition(|b| *b == b'.').map_or(0, |dot| dot + 1);
    (pattern, subject) = (&pattern[start..], &subject[start..]);
    loop {
        let (wanted, more_pattern) = first_token(pattern);
        if wanted == b">" {
            return true;
        }
        let (token, more_subject) = first_token(subject);
        if wanted != b"*" && wanted != token {
            return false;
        }
        match (more_pattern, more_subject) {
            (Some(rest), Some(tail)) => (pattern, subject) = (rest, tail),
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// Whether some subject is selected by both patterns.
pub fn overlap(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split('.'), other.split('.'));
    loop {
        match (one.next(), other.next()) {
            (Some(">"), Some(_)) | (Some(_), Some(">")) | (None, None) => return true,
            (Some(a), Some(b)) if a == b || a == "*" || b == "*" => {}
            _ => return false,
        }
    }
}

/// Whether every subject that `inner` selects is selected by `outer` too.
pub fn covers(outer: &str, inner: &str) -> bool {
    let (mut outer, mut inner) = (outer.split('.'), inner.split('.'));
    loop {
        match (outer.next(), inner.next()) {
            (Some(">"), Some(_)) | (None, None) => return true,
            (Some("*"), Some(token)) if token != ">" => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

/// The first token, and what follows its dot.
pub(crate) fn first_token(subject: &[u8]) -> (&[u8], Option<&[u8]>) {
    match subject.iter().position(|b| *b == b'.') {
        Some(dot) => (&subject[..dot], Some(&subject[dot + 1..])),
        None => (subject, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity() {
        for good in ["a", "a.b", "$KV.b.k", "a*.b", "a.>b", "_INBOX.x"] {
            assert!(is_literal(good), "{good}");
        }
        for bad in ["", ".", "a.", ".a", "a..b", "a b", "a\tb", "*", "a.*", ">", "a.>"] {
            assert!(!is_literal(bad), "{bad}");
        }
        for good in ["*", ">", "a.*.b", "a.>", "a*"] {
            assert!(is_pattern(good), "{good}");
        }
        for bad in ["", ">.a", "a.>.b", "a..>", "* "] {
            assert!(!is_pattern(bad), "{bad}");
        }
    }

    #[test]
    fn matching() {
        for (pattern, subject, want) in [
            ("a.b", "a.b", true),
            ("a.b", "a.bc", false),
            ("a.*", "a.b", true),
            ("a.*", "a.b.c", false),
            ("a.*", "a", false),
            ("a.>", "a", false),
            ("a.>", "a.b.c", true),
            (">", "a", true),
            ("*.b", "a.b", true),
            ("k*", "k1", false),
        ] {
            assert_eq!(matches(pattern, subject), want, "{pattern} {subject}");
        }
    }

    #[test]
    fn stems() {
        for (stem, subject, want) in [
            ("a.b", "a.bc.d", Some("c.d")),
            ("a.b", "a.b", Some("")),
            ("*.b", "x.b1", Some("1")),
            ("a.b", "a", None),
            ("a.b", "b.b", None),
            ("k", "ak", None),
        ] {
            assert_eq!(stem_end(stem, subject).map(|end| &subject[end..]), want, "{stem} {subject}");
        }
    }

    #[test]
    fn relations() {
        for (outer, inner, covered, overlapping) in [
            ("a.>", "a.*", true, true),
            ("a.*", "a.>", false, true),
            ("a.*", "a.b", true, true),
            ("a.b", "a.*", false, true),
            ("a.b", "a.c", false, false),
            (">", "a", true, true),
            ("a", "a.b", false, false),
            ("*.b", "a.*", false, true),
        ] {
            assert_eq!(covers(outer, inner), covered, "{outer} covers {inner}");
            assert_eq!(overlap(outer, inner), overlapping, "{outer} overlaps {inner}");
        }
    }
}
