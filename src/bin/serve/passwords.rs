//! Passwords and tokens that stand in a configuration as what bcrypt makes of them, so that nobody reads them there.

/// Whether a password, or a token, is what bcrypt makes of one, `$2a$11$…`: which versions there are, and two digits.
pub(crate) fn is_bcrypt(password: &str) -> bool {
    matches!(
        password.as_bytes(),
        [b'$', b'2', b'a' | b'b' | b'x' | b'y', b'$', b'0'..=b'9', b'0'..=b'9', b'$', ..]
    )
}

/// Whether a password, or a token, is the one that the configuration has. It takes as long as bcrypt is told to take.
pub(crate) fn are_same(configured: &str, given: &str) -> bool {
    match is_bcrypt(configured) {
        true => bcrypt::verify(given, configured).unwrap_or(false),
        false => configured == given,
    }
}
