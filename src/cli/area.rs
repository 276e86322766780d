//! What commands are about.

/// What a command is about. The real command uses another library for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// `nats kv`: the API of applications (nats.go).
    KeyValue,
    /// `nats stream`: the manager API (jsm.go).
    Stream,
    /// `nats account`: the manager API.
    Account,
    /// Messages without JetStream.
    Message,
    /// Without a server.
    Local,
}
