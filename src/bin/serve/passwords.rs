//! Passwords and tokens that are hashed by bcrypt in the configuration.

/// Whether a configured password or token is a hash, `$2a$11$…`.
pub(crate) fn is_bcrypt(password: &str) -> bool {
    matches!(
        password.as_bytes(),
        [b'$', b'2', b'a' | b'b' | b'x' | b'y', b'$', b'0'..=b'9', b'0'..=b'9', b'$', ..]
    )
}

/// Whether a password or token is the configured one. For a hash this takes as long as its cost factor demands.
pub(crate) fn matches(configured: &str, given: &str) -> bool {
    match is_bcrypt(configured) {
        true => bcrypt::verify(given, configured).unwrap_or(false),
        false => configured == given,
    }
}
