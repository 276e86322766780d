//! Typed keys of what the server holds: a key is never valid for another thing than the one it was made for.

slotmap::new_key_type! {
    /// A connected client's session.
    pub(crate) struct SessionKey;

    /// A subscription in the router.
    pub(crate) struct SubscriptionKey;

    pub(crate) struct StreamKey;

    pub(crate) struct ConsumerKey;
}
