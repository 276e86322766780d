//! Names of streams and consumers.

/// Whether a text can name a stream or a consumer.
pub(crate) fn is_asset_name(name: &str) -> bool {
    !name.is_empty() && !name.contains([' ', '\t', '\r', '\n', '\u{c}', '.', '*', '>', '\\', '/'])
}
