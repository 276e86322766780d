//! Passwords and tokens that are hashed by bcrypt in the configuration.

use super::{Flags, ServerOptions};

/// Whether any password is not hashed. An empty password counts for users of a list.
pub fn has_plain(flags: &Flags, options: &ServerOptions) -> bool {
    let auth = &options.config.auth;
    let is_none = |password: &String| auth.is_single && password.is_empty();
    let is_plain = |password: &String| !is_none(password) && !is_bcrypt(password);
    flags.password.iter().chain(auth.users.iter().map(|user| &user.password)).any(is_plain)
}

/// Whether a configured password or token is a hash, `$2a$11$…`.
pub fn is_bcrypt(password: &str) -> bool {
    matches!(
        password.as_bytes(),
        [b'$', b'2', b'a' | b'b' | b'x' | b'y', b'$', b'0'..=b'9', b'0'..=b'9', b'$', ..]
    )
}

/// Whether a password or token is the configured one. For a hash this takes as long as its cost factor demands.
pub fn matches(configured: &str, given: &str) -> bool {
    match is_bcrypt(configured) {
        true => bcrypt::verify(given, configured).unwrap_or(false),
        false => configured == given,
    }
}
